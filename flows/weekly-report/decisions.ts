/** The steps of the form that decide: check, edit, nil, whose draft, which report. */
import type { Step } from "../../src/conversation/flow";
import { say } from "../../src/conversation/message";
import { foldedWords } from "../../src/core/text";
import { saysNo, saysYes } from "../spoken-words";
import { askChoice, pickedReport } from "./choosing";
import { hearNamedFigures } from "./figures";
import {
  fieldOf,
  missingOf,
  progressOf,
  isHeldByAnother,
  reportOf,
  saved,
  withData,
  type Form,
  type FormData,
  type ReportMove,
  type StepName,
} from "./form";
import { formStep } from "./form-step";
import { goTo, goToCheck, goToField } from "./moving";
import { beginsWithField, fieldNamed, labelledText } from "./naming-fields";
import { begin, copyLastWeek, formFor, resume } from "./opening";
import { send, sendNil } from "./sending";
import { askCheck, askEdit, askNil, formTap } from "./showing";
import { unlessQuestion } from "./steps";
import { takeText } from "./texts";
import { titles, wording } from "./wording.vi";

const SEND_WORDS = new Set(["gui", "gui luon", "gui di", "nop", "nop luon", "gui bao cao"]);

/** Everything on one screen before it is sent. */
export const check = formStep({
  ask: askCheck,
  claims: (folded, form) => SEND_WORDS.has(folded) || beginsWithField(folded, form.report.fields),
  back: (form) =>
    form.data.changed ? goTo(withData(form, { toCheck: false }), "extras") : goTo(form, "edit"),
  tap(action, form) {
    if (action === "report.texts") return goTo(form, "texts");
    return action === "report.send" ? send(form) : null;
  },
  text(text, form) {
    if (SEND_WORDS.has(foldedWords(text)) || saysYes(text)) return send(form);
    const labelled = labelledText(text, form.report.fields);
    if (labelled !== null) return takeText(form, labelled.field, labelled.text);
    const named = fieldNamed(text, form.report.fields);
    if (named !== null && Number.isNaN(Number(text))) return goToField(form, named.id);
    return hearNamedFigures(text, form) ?? unlessQuestion(text, form, wording.checkAgain);
  },
});

/** Which field is to be changed. */
export const edit = formStep({
  ask: askEdit,
  claims: (folded, form) => beginsWithField(folded, form.report.fields),
  back: (form) => goToCheck(form),
  tap: (action, form, [id = ""]) =>
    action === "report.field" && fieldOf(form.report, id) !== null
      ? goToField(withData(form, { toCheck: true }), id)
      : null,
  text(text, form) {
    const back = withData(form, { toCheck: true });
    const named = fieldNamed(text, form.report.fields);
    if (named !== null) return goToField(back, named.id);
    const labelled = labelledText(text, form.report.fields);
    if (labelled !== null) return takeText(back, labelled.field, labelled.text);
    if (SEND_WORDS.has(foldedWords(text))) return goToCheck(form);
    return hearNamedFigures(text, back) ?? unlessQuestion(text, form, wording.editAgain);
  },
});

/** Nothing to report: one tap more. */
export const nil = formStep({
  besideColleague: true,
  ask: askNil,
  claims: (folded) => folded === "khong phat sinh" || SEND_WORDS.has(folded),
  back: (form) => (form.report.version > 0 ? goToCheck(form) : withFigures(form)),
  tap(action, form) {
    if (action === "report.confirm-nil") return sendNil(form);
    return action === "report.start" ? withFigures(form) : null;
  },
  text(text, form) {
    const folded = foldedWords(text);
    if (saysYes(text) || folded === "khong phat sinh" || SEND_WORDS.has(folded)) return sendNil(form);
    if (saysNo(text)) return withFigures(form);
    const named = isHeldByAnother(form) ? null : hearNamedFigures(text, form);
    return named ?? unlessQuestion(text, form, wording.nilAgain);
  },
});

const withFigures = (form: Parameters<typeof resume>[0]): ReportMove => {
  const { data, report } = form;
  if (isHeldByAnother(form)) return goTo(form, "takeover");
  const missing = missingOf(report, data.values, data.marks);
  if (report.version > 0 || Object.keys(data.values).length === 0) return resume(form);
  return missing[0] === undefined ? goToCheck(form) : goToField(form, missing[0].id);
};

/** Two people, one report: the second is told before anything is overwritten. */
export const takeover = formStep({
  besideColleague: true,
  ask(form) {
    const { filled, all } = progressOf(form.report);
    return say(wording.colleague(form.report, filled, all), [
      formTap(form, titles.takeOver, "report.take"),
      formTap(form, titles.later, "report.leave"),
    ]);
  },
  back: () => ({ end: [say(wording.leftToColleague)] }),
  tap(action, form) {
    if (action === "report.take") return takeOver(form);
    return action === "report.leave" ? { end: [say(wording.leftToColleague)] } : null;
  },
  text(text, form) {
    if (saysYes(text) || foldedWords(text) === "lam tiep") return takeOver(form);
    if (saysNo(text)) return { end: [say(wording.leftToColleague)] };
    return unlessQuestion(text, form, "");
  },
});

/** From now on the draft is this person's: the colleague is told so at their next word. */
function takeOver({ data: { intent }, report, view }: Form): ReportMove {
  const form = formFor(report, intent, view);
  const move = intent === "copy" ? copyLastWeek(form) : resume(form);
  return { ...move, effects: [...(isHeldByAnother(form) ? [saved(form)] : []), ...(move.effects ?? [])] };
}

/** Several reports are open. */
export const choose: Step<StepName, FormData> = {
  ask: askChoice,
  hear(heard, data, view) {
    if (heard.kind === "files") return { again: [say(wording.evidenceForWhich)] };
    const picked =
      heard.kind === "text"
        ? pickedReport(heard.text, data)
        : heard.action === "report.pick"
          ? (heard.args[0] ?? null)
          : null;
    const report = picked === null ? null : reportOf(view, picked);
    if (report !== null) return begin(report, data.intent, view);
    return heard.kind === "text" && /^\d+$/.test(heard.text) ? { again: [say(wording.chooseAgain)] } : null;
  },
};
