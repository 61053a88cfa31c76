/** A disk of its own for a test's data, small enough to be filled; a plain folder where none may be mounted. */
import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface SmallDisk {
  readonly folder: string;
  /** Whether it ends where its size says; a plain folder cannot be filled. */
  readonly isOwn: boolean;
  /** Until not a byte more goes in. */
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const BALLAST = "ballast";
/** The last bytes of the disk are taken by smaller and smaller pieces. */
const PIECES_BYTES = [4 * 2 ** 20, 2 ** 12, 1] as const;

export async function openSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "cau-noi-disk-"));
  const isOwn = await run("mount", [
    "-t",
    "tmpfs",
    "-o",
    `size=${megabytes}m,mode=755`,
    "tmpfs",
    folder,
  ]).then(
    () => true,
    () => false,
  );
  const ballast = join(folder, BALLAST);
  return {
    folder,
    isOwn,
    async fill() {
      if (!isOwn) throw new Error("only a disk of its own may be filled");
      const file = await open(ballast, "w");
      try {
        for (const bytes of PIECES_BYTES) await writeUntilFull(() => file.write(Buffer.alloc(bytes)));
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      if (isOwn) await run("umount", [folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeUntilFull(write: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await write();
    } catch (error) {
      if (isFull(error)) return;
      throw error;
    }
  }
}

const isFull = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ENOSPC";
