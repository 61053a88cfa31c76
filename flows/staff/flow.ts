/** For officers: the newest digest, reminding those who are missing, and answering what waits. */
import { z } from "zod";
import { clip, fold, lengthOf } from "../../src/core/text";
import type { TicketView } from "../../src/conversation/context";
import { defineFlow, type Move, type Start, type View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { saysBack } from "../spoken-words";
import { digestMessage } from "./digest-message";
import { officeTickets, waitingTickets } from "./waiting";
import { titles, wording } from "./wording.vi";

const dataSchema = z.object({ code: z.string() });
type StaffData = z.infer<typeof dataSchema>;
type StaffMove = Move<"reply", StaffData>;

/** An answer that fits into one message with its question. */
const MAX_REPLY_CHARS = 1_500;
const QUOTED_CHARS = 160;
const MAX_LISTED = 10;
const MAX_REPLY_BUTTONS = 4;

const CODE = /^(HD|VM)-?\s?([0-9A-Z]{7})\b/i;

export const staff = defineFlow<"reply", StaffData>({
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
  ],
  prefixes: ["tra loi", "dong"],
  prefixTakes: (rest) => CODE.test(rest),
  taps: [
    "staff.digest",
    "staff.remind",
    "staff.pdf",
    "staff.read",
    "staff.waiting",
    "ticket.reply",
    "ticket.close",
  ],
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  open,
  leave: () => say(wording.left),
  steps: {
    reply: {
      prose: () => true,
      claims: (folded) => saysBack(folded),
      ask({ code }, view) {
        const ticket = ticketOf(code, view);
        return say(ticket === undefined ? wording.noTicket(code) : wording.reply(ticket));
      },
      hear(heard, { code }, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap") return null;
        return saysBack(heard.text) ? { end: [say(wording.left)] } : reply(code, heard.text, view);
      },
    },
  },
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
    case "ticket.reply":
      return beginReply(first, "", view);
    case "ticket.close":
      return close(first, view);
    case "tra loi":
    case "dong":
      return spoken(start.action, first, view);
    case "staff.waiting":
    case "cau hoi cho":
    case "vuong mac cho":
    case "viec cho":
    case "viec cho xu ly":
      return { end: [waitingMessage(view)] };
    default:
      return newestDigest(view);
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

function waitingMessage(view: View) {
  const tickets = waitingTickets(view);
  if (tickets.length === 0) return say(wording.nothingWaiting, [menuButton]);
  const items = tickets
    .slice(0, MAX_LISTED)
    .map((ticket) => wording.item(ticket, clip(ticket.text, QUOTED_CHARS)));
  return say(
    wording.waiting(tickets.length, items),
    tickets.slice(0, MAX_REPLY_BUTTONS).map(({ code }) => tap(titles.reply(code), "ticket.reply", code)),
  );
}

const ticketOf = (code: string, view: View): TicketView | undefined =>
  officeTickets(view).find((ticket) => ticket.code === code);

/** `Trả lời HD-7K2M9QX: …` */
function spoken(action: string, rest: string, view: View): StaffMove {
  const match = CODE.exec(rest);
  const code = `${fold(match?.[1] ?? "").toUpperCase()}-${(match?.[2] ?? "").toUpperCase()}`;
  if (action === "dong") return close(code, view);
  return beginReply(code, rest.slice(match?.[0].length ?? 0).replace(/^[\s:,.-]+/, ""), view);
}

function beginReply(code: string, text: string, view: View): StaffMove {
  const ticket = ticketOf(code, view);
  if (ticket === undefined) return { end: [say(wording.noTicket(code))] };
  if (ticket.status === "closed") return { end: [say(wording.alreadyClosed(code))] };
  return text === "" ? { go: "reply", data: { code } } : reply(code, text, view);
}

function reply(code: string, text: string, view: View): StaffMove {
  if (ticketOf(code, view) === undefined) return { end: [say(wording.noTicket(code))] };
  if (lengthOf(text) > MAX_REPLY_CHARS) {
    return { go: "reply", data: { code }, say: [say(wording.tooLong(MAX_REPLY_CHARS))] };
  }
  return {
    end: [say(wording.replied(code), [tap(titles.closeIt(code), "ticket.close", code)])],
    effects: [{ type: "reply-ticket", code, text }],
  };
}

function close(code: string, view: View): StaffMove {
  const ticket = ticketOf(code, view);
  if (ticket === undefined) return { end: [say(wording.noTicket(code))] };
  if (ticket.status === "closed") return { end: [say(wording.alreadyClosed(code))] };
  return { end: [say(wording.closed(code))], effects: [{ type: "close-ticket", code }] };
}
