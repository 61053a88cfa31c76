/** What units owe and have handed in, as a conversation needs it: loaded for a whole batch in a few queries. */
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Day, Instant } from "../core/clock";
import { foldedWords } from "../core/text";
import { rowsOf, type Db } from "../store/database";
import { anyOf } from "../store/lists";
import { together } from "../store/together";
import type { Campaign, Field, Line } from "./campaign";
import { groupBy } from "./group-by";
import { loadPast, type PastWeek } from "./past-weeks";
import { lineOf, periodBeside } from "./periods";
import { receiverName, unitName } from "./roster";
import { statusOf, type ObligationStatus } from "./status";
import { usualOf, type Usual } from "./usual";
import { marksSchema, valuesSchema, type Values } from "./values";

export interface FieldView {
  readonly id: string;
  readonly label: string;
  readonly type: Field["type"];
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly example: string;
  /** Folded. */
  readonly aliases: readonly string[];
  readonly usual?: Usual;
}

/** One report that a unit owes, or has handed in and may still amend. */
export interface ReportView {
  readonly obligationId: string;
  readonly line: string;
  readonly lineName: string;
  readonly receiverUnitCode: string;
  readonly receiverName: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly period: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly dueAt: Instant;
  readonly closesAt: Instant;
  readonly status: ObligationStatus;
  readonly version: number;
  readonly fields: readonly FieldView[];
  readonly sumRules: readonly { readonly part: string; readonly whole: string; readonly message: string }[];
  readonly draft: {
    readonly values: Values;
    readonly marks: readonly string[];
    readonly personId: string;
    readonly updatedAt: Instant;
  } | null;
  readonly submitted: Values | null;
  readonly lastWeek: Values | null;
  readonly prefill: Values | null;
  readonly passedOn: readonly { readonly field: string; readonly text: string }[];
  readonly attachmentCount: number;
  readonly extensionPending: boolean;
}

export interface ObligationKey {
  readonly obligationId: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

export interface FromBelow {
  readonly values: Values;
  readonly texts: readonly { readonly field: string; readonly text: string }[];
}

/** What comes from below for the reports of offices that pass figures upward, by obligation id. */
export type LoadPrefill = (db: Db, keys: readonly ObligationKey[]) => Promise<ReadonlyMap<string, FromBelow>>;

export interface ViewsAt {
  readonly now: Instant;
  readonly prefill?: LoadPrefill;
}

/**
 * For each unit the reports it may act on: those that are open, the latest missed one while no newer is open
 * (or where it has a draft), and those handed in that may still be amended. The next due comes first; after
 * what is still due, the latest that was. The number of queries does not depend on the number of units.
 */
export async function loadReportViews(
  db: Db,
  campaign: Campaign,
  unitCodes: readonly string[],
  { now, prefill }: ViewsAt,
): Promise<Map<string, ReportView[]>> {
  const views = new Map<string, ReportView[]>(unitCodes.map((code) => [code, []]));
  if (unitCodes.length === 0) return views;
  const codes = anyOf(unitCodes);
  const lines = new Set(campaign.lines.map(({ id }) => id));
  const [open, past] = await together(db, () => [
    rowsOf(db, openQuery(codes, now), openRow),
    loadPast(db, unitCodes, now),
  ]);
  const rows = actionable(
    open.filter(({ line }) => lines.has(line)),
    now,
  );
  const receivers = new Set(campaign.lines.map(({ receiver }) => receiver));
  const upward = rows.filter(({ unitCode }) => receivers.has(unitCode));
  const fromBelow = upward.length === 0 ? undefined : await prefill?.(db, upward);
  for (const row of rows) {
    const weeks = past.get(`${row.unitCode} ${row.line}`) ?? [];
    const view = viewOf({ campaign, row, past: weeks, isReceiver: receivers.has(row.unitCode), now });
    const below = fromBelow?.get(row.obligationId);
    views.get(row.unitCode)?.push({ ...view, prefill: below?.values ?? null, passedOn: below?.texts ?? [] });
  }
  return views;
}

const instant = z.coerce.number();
const openRow = z.object({
  obligationId: z.string(),
  line: z.string(),
  period: z.string(),
  unitCode: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  dueAt: instant,
  closesAt: instant,
  version: z.number(),
  nil: z.boolean(),
  submittedAt: instant.nullable(),
  draftStartedAt: instant.nullable(),
  exemptReason: z.null(),
  draftValues: valuesSchema.nullable(),
  draftMarks: marksSchema.nullable(),
  draftPerson: z.string().nullable(),
  draftUpdatedAt: instant.nullable(),
  attachmentCount: instant,
  extensionPending: z.boolean(),
  submittedValues: valuesSchema.nullable(),
});
type OpenRow = z.infer<typeof openRow>;

const openQuery = (codes: SQL, now: Instant) => sql`
  select o.id as "obligationId", o.line, o.period, o.unit_code as "unitCode", p.starts_on as "startsOn",
    p.ends_on as "endsOn", o.due_at as "dueAt", o.closes_at as "closesAt", o.version, o.nil,
    o.submitted_at as "submittedAt", o.draft_started_at as "draftStartedAt", o.exempt_reason as "exemptReason",
    d.values as "draftValues", d.marks as "draftMarks", d.person_id as "draftPerson", d.updated_at as "draftUpdatedAt",
    (select count(*) from attachments a where a.obligation_id = o.id) as "attachmentCount",
    exists (select 1 from extensions e where e.obligation_id = o.id and e.state = 'asked') as "extensionPending",
    (select r.values from reports r where r.obligation_id = o.id and r.version = o.version) as "submittedValues"
  from obligations o
  join periods p on p.line = o.line and p.id = o.period
  left join lateral (select * from drafts where obligation_id = o.id offset 0) d on true
  where o.unit_code = ${codes} and o.exempt_reason is null and o.opens_at <= ${now} and o.closes_at >= ${now}
  order by o.due_at, o.line`;

/** Picks and orders what a unit may act on; `rows` come in order of their due instants. */
function actionable(rows: readonly OpenRow[], now: Instant): OpenRow[] {
  const isOpen = (row: OpenRow) => row.version === 0 && now < row.dueAt;
  const same = groupBy(rows, ({ unitCode, line }) => `${unitCode} ${line}`);
  const kept = rows.filter((row) => {
    if (row.version > 0 || isOpen(row) || row.draftValues !== null) return true;
    const newer = (same.get(`${row.unitCode} ${row.line}`) ?? []).filter((other) => other.dueAt > row.dueAt);
    return !newer.some((other) => other.version === 0);
  });
  const ahead = kept.filter((row) => now < row.dueAt);
  return [...ahead, ...kept.filter((row) => now >= row.dueAt).reverse()];
}

interface Viewed {
  readonly campaign: Campaign;
  readonly row: OpenRow;
  /** What the unit, or those merged into it, handed in on the same line. */
  readonly past: readonly PastWeek[];
  readonly isReceiver: boolean;
  readonly now: Instant;
}

function viewOf({ campaign, row, past, isReceiver, now }: Viewed): Omit<ReportView, "prefill" | "passedOn"> {
  const line = lineOf(campaign, row.line);
  const before = periodBeside(campaign, row.line, row.period, -1)?.id;
  const weeks = past.filter(({ period, nil }) => period !== row.period && !nil).map(({ values }) => values);
  // The sum of several units is what to compare with, and nobody's report to hand in again.
  const lastWeek = past.find(({ period, isSum }) => period === before && !isSum)?.values;
  return {
    obligationId: row.obligationId,
    line: row.line,
    lineName: line.name,
    receiverUnitCode: line.receiver,
    receiverName: receiverName(campaign, line),
    unitCode: row.unitCode,
    unitName: unitName(campaign, row.unitCode),
    period: row.period,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    dueAt: row.dueAt,
    closesAt: row.closesAt,
    status: statusOf(row, now),
    version: row.version,
    ...formOf(campaign, line, weeks, isReceiver),
    draft: draftOf(row),
    submitted: row.submittedValues,
    lastWeek: lastWeek === undefined || Object.keys(lastWeek).length === 0 ? null : lastWeek,
    attachmentCount: row.attachmentCount,
    extensionPending: row.extensionPending,
  };
}

function draftOf(row: OpenRow): ReportView["draft"] {
  if (row.draftValues === null || row.draftPerson === null) return null;
  const { draftValues: values, draftMarks, draftPerson: personId, draftUpdatedAt } = row;
  return { values, marks: draftMarks ?? [], personId, updatedAt: draftUpdatedAt ?? 0 };
}

function formOf(
  campaign: Campaign,
  line: Line,
  weeks: readonly Values[],
  isReceiver: boolean,
): Pick<ReportView, "fields" | "sumRules"> {
  const template = campaign.templates.get(line.template);
  return {
    sumRules: template?.sumRules ?? [],
    fields: (template?.fields ?? []).map((field) => {
      const numbers = weeks.map((values) => values[field.id]).filter((value) => typeof value === "number");
      // The template's range is for one unit; an office hands in the sum of many.
      const usual = usualOf(numbers) ?? (isReceiver ? undefined : field.usual);
      return fieldView(field, usual);
    }),
  };
}

const fieldView = (field: Field, usual: Usual | undefined): FieldView => ({
  ...bareView(field),
  ...(usual === undefined ? {} : { usual }),
});

/** What is the same for every unit and week. */
const bareViews = new WeakMap<Field, Omit<FieldView, "usual">>();

function bareView(field: Field): Omit<FieldView, "usual"> {
  const known = bareViews.get(field);
  if (known !== undefined) return known;
  const view = bareViewOf(field);
  bareViews.set(field, view);
  return view;
}

const bareViewOf = (field: Field): Omit<FieldView, "usual"> => ({
  id: field.id,
  label: field.label,
  type: field.type,
  required: field.required,
  ...(field.min === undefined ? {} : { min: field.min }),
  ...(field.max === undefined ? {} : { max: field.max }),
  ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
  example: field.example,
  aliases: field.aliases.map(foldedWords),
});
