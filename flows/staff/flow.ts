/** For officers: the newest digest, reminding those who are missing, and what waits for an answer. */
import { defineFlow, type Start, type View } from "../../src/conversation/flow";
import { say } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { parseStaff, type StaffData, type StaffMove, type StepName } from "./data";
import { digestMessage } from "./digest-message";
import { beginGeneral, generalMessage, generalStep, withdraw } from "./general-answer";
import { beginMerge, mergeStep } from "./merging";
import { beginsWithCode, takeCode } from "./ticket-codes";
import { beginReply, close, decline, replyStep, waitingMessage } from "./tickets";
import { wording } from "./wording.vi";

export const staff = defineFlow<StepName, StaffData>({
  id: "staff",
  version: 1,
  words: [
    "tong hop",
    "ban tong hop",
    "ban tong hop moi nhat",
    "cau hoi cho",
    "vuong mac cho",
    "viec cho",
    "viec cho xu ly",
    "cau tra loi chung",
  ],
  prefixes: ["tra loi", "dong", "gop", "khong thuoc pham vi", "go"],
  prefixTakes: beginsWithCode,
  taps: [
    "staff.digest",
    "staff.remind",
    "staff.pdf",
    "staff.read",
    "staff.waiting",
    "ticket.reply",
    "ticket.close",
    "ticket.merge",
    "ticket.decline",
    "ticket.into",
    "ticket.general",
    "ticket.publish",
    "ticket.private",
    "ticket.withdraw",
  ],
  parse: parseStaff,
  open,
  leave: () => say(wording.left),
  steps: { reply: replyStep, merge: mergeStep, general: generalStep },
});

function open(start: Start, view: View): StaffMove {
  const isStaff = view.context.person.memberships.some(({ role }) => role === "staff");
  if (!isStaff) return { end: [say(wording.onlyStaff, view.inside ? [] : [menuButton])] };
  const [first = ""] = start.args;
  switch (start.action) {
    case "staff.remind":
      return remind(first, view);
    case "staff.read":
      return confirmRead(first, view);
    case "staff.pdf":
      return sendPdf(first, view);
    case "staff.waiting":
    case "cau hoi cho":
    case "vuong mac cho":
    case "viec cho":
    case "viec cho xu ly":
      return { end: [waitingMessage(view)] };
    case "cau tra loi chung":
      return { end: [generalMessage(view)] };
    default:
      return onTicket(start.action, start.args.join(" "), view) ?? newestDigest(view);
  }
}

/** `Trả lời HD-7K2M9QX: …`, `Gộp HD-7K2M9QX vào HD-8B3N4RT`, or the button that stands for it. */
function onTicket(action: string, words: string, view: View): StaffMove | null {
  const { code, rest } = takeCode(words) ?? { code: words, rest: "" };
  switch (action) {
    case "ticket.reply":
    case "tra loi":
      return beginReply(code, rest, view);
    case "ticket.close":
    case "dong":
      return close(code, view);
    case "ticket.merge":
    case "ticket.into":
    case "gop":
      return beginMerge(code, rest, view);
    case "ticket.decline":
    case "khong thuoc pham vi":
      return decline(code, view);
    case "ticket.general":
    case "ticket.publish":
      return beginGeneral(code, view);
    case "ticket.private":
      return { end: [say(wording.leftGeneral)] };
    case "ticket.withdraw":
    case "go":
      return withdraw(code, view);
    default:
      return null;
  }
}

function newestDigest(view: View): StaffMove {
  const [digest] = view.context.digests;
  return { end: [digest === undefined ? say(wording.noDigest, [menuButton]) : digestMessage(digest, view)] };
}

function confirmRead(digestId: string, { context }: View): StaffMove {
  const digest = context.digests.find(({ id }) => id === digestId);
  if (digest === undefined) return { end: [say(wording.digestGone, [menuButton])] };
  if (digest.readBy.includes(context.person.id)) return { end: [say(wording.alreadyRead(digestId))] };
  return { end: [say(wording.read(digest))], effects: [{ type: "acknowledge-digest", digestId }] };
}

function sendPdf(digestId: string, { context }: View): StaffMove {
  const digest = context.digests.find(({ id }) => id === digestId);
  if (digest === undefined) return { end: [say(wording.digestGone, [menuButton])] };
  return { end: [{ text: "", file: `digest:${digestId}` }] };
}

function remind(digestId: string, { context }: View): StaffMove {
  const digest = context.digests.find(({ id }) => id === digestId);
  if (digest === undefined) return { end: [say(wording.digestGone, [menuButton])] };
  if (digest.missing === 0) return { end: [say(wording.nobodyMissing(digest))] };
  return { end: [say(wording.reminded(digest))], effects: [{ type: "remind-missing", digestId }] };
}
