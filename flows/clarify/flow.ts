/** Figures that have to be made clear: picked out of a digest by an officer, answered by the unit. */
import { z } from "zod";
import type { ClarificationView, DigestUnits } from "../../src/conversation/context";
import { defineFlow, type Move, type Start, type View } from "../../src/conversation/flow";
import { say, tap, type Message } from "../../src/conversation/message";
import { asksSomething } from "../../src/core/question-words";
import { clip, lengthOf } from "../../src/core/text";
import { menuButton } from "../menu/menu-button.vi";
import { pickedLine, saysBack } from "../spoken-words";
import { figureNamed, figuresOf, unitsNamed, type UnitOfDigest } from "./finding";
import { titles, wording } from "./wording.vi";

const dataSchema = z.object({
  digestId: z.string(),
  /** Units that matched what was typed, to be picked by number. */
  found: z.array(z.string()),
  unit: z.string(),
  field: z.string().nullable(),
  code: z.string(),
});
type ClarifyData = z.infer<typeof dataSchema>;
type StepName = "unit" | "field" | "question" | "answer";
type ClarifyMove = Move<StepName, ClarifyData>;

const MAX_BUTTONS = 5;
const MAX_FOUND = 9;
const MAX_QUESTION_CHARS = 500;
const MAX_ANSWER_CHARS = 1_000;
/** Enough of a text to know it again in a list. */
const QUOTED_CHARS = 80;
const EMPTY: ClarifyData = { digestId: "", found: [], unit: "", field: null, code: "" };

export const clarify = defineFlow<StepName, ClarifyData>({
  id: "clarify",
  version: 1,
  words: ["lam ro", "can lam ro", "lam ro so lieu"],
  taps: ["clarify.start", "clarify.unit", "clarify.field", "clarify.check", "clarify.answer"],
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  open,
  leave: () => say(wording.left),
  steps: {
    unit: {
      claims: (folded) => saysBack(folded),
      ask: (data, view) => askUnit(data, view),
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        const digest = view.context.digestUnits.get(data.digestId);
        if (digest === undefined) return { end: [say(wording.gone, [menuButton])] };
        if (heard.kind === "tap")
          return heard.action === "clarify.unit" ? withUnit(data, digest, heard.args[0] ?? "") : null;
        return saysBack(heard.text) ? { end: [say(wording.left)] } : hearUnit(heard.text, data, digest);
      },
    },
    field: {
      claims: (folded) => saysBack(folded),
      ask: (data, view) => askField(data, view),
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        const { digest, unit } = picked(data, view);
        if (digest === undefined || unit === undefined) return { end: [say(wording.gone, [menuButton])] };
        const figures = figuresOf(unit, digest);
        if (heard.kind === "tap") {
          if (heard.action !== "clarify.field") return null;
          const field = figures.find(({ id }) => id === heard.args[0])?.id ?? null;
          return { go: "question", data: { ...data, field } };
        }
        if (saysBack(heard.text)) return { go: "unit", data: { ...EMPTY, digestId: data.digestId } };
        const figure = figureNamed(heard.text, figures);
        if (figure !== null) return { go: "question", data: { ...data, field: figure.id } };
        return asksSomething(heard.text) ? null : { again: [say(wording.noField)] };
      },
    },
    question: {
      prose: () => true,
      claims: (folded) => saysBack(folded),
      ask(data, view) {
        const { digest, unit } = picked(data, view);
        const label = digest?.fields.find(({ id }) => id === data.field)?.label ?? null;
        return say(wording.question(unit?.name ?? "", label), [tap(titles.check, "clarify.check")]);
      },
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap")
          return heard.action === "clarify.check" ? send(data, wording.pleaseCheck, view) : null;
        if (saysBack(heard.text)) return beforeQuestion(data, view);
        return lengthOf(heard.text) > MAX_QUESTION_CHARS
          ? { again: [say(wording.tooLong(MAX_QUESTION_CHARS))] }
          : send(data, heard.text, view);
      },
    },
    answer: {
      prose: () => true,
      claims: (folded) => saysBack(folded),
      ask({ code }, view) {
        const asked = askedOfMe(code, view);
        return asked === undefined
          ? say(wording.unknown(code))
          : say(wording.answer(asked), amendButton(asked, view));
      },
      hear(heard, { code }, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap") return null;
        if (saysBack(heard.text)) return { end: [say(wording.left)] };
        const asked = askedOfMe(code, view);
        if (asked === undefined) return { end: [say(wording.unknown(code), [menuButton])] };
        if (asked.answer !== null) return { end: [say(wording.alreadyAnswered(code))] };
        if (lengthOf(heard.text) > MAX_ANSWER_CHARS)
          return { again: [say(wording.tooLong(MAX_ANSWER_CHARS))] };
        return {
          end: [say(wording.answered(asked), amendButton(asked, view))],
          effects: [{ type: "answer-clarification", code, text: heard.text }],
        };
      },
    },
  },
});

/** What the unit's people are told, with the way to answer and to amend. */
export const requestMessage = (asked: ClarificationView, view: View): Message =>
  say(wording.request(asked), [
    tap(titles.answer, "clarify.answer", asked.code),
    ...amendButton(asked, view),
  ]);

function open(start: Start, view: View): ClarifyMove {
  const [first = ""] = start.args;
  if (start.action === "clarify.answer") return beginAnswer(first, view);
  if (start.action === "clarify.start") return begin(first, view);
  if (start.action.startsWith("clarify.")) return { end: [say(wording.gone, [menuButton])] };
  return { end: [overview(view)] };
}

/** Said without a button: what waits for this person's answer, and the digests they may ask about. */
function overview(view: View): Message {
  const waiting = view.context.clarifications.filter(
    (asked) => asked.answer === null && askedOfMe(asked.code, view) !== undefined,
  );
  if (waiting.length > 0)
    return say(
      wording.waiting(waiting.map((asked) => wording.item(asked))),
      waiting.slice(0, MAX_BUTTONS).map(({ code }) => tap(wording.answerTo(code), "clarify.answer", code)),
    );
  const [digest] = view.context.digests;
  return digest === undefined
    ? say(wording.nothing, [menuButton])
    : say(wording.pick(digest.id), [tap(titles.start, "clarify.start", digest.id), menuButton]);
}

function begin(digestId: string, view: View): ClarifyMove {
  if (!view.context.person.memberships.some(({ role }) => role === "staff"))
    return { end: [say(wording.onlyStaff, [menuButton])] };
  const digest = view.context.digestUnits.get(digestId);
  if (digest === undefined) return { end: [say(wording.gone, [menuButton])] };
  return digest.units.length === 0
    ? { end: [say(wording.nobody)] }
    : { go: "unit", data: { ...EMPTY, digestId } };
}

function beginAnswer(code: string, view: View): ClarifyMove {
  const asked = askedOfMe(code, view);
  if (asked === undefined) return { end: [say(wording.unknown(code), [menuButton])] };
  if (asked.answer !== null) return { end: [say(wording.alreadyAnswered(code))] };
  return { go: "answer", data: { ...EMPTY, code } };
}

/** Those with figures to check first: they are the likeliest to be asked. */
function askUnit({ digestId, found }: ClarifyData, view: View): Message {
  const units = view.context.digestUnits.get(digestId)?.units ?? [];
  if (found.length > 0) {
    const names = found.map((code) => units.find((unit) => unit.code === code)?.name ?? code);
    return say(wording.several(names));
  }
  const likely = [
    ...units.filter(({ marks }) => marks.length > 0),
    ...units.filter(({ marks }) => marks.length === 0),
  ];
  return say(
    wording.unit(digestId),
    likely.slice(0, MAX_BUTTONS).map(({ code, name }) => tap(name, "clarify.unit", code)),
  );
}

function hearUnit(text: string, data: ClarifyData, digest: DigestUnits): ClarifyMove | null {
  const line = pickedLine(text, data.found.length);
  if (line !== null) return withUnit(data, digest, data.found[line - 1] ?? "");
  const units = unitsNamed(text, digest.units);
  const [only, ...more] = units;
  if (only === undefined)
    return asksSomething(text)
      ? null
      : { again: [say(wording.noUnit(clip(text, QUOTED_CHARS)))], data: { ...data, found: [] } };
  if (more.length === 0) return withUnit(data, digest, only.code);
  if (units.length > MAX_FOUND)
    return { again: [say(wording.tooMany(units.length))], data: { ...data, found: [] } };
  return { go: "unit", data: { ...data, found: units.map(({ code }) => code) } };
}

function withUnit(data: ClarifyData, digest: DigestUnits, code: string): ClarifyMove | null {
  const unit = digest.units.find((known) => known.code === code);
  if (unit === undefined) return null;
  const step = figuresOf(unit, digest).length === 0 ? "question" : "field";
  return { go: step, data: { ...data, found: [], unit: code, field: null } };
}

/** A report without figures has no line to go back to. */
function beforeQuestion(data: ClarifyData, view: View): ClarifyMove {
  const { digest, unit } = picked(data, view);
  const hasLines = digest !== undefined && unit !== undefined && figuresOf(unit, digest).length > 0;
  return hasLines
    ? { go: "field", data: { ...data, field: null } }
    : { go: "unit", data: { ...EMPTY, digestId: data.digestId } };
}

function picked(
  { digestId, unit }: ClarifyData,
  view: View,
): { readonly digest: DigestUnits | undefined; readonly unit: UnitOfDigest | undefined } {
  const digest = view.context.digestUnits.get(digestId);
  return { digest, unit: digest?.units.find(({ code }) => code === unit) };
}

function askField(data: ClarifyData, view: View): Message {
  const { digest, unit } = picked(data, view);
  if (digest === undefined || unit === undefined) return say(wording.gone);
  const figures = figuresOf(unit, digest);
  const lines = figures.map(({ label, value, doubtful }, i) =>
    wording.line(i + 1, label, typeof value === "string" ? clip(value, QUOTED_CHARS) : value, doubtful),
  );
  const doubtful = figures.filter((figure) => figure.doubtful).slice(0, MAX_BUTTONS - 1);
  return say(wording.field(unit.name, lines), [
    ...doubtful.map(({ id, label }) => tap(label, "clarify.field", id)),
    tap(titles.whole, "clarify.field"),
  ]);
}

function send(data: ClarifyData, question: string, view: View): ClarifyMove {
  const { unit } = picked(data, view);
  if (unit === undefined) return { end: [say(wording.gone, [menuButton])] };
  const code = view.code("LR");
  const { digestId, field } = data;
  return {
    end: [say(unit.linked ? wording.asked(code, unit.name) : wording.askedNobody(code, unit.name))],
    effects: [{ type: "ask-clarification", code, digestId, unitCode: unit.code, field, question }],
  };
}

/** The question, where it is for one of the person's own units. */
const askedOfMe = (code: string, { context }: View): ClarificationView | undefined =>
  context.clarifications.find(
    (asked) =>
      asked.code === code && context.person.memberships.some(({ unitCode }) => unitCode === asked.unitCode),
  );

const amendButton = ({ obligationId }: ClarificationView, { context }: View) =>
  obligationId !== null && context.reports.some((report) => report.obligationId === obligationId)
    ? [tap(titles.amend, "report.start", obligationId)]
    : [];
