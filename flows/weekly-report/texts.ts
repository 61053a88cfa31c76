/** Words taken into a form. */
import type { FieldView } from "../../src/conversation/context";
import { say } from "../../src/conversation/message";
import { foldedWords, lengthOf } from "../../src/core/text";
import { asksSomething } from "../../src/core/question-words";
import { saysDone } from "../spoken-words";
import { withData, type Form, type ReportMove } from "./form";
import { keepAndGoOn } from "./moving";
import { wording } from "./wording.vi";

const NOTHING = /^(khong|ko) (co gi|phat sinh|co kho khan|co kien nghi|co)$/;

/** Null when the text is a question that can be answered for certain; what cannot is the answer itself. */
export function hearWords(text: string, form: Form, field: FieldView): ReportMove | null {
  if (saysDone(text) || NOTHING.test(foldedWords(text))) return removeText(form, field);
  const { knowledge } = form.view.context;
  if (asksSomething(text) && knowledge.ask(text, form.view.asked).kind === "answer") return null;
  return takeText(form, field, text);
}

export function takeText(form: Form, field: FieldView, text: string): ReportMove {
  const length = lengthOf(text);
  if (field.maxLength !== undefined && length > field.maxLength) {
    return { again: [say(wording.tooLong(length, field.maxLength))] };
  }
  return keepAndGoOn(withData(form, { values: { ...form.data.values, [field.id]: text } }));
}

function removeText(form: Form, field: FieldView): ReportMove {
  const { [field.id]: before, ...values } = form.data.values;
  const said = before === undefined ? [] : [say(wording.removed(field.label))];
  return keepAndGoOn(withData(form, { values }), said);
}
