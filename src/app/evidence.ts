/**
 * Evidence: files that reporters sent, fetched from the platform as soon as the turn has landed (its addresses
 * do not live long) and kept by content hash. Their names are never used as paths.
 */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { createLoop, type Loop } from "../core/loop";
import { rowsOf } from "../store/database";
import type { FetchMedia } from "../zalo/media";
import type { Rooms } from "./rooms";

export interface EvidenceKeeper extends Loop {
  /** Whether nothing waits to be fetched. */
  idle(): Promise<boolean>;
}

const POLL_MS = 1_000;
const RETRY_MS = 5_000;
const BATCH = 8;
/** An address that has not answered so often has gone. */
const MAX_ATTEMPTS = 5;

const waitingRow = z.object({ id: z.string(), url: z.string(), attempts: z.number() });
type Waiting = z.infer<typeof waitingRow>;

export const evidenceFolder = (dataDir: string): string => join(dataDir, "evidence");

export function createEvidenceKeeper(
  { store, log }: Rooms,
  dataDir: string,
  fetchMedia: FetchMedia,
): EvidenceKeeper {
  const folder = evidenceFolder(dataDir);

  const waiting = () =>
    rowsOf(
      store.db,
      sql`select id, url, attempts from attachments where state = 'waiting' order by attempts, at limit ${BATCH}`,
      waitingRow,
    );

  async function keep({ id, url, attempts }: Waiting): Promise<void> {
    const outcome = await fetchMedia(url);
    if (outcome.kind === "got") {
      await mkdir(folder, { recursive: true });
      const path = join(folder, outcome.sha256);
      // Renamed into place, so a file with this name is always whole.
      await writeFile(`${path}.${id}`, outcome.bytes);
      await rename(`${path}.${id}`, path);
      await store.db
        .execute(sql`update attachments set state = 'stored', sha256 = ${outcome.sha256}, mime = ${outcome.mime},
        size_bytes = ${outcome.bytes.length}, failure = null where id = ${id}`);
      return;
    }
    const failed = outcome.kind === "never" || attempts + 1 >= MAX_ATTEMPTS;
    log.warn("evidence could not be fetched", { id, reason: outcome.reason, givenUp: failed });
    await store.db
      .execute(sql`update attachments set state = ${failed ? "failed" : "waiting"}, attempts = ${attempts + 1},
      failure = ${outcome.reason} where id = ${id}`);
  }

  const loop = createLoop({
    name: "evidence",
    pollMs: POLL_MS,
    retryMs: RETRY_MS,
    log,
    pass: async () => {
      const files = await waiting();
      for (const file of files) await keep(file);
      // What must be tried again is left for the next look.
      return files.length > 0 && files.every((file) => file.attempts === 0);
    },
  });
  return { ...loop, idle: async () => (await waiting()).every((file) => file.attempts > 0) };
}
