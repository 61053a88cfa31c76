/** The steps of the form that ask for values. */
import { say } from "../../src/conversation/message";
import { readNumber } from "../../src/core/vietnamese-number";
import { foldedWords } from "../../src/core/text";
import { asksSomething } from "../../src/core/question-words";
import { saysBack, saysDone, saysNo, saysYes } from "../spoken-words";
import { hearFiles } from "./evidence";
import { hearFigure, hearNamedFigures, isUnderstood, leaveBlank, takeFigure } from "./figures";
import { fieldOf, optionalOf, withData, type Form, type ReportMove } from "./form";
import { formStep } from "./form-step";
import { backFromExtras, backFromField, goOn, goTo, goToCheck, goToField } from "./moving";
import { beginsWithField, fieldNamed, labelledText } from "./naming-fields";
import { askDoubt, askEvidence, askExtras, askField, formTap, MAX_REFUSALS } from "./showing";
import { hearWords, takeText } from "./texts";
import { titles, wording } from "./wording.vi";

const BLANK_WORDS = new Set(["de trong", "bo qua"]);

/** One field: a figure or words. */
export const field = formStep({
  prose: isText,
  ask: askField,
  claims: (folded, form) => isText(form) && folded === "khong phat sinh",
  back: backFromField,
  tap: (action, form) => (action === "report.blank" ? blank(form) : null),
  text(text, form) {
    const asked = fieldOf(form.report, form.data.field);
    if (asked === null) return goOn(form);
    if (BLANK_WORDS.has(foldedWords(text))) return blank(form);
    return asked.type === "text" ? hearWords(text, form, asked) : hearFigure(text, form, asked);
  },
});

function isText(form: Form): boolean {
  return fieldOf(form.report, form.data.field)?.type === "text";
}

/** Optional fields may always be left out; required figures only once they were asked for in vain. */
function blank(form: Form): ReportMove | null {
  const asked = fieldOf(form.report, form.data.field);
  if (asked === null || !asked.required) return goOn(form);
  return form.data.tries >= MAX_REFUSALS ? leaveBlank(form, asked) : { again: [] };
}

/** An unusual figure, asked about once. */
export const doubt = formStep({
  ask: askDoubt,
  back: (form) => goToField(settled(form), form.data.doubts[0] ?? ""),
  tap(action, form) {
    if (action === "report.right") return goOn(settled(form));
    return action === "report.retype" ? goToField(settled(form), form.data.doubts[0] ?? "") : null;
  },
  text(text, form) {
    if (saysYes(text)) return goOn(settled(form));
    if (saysNo(text)) return goToField(settled(form), form.data.doubts[0] ?? "");
    const named = hearNamedFigures(text, settled(form));
    if (named !== null) return named;
    const reading = readNumber(text);
    const asked = fieldOf(form.report, form.data.doubts[0] ?? "");
    if (reading.ok && asked !== null) return takeFigure(settled(form), asked, reading.value);
    return asksSomething(text) ? null : { again: [say(wording.doubtAgain)] };
  },
});

const settled = (form: Form): Form => {
  const [asked = "", ...rest] = form.data.doubts;
  return withData(form, { doubts: rest, doubted: [...form.data.doubted, asked], field: asked, tries: 0 });
};

/** Everything optional in one message. */
export const extras = formStep({
  ask: askExtras,
  claims: (folded, form) => beginsWithField(folded, optionalOf(form.report)),
  back: backFromExtras,
  tap: (action, form) => (action === "report.done" || action === "report.send" ? goToCheck(form) : null),
  text(text, form) {
    if (saysDone(text)) return goToCheck(form);
    const optional = optionalOf(form.report);
    const named = fieldNamed(text, optional);
    if (named !== null) return goToField(form, named.id);
    const labelled = labelledText(text, optional);
    if (labelled !== null) return takeText(form, labelled.field, labelled.text);
    return hearNamedFigures(text, form) ?? unlessQuestion(text, form, wording.extrasAgain);
  },
});

export const evidence = formStep({
  ask: askEvidence,
  back: (form) => (form.data.toCheck ? goToCheck(form) : goTo(form, "extras")),
  tap: (action, form) => (action === "report.done" ? goOn(form) : null),
  files(files, form) {
    const heard = hearFiles(files, form);
    const done = [formTap(form, titles.done, "report.done")];
    if (!("again" in heard)) return heard;
    return { ...heard, again: heard.again.map(({ text }) => say(text, done)), quiet: true };
  },
  text: (text, form) => (saysDone(text) ? goOn(form) : unlessQuestion(text, form, "")),
});

/** A text that a step cannot use: explained, unless the question engine knows better. */
export function unlessQuestion(text: string, form: Form, explanation: string): ReportMove | null {
  if ((asksSomething(text) || isUnderstood(text, form)) && !saysBack(text)) return null;
  return { again: explanation === "" ? [] : [say(explanation)] };
}
