/**
 * One way to the truth: an embedded PostgreSQL in `DATA_DIR`, or a server at `DATABASE_URL`. Both speak the
 * same SQL, run the same migrations and are used through the same type.
 */
import { join } from "node:path";
import { sql, type SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, type Pool } from "pg";
import { z } from "zod";
import { ROOT } from "../core/root";
import { startEmbedded } from "./embedded";
import { gathered } from "./together";
import { APPLICATION, connectionTo, createPool, isOutage } from "./server-pool";

/** What every room works with: the database itself, or an open transaction. */
export type Db = PgDatabase<PgQueryResultHKT>;

export interface Store {
  readonly db: Db;
  /** Everything in `work` lands together, or not at all. */
  transaction<T>(work: (tx: Db) => Promise<T>, config?: PgTransactionConfig): Promise<T>;
  /** One statement, which lands whole or not at all by itself; tried again as a transaction is. */
  statement<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Resolves while the database answers. */
  ping(): Promise<void>;
  /** Programs that are connected to this database, this one included. */
  programs(): Promise<number>;
  /** The connections this program holds; null where the database lives inside it. */
  connections(): { readonly open: number; readonly idle: number; readonly waiting: number } | null;
  close(): Promise<void>;
}

const MIGRATIONS = join(ROOT, "src", "store", "migrations");
const programsRow = z.object({ programs: z.coerce.number() });
/** One replica migrates while others wait: any fixed number will do. */
const MIGRATION_LOCK = 31_600_316;

const MAX_TRIES = 3;

const rowsSchema = z.object({ rows: z.unknown() });
const listSchema = z.array(z.unknown());

/** Runs hand-written SQL and gives its rows, each checked by `row`: by itself, or together with other reads. */
export async function rowsOf<T>(db: Db, query: SQL, row: z.ZodType<T>): Promise<T[]> {
  const rows = await (gathered(db, query) ?? allOf(db, query));
  // One schema for a list of each kind would be made anew each time, which takes longer than reading a row.
  return listSchema.parse(rows).map((each) => row.parse(each));
}

const allOf = async (db: Db, query: SQL): Promise<unknown> => rowsSchema.parse(await db.execute(query)).rows;

/** Opens (and where needed makes) the embedded database in `dataDir`; `dump` starts it from a saved folder. */
export async function openEmbedded(dataDir: string | undefined, dump?: Blob): Promise<Store> {
  const embedded = await startEmbedded(dataDir, dump);
  const store = storeOn(embedded.pool);
  if (dump === undefined) await migrate(drizzle(embedded.pool), { migrationsFolder: MIGRATIONS });
  return {
    ...store,
    programs: () => Promise.resolve(1),
    connections: () => null,
    close: () => embedded.close(),
  };
}

const storeOn = (pool: Pool): Pick<Store, "db" | "transaction" | "statement" | "ping"> => {
  const db = drizzle(pool);
  return {
    db,
    transaction: (work, config) => whileItPasses(() => inTransaction(pool, work, config)),
    statement: (work) => whileItPasses(() => work(db)),
    ping: async () => {
      await db.execute(sql`select 1`);
    },
  };
};

export async function openServer(url: string): Promise<Store> {
  await migrateServer(url);
  const pool = createPool(url);
  const store = storeOn(pool);
  return {
    ...store,
    programs: async () => {
      const [row] = await rowsOf(
        store.db,
        sql`select count(distinct application_name) as programs from pg_stat_activity
          where datname = current_database() and application_name like ${`${APPLICATION}%`}`,
        programsRow,
      );
      return row?.programs ?? 1;
    },
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(
  pool: Pool,
  work: (tx: Db) => Promise<T>,
  config?: PgTransactionConfig,
): Promise<T> {
  const client = await pool.connect();
  try {
    return await drizzle(client).transaction((tx) => work(tx), config);
  } finally {
    client.release();
  }
}

/**
 * Tries again what failed through no fault of its own: a connection that broke since it was last used, or two
 * transactions that waited for each other. What did land before its answer was lost finds itself done.
 */
async function whileItPasses<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isOutage(error) || tries === MAX_TRIES) throw error;
    }
  }
}

/** Old and new replicas run side by side while they are replaced, so migrations only ever add. */
async function migrateServer(url: string): Promise<void> {
  const client = new Client(connectionTo(url));
  // What breaks fails the query that was asked; the event alone would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    // Given back with the connection.
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end();
  }
}
