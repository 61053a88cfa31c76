/** Many rows, few statements. */
import { sql, type SQL } from "drizzle-orm";

/** Eight columns a row stay far below the 65,535 parameters that PostgreSQL takes in a statement. */
const ROWS_A_STATEMENT = 500;

export function* inBatches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += ROWS_A_STATEMENT) yield items.slice(i, i + ROWS_A_STATEMENT);
}

/** The values as a list for `in (…)`. */
export const listOf = (values: readonly string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
