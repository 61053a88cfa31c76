/** One small JSON file, written whole and then moved into place, so that it is never half there. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "../core/errors";
import type { Log } from "../core/log";
import { roomStateSchema, type RoomState } from "./room-state";

/** A chat changes several times a second while it is lively; so many writes are joined into one. */
const WRITE_DELAY_MS = 250;

const EMPTY: RoomState = { people: [], entries: [] };

const isMissing = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";

/** What the file holds. A file that cannot be read is put aside and said in the log. */
export async function loadState(file: string, log: Log): Promise<RoomState> {
  try {
    return roomStateSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (isMissing(error)) return EMPTY;
    log.warn("simulator: its file could not be read and is put aside", { file, reason: messageOf(error) });
    await rename(file, `${file}.unreadable`);
    return EMPTY;
  }
}

export interface StateWriter {
  /** Something changed; it is written soon. */
  changed(): void;
  /** Writes what has not been written yet. */
  flush(): Promise<void>;
}

export function createStateWriter(file: string, state: () => RoomState, log: Log): StateWriter {
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(state()));
      await rename(`${file}.new`, file);
    } catch (error) {
      log.error("simulator: its file could not be written", { file, reason: messageOf(error) });
    }
  }
  function writeAfterTheLast(): Promise<void> {
    timer = null;
    writing = writing.then(write);
    return writing;
  }

  return {
    changed() {
      timer ??= setTimeout(() => void writeAfterTheLast(), WRITE_DELAY_MS);
    },
    async flush() {
      if (timer === null) return writing;
      clearTimeout(timer);
      return writeAfterTheLast();
    },
  };
}
