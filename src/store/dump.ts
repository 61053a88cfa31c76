/**
 * Every row of every table as lines of text, and back. Rows are JSON that the database itself writes and reads,
 * so the embedded database and a server take each other's.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { refused } from "../core/errors";
import { rowsOf, type Db, type Store } from "./database";

export interface DumpedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface DumpReader {
  table(table: DumpedTable): Promise<void>;
  /** One row of the table named last, as JSON. */
  row(json: string): Promise<void>;
}

/** A few hundred KB in memory at a time, whatever the table holds. */
const ROWS_AT_ONCE = 500;

const tableRow = z.object({ name: z.string(), columns: z.array(z.string()), parents: z.array(z.string()) });
type TableRow = z.infer<typeof tableRow>;

/** Every table, those that others point to first. */
async function tablesOf(db: Db): Promise<TableRow[]> {
  const rows = await rowsOf(
    db,
    sql`select t.table_name as name,
        (select json_agg(c.column_name order by c.ordinal_position) from information_schema.columns c
          where c.table_schema = t.table_schema and c.table_name = t.table_name) as columns,
        (select coalesce(json_agg(p.relname), '[]') from pg_constraint k join pg_class p on p.oid = k.confrelid
          where k.contype = 'f' and k.confrelid <> k.conrelid
            and k.conrelid = format('%I.%I', t.table_schema, t.table_name)::regclass) as parents
      from information_schema.tables t
      where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by 1`,
    tableRow,
  );
  const ordered: TableRow[] = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const ready = waiting.findIndex(({ parents }) => parents.every((p) => ordered.some((t) => t.name === p)));
    ordered.push(...waiting.splice(Math.max(ready, 0), 1));
  }
  return ordered;
}

/** Reads everything as it stood at one moment; writers go on meanwhile wherever the database allows two at once. */
export async function dumpTables(store: Store, to: DumpReader): Promise<void> {
  await store.transaction(
    async (tx) => {
      for (const { name, columns } of await tablesOf(tx)) {
        await to.table({ name, columns });
        await tx.execute(
          sql`declare dumped no scroll cursor for select row_to_json(t)::text as row from ${sql.identifier(name)} t`,
        );
        for (;;) {
          const rows = await rowsOf(
            tx,
            sql`fetch ${sql.raw(String(ROWS_AT_ONCE))} from dumped`,
            z.object({ row: z.string() }),
          );
          for (const { row } of rows) await to.row(row);
          if (rows.length < ROWS_AT_ONCE) break;
        }
        await tx.execute(sql`close dumped`);
      }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** Whether anybody has worked with this database: the roster and the calendar are written by a mere start. */
export async function isEmpty(db: Db): Promise<boolean> {
  const [found] = await rowsOf(
    db,
    sql`select exists (select 1 from persons) or exists (select 1 from inbox) or exists (select 1 from invitations)
      or exists (select 1 from audit) or exists (select 1 from oa_tokens) as used`,
    z.object({ used: z.boolean() }),
  );
  return found?.used === false;
}

export interface Undump extends DumpReader {
  /** After the last row. */
  end(): Promise<void>;
}

/** Puts a dump in place of whatever the tables hold, inside the caller's transaction. */
export async function undump(db: Db): Promise<Undump> {
  const known = new Map((await tablesOf(db)).map((table) => [table.name, table]));
  await db.execute(
    sql`truncate ${sql.join(
      [...known.keys()].map((name) => sql.identifier(name)),
      sql`, `,
    )}`,
  );
  let into: DumpedTable | undefined;
  let rows: string[] = [];

  async function flush(): Promise<void> {
    if (into === undefined || rows.length === 0) return;
    const columns = sql.join(
      into.columns.map((column) => sql.identifier(column)),
      sql`, `,
    );
    const table = sql.identifier(into.name);
    // Columns that came later keep their defaults, because only those of the dump are named.
    await db.execute(sql`insert into ${table} (${columns})
      select ${columns} from json_populate_recordset(null::${table}, ${`[${rows.join(",")}]`}::json)`);
    rows = [];
  }

  return {
    async table(table) {
      await flush();
      const columns = known.get(table.name)?.columns ?? [];
      const strange = table.columns.filter((column) => !columns.includes(column));
      if (strange.length > 0)
        throw refused(
          "backup-newer",
          `this program does not know ${table.name}: ${strange.join(", ")}; start a newer version first`,
        );
      into = table;
    },
    async row(json) {
      rows.push(json);
      if (rows.length >= ROWS_AT_ONCE) await flush();
    },
    async end() {
      await flush();
      await restartSequences(db);
    },
  };
}

const sequenceRow = z.object({ table: z.string(), column: z.string(), sequence: z.string() });

/** Numbers go on behind the highest one that came back. */
async function restartSequences(db: Db): Promise<void> {
  const found = await rowsOf(
    db,
    sql`select c.table_name as table, c.column_name as column,
        pg_get_serial_sequence(format('%I.%I', c.table_schema, c.table_name), c.column_name) as sequence
      from information_schema.columns c
      where c.table_schema = current_schema() and c.column_default like 'nextval(%'`,
    sequenceRow,
  );
  for (const { table, column, sequence } of found)
    await db.execute(sql`select setval(${sequence}, coalesce(max(${sql.identifier(column)}), 1), count(*) > 0)
      from ${sql.identifier(table)}`);
}
