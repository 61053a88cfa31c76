/** Figures taken into a form: refused, taken, taken with a mark, or taken and asked about once. */
import type { FieldView } from "../../src/conversation/context";
import { say } from "../../src/conversation/message";
import { inDigits } from "../../src/core/number-words";
import { readSeveral } from "../../src/core/several-numbers";
import { foldedWords } from "../../src/core/text";
import { readNumber, type NumberFault } from "../../src/core/vietnamese-number";
import { asksSomething } from "../../src/core/question-words";
import { saysNo, saysYes } from "../spoken-words";
import { fieldOf, figuresOf, withData, type Form, type ReportMove } from "./form";
import { goToField, keepAndGoOn } from "./moving";
import { MAX_REFUSALS } from "./showing";
import { wording } from "./wording.vi";

/** A text as the answer to the figure in hand, or as figures with their names; null when it is a side question. */
export function hearFigure(text: string, form: Form, field: FieldView): ReportMove | null {
  const named = hearNamedFigures(text, form);
  if (named !== null) return named;
  const reading = readNumber(text);
  if (reading.ok) return takeFigure(form, field, reading.value);
  const isQuestion = asksSomething(text) || (reading.reason === "not-a-number" && isUnderstood(text, form));
  return isQuestion ? null : refuse(form, field, reading.reason);
}

/** `5 tin, 2 hội nghị`; null when no figure stands next to a name. */
export function hearNamedFigures(text: string, form: Form): ReportMove | null {
  const { values, unclear } = readSeveral(text, figuresOf(form.report));
  const [only] = values;
  if (only === undefined) return null;
  const field = fieldOf(form.report, only[0]);
  if (values.size === 1 && unclear.length === 0 && field !== null) {
    return field.id === form.data.field ? takeFigure(form, field, only[1]) : takeSeveral(form, values, []);
  }
  return takeSeveral(form, values, unclear);
}

/** "Không biết" is an answer without a figure, whatever else it may resemble. */
const KNOWS_NOT = /(^| )(khong|ko|chua) (biet|ro|nho|chac|co so lieu|thong ke)( |$)/;

/** Whether the question engine is sure of a text that does not look like a question. */
export function isUnderstood(text: string, { view }: Form): boolean {
  if (saysYes(text) || saysNo(text) || KNOWS_NOT.test(foldedWords(text))) return false;
  const { kind } = view.context.knowledge.ask(text, view.asked);
  return kind !== "abstain" && kind !== "choices";
}

export function takeFigure(form: Form, field: FieldView, value: number): ReportMove {
  const { data } = form;
  if (!isInRange(field, value)) {
    if (data.tries < MAX_REFUSALS) return refuse(form, field, "out-of-range");
    const marked = withFigure(form, field, value, "marked");
    return keepAndGoOn(marked, [say(wording.keptMarked(field.label))]);
  }
  return keepAndGoOn(withFigure(form, field, value, "plain"));
}

function takeSeveral(
  form: Form,
  values: ReadonlyMap<string, number>,
  unclear: readonly string[],
): ReportMove {
  let taken = form;
  const noted: string[] = [];
  let refused: FieldView | null = null;
  for (const [id, value] of values) {
    const field = fieldOf(form.report, id);
    if (field === null) continue;
    if (!isInRange(field, value)) refused = field;
    else {
      taken = withFigure(taken, field, value, "plain");
      noted.push(`${field.label} ${inDigits(value)}`);
    }
  }
  const said = [
    ...(noted.length === 0 ? [] : [say(wording.noted(noted))]),
    ...(unclear.length === 0 ? [] : [say(wording.unclearParts(unclear))]),
  ];
  const kept = keepAndGoOn(taken, said);
  if (refused === null) return kept;
  return goToField(taken, refused.id, {
    say: [...said, say(wording.refused("out-of-range", refused))],
    effects: kept.effects ?? [],
  });
}

const isInRange = ({ min, max }: FieldView, value: number): boolean =>
  value >= (min ?? 0) && value <= (max ?? Number.MAX_SAFE_INTEGER);

function withFigure(form: Form, field: FieldView, value: number, as: "plain" | "marked"): Form {
  const { data } = form;
  const others = (ids: readonly string[]) => ids.filter((id) => id !== field.id);
  const { usual } = field;
  const unusual = usual !== undefined && (value < usual.low || value > usual.high);
  const ask = as === "plain" && unusual && !data.doubted.includes(field.id);
  return withData(form, {
    values: { ...data.values, [field.id]: value },
    marks: as === "marked" ? [...others(data.marks), field.id] : others(data.marks),
    doubts: ask ? [...others(data.doubts), field.id] : others(data.doubts),
  });
}

/** Explained at the field itself, wherever in the form the figure was typed: the label and an example follow. */
function refuse(form: Form, field: FieldView, reason: NumberFault | "out-of-range"): ReportMove {
  const tries = form.data.tries + 1;
  const data = { ...form.data, field: field.id, tries };
  return { go: "field", data, say: [say(wording.refused(reason, field))] };
}

/** A required figure that nobody has: left open, and marked so. */
export function leaveBlank(form: Form, field: FieldView): ReportMove {
  const { data } = form;
  const values = Object.fromEntries(Object.entries(data.values).filter(([id]) => id !== field.id));
  const marks = [...data.marks.filter((id) => id !== field.id), field.id];
  return keepAndGoOn(withData(form, { values, marks }), [say(wording.leftBlank(field.label))]);
}
