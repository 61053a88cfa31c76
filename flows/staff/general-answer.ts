/** An answer for everybody: the officer looks the question over first, since it carries somebody's own words. */
import { clip, foldedWords, lengthOf } from "../../src/core/text";
import type { Step, View } from "../../src/conversation/flow";
import { say, tap, type Message } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { saysBack } from "../spoken-words";
import type { StaffData, StaffMove, StepName } from "./data";
import { personalIn } from "../../src/core/personal-data.vi";
import { officeTickets, ticketOf } from "./waiting";
import { titles, wording } from "./wording.vi";

const MAX_QUESTION_CHARS = 200;
const MAX_LISTED = 5;

export function beginGeneral(code: string, view: View): StaffMove {
  const ticket = ticketOf(code, view);
  if (ticket === undefined) return { end: [say(wording.noTicket(code))] };
  if (ticket.kind !== "question") return { end: [say(wording.onlyQuestions(code))] };
  if (ticket.reply === null) return { end: [say(wording.answerFirst(code))] };
  // Asked twice, the later wording is the better one.
  const question = clip(ticket.text.split("\n").at(-1) ?? "", MAX_QUESTION_CHARS);
  return { go: "general", data: { code: ticket.code, question } };
}

export function withdraw(code: string, view: View): StaffMove {
  const ticket = ticketOf(code, view);
  if (ticket === undefined) return { end: [say(wording.noTicket(code))] };
  if (ticket.generalQuestion === null) return { end: [say(wording.notGeneral(code))] };
  return { end: [say(wording.withdrawn(code))], effects: [{ type: "withdraw-answer", code: ticket.code }] };
}

/** What the office has published, each with the way to take it back. */
export function generalMessage(view: View): Message {
  const published = officeTickets(view).filter(({ generalQuestion }) => generalQuestion !== null);
  if (published.length === 0) return say(wording.noneGeneral, [menuButton]);
  const shown = published.slice(0, MAX_LISTED);
  return say(
    wording.generals(
      published.length,
      shown.map(({ code, generalQuestion }) => wording.general(code, generalQuestion ?? "")),
    ),
    shown.map(({ code }) => tap(titles.withdraw(code), "ticket.withdraw", code)),
  );
}

export const generalStep: Step<StepName, StaffData> = {
  prose: () => true,
  claims: (folded) => saysBack(folded),
  ask({ code, question }, view) {
    const answer = ticketOf(code, view)?.reply ?? "";
    const personal = personalIn(question);
    const found = view.context.knowledge.ask(question, []);
    const notes = [
      ...(personal === null ? [] : [wording.personal(personal)]),
      ...(found.kind === "gap" ? [wording.fillsGap] : []),
    ];
    return say(wording.lookOver(question, answer, notes), [
      ...(personal === null ? [tap(titles.publish, "ticket.publish", code)] : []),
      tap(titles.notGeneral, "ticket.private"),
    ]);
  },
  hear(heard, data, view) {
    if (heard.kind === "files") return { again: [say(wording.noFiles)] };
    if (heard.kind === "tap") {
      if (heard.action === "ticket.publish") return publish(data, view);
      return heard.action === "ticket.private" ? { end: [say(wording.leftGeneral)] } : null;
    }
    if (saysBack(heard.text)) return { end: [say(wording.leftGeneral)] };
    if (foldedWords(heard.text) === foldedWords(titles.publish)) return publish(data, view);
    if (lengthOf(heard.text) > MAX_QUESTION_CHARS)
      return { again: [say(wording.questionTooLong(MAX_QUESTION_CHARS))] };
    return { go: "general", data: { ...data, question: heard.text } };
  },
};

function publish({ code, question }: StaffData, view: View): StaffMove {
  if (ticketOf(code, view) === undefined) return { end: [say(wording.noTicket(code))] };
  const personal = personalIn(question);
  if (personal !== null) return { again: [] };
  return {
    end: [say(wording.published(code), [tap(titles.withdraw(code), "ticket.withdraw", code)])],
    effects: [{ type: "approve-answer", code, question }],
  };
}
