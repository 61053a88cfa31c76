/** What the API and the console ask: lines, periods, the ledger, one report. */
import { and, asc, eq, gt, isNotNull, lte, type SQL } from "drizzle-orm";
import { dayOf, type Instant } from "../core/clock";
import type { Db } from "../store/database";
import { attachments, obligations, periods as periodTable, persons, reports } from "../store/tables";
import type { Campaign, Template } from "./campaign";
import { periodsOf, type Period } from "./periods";
import { reportHistory } from "./reports";
import { unitsOwing } from "./roster";
import { statusOf, type ObligationStatus } from "./status";
import type { Values } from "./values";

export { searchUnits, type UnitSearch } from "./roster";

export interface LineItem {
  readonly id: string;
  readonly name: string;
  readonly receiverUnitCode: string;
  /** 1 = Monday. */
  readonly weekday: number;
  readonly dueTime: string;
  readonly templateId: string;
  /** How many units owe this report now. */
  readonly expected: number;
}

export function listLines(campaign: Campaign, now: Instant): readonly LineItem[] {
  const today = dayOf(now);
  return campaign.lines.map((line) => {
    // Before and after its time a line counts the units it begins and ends with.
    const day = today < line.startsOn ? line.startsOn : today > line.endsOn ? line.endsOn : today;
    return {
      id: line.id,
      name: line.name,
      receiverUnitCode: line.receiver,
      weekday: line.weekday,
      dueTime: line.dueTime,
      templateId: line.template,
      expected: unitsOwing(campaign, line, day).length,
    };
  });
}

export const templateOf = (campaign: Campaign, id: string): Template | undefined =>
  campaign.templates.get(id);

/** The periods of one line, or of all: as they were written where they have opened, as the calendar has them else. */
export async function listPeriods(db: Db, campaign: Campaign, line?: string): Promise<readonly Period[]> {
  const written = new Map(
    (await db.select().from(periodTable)).map((row) => [`${row.line} ${row.id}`, row] as const),
  );
  return campaign.lines
    .filter(({ id }) => line === undefined || id === line)
    .flatMap(({ id }) => periodsOf(campaign, id))
    .map((period) => written.get(`${period.line} ${period.id}`) ?? period);
}

export interface ObligationItem {
  readonly id: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
  readonly status: ObligationStatus;
  readonly dueAt: Instant;
  readonly submittedAt: Instant | null;
  readonly version: number;
  readonly reached: boolean;
  readonly notReachedReason: string | null;
  readonly exemptReason: string | null;
}

export interface ObligationFilter {
  readonly line?: string | undefined;
  readonly period?: string | undefined;
  readonly status?: ObligationStatus | undefined;
}

/**
 * Leaves out most rows that are in another state, so that a year of reports costs a question about this week nothing;
 * `statusOf` says which of the others are in this one.
 */
function rowsThatMayBe(status: ObligationStatus, now: Instant): SQL | undefined {
  const isOpen = eq(obligations.version, 0);
  if (status === "waiting" || status === "drafting") return and(isOpen, gt(obligations.dueAt, now));
  if (status === "missing") return and(isOpen, lte(obligations.dueAt, now));
  return status === "exempt" ? isNotNull(obligations.exemptReason) : gt(obligations.version, 0);
}

/** Rows of the ledger, in the order of line, period and unit code. */
export async function listObligations(
  db: Db,
  { line, period, status }: ObligationFilter,
  now: Instant,
): Promise<readonly ObligationItem[]> {
  const rows = await db
    .select()
    .from(obligations)
    .where(
      and(
        line === undefined ? undefined : eq(obligations.line, line),
        period === undefined ? undefined : eq(obligations.period, period),
        status === undefined ? undefined : rowsThatMayBe(status, now),
      ),
    )
    .orderBy(asc(obligations.line), asc(obligations.period), asc(obligations.unitCode));
  return rows
    .map((row) => ({
      id: row.id,
      line: row.line,
      period: row.period,
      unitCode: row.unitCode,
      status: statusOf(row, now),
      dueAt: row.dueAt,
      submittedAt: row.submittedAt,
      version: row.version,
      reached: row.reached,
      notReachedReason: row.notReachedReason,
      exemptReason: row.exemptReason,
    }))
    .filter((row) => status === undefined || row.status === status);
}

export interface ReportKey {
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

export interface ReportDetail {
  readonly obligationId: string;
  readonly status: ObligationStatus;
  readonly version: number;
  readonly values: Values;
  readonly attachments: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: "waiting" | "stored" | "failed" | "removed";
    readonly sha256: string | null;
    readonly mime: string | null;
    readonly sizeBytes: number | null;
    readonly at: Instant;
  }[];
  readonly submittedAt: Instant | null;
  /** The name of whoever sent the newest version, or their id where we do not know it. */
  readonly submittedBy: string | null;
  readonly history: readonly {
    readonly version: number;
    readonly code: string;
    readonly at: Instant;
    readonly by: string;
    readonly values: Values;
    readonly nil: boolean;
    readonly late: boolean;
  }[];
}

/** One unit's report of one period with all its versions; null where the ledger has no such row. */
export async function getReport(
  db: Db,
  { line, period, unitCode }: ReportKey,
  now: Instant,
): Promise<ReportDetail | null> {
  const [row] = await db
    .select()
    .from(obligations)
    .where(
      and(eq(obligations.line, line), eq(obligations.period, period), eq(obligations.unitCode, unitCode)),
    );
  if (row === undefined) return null;
  const versions = await reportHistory(db, row.id);
  const names = await namesOfPersons(db, row.id);
  const nameOf = (personId: string) => names.get(personId) ?? personId;
  const newest = versions.at(-1);
  return {
    obligationId: row.id,
    status: statusOf(row, now),
    version: row.version,
    values: newest?.values ?? {},
    attachments: await db
      .select({
        id: attachments.id,
        name: attachments.name,
        state: attachments.state,
        sha256: attachments.sha256,
        mime: attachments.mime,
        sizeBytes: attachments.sizeBytes,
        at: attachments.at,
      })
      .from(attachments)
      .where(eq(attachments.obligationId, row.id))
      .orderBy(asc(attachments.at), asc(attachments.id)),
    submittedAt: row.submittedAt,
    submittedBy: newest === undefined ? null : nameOf(newest.personId),
    history: versions.map(({ version, code, at, personId, values, nil, late }) => ({
      version,
      code,
      at,
      by: nameOf(personId),
      values,
      nil,
      late,
    })),
  };
}

async function namesOfPersons(db: Db, obligationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectDistinct({ id: persons.id, name: persons.displayName })
    .from(persons)
    .innerJoin(reports, eq(reports.personId, persons.id))
    .where(eq(reports.obligationId, obligationId));
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}
