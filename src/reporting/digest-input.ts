/** Reads what one digest is compiled from: a fixed number of queries, however many units there are. */
import { and, asc, desc, eq, gt, inArray, lt, lte, ne, or, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { broken } from "../core/errors";
import { rowsOf, type Db } from "../store/database";
import { attachments, digests, obligations, periods, reports, tickets } from "../store/tables";
import type { Campaign, Line, Template } from "./campaign";
import type { DigestInput, ObligationRow } from "./digest";
import { parseDigest, type DigestContent, type Totals } from "./digest-content";
import {
  correctionsBelow,
  unseenAfter,
  untoldCorrections,
  type Amended,
  type Revision,
} from "./digest-corrections";
import { missedIn } from "./missed-in";
import { headingOf } from "./digest-heading";
import { linesAbove } from "./office-above";
import { feedersOf } from "./periods";
import { loadToldBelow } from "./told-below";
import { clarificationsToTell } from "./told-clarifications";
import { unitName, unitsByCode, unitsOwing } from "./roster";
import { marksSchema, valuesSchema } from "./values";

export interface DuePeriod {
  readonly id: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly dueAt: Instant;
  readonly rule: string;
}

/** Everything of one line and period as it stands now. */
export async function loadDigestInput(
  db: Db,
  campaign: Campaign,
  line: Line,
  { period, now }: { readonly period: DuePeriod; readonly now: Instant },
): Promise<DigestInput> {
  const { id, startsOn, endsOn, dueAt, rule } = period;
  const previous = await previousDigest(db, line.id, dueAt);
  const corrections =
    previous === null
      ? []
      : untoldCorrections(
          previous,
          await loadRevisions(db, campaign, line.id, previous),
          await loadToldBelow(db, line.id),
        );
  return {
    heading: { ...headingOf(campaign, line, id), period: { id, startsOn, endsOn, dueAt, rule } },
    template: templateOf(campaign, line),
    frozenAt: now,
    obligations: await loadObligations(db, campaign, line.id, {
      period: id,
      before: previous?.period.id ?? null,
    }),
    earlier: await sumsBefore(db, line.id, dueAt),
    previous,
    corrections,
    below: correctionsBelow(
      await lowerDigests(db, campaign, line, previous),
      await amendedUpward(db, campaign, line),
    ),
    tickets: await openTickets(db, campaign, line),
    clarifications: [...(await clarificationsToTell(db, campaign, line.id, previous))],
  };
}

/** The form of a line. */
export function templateOf(campaign: Campaign, line: Line): Template {
  const template = campaign.templates.get(line.template);
  if (template === undefined) throw broken("template-unknown", `line ${line.id} names no known template`);
  return template;
}

async function loadObligations(
  db: Db,
  campaign: Campaign,
  line: string,
  { period, before }: { readonly period: string; readonly before: string | null },
): Promise<ObligationRow[]> {
  const missed = before === null ? new Set<string>() : await missedIn(db, line, before);
  const evidence = db
    .select({ id: attachments.obligationId, files: sql<number | null>`count(*)::int`.as("files") })
    .from(attachments)
    .innerJoin(obligations, eq(obligations.id, attachments.obligationId))
    .where(and(eq(obligations.line, line), eq(obligations.period, period), ne(attachments.state, "failed")))
    .groupBy(attachments.obligationId)
    .as("evidence");
  const rows = await db
    .select({
      row: obligations,
      values: reports.values,
      marks: reports.marks,
      files: evidence.files,
    })
    .from(obligations)
    .leftJoin(
      reports,
      and(eq(reports.obligationId, obligations.id), eq(reports.version, obligations.version)),
    )
    .leftJoin(evidence, eq(evidence.id, obligations.id))
    .where(and(eq(obligations.line, line), eq(obligations.period, period)));
  const place = new Map(campaign.units.map(({ code }, i) => [code, i]));
  return rows.map(({ row, values, marks, files }) => ({
    ...row,
    unitName: unitName(campaign, row.unitCode),
    group: unitsByCode(campaign).get(row.unitCode)?.group ?? "",
    position: place.get(row.unitCode) ?? campaign.units.length,
    values: valuesSchema.parse(values ?? {}),
    marks: marksSchema.parse(marks ?? []),
    evidence: files ?? 0,
    owesBefore: missed.has(row.unitCode),
  }));
}

async function previousDigest(db: Db, line: string, dueAt: Instant): Promise<DigestContent | null> {
  const [row] = await db
    .select({ canonical: digests.canonical })
    .from(digests)
    .innerJoin(periods, and(eq(periods.line, digests.line), eq(periods.id, digests.period)))
    .where(and(eq(digests.line, line), lt(periods.dueAt, dueAt)))
    .orderBy(desc(periods.dueAt))
    .limit(1);
  return row === undefined ? null : parseDigest(row.canonical);
}

/** All versions of those reports of frozen periods that changed since the digest before could know them. */
async function loadRevisions(
  db: Db,
  campaign: Campaign,
  line: string,
  previous: DigestContent,
): Promise<Revision[]> {
  const changed = db
    .select({ id: reports.obligationId })
    .from(reports)
    .where(gt(reports.at, unseenAfter(previous)));
  const frozen = db.select({ period: digests.period }).from(digests).where(eq(digests.line, line));
  const rows = await db
    .select({
      period: obligations.period,
      unitCode: obligations.unitCode,
      version: reports.version,
      at: reports.at,
      values: reports.values,
    })
    .from(reports)
    .innerJoin(obligations, eq(obligations.id, reports.obligationId))
    .where(
      and(
        eq(obligations.line, line),
        inArray(obligations.period, frozen),
        inArray(obligations.id, changed),
        isNull(obligations.exemptReason),
      ),
    );
  return rows.map((row) => ({
    ...row,
    unitName: unitName(campaign, row.unitCode),
    values: valuesSchema.parse(row.values),
  }));
}

const sumRow = z.object({ field: z.string(), sum: z.coerce.number() });

/** Sums per field over the newest versions of all periods due before. */
async function sumsBefore(db: Db, line: string, dueAt: Instant): Promise<Totals> {
  const rows = await rowsOf(
    db,
    sql`select v.key as field, sum((v.value #>> '{}')::numeric) as sum
      from obligations o
      join periods p on p.line = o.line and p.id = o.period
      join reports r on r.obligation_id = o.id and r.version = o.version
      cross join lateral jsonb_each(r.values) v
      where o.line = ${line} and p.due_at < ${dueAt} and o.exempt_reason is null
        and jsonb_typeof(v.value) = 'number'
      group by v.key`,
    sumRow,
  );
  return Object.fromEntries(rows.map(({ field, sum }) => [field, sum]));
}

/** Digests of the offices that report on this line, frozen since its own last one. */
async function lowerDigests(
  db: Db,
  campaign: Campaign,
  line: Line,
  previous: DigestContent | null,
): Promise<DigestContent[]> {
  const feeders = feedersOf(campaign, line).map(({ id }) => id);
  if (feeders.length === 0) return [];
  const rows = await db
    .select({ canonical: digests.canonical })
    .from(digests)
    .where(and(inArray(digests.line, feeders), gt(digests.frozenAt, previous?.frozenAt ?? 0)))
    .orderBy(asc(digests.frozenAt), asc(digests.id));
  return rows.map(({ canonical }) => parseDigest(canonical));
}

/** The reports on this line that offices with digests of their own have amended. */
async function amendedUpward(db: Db, campaign: Campaign, line: Line): Promise<Amended[]> {
  const offices = feedersOf(campaign, line).map(({ receiver }) => receiver);
  if (offices.length === 0) return [];
  const rows = await db
    .select({ period: obligations.period, unitCode: obligations.unitCode, at: obligations.lastSubmittedAt })
    .from(obligations)
    .where(
      and(
        eq(obligations.line, line.id),
        inArray(obligations.unitCode, offices),
        gt(obligations.version, 1),
        isNull(obligations.exemptReason),
      ),
    );
  return rows.map(({ at, ...row }) => ({ ...row, at: at ?? 0 }));
}

async function openTickets(db: Db, campaign: Campaign, line: Line): Promise<DigestContent["tickets"]> {
  const rows = await db
    .select()
    .from(tickets)
    .where(
      and(
        eq(tickets.kind, "difficulty"),
        ne(tickets.status, "closed"),
        or(
          and(
            eq(tickets.receiverUnitCode, line.receiver),
            or(isNull(tickets.line), eq(tickets.line, line.id)),
          ),
          // What a unit of the line raised stays in sight of its office when it has gone further up.
          and(
            inArray(tickets.line, [...linesAbove(campaign, line)]),
            inArray(
              tickets.unitCode,
              unitsOwing(campaign, line).map(({ code }) => code),
            ),
          ),
        ),
      ),
    )
    .orderBy(asc(tickets.createdAt), asc(tickets.code));
  return rows.map(({ code, unitCode, text, createdAt, status, receiverUnitCode }) => ({
    code,
    unitName: unitCode === null ? null : unitName(campaign, unitCode),
    text,
    createdAt,
    answered: status === "answered",
    ...(receiverUnitCode === line.receiver ? {} : { isWith: unitName(campaign, receiverUnitCode) }),
  }));
}

/** The periods due by `dueBy` whose digest is still to be frozen, the first due first; those that nobody owes left out. */
export async function periodsToFreeze(
  db: Db,
  dueBy: Instant,
): Promise<readonly { readonly line: string; readonly period: DuePeriod }[]> {
  const frozen = db
    .select({ one: sql`1` })
    .from(digests)
    .where(and(eq(digests.line, periods.line), eq(digests.period, periods.id)));
  const owed = db
    .select({ one: sql`1` })
    .from(obligations)
    .where(and(eq(obligations.line, periods.line), eq(obligations.period, periods.id)));
  const rows = await db
    .select()
    .from(periods)
    .where(and(lte(periods.dueAt, dueBy), sql`not exists ${frozen}`, sql`exists ${owed}`))
    .orderBy(asc(periods.dueAt), asc(periods.line));
  return rows.map(({ line, ...period }) => ({ line, period }));
}
