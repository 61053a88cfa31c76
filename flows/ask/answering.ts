/** A question answered from the entries, narrowed down, or handed to an officer. */
import { MINUTE_MS } from "../../src/core/clock";
import { clip } from "../../src/core/text";
import type { AnswerView, EntryView } from "../../src/conversation/context";
import type { View } from "../../src/conversation/flow";
import { say, tap, type Button, type Message } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { NOTHING_ASKED, type AskData, type AskMove } from "./data";
import { titles, wording } from "./wording.vi";

const MAX_BUTTONS = 5;
const MAX_CHOICES = 3;
/** After half an hour somebody asks about something else. */
const FRESH_MS = 30 * MINUTE_MS;
/** A button carries the question with it; the platform takes a thousand characters. */
const MAX_CARRIED_CHARS = 300;

export const toOfficer = (question: string): Button =>
  tap(titles.toOfficer, "ask.ticket", clip(question, MAX_CARRIED_CHARS));

/** Answers; `before` is a question that had no answer a moment ago. */
export function answer(text: string, view: View, before: AskData | null = null): AskMove {
  const found = view.context.knowledge.ask(text, view.asked);
  switch (found.kind) {
    case "answer":
      return { end: [answered(found, view)], asked: text };
    case "choices":
      return offerChoices(text, found, view);
    case "gap":
      return { end: [gap(text, found, view)], asked: text };
    case "smalltalk":
      return { end: [say(found.text, view.inside ? [] : [menuButton])] };
    case "abstain":
      return abstain(text, found, view, before);
  }
}

/** On topic, but nobody has published it: an officer may know more. */
function gap(text: string, found: AnswerView, view: View): Message {
  const entry = view.context.knowledge.entry(found.entryIds[0] ?? "");
  if (view.inside) return say(found.text, [toOfficer(text)]);
  return say(`${found.text}\n\n${wording.gapOffer}`, [
    toOfficer(text),
    ...(entry === null ? [] : entryButtons(entry, MAX_BUTTONS - 1)),
  ]);
}

function answered(found: AnswerView, view: View): Message {
  const entry = view.context.knowledge.entry(found.entryIds[0] ?? "");
  return say(found.text, view.inside || entry === null ? [] : entryButtons(entry));
}

/** Feedback and "Xem thêm" stand under every answer; related questions take what room is left. */
function entryButtons(entry: EntryView, room = MAX_BUTTONS): Button[] {
  const own = [
    ...(entry.more === null ? [] : [tap(titles.more, "ask.more", entry.id)]),
    tap(titles.good, "ask.good", entry.id),
    tap(titles.bad, "ask.bad", entry.id),
  ];
  const related = entry.related.slice(0, room - own.length);
  return [...related.map(({ id, question }) => tap(question, "ask.entry", id)), ...own];
}

export function showEntry(id: string, view: View): AskMove {
  const entry = view.context.knowledge.entry(id);
  if (entry === null) return { end: [say(wording.gone, view.inside ? [] : [menuButton])] };
  return {
    end: [say(entry.text, view.inside ? [] : entryButtons(entry))],
    asked: entry.question,
  };
}

export function showMore(id: string, view: View): AskMove {
  const entry = view.context.knowledge.entry(id);
  if (entry === null) return { end: [say(wording.gone)] };
  const buttons = entryButtons({ ...entry, more: null });
  return { end: [say(entry.more ?? entry.text, view.inside ? [] : buttons)] };
}

function offerChoices(text: string, found: AnswerView, view: View): AskMove {
  const ids = found.entryIds.slice(0, MAX_CHOICES);
  const data = { ...NOTHING_ASKED, question: text, text: found.text, ids, at: view.now };
  // Inside a form a number is the form's; the buttons do.
  return view.inside ? { end: [choicesMessage(data, view)] } : { go: "choices", data, asked: text };
}

/** The engine's own list, so that its numbers are those of the buttons. */
export const choicesMessage = ({ question, text, ids }: AskData, view: View): Message =>
  say(text, [
    ...ids.flatMap((id) => {
      const entry = view.context.knowledge.entry(id);
      return entry === null ? [] : [tap(entry.question, "ask.entry", id)];
    }),
    toOfficer(question),
  ]);

function abstain(text: string, found: AnswerView, view: View, before: AskData | null): AskMove {
  // Abuse, politics, other agencies' business: one line, and nothing to argue about.
  if (found.offTopic === true) return { end: [say(found.text, view.inside ? [] : [menuButton])] };
  if (view.inside) return { end: [say(found.text, [toOfficer(text)])] };
  if (before !== null && view.now - before.at <= FRESH_MS) {
    const both = before.question === text ? text : `${before.question}\n${text}`;
    return openTicket(both, view);
  }
  return {
    go: "rephrase",
    data: { ...NOTHING_ASKED, question: text, at: view.now },
    say: [say(found.text)],
  };
}

/** The code under which the person's own question waits already. */
function askedAlready(text: string, { context }: View): string | null {
  const waiting = context.tickets.filter(
    ({ kind, status, askedByMe }) => askedByMe && kind === "question" && status === "open",
  );
  const place = context.knowledge.sameAs(
    text,
    waiting.map((ticket) => ticket.text),
  );
  return place === null ? null : (waiting[place]?.code ?? null);
}

/** Hands a question to the office; its answer comes back to whoever asked. */
export function openTicket(text: string, view: View): AskMove {
  if (text.trim() === "") return { go: "toOfficer", data: NOTHING_ASKED };
  const { campaign, person } = view.context;
  const waiting = askedAlready(text, view);
  if (waiting !== null)
    return { end: [say(wording.waiting(waiting, campaign.office), view.inside ? [] : [menuButton])] };
  const code = view.code("HD");
  const unitCode = person.memberships[0]?.unitCode ?? null;
  return {
    end: [say(wording.opened(code, campaign.office), view.inside ? [] : [menuButton])],
    effects: [{ type: "open-ticket", code, kind: "question", text, unitCode, line: null }],
  };
}
