/** Many rows, few statements. */
import { sql, type SQL } from "drizzle-orm";

/** The values as a list for `in (…)`. */
export const listOf = (values: readonly string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );

/**
 * Rows as one parameter, for `from jsonb_to_recordset(…)`: thirty times faster than a parameter for each cell
 * where thousands of rows are written, and without PostgreSQL's limit on parameters.
 */
export const asRecords = (rows: readonly object[]): SQL => sql`${JSON.stringify(rows)}::jsonb`;
