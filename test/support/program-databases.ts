/** Where a program under test keeps its data: a fresh folder of its own and, where asked, a fresh database on a server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

const SERVER_URL = process.env["TEST_DATABASE_URL"];

export type DatabaseKind = "PGlite" | "PostgreSQL";

/** The embedded database always, a server where the machine has one. */
export const DATABASES: readonly DatabaseKind[] =
  SERVER_URL === undefined ? ["PGlite"] : ["PGlite", "PostgreSQL"];

export interface FreshData {
  /** The variables that lead the program to it. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes everything; nobody may be using it any more. */
  remove(): Promise<void>;
}

/** Where the fresh data is to be, unless it is the machine's own places. */
export interface Places {
  /** The folder that the fresh one is made in. */
  readonly parent?: string | undefined;
  readonly serverUrl?: string | undefined;
}

export async function freshData(kind: DatabaseKind, places: Places = {}): Promise<FreshData> {
  const { parent = tmpdir(), serverUrl = SERVER_URL } = places;
  const folder = await mkdtemp(join(parent, "cau-noi-"));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (kind === "PGlite") return { env: { DATA_DIR: folder }, remove: removeFolder };
  if (serverUrl === undefined) throw new Error("TEST_DATABASE_URL is not set");
  const name = `cau_noi_${process.pid}_${process.hrtime.bigint()}`;
  await asAdmin(serverUrl, `create database ${name}`);
  const own = new URL(serverUrl);
  own.pathname = `/${name}`;
  return {
    env: { DATA_DIR: folder, DATABASE_URL: own.toString() },
    remove: async () => {
      await asAdmin(serverUrl, `drop database ${name} with (force)`);
      await removeFolder();
    },
  };
}

async function asAdmin(serverUrl: string, statement: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
