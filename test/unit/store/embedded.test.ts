import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { startEmbedded } from "../../../src/store/embedded";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "embedded-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a database that cannot write its log gives up at once, and what was committed is there at the next start", async () => {
  const panics: string[] = [];
  const { pool } = await startEmbedded(folder, undefined, (reason) => panics.push(reason));
  await pool.query("create table kept (n int)");
  await pool.query("insert into kept values (1)");
  expect(panics).toEqual([]);

  const log = join(folder, "pg", "pg_wal");
  await rename(log, `${log}.away`);
  // The next file of the log cannot be made, as on a disk that is full.
  await expect(pool.query("select pg_switch_wal()")).resolves.toBeDefined();
  await expect(pool.query("insert into kept values (2)")).rejects.toThrow("pg_wal");
  expect(panics).toEqual([expect.stringContaining("pg_wal")]);

  await rename(`${log}.away`, log);
  await rm(join(folder, "in-use.sock"), { force: true });
  const again = await startEmbedded(folder);
  expect((await again.pool.query("select n from kept")).rows).toEqual([{ n: 1 }]);
  await again.close();
});
