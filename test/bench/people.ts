/** Simulated people who run the form: each sends the next message when the reply to the last one has arrived. */
import type { Sink, Tap } from "./sink";

export interface Step {
  /** What is typed, or the title of the button that is tapped. */
  readonly say: string | { readonly tap: string };
  /** Part of the reply that ends this turn. */
  readonly hears: string;
}

/** The form in eight turns; every bot understands the same words. */
export const FORM: readonly Step[] = [
  { say: "báo cáo", hears: "Số tin, bài đăng" },
  { say: "5", hears: "Số hội nghị" },
  { say: "2", hears: "Số lượt người" },
  { say: "120", hears: "đăng ký mới" },
  { say: "1", hears: "hoàn thành" },
  { say: "1", hears: "ửi luôn" },
  { say: { tap: "Gửi luôn" }, hears: "Số nhiệm vụ hoàn thành" },
  { say: { tap: "Gửi" }, hears: "Đã nhận" },
];

export interface Crowd {
  /** Sends one message of this person; resolves when the bot's end has taken it. */
  readonly send: (user: string, text: string) => Promise<void>;
  readonly sink: Sink;
  readonly users: readonly string[];
}

interface Person {
  readonly user: string;
  step: number;
  sentAtMs: number;
  waiting: boolean;
  taps: readonly Tap[];
  onReply: () => void;
}

/** A reply that takes longer is a fault of the measurement, not a slow reply. */
const GIVE_UP_MS = 30_000;

export class People {
  /** From sending to the reply at the wire, in milliseconds. */
  readonly tookMs: number[] = [];
  private readonly people = new Map<string, Person>();

  constructor(private readonly crowd: Crowd) {
    for (const user of crowd.users)
      this.people.set(user, {
        user,
        step: 0,
        sentAtMs: 0,
        waiting: false,
        taps: [],
        onReply: () => undefined,
      });
    crowd.sink.listen((user, text, taps) => this.heard(user, text, taps));
  }

  /** Every person runs the whole form, so many at once, as fast as replies come; gives the turns a second. */
  async allAtOnce(atOnce: number): Promise<number> {
    const waiting = [...this.people.values()];
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let person = waiting.pop(); person !== undefined; person = waiting.pop())
          while (person.step < FORM.length) await this.turn(person);
      }),
    );
    return (this.tookMs.length * 1_000) / (performance.now() - begun);
  }

  /** Messages at a steady rate, whoever is free next, until everybody is done or the time is over. */
  async steadily(perSecond: number, seconds: number): Promise<{ sent: number; skipped: number }> {
    const idle = [...this.people.values()];
    const underWay = new Set<Promise<void>>();
    const begun = performance.now();
    let sent = 0;
    let skipped = 0;
    const goOn = (person: Person): void => {
      if (person.step < FORM.length) idle.push(person);
    };
    while (performance.now() - begun < seconds * 1_000) {
      const owed = Math.floor(((performance.now() - begun) / 1_000) * perSecond) - sent - skipped;
      for (let i = 0; i < owed; i++) {
        const person = idle.shift();
        if (person === undefined) {
          skipped++;
          continue;
        }
        sent++;
        const turn = this.turn(person).then(() => {
          underWay.delete(turn);
          goOn(person);
        });
        underWay.add(turn);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(underWay);
    return { sent, skipped };
  }

  private async turn(person: Person): Promise<void> {
    const step = FORM[person.step];
    if (step === undefined) return;
    const { say } = step;
    const text =
      typeof say === "string"
        ? say
        : (person.taps.find(({ title }) => title === say.tap)?.payload ?? say.tap);
    const replied = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no reply to "${text}" of ${person.user} at step ${person.step}`)),
        GIVE_UP_MS,
      );
      person.onReply = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    person.waiting = true;
    person.sentAtMs = performance.now();
    await Promise.all([this.crowd.send(person.user, text), replied]);
    person.step++;
  }

  private heard(user: string, text: string, taps: readonly Tap[]): void {
    const person = this.people.get(user);
    if (person === undefined) return;
    person.taps = taps;
    const step = FORM[person.step];
    if (!person.waiting || step === undefined || !text.includes(step.hears)) return;
    person.waiting = false;
    this.tookMs.push(performance.now() - person.sentAtMs);
    person.onReply();
  }
}
