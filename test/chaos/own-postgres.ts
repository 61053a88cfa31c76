/** A PostgreSQL server that belongs to one test, so that it may be restarted and starved. */
import { execFile } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../support/program-process";

export type RestartMode = "fast" | "immediate";

export interface OwnPostgres {
  readonly url: string;
  /** Restarts it: open connections end at once; `immediate` leaves the rest to recovery, like a crash. */
  restart(mode: RestartMode): Promise<void>;
  /** Starts it where it has ended by itself; whether that was so. */
  ensure(): Promise<boolean>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const DEBIAN_HOME = "/usr/lib/postgresql";
const OWNER = "postgres";
const START_LIMIT_S = "60";
/** Small, so that a full disk stops the log soon; the rest keeps it small and gives every connection its place. */
const SETTINGS = [
  "shared_buffers=32MB",
  "max_wal_size=32MB",
  "min_wal_size=8MB",
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
].map((setting) => `-c ${setting}`);

/** The newest server's programs; null where there are none. */
function findBinaries(): string | null {
  const versions = existsSync(DEBIAN_HOME) ? readdirSync(DEBIAN_HOME).map(Number) : [];
  const newest = versions.sort((a, b) => b - a).map((version) => join(DEBIAN_HOME, String(version), "bin"));
  return newest.find((bin) => existsSync(join(bin, "initdb"))) ?? null;
}

/** The server refuses to be run by root: then it runs as its own account, `undefined` where it can run as we do. */
function ownerIds(): { uid: number; gid: number } | undefined | null {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${OWNER}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

/** Makes and starts a server inside `parent`; null where this machine has none to start. */
export async function startOwnPostgres(parent: string): Promise<OwnPostgres | null> {
  const bin = findBinaries();
  const ids = ownerIds();
  if (bin === null || ids === null) return null;
  const home = join(parent, "postgres");
  const cluster = join(home, "cluster");
  mkdirSync(home);
  // Whoever runs the server has to be able to walk there.
  chmodSync(parent, 0o755);
  if (ids !== undefined) chownSync(home, ids.uid, ids.gid);
  const port = await freePort();
  const call = (program: string, ...args: string[]) => run(join(bin, program), args, { cwd: home, ...ids });
  const control = (...args: string[]) =>
    call("pg_ctl", "-D", cluster, "-w", "-t", START_LIMIT_S, "-l", join(home, "log"), ...args);
  const options = ["-o", [`-p ${port}`, ...SETTINGS].join(" ")];
  const isRunning = () =>
    control("status").then(
      () => true,
      () => false,
    );

  await call("initdb", "-D", cluster, "-A", "trust", "-U", OWNER, "-E", "UTF8", "--wal-segsize=1", "-N");
  await control("start", ...options);
  return {
    url: `postgres://${OWNER}@127.0.0.1:${port}/postgres`,
    async restart(mode) {
      await control("restart", "-m", mode, ...options);
    },
    async ensure() {
      if (await isRunning()) return false;
      await control("start", ...options);
      return true;
    },
    async stop() {
      if (await isRunning()) await control("stop", "-m", "immediate");
    },
  };
}
