/** PostgreSQL inside this process, its files in the data folder, spoken to through the same driver as a server. */
import { once } from "node:events";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PglitePgConnection } from "@electric-sql/pglite/node-postgres";
import { Client, Pool, type ClientConfig, type QueryConfig } from "pg";
import { z } from "zod";
import { takeFolder } from "./folder-lock";
import { PLAN_BY_INDEX, prepareRepeated } from "./prepared";

export interface Embedded {
  /** It has one connection: a transaction has the database to itself. */
  readonly pool: Pool;
  close(): Promise<void>;
}

/**
 * What the embedded server is given: a quarter of the usual cache holds a campaign's working set, and its log is
 * cut off before it outgrows the data.
 */
const SETTINGS = [
  ...PLAN_BY_INDEX.split(" "),
  "-c",
  "shared_buffers=32MB",
  "-c",
  "wal_buffers=1MB",
  "-c",
  "max_wal_size=64MB",
];

/** Making a database takes 400 MB that are given back late where it is done in this thread, and at once where not. */
const MAKE_FOLDER = `
  const { workerData } = require("node:worker_threads");
  const { PGlite } = require(workerData.pglite);
  PGlite.create({ dataDir: workerData.making }).then((made) => made.close());
`;

async function makeFolder(folder: string): Promise<void> {
  const making = `${folder}.part`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const pglite = require.resolve("@electric-sql/pglite");
  await once(new Worker(MAKE_FOLDER, { eval: true, workerData: { pglite, making } }), "exit");
  // Under its own name only when it is whole.
  renameSync(making, folder);
}

/** Told why the database has given up: it must not be asked anything any more. */
export type OnPanic = (reason: string) => void;

const EXIT_PANIC = 1;
/**
 * A server ends its processes when it panics and begins again from its log. Here it is this process that ends: it
 * would wait for ever for what the panic left locked. Its next start recovers everything that was committed.
 */
const endProcess: OnPanic = (reason) => {
  process.stderr.write(
    `The embedded database has given up: ${reason}. Start the program again once that is mended.\n`,
  );
  process.exit(EXIT_PANIC);
};

/** Opens (and where needed makes) the database in `dataDir`; `dump` starts it from a saved folder. */
export async function startEmbedded(
  dataDir: string | undefined,
  dump?: Blob,
  onPanic: OnPanic = endProcess,
): Promise<Embedded> {
  const folder = dataDir === undefined ? undefined : join(dataDir, "pg");
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const letGo = dataDir === undefined ? null : await takeFolder(dataDir);
  if (folder !== undefined && dump === undefined && !existsSync(folder)) await makeFolder(folder);
  const pglite = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...SETTINGS],
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(dump === undefined ? {} : { loadDataDir: dump }),
  });
  const pool = connectionOf(pglite, onPanic);
  return {
    pool,
    close: async () => {
      await pool.end();
      await pglite.close();
      await letGo?.();
    },
  };
}

const PANIC = "PANIC";
const errorShape = z.object({ severity: z.string(), message: z.string() });

class EmbeddedConnection extends PglitePgConnection {
  constructor(pglite: PGlite, onPanic: OnPanic) {
    super({ pglite });
    // Before the next statement is handed over, which would not come back.
    this.on("errorMessage", (error: unknown) => {
      const told = errorShape.safeParse(error);
      if (told.success && told.data.severity === PANIC) onPanic(told.data.message);
    });
  }

  /** How values are read back is the driver's business; the database would take it for the types of parameters. */
  override parse({ text, name }: QueryConfig): void {
    super.parse({ text, name: name ?? "" });
  }
}

/** The pool replaces a connection whose statement failed; the session behind it, and what it has prepared, stays. */
function connectionOf(pglite: PGlite, onPanic: OnPanic): Pool {
  class EmbeddedClient extends Client {
    constructor(config?: ClientConfig) {
      super(Object.assign({ connection: new EmbeddedConnection(pglite, onPanic) }, config));
      prepareRepeated(this);
    }
  }
  return new Pool({
    Client: EmbeddedClient,
    max: 1,
    idleTimeoutMillis: 0,
    verify: (client, done) => client.query("deallocate all", done),
  });
}
