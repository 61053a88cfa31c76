/** People who report by chat while everything breaks: each waits for an answer, and tries again as a person would. */
import { setTimeout as sleep } from "node:timers/promises";
import type { SignedWebhook } from "../../src/simulator/pretend-zalo";
import type { Replicas } from "../support/replicas";

const LOOK_EVERY_MS = 50;
/** The name under which it is counted how a webhook that was not taken was answered. */
export const answered = (how: string): string => `answered ${how}`;
/** What stands before the output of a replica that did not take an event. */
const REFUSAL = /^(\d{3}):/;
const JPG_START = Buffer.from("ffd8ffe000104a46494600", "hex");
const PHOTO_BYTES = 60_000;
/** A person who hears nothing for so long looks at the phone again and goes on. */
const PATIENCE_MS = 20_000;

/** Adds to what was done. */
export type Count = (what: string, times?: number) => void;

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
  /** Sends a picture that nobody has sent before. */
  sendPhoto(): Promise<void>;
  readonly heard: () => readonly string[];
}

export function createTalker(replicas: Replicas, user: string, random: () => number, count: Count): Talker {
  /** Until it is taken; what refuses it meanwhile says so. */
  const deliver = async (webhook: SignedWebhook): Promise<void> => {
    for (const refused of await replicas.deliver(webhook))
      count(answered(REFUSAL.exec(refused)?.[1] ?? "not at all"));
  };
  const heard = () => replicas.phones.heard(user).map(({ text }) => text);
  const talker: Talker = {
    user,
    heard,
    isOffered: (title) => replicas.phones.offered(user, title) !== null,
    tap: (title) => talker.say(replicas.phones.tapOf(user, title)),
    async say(text) {
      const webhook = replicas.fake.zalo.signedWebhook({ kind: "text", from: user, text });
      const isTwice = random() < 0.3;
      await Promise.all([deliver(webhook), ...(isTwice ? [deliver(webhook)] : [])]);
      count("events");
      if (isTwice) count("events sent twice");
    },
    async sayCrossed(first, second) {
      const [one, two] = [first, second].map((text) =>
        replicas.fake.zalo.signedWebhook({ kind: "text", from: user, text }),
      );
      if (one === undefined || two === undefined) return;
      await Promise.all([deliver(two), deliver(one)]);
      for (const what of ["events", "events", "events crossed"]) count(what);
    },
    async sendPhoto() {
      count("photos");
      const bytes = Buffer.alloc(PHOTO_BYTES, `${user} ${random()} `);
      JPG_START.copy(bytes);
      const url = replicas.fake.zalo.hostFile({ name: "anh.jpg", mime: "image/jpeg", bytes });
      await deliver(replicas.fake.zalo.signedWebhook({ kind: "image", from: user, url }));
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

export const isReceipt = (text: string): boolean => text.includes("Đã nhận") && text.includes("BC-");
/** Whether a receipt has come. */
export const hasReceipt = ({ heard }: Talker): boolean => heard().some(isReceipt);

/** How often somebody adds a picture before going on. */
const PHOTO_SHARE = 0.3;
/** How often a person comes back to a report that does not get on. */
const MAX_STEPS = 40;
/** What moves a report on, the last step first. */
const STEPS: readonly (readonly [title: RegExp, words: string])[] = [
  [/^gui$/, "Gửi"],
  [/^gui luon$/, "Gửi luôn"],
  [/^dung$/, "Đúng"],
];

/**
 * One whole report, told in one message and sent, with pictures; true once the receipt has come, false when all is over. Whoever hears nothing new begins
 * again where the conversation stands, as people do.
 */
export async function report(
  talker: Talker,
  figures: Figures,
  { isOver, random }: { readonly isOver: () => boolean; readonly random: () => number },
): Promise<boolean> {
  const { tin_bai, hoi_nghi, luot_nguoi, dang_ky_moi, hoan_thanh } = figures;
  const said = `${tin_bai} tin, ${hoi_nghi} hội nghị, ${luot_nguoi} lượt người, ${dang_ky_moi} đăng ký mới, ${hoan_thanh} hoàn thành`;
  for (let i = 0; i < MAX_STEPS && !isOver(); i++) {
    const before = talker.heard().length;
    const step = STEPS.find(([title]) => talker.isOffered(title));
    const isAsked = talker.heard().at(-1)?.includes("Số tin, bài đăng") === true;
    if (step !== undefined && random() < PHOTO_SHARE) await talker.sendPhoto();
    else if (step !== undefined) await talker.tap(step[1]);
    else await talker.say(isAsked ? said : "báo cáo");
    await talker.until(() => hasReceipt(talker) || talker.heard().length > before);
    if (hasReceipt(talker)) return true;
  }
  return false;
}
