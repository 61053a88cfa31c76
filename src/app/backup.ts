/**
 * A backup: one gzip file of lines, each with a letter in front. `H` says what it is, `T` names a table, `R` is a
 * row, `F` names a file, `C` is a piece of it, `E` ends with the hash of everything before. The same for the
 * embedded database and for a server, so it also carries one over to the other.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rm, type FileHandle } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pipeline, Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { toIso, type Clock, type Instant } from "../core/clock";
import { systemIds } from "../core/ids";
import { dumpTables } from "../store/dump";
import type { Store } from "../store/database";

export const BACKUP_FORMAT = "cau-noi-backup/1";

/** `cau-noi-2025-12-03T170000.gz`: no colons, which some file systems refuse. */
export const backupName = (at: Instant): string => `cau-noi-${toIso(at).slice(0, 19).replaceAll(":", "")}.gz`;

export interface BackupParts {
  readonly store: Store;
  readonly dataDir: string;
  readonly clock: Clock;
}

/** What is kept beside the database's own folder and belongs to nobody else. */
const DATABASE_FOLDER = "pg";
/** A file that is still being written; left behind only by a power cut. */
const PART = ".part";
/** A multiple of three, so that the pieces' base64 has no padding and takes no more than a short line. */
const PIECE_BYTES = 48 * 1024;

const line = (kind: string, content: string): string => `${kind} ${content}\n`;

/** The backup as bytes; the stream fails when it cannot be made whole. */
export function makeBackup(parts: BackupParts): Readable {
  const gzip = createGzip();
  // Whoever reads the end of the pipe hears of what went wrong in it.
  pipeline(Readable.from(lines(parts)), gzip, () => undefined);
  return gzip;
}

async function* lines({ store, dataDir, clock }: BackupParts): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const counted = { rows: 0, files: 0 };
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  await mkdir(dataDir, { recursive: true });
  const spool = join(dataDir, `backup-${systemIds.secretCode(8)}${PART}`);
  try {
    yield hashed(line("H", JSON.stringify({ format: BACKUP_FORMAT, madeAt: toIso(clock.now()) })));
    // First to the disk: a slow reader must not hold up a database that does one thing at a time.
    counted.rows = await spoolTables(store, spool);
    for await (const piece of createReadStream(spool, { encoding: "utf8" })) yield hashed(String(piece));
    for (const path of await filesBelow(dataDir)) {
      const file = await openIfThere(join(dataDir, path));
      if (file === null) continue;
      yield hashed(line("F", JSON.stringify({ path })));
      for await (const piece of file.createReadStream({ highWaterMark: PIECE_BYTES, encoding: "base64" }))
        yield hashed(line("C", String(piece)));
      counted.files++;
    }
    yield line("E", JSON.stringify({ ...counted, sha256: hash.digest("hex") }));
  } finally {
    await rm(spool, { force: true });
  }
}

/** Null for a file whose time came while others were read. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function spoolTables(store: Store, path: string): Promise<number> {
  const out = createWriteStream(path, { mode: 0o600 });
  const failed = finished(out);
  // Told by the awaits below; without this a failure between them would end the process.
  failed.catch(() => undefined);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await Promise.race([once(out, "drain"), failed]);
  };
  let rows = 0;
  await dumpTables(store, {
    table: (table) => write(line("T", JSON.stringify(table))),
    row: async (json) => {
      rows++;
      await write(line("R", json));
    },
  });
  out.end();
  await failed;
  return rows;
}

/** Paths below the folder, with `/` between their parts; the database's own files and unfinished ones left out. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(PART))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter(([first]) => first !== DATABASE_FOLDER)
    .map((parts) => parts.join("/"))
    .sort();
}
