/** Drafts, reports and evidence of one obligation. Everything here runs inside the caller's transaction. */
import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { broken, refused, stale } from "../core/errors";
import { rowsOf, type Db } from "../store/database";
import { anyOf, asRecords } from "../store/lists";
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

export interface Typed extends Draft {
  readonly seen: SeenDraft;
}

/**
 * Keeps drafts of different reports until they are handed in or discarded; whoever wrote last is a draft's holder.
 * Throws `stale` when a colleague has written, taken one over or handed it in since it was seen: two people never mix
 * their figures.
 */
export async function saveDrafts(db: Db, typed: readonly Typed[]): Promise<void> {
  if (typed.length === 0) return;
  const rows = typed.map(({ seen, ...draft }) => ({
    ...draft,
    isNew: seen === null,
    seenBy: seen?.personId ?? null,
    seenAt: seen?.updatedAt ?? null,
  }));
  const which = anyOf(typed.map(({ obligationId }) => obligationId));
  // The row of the ledger first, as whoever hands in does: two colleagues wait for each other here. Where there is a
  // draft they wait at that: who hands it in deletes it.
  const kept = await rowsOf(
    db,
    sql`with typed as (
        select * from jsonb_to_recordset(${asRecords(rows)}) as v("obligationId" text, "values" jsonb, marks jsonb,
          "personId" text, at bigint, "isNew" boolean, "seenBy" text, "seenAt" bigint)
      ), begun as (
        update obligations o set draft_started_at = coalesce(o.draft_started_at, v.at)
        from typed v where v."isNew" and o.id = v."obligationId" and o.id = ${which} returning o.id
      ), made as (
        insert into drafts (obligation_id, "values", marks, person_id, updated_at)
        select v."obligationId", v."values", v.marks, v."personId", v.at from typed v join begun on begun.id = v."obligationId"
        on conflict (obligation_id) do update set "values" = excluded."values", marks = excluded.marks,
          updated_at = excluded.updated_at where drafts.person_id = excluded.person_id
        returning obligation_id as id
      ), gone_on as (
        update drafts d set "values" = v."values", marks = v.marks, person_id = v."personId", updated_at = v.at
        from typed v where not v."isNew" and d.obligation_id = v."obligationId" and d.obligation_id = ${which}
          and (d.person_id = v."personId" or (d.person_id = v."seenBy" and d.updated_at = v."seenAt"))
        returning d.obligation_id as id
      )
      select id from made union all select id from gone_on`,
    keptRow,
  );
  if (kept.length < typed.length) throw stale("draft-moved-on");
}

const keptRow = z.object({ id: z.string() });

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
  // Whoever reports here can be written to, whatever became of earlier reminders.
  await db.execute(sql`
    with report as (
      insert into reports (obligation_id, version, code, "values", marks, nil, late, person_id, at, event_key)
      values (${obligationId}, ${version}, ${code}, ${JSON.stringify(values)}::jsonb, ${JSON.stringify(marks)}::jsonb,
        ${nil}, ${late}, ${personId}, ${at}, ${eventKey})
    ), draft as (
      delete from drafts where obligation_id = ${obligationId}
    )
    update obligations set version = ${version}, nil = ${nil}, submitted_at = coalesce(submitted_at, ${at}),
      last_submitted_at = ${at}, draft_started_at = null, reached = true, not_reached_reason = null
    where id = ${obligationId}`);
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
