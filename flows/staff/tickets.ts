/** Answering what waits: a reply for everybody who asked, a polite line for what is no business of ours. */
import { clip, lengthOf } from "../../src/core/text";
import type { TicketView } from "../../src/conversation/context";
import type { Step, View } from "../../src/conversation/flow";
import { say, tap, type Button, type Message } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { saysBack } from "../spoken-words";
import type { StaffData, StaffMove, StepName } from "./data";
import { ticketOf, waitingTickets } from "./waiting";
import { titles, wording } from "./wording.vi";

/** An answer that fits into one message with its question. */
const MAX_REPLY_CHARS = 1_500;
const QUOTED_CHARS = 160;
const MAX_LISTED = 10;
const MAX_REPLY_BUTTONS = 4;

export function waitingMessage(view: View): Message {
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

/** What can be done with a question besides answering it; a difficulty is only ever answered or closed. */
export const otherButtons = ({ kind, code }: TicketView): Button[] =>
  kind === "difficulty"
    ? [tap(titles.close, "ticket.close", code)]
    : [tap(titles.merge, "ticket.merge", code), tap(titles.decline, "ticket.decline", code)];

/** The ticket by its code, when it can still be worked on; else what is said instead. */
export function workable(code: string, view: View): TicketView | { readonly end: readonly Message[] } {
  const ticket = ticketOf(code, view);
  if (ticket === undefined) return { end: [say(wording.noTicket(code))] };
  return ticket.status === "closed" ? { end: [say(wording.alreadyClosed(code))] } : ticket;
}

export function beginReply(code: string, text: string, view: View): StaffMove {
  const ticket = workable(code, view);
  if ("end" in ticket) return ticket;
  return text === "" ? { go: "reply", data: { code, question: "" } } : reply(code, text, view);
}

function reply(code: string, text: string, view: View): StaffMove {
  const ticket = workable(code, view);
  if ("end" in ticket) return ticket;
  if (lengthOf(text) > MAX_REPLY_CHARS)
    return { go: "reply", data: { code, question: "" }, say: [say(wording.tooLong(MAX_REPLY_CHARS))] };
  const buttons = [
    ...(ticket.kind === "question" ? [tap(titles.general, "ticket.general", code)] : []),
    tap(titles.closeIt(code), "ticket.close", code),
  ];
  return {
    end: [say(wording.replied(code, ticket.askers), buttons)],
    effects: [{ type: "reply-ticket", code, text }],
  };
}

export function close(code: string, view: View): StaffMove {
  const ticket = workable(code, view);
  if ("end" in ticket) return ticket;
  return { end: [say(wording.closed(code))], effects: [{ type: "close-ticket", code }] };
}

export function decline(code: string, view: View): StaffMove {
  const ticket = workable(code, view);
  if ("end" in ticket) return ticket;
  if (ticket.kind !== "question") return { end: [say(wording.onlyQuestions(code))] };
  return {
    end: [say(wording.declined(code, ticket.askers), [tap(titles.waiting, "staff.waiting")])],
    effects: [{ type: "decline-ticket", code }],
  };
}

export const replyStep: Step<StepName, StaffData> = {
  prose: () => true,
  claims: (folded) => saysBack(folded),
  ask({ code }, view) {
    const ticket = ticketOf(code, view);
    return ticket === undefined
      ? say(wording.noTicket(code))
      : say(wording.reply(ticket), ticket.kind === "question" ? otherButtons(ticket) : []);
  },
  hear(heard, { code }, view) {
    if (heard.kind === "files") return { again: [say(wording.noFiles)] };
    if (heard.kind === "tap") return null;
    return saysBack(heard.text) ? { end: [say(wording.left)] } : reply(code, heard.text, view);
  },
};
