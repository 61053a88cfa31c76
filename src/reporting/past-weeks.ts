/** What units handed in over the past weeks, with the weeks of the units that were merged into them. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, dayOf, type Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { groupBy } from "./group-by";
import { valuesSchema, type Values } from "./values";

export interface PastWeek {
  readonly period: string;
  readonly nil: boolean;
  readonly values: Values;
  /** Figures of several units, added up. */
  readonly isSum: boolean;
}

/** How far back a unit's own weeks are looked at: about a season, so that old habits fade. */
const HISTORY_MS = 120 * DAY_MS;

const sourceRow = z.object({
  unitCode: z.string(),
  line: z.string(),
  period: z.string(),
  nil: z.boolean(),
  /** Null where this unit's report never came. */
  values: valuesSchema.nullable(),
});
type SourceRow = z.infer<typeof sourceRow>;

/** By unit code and line. A week stands for the whole of what is one unit today, or is left out. */
export async function loadPast(
  db: Db,
  unitCodes: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly PastWeek[]>> {
  const rows = await rowsOf(db, pastQuery(unitCodes, now), sourceRow);
  const byUnit = groupBy(rows, ({ unitCode, line }) => `${unitCode} ${line}`);
  return new Map([...byUnit].map(([key, sources]) => [key, weeksOf(sources)]));
}

/**
 * A merged unit counts from the day after its last one; merged units may themselves have taken others in. How many
 * there are is not known beforehand: the `offset` keeps the database from reading every unit's weeks for a few.
 */
const pastQuery = (codes: readonly string[], now: Instant) => sql`
  with recursive sources (unit, source) as (
    select code, code from jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb) as v(code)
    union
    select s.unit, u.code from sources s join units u on u.successor_code = s.source
    where u.valid_to < ${dayOf(now)}
  )
  select s.unit as "unitCode", o.line, o.period, o.nil,
    (select r.values from reports r where r.obligation_id = o.id and r.version = o.version) as values
  from sources s
  cross join lateral (
    select * from obligations where unit_code = s.source and due_at > ${now - HISTORY_MS}
      and (version > 0 or exempt_reason is null)
    offset 0
  ) o`;

function weeksOf(rows: readonly SourceRow[]): readonly PastWeek[] {
  return [...groupBy(rows, ({ period }) => period)].flatMap(([period, sources]) => {
    const reports = sources.flatMap(({ nil, values }) => (values === null ? [] : [{ nil, values }]));
    // The figures of some of them say nothing about all.
    if (reports.length < sources.length) return [];
    return {
      period,
      nil: reports.every(({ nil }) => nil),
      values: reports.length === 1 ? (reports[0]?.values ?? {}) : sumOf(reports.map(({ values }) => values)),
      isSum: reports.length > 1,
    };
  });
}

function sumOf(reports: readonly Values[]): Values {
  const sum: Record<string, number> = {};
  for (const values of reports)
    for (const [field, value] of Object.entries(values))
      if (typeof value === "number") sum[field] = (sum[field] ?? 0) + value;
  return sum;
}
