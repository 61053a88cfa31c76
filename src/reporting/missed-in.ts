/** Who is still missing from an earlier period, merged units carried on by their successor. */
import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../store/database";
import { obligations, units } from "../store/tables";
import { groupBy } from "./group-by";

/**
 * The units that owe the period's report still. A unit that owed none itself, but into which others were merged,
 * missed it where all of those did: one that reported has kept the habit alive.
 */
export async function missedIn(db: Db, line: string, period: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({
      unitCode: obligations.unitCode,
      version: obligations.version,
      successor: units.successorCode,
    })
    .from(obligations)
    .leftJoin(units, eq(units.code, obligations.unitCode))
    .where(and(eq(obligations.line, line), eq(obligations.period, period), isNull(obligations.exemptReason)));
  const own = new Set(rows.map(({ unitCode }) => unitCode));
  const merged = groupBy(
    rows.filter(({ successor }) => successor !== null && !own.has(successor)),
    ({ successor }) => successor ?? "",
  );
  const isMissing = ({ version }: { readonly version: number }) => version === 0;
  return new Set([
    ...rows.filter(isMissing).map(({ unitCode }) => unitCode),
    ...[...merged].filter(([, before]) => before.every(isMissing)).map(([code]) => code),
  ]);
}
