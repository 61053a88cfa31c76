/** A backup put back: read once to see that it is whole, then again into one transaction. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { messageOf, refused } from "../core/errors";
import { isEmpty, undump } from "../store/dump";
import type { Store } from "../store/database";
import { BACKUP_FORMAT } from "./backup";

const headSchema = z.object({ format: z.literal(BACKUP_FORMAT), madeAt: z.string() });
const tableSchema = z.object({ name: z.string(), columns: z.array(z.string()) });
/** Below the data folder and nowhere else, whatever a touched backup says. */
const fileSchema = z.object({
  path: z
    .string()
    .regex(/^[^/\\\0]+(\/[^/\\\0]+)*$/)
    .refine((path) => !path.split("/").some((part) => part === ".." || part === ".")),
});
const endSchema = z.object({ rows: z.number(), files: z.number(), sha256: z.string() });

export interface BackupSummary extends z.infer<typeof endSchema> {
  readonly madeAt: string;
}

interface Line {
  readonly kind: string;
  readonly content: string;
}

async function* linesOf(path: string): AsyncGenerator<Line> {
  const unpacked = createReadStream(path).pipe(createGunzip());
  for await (const text of createInterface({ input: unpacked, crlfDelay: Infinity }))
    yield { kind: text.slice(0, 1), content: text.slice(2) };
}

const notWhole = (why: string) => refused("backup-not-whole", `the backup is not whole: ${why}`);

/** What the backup holds; refuses one that was cut, touched or is none. */
export async function checkBackup(path: string): Promise<BackupSummary> {
  const hash = createHash("sha256");
  let madeAt: string | undefined;
  let end: z.infer<typeof endSchema> | undefined;
  try {
    for await (const { kind, content } of linesOf(path)) {
      if (end !== undefined) throw notWhole("there is more behind its end");
      if (madeAt === undefined) ({ madeAt } = headSchema.parse(JSON.parse(content)));
      if (kind === "E") end = endSchema.parse(JSON.parse(content));
      else hash.update(`${kind} ${content}\n`);
    }
  } catch (error) {
    throw notWhole(messageOf(error));
  }
  if (madeAt === undefined || end === undefined) throw notWhole("its end is missing");
  if (hash.digest("hex") !== end.sha256) throw notWhole("its hash is another");
  return { ...end, madeAt };
}

export interface RestoreParts {
  readonly store: Store;
  readonly dataDir: string;
  /** Throw away what is there. */
  readonly replace: boolean;
}

/** Puts everything back, or nothing of the database; refuses a database in use unless told to replace it. */
export async function restoreBackup(
  path: string,
  { store, dataDir, replace }: RestoreParts,
): Promise<BackupSummary> {
  const summary = await checkBackup(path);
  const files = createFileWriter(dataDir);
  await store.transaction(async (tx) => {
    if (!replace && !(await isEmpty(tx)))
      throw refused("database-in-use", "the database is not empty; --replace throws away what it holds");
    const tables = await undump(tx);
    for await (const { kind, content } of linesOf(path)) {
      if (kind === "T") await tables.table(tableSchema.parse(JSON.parse(content)));
      else if (kind === "R") await tables.row(content);
      else if (kind === "F") await files.begin(fileSchema.parse(JSON.parse(content)).path);
      else if (kind === "C") await files.write(Buffer.from(content, "base64"));
    }
    await files.end();
    await tables.end();
  });
  return summary;
}

/** One file after another, each renamed into place when it is whole. */
function createFileWriter(folder: string) {
  let current: { readonly handle: FileHandle; readonly path: string } | undefined;

  async function end(): Promise<void> {
    if (current === undefined) return;
    await current.handle.close();
    await rename(`${current.path}.part`, current.path);
    current = undefined;
  }

  return {
    async begin(relativePath: string): Promise<void> {
      await end();
      const path = join(folder, relativePath);
      await mkdir(dirname(path), { recursive: true });
      current = { handle: await open(`${path}.part`, "w"), path };
    },
    async write(piece: Buffer): Promise<void> {
      await current?.handle.writeFile(piece);
    },
    end,
  };
}
