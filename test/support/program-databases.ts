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

export async function freshData(kind: DatabaseKind): Promise<FreshData> {
  const folder = await mkdtemp(join(tmpdir(), "cau-noi-"));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (kind === "PGlite") return { env: { DATA_DIR: folder }, remove: removeFolder };
  if (SERVER_URL === undefined) throw new Error("TEST_DATABASE_URL is not set");
  const admin = new Client({ connectionString: SERVER_URL });
  const name = `cau_noi_${process.pid}_${process.hrtime.bigint()}`;
  await admin.connect();
  await admin.query(`create database ${name}`);
  const own = new URL(SERVER_URL);
  own.pathname = `/${name}`;
  return {
    env: { DATA_DIR: folder, DATABASE_URL: own.toString() },
    remove: async () => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await removeFolder();
    },
  };
}
