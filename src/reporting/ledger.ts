/** The ledger: one row for each report that is owed, written when its period opens and before any report comes. */
import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Db } from "../store/database";
import { obligations, periods as periodTable, units } from "../store/tables";
import { inBatches } from "./batches";
import type { Campaign, Unit } from "./campaign";
import { allPeriods, lineOf, type Period } from "./periods";
import { namesOf, unitsOwing } from "./roster";

export { statusOf, isLate, type ObligationStatus } from "./status";

/** Brings the units of the roster into the database. Units that left the roster stay: old reports name them. */
export async function syncUnits(db: Db, campaign: Campaign): Promise<void> {
  // Sorted, so that two replicas that start together never wait for each other's rows.
  const sorted = campaign.units.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  for (const batch of inBatches(sorted)) {
    await db
      .insert(units)
      .values(batch.map((unit) => ({ ...unit, aliases: [...namesOf(unit)] })))
      .onConflictDoUpdate({
        target: units.code,
        set: {
          name: sql`excluded.name`,
          shortName: sql`excluded.short_name`,
          group: sql`excluded.group_name`,
          parentCode: sql`excluded.parent_code`,
          aliases: sql`excluded.aliases`,
          validFrom: sql`excluded.valid_from`,
          validTo: sql`excluded.valid_to`,
        },
      });
  }
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
  for (const batch of inBatches(fresh))
    await db
      .insert(periodTable)
      .values([...batch])
      .onConflictDoNothing();

  const rows = current.flatMap((period) => {
    const stored = written.get(keyOf(period));
    if (stored !== undefined && now >= stored.dueAt) return [];
    const have = known.get(keyOf(period)) ?? new Set();
    return owingIn(campaign, period)
      .filter((unit) => !have.has(unit.code))
      .map((unit) => obligationRow(stored ?? period, unit.code, ids.next(now)));
  });
  let count = 0;
  for (const batch of inBatches(rows)) {
    const added = await db
      .insert(obligations)
      .values([...batch])
      .onConflictDoNothing()
      .returning({ id: obligations.id });
    count += added.length;
  }
  return { periods: fresh, obligations: count };
}

/** The units that owe a report in this period. */
export const owingIn = (campaign: Campaign, period: Pick<Period, "line" | "endsOn">): readonly Unit[] =>
  unitsOwing(campaign, lineOf(campaign, period.line), period.endsOn);

/** A new row of the ledger, as the period has it. */
export const obligationRow = (
  { line, id, opensAt, dueAt, closesAt }: Omit<Period, "rule" | "startsOn" | "endsOn">,
  unitCode: string,
  obligationId: string,
): typeof obligations.$inferInsert => ({
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
    const units = known.get(keyOf(row)) ?? new Set();
    known.set(keyOf(row), units.add(row.unitCode));
  }
  return known;
}
