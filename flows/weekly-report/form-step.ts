/** What every step of the form does the same: find its report, take files, and obey the words of the form. */
import type { FileRef } from "../../src/conversation/event";
import type { Heard, Step } from "../../src/conversation/flow";
import { say, type Message } from "../../src/conversation/message";
import { foldedWords } from "../../src/core/text";
import { saysBack } from "../spoken-words";
import { hearFiles } from "./evidence";
import { hearNamedFigures } from "./figures";
import {
  fieldOf,
  isHeldByAnother,
  reportOf,
  type Form,
  type FormData,
  type ReportMove,
  type StepName,
} from "./form";
import { goTo, goToField } from "./moving";
import { fieldNamed } from "./naming-fields";
import { copyLastWeek } from "./opening";
import { wording } from "./wording.vi";

export interface FormStep {
  /** Takes whole sentences. */
  prose?(form: Form): boolean;
  ask(form: Form): Message;
  /** Words that only this step takes for itself, besides those of every step. */
  claims?(folded: string, form: Form): boolean;
  back(form: Form): ReportMove;
  tap(action: string, form: Form, args: readonly string[]): ReportMove | null;
  text(text: string, form: Form): ReportMove | null;
  /** Heard also while a colleague holds the draft, since it does not go on from it unasked. */
  besideColleague?: true;
  /** Where files are what was asked for. */
  files?(files: readonly FileRef[], form: Form): ReportMove;
}

const FORM_WORDS = new Set([
  "quay lai",
  "lui lai",
  "tro lai",
  "sua",
  "khong phat sinh",
  "nhu tuan truoc",
  "de sau",
  "gui",
  "gui luon",
]);

export function formStep(own: FormStep): Step<StepName, FormData> {
  return {
    prose(data, view) {
      const form = formIn(data, view);
      return form !== null && own.prose?.(form) === true;
    },
    claims(folded, data, view) {
      const form = formIn(data, view);
      if (form === null) return false;
      return FORM_WORDS.has(folded) || folded.startsWith("sua ") || own.claims?.(folded, form) === true;
    },
    ask(data, view) {
      const form = formIn(data, view);
      return form === null ? say(wording.gone(view.context.campaign.office)) : own.ask(form);
    },
    hear(heard, data, view) {
      const form = formIn(data, view);
      if (form === null) return { end: [say(wording.gone(view.context.campaign.office))] };
      if (view.now > form.report.closesAt) return { end: [say(wording.closed(form.report))] };
      return keepingOff(hearForm(heard, form, own), { heard, form, own });
    },
  };
}

interface Hearing {
  readonly heard: Heard;
  readonly form: Form;
  readonly own: FormStep;
}

/** Nothing is written into a draft that a colleague has taken over: the person is told, and may take it back. */
function keepingOff(move: ReportMove | null, { heard, form, own }: Hearing): ReportMove | null {
  if (move === null || own.besideColleague === true || heard.kind === "files") return move;
  const leaves = "end" in move && move.effects === undefined;
  if (leaves || !isHeldByAnother(form)) return move;
  return goTo(form, "takeover", { say: [say(wording.notKept)] });
}

function formIn(data: FormData, view: Form["view"]): Form | null {
  const report = reportOf(view, data.obligationId);
  return report === null ? null : { data, report, view };
}

function hearForm(heard: Heard, form: Form, own: FormStep): ReportMove | null {
  switch (heard.kind) {
    case "files":
      return (own.files ?? hearFiles)(heard.files, form);
    case "tap":
      return hearTap(heard.action, heard.args, form, own);
    case "text":
      return hearFormWord(heard.text, form, own) ?? own.text(heard.text, form);
  }
}

/** A button of another report opens that one; the draft of this one stays. */
function hearTap(action: string, args: readonly string[], form: Form, own: FormStep): ReportMove | null {
  const [obligationId, ...rest] = args;
  if (!action.startsWith("report.") || obligationId !== form.report.obligationId) return null;
  const ownMove = own.tap(action, form, rest);
  if (ownMove !== null) return ownMove;
  switch (action) {
    case "report.edit":
      return goTo(form, "edit");
    case "report.nil":
      return goTo(form, "nil");
    case "report.copy":
      return copyLastWeek(form);
    case "report.later":
      return later(form);
    case "report.field":
      return fieldOf(form.report, rest[0] ?? "") === null
        ? goTo(form, "edit")
        : goToField(form, rest[0] ?? "");
    default:
      return null;
  }
}

function hearFormWord(text: string, form: Form, own: FormStep): ReportMove | null {
  const folded = foldedWords(text);
  if (saysBack(text)) return own.back(form);
  if (folded === "sua") return goTo(form, "edit");
  if (folded.startsWith("sua ")) return hearEditWords(text, form);
  if (own.claims?.(folded, form) === true) return null;
  if (folded === "khong phat sinh") return goTo(form, "nil");
  if (folded === "nhu tuan truoc") return copyLastWeek(form);
  return folded === "de sau" ? later(form) : null;
}

/** `sửa lượt người 540`, `sửa mục 3`. */
function hearEditWords(text: string, form: Form): ReportMove | null {
  const rest = text.trim().replace(/^\S+\s*/u, "");
  const named = hearNamedFigures(rest, form);
  if (named !== null) return named;
  const field = fieldNamed(rest, form.report.fields);
  return field === null ? null : goToField({ ...form, data: { ...form.data, toCheck: true } }, field.id);
}

const later = (form: Form): ReportMove => ({ end: [farewell(form)] });

/** What is said when the form is left: nothing is lost. */
export function farewell({ data, report }: Pick<Form, "data" | "report">): Message {
  return say(data.changed ? wording.later(report) : wording.leftSent(report));
}
