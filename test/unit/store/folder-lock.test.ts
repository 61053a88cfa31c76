import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { takeFolder } from "../../../src/store/folder-lock";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a folder is one process's until it is given back", async () => {
  const letGo = await takeFolder(folder);
  await expect(takeFolder(folder)).rejects.toMatchObject({ code: "data-in-use" });
  await letGo();
  await (
    await takeFolder(folder)
  )();
});

test("what a killed holder left behind holds nobody up", async () => {
  await writeFile(join(folder, "in-use.sock"), "");
  await expect(takeFolder(folder)).resolves.toBeInstanceOf(Function);
});

test("a folder with a name too long for a socket is locked as well", async () => {
  const long = join(folder, "x".repeat(120));
  const letGo = await takeFolder(long);
  await expect(takeFolder(long)).rejects.toMatchObject({ code: "data-in-use" });
  await letGo();
});
