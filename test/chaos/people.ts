/** People who report by chat while everything breaks: each waits for an answer, and tries again as a person would. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Replicas } from "../support/replicas";

const LOOK_EVERY_MS = 50;
/** A person who hears nothing for so long looks at the phone again and goes on. */
const PATIENCE_MS = 20_000;

export interface Figures {
  readonly tin_bai: number;
  readonly hoi_nghi: number;
  readonly luot_nguoi: number;
  readonly dang_ky_moi: number;
  readonly hoan_thanh: number;
}

export interface Talker {
  readonly user: string;
  /** Passes words on until they are taken, now and then twice; counts them. */
  say(text: string): Promise<void>;
  /** Two messages at once, the second under way first. */
  sayCrossed(first: string, second: string): Promise<void>;
  /** Until this holds of what is on the phone; false when patience ends first. */
  until(holds: () => boolean): Promise<boolean>;
  /** Whether the newest message has such a button. */
  isOffered(title: RegExp): boolean;
  tap(title: string): Promise<void>;
  readonly heard: () => readonly string[];
}

export function createTalker(
  replicas: Replicas,
  user: string,
  random: () => number,
  count: (what: string) => void,
): Talker {
  const heard = () => replicas.phones.heard(user).map(({ text }) => text);
  const talker: Talker = {
    user,
    heard,
    isOffered: (title) => replicas.phones.offered(user, title) !== null,
    tap: (title) => talker.say(replicas.phones.tapOf(user, title)),
    async say(text) {
      const webhook = replicas.fake.zalo.signedWebhook({ kind: "text", from: user, text });
      const isTwice = random() < 0.3;
      await Promise.all([replicas.deliver(webhook), ...(isTwice ? [replicas.deliver(webhook)] : [])]);
      count("events");
      if (isTwice) count("events sent twice");
    },
    async sayCrossed(first, second) {
      const [one, two] = [first, second].map((text) =>
        replicas.fake.zalo.signedWebhook({ kind: "text", from: user, text }),
      );
      if (one === undefined || two === undefined) return;
      await Promise.all([replicas.deliver(two), replicas.deliver(one)]);
      for (const what of ["events", "events", "events crossed"]) count(what);
    },
    async until(holds) {
      for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
        if (holds()) return true;
        await sleep(LOOK_EVERY_MS);
      }
      return false;
    },
  };
  return talker;
}

/** Whether a receipt has come. */
export const hasReceipt = ({ heard }: Talker): boolean =>
  heard().some((text) => text.includes("Đã nhận") && text.includes("BC-"));

/** How often a person comes back to a report that does not get on. */
const MAX_STEPS = 40;
/** What moves a report on, the last step first. */
const STEPS: readonly (readonly [title: RegExp, words: string])[] = [
  [/^gui$/, "Gửi"],
  [/^gui luon$/, "Gửi luôn"],
  [/^dung$/, "Đúng"],
];

/**
 * One whole report, told in one message and sent; true once the receipt has come. Whoever hears nothing new begins
 * again where the conversation stands, as people do.
 */
export async function report(talker: Talker, figures: Figures): Promise<boolean> {
  const { tin_bai, hoi_nghi, luot_nguoi, dang_ky_moi, hoan_thanh } = figures;
  const said = `${tin_bai} tin, ${hoi_nghi} hội nghị, ${luot_nguoi} lượt người, ${dang_ky_moi} đăng ký mới, ${hoan_thanh} hoàn thành`;
  for (let i = 0; i < MAX_STEPS; i++) {
    const before = talker.heard().length;
    const step = STEPS.find(([title]) => talker.isOffered(title));
    const isAsked = talker.heard().at(-1)?.includes("Số tin, bài đăng") === true;
    if (step !== undefined) await talker.tap(step[1]);
    else await talker.say(isAsked ? said : "báo cáo");
    await talker.until(() => hasReceipt(talker) || talker.heard().length > before);
    if (hasReceipt(talker)) return true;
  }
  return false;
}
