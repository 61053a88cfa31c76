/** What the weekly report remembers between two messages, and what every step is handed. */
import { z } from "zod";
import type { FieldView, ReportView, Values } from "../../src/conversation/context";
import type { Effect } from "../../src/conversation/effects";
import type { Move, View } from "../../src/conversation/flow";

export type StepName =
  "choose" | "takeover" | "field" | "doubt" | "extras" | "evidence" | "check" | "edit" | "nil" | "texts";
export type ReportMove = Move<StepName, FormData>;

export const intentSchema = z.enum(["report", "nil", "copy", "edit"]);
export type Intent = z.infer<typeof intentSchema>;

const formSchema = z.object({
  /** Empty while it is still being chosen. */
  obligationId: z.string(),
  intent: intentSchema,
  /** The reports that were offered, in the order shown. */
  choices: z.array(z.string()),
  values: z.record(z.string(), z.union([z.number(), z.string()])),
  /** Fields accepted although they could not be trusted, or left blank although required. */
  marks: z.array(z.string()),
  field: z.string(),
  /** How often the field in hand was refused. */
  tries: z.number(),
  /** After this field back to the check, where it was chosen. */
  toCheck: z.boolean(),
  /** Fields with an unusual figure that is still to be asked about. */
  doubts: z.array(z.string()),
  /** Fields asked about once: never again. */
  doubted: z.array(z.string()),
  /** The version that was there when the person looked. */
  version: z.number(),
  /** Evidence counted in this turn, before it is in the books. */
  files: z.number(),
  /** Whether there is anything to send. */
  changed: z.boolean(),
});
export type FormData = z.infer<typeof formSchema>;

export const parseForm = (data: unknown): FormData | null => formSchema.safeParse(data).data ?? null;

export interface Form {
  readonly data: FormData;
  readonly report: ReportView;
  readonly view: View;
}

export const emptyForm = (intent: Intent): FormData => ({
  obligationId: "",
  intent,
  choices: [],
  values: {},
  marks: [],
  field: "",
  tries: 0,
  toCheck: false,
  doubts: [],
  doubted: [],
  version: 0,
  files: 0,
  changed: false,
});

export const withData = (form: Form, changes: Partial<FormData>): Form => ({
  ...form,
  data: { ...form.data, ...changes },
});

export const reportOf = (view: View, obligationId: string): ReportView | null =>
  view.context.reports.find((report) => report.obligationId === obligationId) ?? null;

export const requiredOf = ({ fields }: ReportView): readonly FieldView[] =>
  fields.filter(({ required }) => required);
export const optionalOf = ({ fields }: ReportView): readonly FieldView[] =>
  fields.filter(({ required }) => !required);
export const figuresOf = ({ fields }: ReportView): readonly FieldView[] =>
  fields.filter(({ type }) => type === "integer");

export const fieldOf = (report: ReportView, id: string): FieldView | null =>
  report.fields.find((field) => field.id === id) ?? null;

/** Required fields that are neither filled nor left blank on purpose. */
export const missingOf = (report: ReportView, values: Values, marks: readonly string[]): FieldView[] =>
  requiredOf(report).filter(({ id }) => values[id] === undefined && !marks.includes(id));

/** How many required fields a draft has, for "đang nhập 3/5". */
export function progressOf(report: ReportView): { readonly filled: number; readonly all: number } {
  const all = requiredOf(report).length;
  const { values, marks } = report.draft ?? { values: {}, marks: [] };
  return { filled: all - missingOf(report, values, marks).length, all };
}

export const filesOf = ({ data, report }: Form): number => Math.max(data.files, report.attachmentCount);

export const saved = ({ data, report }: Form): Effect => ({
  type: "save-draft",
  obligationId: report.obligationId,
  values: data.values,
  marks: data.marks,
  seen: report.draft === null ? null : { personId: report.draft.personId, updatedAt: report.draft.updatedAt },
});

/** Whether a colleague holds the draft: one report has one pen. */
export const isHeldByAnother = ({ report, view }: Pick<Form, "report" | "view">): boolean =>
  report.draft !== null && report.draft.personId !== view.context.person.id;
