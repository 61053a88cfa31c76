/** The ledger: one row for each report that is owed, written when its period opens and before any report comes. */
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import { rowsOf, type Db } from "../store/database";
import { obligations, periods as periodTable } from "../store/tables";
import { asRecords } from "../store/lists";
import type { Campaign, Unit } from "./campaign";
import { allPeriods, lineOf, type Period } from "./periods";
import { namesOf, unitsOwing } from "./roster";

export { statusOf, isLate, type ObligationStatus } from "./status";

/** Brings the units of the roster into the database. Units that left the roster stay: old reports name them. */
export async function syncUnits(db: Db, campaign: Pick<Campaign, "units">): Promise<void> {
  const rows = campaign.units.map((unit) => ({ ...unit, aliases: namesOf(unit) }));
  // Sorted, so that two replicas that start together never wait for each other's rows.
  await db.execute(sql`
    insert into units (code, name, short_name, group_name, parent_code, aliases, valid_from, valid_to,
      successor_code)
    select code, name, "shortName", "group", "parentCode", aliases, "validFrom", "validTo", "successorCode"
    from jsonb_to_recordset(${asRecords(rows)}) as v(code text, name text, "shortName" text, "group" text,
      "parentCode" text, aliases jsonb, "validFrom" text, "validTo" text,
      "successorCode" text)
    order by code
    on conflict (code) do update set name = excluded.name, short_name = excluded.short_name,
      group_name = excluded.group_name, parent_code = excluded.parent_code, aliases = excluded.aliases,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      successor_code = excluded.successor_code`);
}

export interface Opened {
  /** Periods written now for the first time. */
  readonly periods: readonly Period[];
  readonly obligations: number;
}

/**
 * Writes the periods whose opening has come, with an obligation for each unit that owes them. Doing it again
 * adds nothing but units that have joined since, and those only where there is time left before the deadline.
 * A period that closed before it was ever looked at is left out: nobody could have reported in it.
 */
export async function openPeriods(db: Db, campaign: Campaign, now: Instant, ids: Ids): Promise<Opened> {
  const current = [...allPeriods(campaign).values()]
    .flat()
    .filter((period) => period.opensAt <= now && now < period.closesAt);
  if (current.length === 0) return { periods: [], obligations: 0 };
  const written = await storedPeriods(db, current);
  const known = await storedUnits(db, current);
  const fresh = current.filter((period) => !written.has(keyOf(period)));
  if (fresh.length > 0)
    await db
      .insert(periodTable)
      .values([...fresh])
      .onConflictDoNothing();

  const rows = current.flatMap((period) => {
    const stored = written.get(keyOf(period));
    if (stored !== undefined && now >= stored.dueAt) return [];
    const have = known.get(keyOf(period)) ?? new Set();
    return owingIn(campaign, period)
      .filter((unit) => !have.has(unit.code))
      .map((unit) => obligationRow(stored ?? period, unit.code, ids.next(now)));
  });
  return { periods: fresh, obligations: await addObligations(db, rows) };
}

export interface NewObligation {
  readonly id: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly closesAt: Instant;
}

/** Adds rows that are not there yet, and says how many. */
export async function addObligations(db: Db, rows: readonly NewObligation[]): Promise<number> {
  if (rows.length === 0) return 0;
  const added = await rowsOf(
    db,
    sql`insert into obligations (id, line, period, unit_code, opens_at, due_at, closes_at)
        select id, line, period, "unitCode", "opensAt", "dueAt", "closesAt"
        from jsonb_to_recordset(${asRecords(rows)}) as v(id text, line text, period text, "unitCode" text,
          "opensAt" bigint, "dueAt" bigint, "closesAt" bigint)
        on conflict do nothing returning id`,
    z.object({ id: z.string() }),
  );
  return added.length;
}

/** The units that owe a report in this period. */
export const owingIn = (campaign: Campaign, period: Pick<Period, "line" | "endsOn">): readonly Unit[] =>
  unitsOwing(campaign, lineOf(campaign, period.line), period.endsOn);

/** A new row of the ledger, as the period has it. */
export const obligationRow = (
  { line, id, opensAt, dueAt, closesAt }: Omit<Period, "rule" | "startsOn" | "endsOn">,
  unitCode: string,
  obligationId: string,
): NewObligation => ({
  id: obligationId,
  line,
  period: id,
  unitCode,
  opensAt,
  dueAt,
  closesAt,
});

const keyOf = ({ line, id }: { readonly line: string; readonly id: string }): string => `${line} ${id}`;

/** Periods as they were written: a changed calendar does not move a deadline that people have been told. */
async function storedPeriods(db: Db, wanted: readonly Period[]): Promise<Map<string, Period>> {
  const rows = await db
    .select()
    .from(periodTable)
    .where(or(...wanted.map(({ line, id }) => and(eq(periodTable.line, line), eq(periodTable.id, id)))));
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function storedUnits(db: Db, wanted: readonly Period[]): Promise<Map<string, Set<string>>> {
  const rows = await db
    .select({ line: obligations.line, id: obligations.period, unitCode: obligations.unitCode })
    .from(obligations)
    .where(
      inArray(
        obligations.period,
        wanted.map(({ id }) => id),
      ),
    );
  const known = new Map<string, Set<string>>();
  for (const row of rows) {
    const codes = known.get(keyOf(row)) ?? new Set();
    known.set(keyOf(row), codes.add(row.unitCode));
  }
  return known;
}
