/**
 * `npm run backup [-- FILE]`: a PostgreSQL server is read directly; the embedded database belongs to the program
 * while that runs, so the program is asked, and is opened here only when nobody answers.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { backupName, makeBackup } from "../app/backup";
import { checkBackup } from "../app/restore";
import { systemClock } from "../core/clock";
import { AppError, messageOf, refused } from "../core/errors";
import { loadSettings } from "../settings/load";
import type { Settings } from "../settings/settings";
import { openEmbedded, openServer, type Store } from "../store/database";
import { addressOf, isRunning } from "./running-program";
import { toolWording } from "./wording.vi";

/** Whoever holds the file holds everything. */
const OWNER_ONLY = 0o600;

async function fromStore(store: Store, { dataDir }: Settings, file: string): Promise<void> {
  try {
    await save(makeBackup({ store, dataDir, clock: systemClock }), file);
  } finally {
    await store.close();
  }
}

async function fromProgram(settings: Settings, file: string): Promise<void> {
  const response = await fetch(`${addressOf(settings)}/api/v1/backup`, {
    method: "POST",
    headers: { authorization: `Bearer ${settings.adminToken}` },
  });
  if (!response.ok || response.body === null)
    throw refused("not-backed-up", toolWording.notBackedUp(response.status));
  await save(piecesOf(response.body), file);
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Under its own name only when it is whole. */
async function save(backup: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(backup, createWriteStream(`${file}.part`, { mode: OWNER_ONLY }));
  await checkBackup(`${file}.part`);
  await rename(`${file}.part`, file);
}

async function main(): Promise<void> {
  const settings = loadSettings();
  const file = resolve(process.argv[2] ?? `backups/${backupName(systemClock.now())}`);
  if (settings.databaseUrl !== undefined)
    await fromStore(await openServer(settings.databaseUrl), settings, file);
  else if (await isRunning(settings)) await fromProgram(settings, file);
  else await fromStore(await openEmbedded(settings.dataDir), settings, file);
  console.log(toolWording.backedUp(file, await checkBackup(file)));
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : messageOf(error));
  process.exitCode = 1;
});
