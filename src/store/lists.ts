/** Many values in one parameter: the text of a statement stays the same however many there are, and so does its plan. */
import { sql, type SQL } from "drizzle-orm";

/** The values as an array, for `= any(…)`. */
export const anyOf = (values: readonly string[]): SQL => sql`any(${sql.param(values)})`;

/**
 * Rows as one parameter, for `from jsonb_to_recordset(…)`: thirty times faster than a parameter for each cell
 * where thousands of rows are written, and without PostgreSQL's limit on parameters.
 */
export const asRecords = (rows: readonly object[]): SQL => sql`${JSON.stringify(rows)}::jsonb`;
