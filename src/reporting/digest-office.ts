/** The digests of an office as its staff see them in the chat, with what is live beside them. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Instant } from "../core/clock";
import type { Db } from "../store/database";
import { digests, memberships, obligations, persons, reminderSteps } from "../store/tables";
import type { Campaign, Line } from "./campaign";
import { listReceipts } from "./digest-receipts";
import { feedersOf, lineOf } from "./periods";
import { ASKED_STEP } from "./remind";
import { receiverName } from "./roster";

/** Structurally the `DigestView` of a turn. */
export interface OfficeDigest {
  readonly id: string;
  readonly line: string;
  readonly lineName: string;
  readonly period: string;
  readonly text: string;
  readonly missing: number;
  readonly upwardObligationId: string | null;
  readonly upwardName: string | null;
  /** Ids of the officers who have confirmed it. */
  readonly readBy: readonly string[];
}

/** Figures of this week, and of the last one to compare: older ones are in the documents. */
const DIGESTS_PER_LINE = 2;

type Row = Pick<
  typeof digests.$inferSelect,
  "id" | "line" | "period" | "receiverUnitCode" | "frozenAt" | "text"
>;

/** By office: the newest two digests of each line it receives, newest first. */
export async function loadDigestViews(
  db: Db,
  campaign: Campaign,
  officeUnitCodes: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly OfficeDigest[]>> {
  const lines = campaign.lines.filter(({ receiver }) => officeUnitCodes.includes(receiver));
  if (lines.length === 0) return new Map();
  const rows = await newestOf(db, lines);
  const missing = await missingNow(db, rows, now);
  const upward = await upwardOwed(db, campaign, rows, now);
  const receipts = await listReceipts(
    db,
    rows.map(({ id }) => id),
  );
  const views = new Map<string, OfficeDigest[]>();
  for (const row of rows) {
    const up = upward.get(row.id) ?? null;
    const view: OfficeDigest = {
      id: row.id,
      line: row.line,
      lineName: lineOf(campaign, row.line).name,
      period: row.period,
      text: row.text,
      missing: missing.get(keyOf(row.line, row.period)) ?? 0,
      upwardObligationId: up?.obligationId ?? null,
      upwardName: up?.name ?? null,
      readBy: receipts.filter(({ digestId }) => digestId === row.id).map(({ personId }) => personId),
    };
    views.set(row.receiverUnitCode, [...(views.get(row.receiverUnitCode) ?? []), view]);
  }
  return views;
}

const keyOf = (line: string, period: string): string => `${line} ${period}`;

async function newestOf(db: Db, lines: readonly Line[]): Promise<Row[]> {
  const { id, line, period, receiverUnitCode, frozenAt, text } = digests;
  const ranked = db
    .select({
      id,
      line,
      period,
      receiverUnitCode,
      frozenAt,
      text,
      rank: sql<number>`row_number() over (partition by ${digests.line} order by ${digests.frozenAt} desc, ${digests.period} desc)`.as(
        "rank",
      ),
    })
    .from(digests)
    .where(
      inArray(
        digests.line,
        lines.map((own) => own.id),
      ),
    )
    .as("ranked");
  return db
    .select()
    .from(ranked)
    .where(sql`${ranked.rank} <= ${DIGESTS_PER_LINE}`)
    .orderBy(desc(ranked.frozenAt), desc(ranked.period));
}

/**
 * Units that still owe the report of a period still open to them and can be reminded: somebody of theirs takes
 * messages and has not been asked by the office before.
 */
async function missingNow(
  db: Db,
  rows: readonly Pick<Row, "line" | "period">[],
  now: Instant,
): Promise<ReadonlyMap<string, number>> {
  if (rows.length === 0) return new Map();
  const counted = await db
    .select({ line: obligations.line, period: obligations.period, units: sql<number>`count(*)::int` })
    .from(obligations)
    .where(
      and(
        inArray(obligations.line, [...new Set(rows.map(({ line }) => line))]),
        inArray(obligations.period, [...new Set(rows.map(({ period }) => period))]),
        sql`${obligations.version} = 0 and ${obligations.exemptReason} is null and ${obligations.closesAt} > ${now}`,
        sql`exists (select 1 from ${memberships} m join ${persons} p on p.id = m.person_id
          where m.unit_code = ${obligations.unitCode} and p.opted_out_at is null and p.unreachable is null
            and not exists (select 1 from ${reminderSteps} s
              where s.person_id = m.person_id and s.obligation_id = ${obligations.id} and s.step = ${ASKED_STEP}))`,
      ),
    )
    .groupBy(obligations.line, obligations.period);
  return new Map(counted.map(({ line, period, units }) => [keyOf(line, period), units]));
}

/** By digest id: the report of the same period that its receiver still owes upward. */
async function upwardOwed(
  db: Db,
  campaign: Campaign,
  rows: readonly Pick<Row, "id" | "line" | "period" | "receiverUnitCode">[],
  now: Instant,
): Promise<ReadonlyMap<string, { readonly obligationId: string; readonly name: string }>> {
  const linesAbove = (line: string) =>
    campaign.lines.filter((other) => feedersOf(campaign, other).some(({ id }) => id === line));
  const above = [...new Set(rows.flatMap(({ line }) => linesAbove(line).map(({ id }) => id)))];
  if (above.length === 0) return new Map();
  const owed = await db
    .select({
      id: obligations.id,
      line: obligations.line,
      period: obligations.period,
      unitCode: obligations.unitCode,
    })
    .from(obligations)
    .where(
      and(
        inArray(obligations.line, above),
        inArray(obligations.unitCode, [...new Set(rows.map(({ receiverUnitCode }) => receiverUnitCode))]),
        eq(obligations.version, 0),
        sql`${obligations.exemptReason} is null and ${obligations.opensAt} <= ${now} and ${obligations.closesAt} > ${now}`,
      ),
    );
  return new Map(
    rows.flatMap((row) => {
      const lines = linesAbove(row.line).map(({ id }) => id);
      const own = owed.find(
        (o) => lines.includes(o.line) && o.period === row.period && o.unitCode === row.receiverUnitCode,
      );
      if (own === undefined) return [];
      const name = receiverName(campaign, lineOf(campaign, own.line));
      return [[row.id, { obligationId: own.id, name }] as const];
    }),
  );
}
