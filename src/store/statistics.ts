/** What the database knows of its tables, from which it plans. A server looks by itself; an embedded one never does. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Db } from "./database";

/** Plans that are kept stay good while a table has not grown out of the size they were made for. */
const GROWN = 2;
/** A table of a page or two is read as fast whole as by an index. */
const SMALL_PAGES = 2;

const tableRow = z.object({ name: z.string() });

/**
 * Counts the rows of tables that have doubled since they were last counted, and takes out what is dead in them; kept
 * plans in which they occur are made anew. Gives their names. Not for inside a transaction.
 */
export async function countGrown(db: Db): Promise<readonly string[]> {
  const grown = await rowsOf(
    db,
    sql`select relname as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace
        and pg_relation_size(oid) >= ${GROWN} * greatest(relpages, ${SMALL_PAGES}) * current_setting('block_size')::bigint
      order by relname`,
    tableRow,
  );
  const names = grown.map(({ name }) => name);
  if (names.length > 0) {
    const tables = sql.join(
      names.map((name) => sql.identifier(name)),
      sql`, `,
    );
    // Another replica may be at it.
    await db.execute(sql`vacuum (analyze, skip_locked) ${tables}`);
  }
  return names;
}
