/** People who report by chat while everything breaks: each waits for an answer, and tries again as a person would. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Replicas } from "../support/replicas";

const LOOK_EVERY_MS = 50;
/** A person who hears nothing for so long looks at the phone again and goes on. */
const PATIENCE_MS = 60_000;

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

/** One whole report, told in one message and sent; true once the receipt has come. */
export async function report(talker: Talker, figures: Figures): Promise<boolean> {
  const { tin_bai, hoi_nghi, luot_nguoi, dang_ky_moi, hoan_thanh } = figures;
  await talker.say("báo cáo");
  if (!(await talker.until(() => talker.heard().some((text) => text.includes("Số tin, bài đăng")))))
    return false;
  await talker.say(
    `${tin_bai} tin, ${hoi_nghi} hội nghị, ${luot_nguoi} lượt người, ${dang_ky_moi} đăng ký mới, ${hoan_thanh} hoàn thành`,
  );
  // Figures told in one message are read back first.
  if (!(await talker.until(() => talker.isOffered(/^(dung|gui luon)$/)))) return false;
  if (talker.isOffered(/^dung$/)) await talker.tap("Đúng");
  if (!(await talker.until(() => talker.isOffered(/^gui luon$/)))) return false;
  await talker.tap("Gửi luôn");
  if (!(await talker.until(() => talker.isOffered(/^gui$/)))) return false;
  await talker.tap("Gửi");
  return talker.until(() => hasReceipt(talker));
}
