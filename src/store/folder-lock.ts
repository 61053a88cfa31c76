/**
 * One process for one data folder: two on the same embedded database would ruin it. The lock is a socket in the
 * folder on which its holder listens, so that the system frees it whatever way the holder ends.
 */
import { rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { broken } from "../core/errors";
import { sha256Hex } from "../core/ids";

const NAME = "in-use.sock";
/** The kernel takes no longer names for sockets. */
const MAX_PATH_CHARS = 100;

function pathFor(folder: string): string {
  const inside = join(folder, NAME);
  return inside.length <= MAX_PATH_CHARS
    ? inside
    : join(tmpdir(), `cau-noi-${sha256Hex(folder).slice(0, 16)}`);
}

const listens = (server: Server, path: string): Promise<boolean> =>
  new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(path, () => resolve(true));
  });

const isHeld = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const answer = (held: boolean) => () => {
      socket.destroy();
      resolve(held);
    };
    socket.once("connect", answer(true));
    socket.once("error", answer(false));
  });

/** Takes the folder or throws `broken("data-in-use")`; what is returned gives it back. */
export async function takeFolder(folder: string): Promise<() => Promise<void>> {
  const path = pathFor(folder);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  let taken = await listens(server, path);
  if (!taken && !(await isHeld(path))) {
    // Its holder ended without a word.
    await rm(path, { force: true });
    taken = await listens(server, path);
  }
  if (!taken) throw broken("data-in-use", `another process works with ${folder}`);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
    });
}
