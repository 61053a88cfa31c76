/** The messages of a form, put together from its wording. */
import type { FieldView, ReportView, SumRule } from "../../src/conversation/context";
import { say, tap, type Button, type Message } from "../../src/conversation/message";
import { inDigits } from "../../src/core/number-words";
import { fieldOf, filesOf, optionalOf, requiredOf, type Form } from "./form";
import { titles, wording } from "./wording.vi";

/** The platform shows five buttons under one message. */
export const MAX_BUTTONS = 5;
/** From so many refusals on a figure may be left blank, or stands although out of range. */
export const MAX_REFUSALS = 3;

/** A button of this form; it names its report, so that it still means it next week. */
export const formTap = (
  { report }: Pick<Form, "report">,
  title: string,
  action: string,
  ...args: string[]
): Button => tap(title, action, report.obligationId, ...args);

export function askField(form: Form): Message {
  const { data, report } = form;
  const field = fieldOf(report, data.field);
  if (field === null) return say("");
  const required = requiredOf(report);
  const place = required.indexOf(field) + 1;
  const now = data.values[field.id];
  const question =
    place > 0 && !data.toCheck ? wording.required(field.label, place, required.length) : field.label;
  const mayBlank = field.required && data.tries >= MAX_REFUSALS;
  const text = [
    question,
    ...(now === undefined ? [] : [wording.now(wording.value(now))]),
    wording.example(field.example),
    ...(mayBlank ? [wording.canBeBlank] : []),
  ].join("\n");
  return say(text, fieldButtons(form, mayBlank));
}

function fieldButtons(form: Form, mayBlank: boolean): Button[] {
  const { data, report } = form;
  if (mayBlank) return [formTap(form, titles.blank, "report.blank")];
  const untouched = Object.keys(data.values).length === 0 && report.version === 0;
  if (!untouched || data.tries > 0) return [];
  return [
    formTap(form, titles.nil, "report.nil"),
    ...(report.lastWeek === null ? [] : [formTap(form, titles.copy, "report.copy")]),
  ];
}

/** `5 tin, 2 hội nghị, 300 lượt người tham dự`: the first figures of the form with the first words of their labels. */
export function severalExample(report: ReportView): string {
  const SHOWN = 3;
  return requiredOf(report)
    .filter(({ type }) => type === "integer")
    .slice(0, SHOWN)
    .map(({ example, label }) => `${example} ${shortName(label)}`)
    .join(", ");
}

function shortName(label: string): string {
  const [first = label] = label.replace(/^Số\s+/u, "").split(",");
  return first.toLowerCase();
}

export function askDoubt({ data, report }: Form): Message {
  const field = fieldOf(report, data.doubts[0] ?? "");
  const value = field === null ? undefined : data.values[field.id];
  if (field === null || typeof value !== "number") return say(wording.doubtAgain);
  return say(wording.doubt(field, value), [
    formTap({ report }, titles.right, "report.right"),
    formTap({ report }, titles.retype, "report.retype"),
  ]);
}

export function askExtras(form: Form): Message {
  const { report } = form;
  const optional = optionalOf(report);
  const lines = optional.map((field, i) => {
    const filled = isFilled(form, field) ? ` (${wording.filledIn})` : "";
    return `${inDigits(i + 1)}. ${field.label}${filled}`;
  });
  const unfilled = optional.filter((field) => !isFilled(form, field));
  return say(wording.extras(lines), [
    formTap(form, titles.sendNow, "report.done"),
    ...unfilled.slice(0, MAX_BUTTONS - 1).map(({ id, label }) => formTap(form, label, "report.field", id)),
  ]);
}

const isFilled = (form: Form, field: FieldView): boolean =>
  field.type === "files" ? filesOf(form) > 0 : form.data.values[field.id] !== undefined;

export function askEvidence(form: Form): Message {
  const label = form.report.fields.find(({ type }) => type === "files")?.label ?? "";
  return say(wording.evidence(label, filesOf(form)), [formTap(form, titles.done, "report.done")]);
}

export function askEdit(form: Form): Message {
  const { report } = form;
  const lines = report.fields.map((field, i) =>
    wording.editLine(i + 1, field.label, valueOf(form, field) ?? wording.empty),
  );
  return say(
    wording.edit(lines),
    report.fields.slice(0, MAX_BUTTONS).map(({ id, label }) => formTap(form, label, "report.field", id)),
  );
}

/** A field as it stands in the form; null when there is nothing. */
function valueOf(form: Form, field: FieldView): string | null {
  if (field.type === "files") return filesOf(form) === 0 ? null : wording.evidenceLine(filesOf(form));
  const value = form.data.values[field.id];
  return value === undefined ? null : wording.value(value);
}

/** Sum rules that the figures break. */
export const brokenRules = ({ data, report }: Form): SumRule[] =>
  report.sumRules.filter(
    ({ part, whole }) => isPositive(data.values[part]) && !isPositive(data.values[whole]),
  );

const isPositive = (value: number | string | undefined): boolean => typeof value === "number" && value > 0;

/** Every value on one screen; buttons say whether there is anything to send. */
export function askCheck(form: Form): Message {
  const { data, report } = form;
  const lines = report.fields.flatMap((field) => checkLine(form, field));
  const head = data.changed ? wording.checkHead(report) : wording.sentHead(report);
  const broken = brokenRules(form);
  const text = [
    head,
    ...(lines.length === 0 ? [wording.sentNil] : lines),
    ...broken.map(({ message }) => wording.warning(message)),
    ...(broken.length === 0 ? [] : [wording.fixOrSend]),
    data.changed ? wording.checkEnd : wording.sentEnd,
  ].join("\n");
  return say(text, checkButtons(form));
}

function checkLine(form: Form, field: FieldView): string[] {
  const value = valueOf(form, field);
  const marked = form.data.marks.includes(field.id);
  if (value === null && !marked) return [];
  const mark = marked ? ` ${wording.toCheck}` : "";
  return [wording.line(field.label, `${value ?? wording.blankLine}${mark}`)];
}

function checkButtons(form: Form): Button[] {
  const { data, view, report } = form;
  if (data.changed) {
    return [
      formTap(form, titles.send, "report.send"),
      formTap(form, titles.edit, "report.edit"),
      ...(report.passedOn.length === 0 ? [] : [formTap(form, titles.chooseTexts, "report.texts")]),
      formTap(form, titles.later, "report.later"),
    ];
  }
  const missed = view.context.reports.find(
    (other) => other.version === 0 && other.unitCode === report.unitCode && other.line === report.line,
  );
  return [
    formTap(form, titles.edit, "report.edit"),
    ...(missed === undefined ? [] : [formTap({ report: missed }, titles.other(missed), "report.start")]),
  ];
}

export function askNil({ data, report }: Form): Message {
  const text = [
    wording.nil(report),
    ...(report.version > 0
      ? [wording.nilReplacesSent]
      : Object.keys(data.values).length > 0
        ? [wording.nilReplaces]
        : []),
  ].join("\n");
  return say(text, [
    formTap({ report }, titles.confirmNil, "report.confirm-nil"),
    formTap({ report }, titles.withFigures, "report.start"),
  ]);
}
