/** Once before all tests: migrates an embedded database and keeps its folder for every test file. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { DUMP_FILE } from "./migrated-dump";

export async function prepare(): Promise<void> {
  const client = await PGlite.create();
  await migrate(drizzle(client), {
    migrationsFolder: join(__dirname, "..", "..", "src", "store", "migrations"),
  });
  const dump = await client.dumpDataDir("none");
  await mkdir(dirname(DUMP_FILE), { recursive: true });
  await writeFile(DUMP_FILE, new Uint8Array(await dump.arrayBuffer()));
  await client.close();
}

// jest reads the default export and nothing else.
export default prepare;
