/**
 * One way to the truth: an embedded PostgreSQL in `DATA_DIR`, or a server at `DATABASE_URL`. Both speak the
 * same SQL, run the same migrations and are used through the same type.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql, type SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator";
import { Pool } from "pg";
import { z } from "zod";
import { ROOT } from "../core/root";

/** What every room works with: the database itself, or an open transaction. */
export type Db = PgDatabase<PgQueryResultHKT>;

export interface Store {
  readonly db: Db;
  /** Everything in `work` lands together, or not at all. */
  transaction<T>(work: (tx: Db) => Promise<T>, config?: PgTransactionConfig): Promise<T>;
  /** Resolves while the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const MIGRATIONS = join(ROOT, "src", "store", "migrations");
/** Enough for one worker, one sender, the scheduler and a burst of webhooks; PostgreSQL's default allows 100 in all. */
const POOL_SIZE = 12;
const CONNECT_TIMEOUT_MS = 5_000;
/** One replica migrates while others wait: any fixed number will do. */
const MIGRATION_LOCK = 31_600_316;

const rowsSchema = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/** Runs hand-written SQL and gives its rows, each checked by `row`. */
export async function rowsOf<T>(db: Db, query: SQL, row: z.ZodType<T>): Promise<T[]> {
  return z.array(row).parse(rowsSchema.parse(await db.execute(query)).rows);
}

/** Opens (and where needed makes) the embedded database in `dataDir`; `dump` starts it from a saved folder. */
export async function openEmbedded(dataDir: string | undefined, dump?: Blob): Promise<Store> {
  const folder = dataDir === undefined ? undefined : join(dataDir, "pg");
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const client = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(dump === undefined ? {} : { loadDataDir: dump }),
  });
  const db = drizzlePglite(client);
  if (dump === undefined) await migratePglite(db, { migrationsFolder: MIGRATIONS });
  return {
    db,
    transaction: (work, config) => db.transaction((tx) => work(tx), config),
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    close: () => client.close(),
  };
}

export async function openServer(url: string): Promise<Store> {
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  const db = drizzlePg(pool);
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migratePg(drizzlePg(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    client.release();
  }
  return {
    db,
    transaction: (work, config) => db.transaction((tx) => work(tx), config),
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    close: () => pool.end(),
  };
}
