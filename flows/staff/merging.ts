/** Two questions that mean the same are put together: chosen from the likely ones, or named by code. */
import { clip } from "../../src/core/text";
import type { TicketView } from "../../src/conversation/context";
import type { Step, View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { pickedLine, saysBack } from "../spoken-words";
import type { StaffData, StaffMove, StepName } from "./data";
import { takeCode } from "./ticket-codes";
import { workable } from "./tickets";
import { ticketOf, waitingTickets } from "./waiting";
import { titles, wording } from "./wording.vi";

const MAX_OFFERED = 4;
const QUOTED_CHARS = 120;

/** Waiting questions of the same office, the likest first. */
function likely(ticket: TicketView, view: View): TicketView[] {
  const others = waitingTickets(view).filter(
    ({ code, kind, receiverUnitCode }) =>
      code !== ticket.code && kind === "question" && receiverUnitCode === ticket.receiverUnitCode,
  );
  const scores = view.context.knowledge.alike(
    ticket.text,
    others.map(({ text }) => text),
  );
  return others
    .map((other, i) => ({ other, score: scores[i] ?? 0 }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_OFFERED)
    .map(({ other }) => other);
}

export function beginMerge(code: string, rest: string, view: View): StaffMove {
  const ticket = workable(code, view);
  if ("end" in ticket) return ticket;
  if (ticket.kind !== "question") return { end: [say(wording.onlyQuestions(code))] };
  if (ticket.status !== "open") return { end: [say(wording.onlyOpen(code))] };
  const into = takeCode(rest);
  if (into !== null) return merge(code, into.code, view) ?? { end: [say(wording.noTarget(into.code))] };
  if (likely(ticket, view).length === 0) return { end: [say(wording.nothingToMerge(code))] };
  return { go: "merge", data: { code: ticket.code, question: "" } };
}

/** Null when the other one cannot be merged into. */
function merge(code: string, into: string, view: View): StaffMove | null {
  const target = ticketOf(into, view);
  const isOpen = target?.kind === "question" && target.status === "open";
  if (!isOpen || target.code === (ticketOf(code, view)?.code ?? code)) return null;
  return {
    end: [say(wording.merged(code, target), [tap(titles.reply(target.code), "ticket.reply", target.code)])],
    effects: [{ type: "merge-ticket", code, into: target.code }],
  };
}

export const mergeStep: Step<StepName, StaffData> = {
  claims: (folded) => saysBack(folded),
  ask({ code }, view) {
    const ticket = ticketOf(code, view);
    if (ticket === undefined) return say(wording.noTicket(code));
    const offered = likely(ticket, view);
    return say(
      wording.mergeInto(
        ticket,
        offered.map((other) => wording.offered(other, clip(other.text, QUOTED_CHARS))),
      ),
      offered.map((other) => tap(titles.mergeInto(other.code), "ticket.into", code, other.code)),
    );
  },
  hear(heard, { code }, view) {
    if (heard.kind === "files") return { again: [say(wording.noFiles)] };
    if (heard.kind === "tap") return null;
    if (saysBack(heard.text)) return { end: [say(wording.leftMerge)] };
    const ticket = ticketOf(code, view);
    const offered = ticket === undefined ? [] : likely(ticket, view);
    const line = pickedLine(heard.text, offered.length);
    const named = line === null ? takeCode(heard.text)?.code : offered[line - 1]?.code;
    if (named === undefined) return null;
    return merge(code, named, view) ?? { again: [say(wording.noTarget(named))] };
  },
};
