/** Those who report in the chaos, and the staff of their office: linked while all is calm, then left to it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Replicas } from "../support/replicas";
import { invitationAnswer } from "../support/story-answers";
import { createTalker, hasReceipt, isReceipt, report, type Count, type Figures, type Talker } from "./people";
import type { Wire } from "./wire";

export const OFFICE = "so-gddt";
export const OFFICE_STAFF = "7000000000000000999";
/** How often two messages of a person overtake each other on the way, and how often a picture is sent. */
const CROSSED_SHARE = 0.2;
const PHOTO_SHARE = 0.05;
/** Between two messages of one person. */
const THINKING_MS = 400;
const LARGEST_FIGURE = 40;
/** Whoever has had no answer to so many messages waits before the next. */
const MOST_UNANSWERED = 4;

export interface Reporter {
  readonly talker: Talker;
  readonly unitCode: string;
  readonly figures: Figures;
}

/** Links a person with each unit, and the office's staff. */
export async function linkReporters(
  replicas: Replicas,
  units: readonly string[],
  { random, count }: { readonly random: () => number; readonly count: Count },
): Promise<Reporter[]> {
  const [first] = replicas.living;
  if (first === undefined) throw new Error("nothing runs");
  const join = async (user: string, unitCode: string, role: "reporter" | "staff"): Promise<Talker> => {
    const talker = createTalker(replicas, user, random, count);
    const { body } = await first.api("POST", "/invitations", { unitCode, role });
    await talker.say(`liên kết ${invitationAnswer.parse(body).code}`);
    await first.settle();
    const offered = replicas.phones.offered(user, /^(?!khong).*dong y/);
    if (offered !== null) await talker.say(replicas.phones.tapOf(user, offered));
    await first.settle();
    return talker;
  };
  const figure = () => Math.floor(random() * LARGEST_FIGURE);
  await join(OFFICE_STAFF, OFFICE, "staff");
  const reporters: Reporter[] = [];
  for (const [i, unitCode] of units.entries())
    reporters.push({
      talker: await join(`7000000000000000${100 + i}`, unitCode, "reporter"),
      unitCode,
      figures: {
        tin_bai: figure(),
        hoi_nghi: figure(),
        luot_nguoi: figure(),
        dang_ky_moi: figure(),
        hoan_thanh: figure(),
      },
    });
  return reporters;
}

/** Reports once, then asks and sends pictures until all is over. */
export async function live(
  { talker, figures }: Reporter,
  random: () => number,
  isOver: () => boolean,
): Promise<void> {
  await report(talker, figures, { isOver, random });
  let said = 0;
  let heard = talker.heard().length;
  while (!isOver()) {
    if (++said > MOST_UNANSWERED) await talker.until(() => isOver() || talker.heard().length > heard);
    if (talker.heard().length > heard) {
      said = 0;
      heard = talker.heard().length;
    }
    if (random() < PHOTO_SHARE) await talker.sendPhoto();
    else if (random() < CROSSED_SHARE) await talker.sayCrossed("menu", "trợ giúp");
    else await talker.say("menu");
    await sleep(THINKING_MS * (1 + random()));
  }
}

/** Whether a receipt was said, also where the platform did not take it. */
export const isTold = ({ talker }: Reporter, wire: Wire): boolean =>
  hasReceipt(talker) || wire.refusedTo(talker.user).some(isReceipt);
