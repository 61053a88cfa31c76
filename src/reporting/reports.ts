/** Drafts, reports and evidence of one obligation. Everything here runs inside the caller's transaction. */
import { and, asc, eq, or, sql } from "drizzle-orm";
import type { Instant } from "../core/clock";
import { broken, refused, stale } from "../core/errors";
import type { Db } from "../store/database";
import { attachments, drafts, obligations, reports } from "../store/tables";
import { ledgerWording } from "./ledger-wording.vi";
import { isLate } from "./status";
import { marksSchema, valuesSchema, type Values } from "./values";

export interface Draft {
  readonly obligationId: string;
  readonly values: Values;
  /** Fields kept although they were asked about. */
  readonly marks: readonly string[];
  readonly personId: string;
  readonly at: Instant;
}

/** The draft that somebody goes on from: whose it was, and of when; null when there was none. */
export type SeenDraft = { readonly personId: string; readonly updatedAt: Instant } | null;

/**
 * Keeps the draft until it is handed in or discarded; whoever wrote last is its holder. Throws `stale` when a
 * colleague has written, taken it over or handed it in since it was seen: two people never mix their figures.
 */
export async function saveDraft(
  db: Db,
  { obligationId, values, marks, personId, at, seen }: Draft & { readonly seen: SeenDraft },
): Promise<void> {
  // The row of the ledger first, as whoever hands in does: two colleagues wait for each other here.
  await db
    .update(obligations)
    .set({ draftStartedAt: sql`coalesce(${obligations.draftStartedAt}, ${at})` })
    .where(eq(obligations.id, obligationId));
  const content = { values, marks: [...marks], personId, updatedAt: at };
  const own = eq(drafts.personId, personId);
  const asSeen =
    seen === null
      ? own
      : or(own, and(eq(drafts.personId, seen.personId), eq(drafts.updatedAt, seen.updatedAt)));
  const update = db
    .update(drafts)
    .set(content)
    .where(and(eq(drafts.obligationId, obligationId), asSeen));
  const insert = db
    .insert(drafts)
    .values({ obligationId, ...content })
    .onConflictDoUpdate({ target: drafts.obligationId, set: content, setWhere: own });
  const kept = await (seen === null ? insert : update).returning();
  if (kept.length === 0) throw stale("draft-moved-on");
}

export async function discardDraft(db: Db, obligationId: string): Promise<void> {
  await db.delete(drafts).where(eq(drafts.obligationId, obligationId));
  await db.update(obligations).set({ draftStartedAt: null }).where(eq(obligations.id, obligationId));
}

export interface Submission extends Draft {
  /** The version its sender saw; 0 when there was none. */
  readonly seenVersion: number;
  readonly nil: boolean;
  /** The code on the receipt. */
  readonly code: string;
  /** The message that handed it in. */
  readonly eventKey: string;
}

export interface Submitted {
  readonly version: number;
  /** Whether this version came after the unit's due instant. */
  readonly late: boolean;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

/**
 * Stores a new version. Throws `stale` when another version came in between, `refused` once the period is
 * closed. The first version alone decides whether the unit was on time; a later one is badged itself.
 */
export async function submitReport(db: Db, submission: Submission): Promise<Submitted> {
  const { obligationId, seenVersion, values, marks, nil, code, personId, at, eventKey } = submission;
  const [row] = await db.select().from(obligations).where(eq(obligations.id, obligationId)).for("update");
  if (row === undefined) throw broken("obligation-unknown", `there is no obligation ${obligationId}`);
  if (row.version !== seenVersion) throw stale("report-version");
  if (row.exemptReason !== null) throw refused("report-exempt", ledgerWording.exempt);
  if (at > row.closesAt) throw refused("report-closed", ledgerWording.closed(row.closesAt));
  const version = row.version + 1;
  const late = isLate(at, row.dueAt);
  await db.insert(reports).values({
    obligationId,
    version,
    code,
    values,
    marks: [...marks],
    nil,
    late,
    personId,
    at,
    eventKey,
  });
  await db
    .update(obligations)
    .set({
      version,
      nil,
      submittedAt: row.submittedAt ?? at,
      lastSubmittedAt: at,
      draftStartedAt: null,
      // Whoever reports here can be written to, whatever became of earlier reminders.
      reached: true,
      notReachedReason: null,
    })
    .where(eq(obligations.id, obligationId));
  await db.delete(drafts).where(eq(drafts.obligationId, obligationId));
  return { version, late, line: row.line, period: row.period, unitCode: row.unitCode };
}

export interface Evidence {
  readonly id: string;
  readonly obligationId: string;
  readonly personId: string;
  readonly url: string;
  readonly name: string;
  readonly at: Instant;
}

/** Notes a file that a person sent as evidence; it is fetched and stored later. */
export async function keepEvidence(db: Db, evidence: Evidence): Promise<void> {
  await db
    .insert(attachments)
    .values({ ...evidence, state: "waiting" })
    .onConflictDoNothing();
}

export interface ReportVersion {
  readonly version: number;
  readonly code: string;
  readonly at: Instant;
  readonly personId: string;
  readonly values: Values;
  readonly marks: readonly string[];
  readonly nil: boolean;
  readonly late: boolean;
  /** The message that handed it in: from a figure back to the words. */
  readonly eventKey: string;
}

/** Every version handed in for an obligation, the first one first. */
export async function reportHistory(db: Db, obligationId: string): Promise<readonly ReportVersion[]> {
  const rows = await db
    .select()
    .from(reports)
    .where(eq(reports.obligationId, obligationId))
    .orderBy(asc(reports.version));
  return rows.map(({ version, code, at, personId, values, marks, nil, late, eventKey }) => ({
    version,
    code,
    at,
    personId,
    values: valuesSchema.parse(values),
    marks: marksSchema.parse(marks),
    nil,
    late,
    eventKey,
  }));
}
