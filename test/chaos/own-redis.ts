/** A Redis server that belongs to one test, so that it may be restarted; it forgets everything each time. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../support/program-process";

export interface OwnRedis {
  readonly url: string;
  /** Ends it with this signal and starts it anew, empty. */
  restart(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = "redis-server";
const ASK_AGAIN_MS = 20;

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once("connect", answer(true));
    socket.once("error", answer(false));
  });

/** Starts a server that keeps nothing; null where this machine has none to start. */
export async function startOwnRedis(): Promise<OwnRedis | null> {
  if (spawnSync(PROGRAM, ["--version"]).error !== undefined) return null;
  const port = await freePort();
  let server: ChildProcess;
  async function start(): Promise<void> {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    server = spawn(PROGRAM, args, { stdio: "ignore" });
    while (!(await listens(port))) {
      if (server.exitCode !== null) throw new Error(`${PROGRAM} ended with ${server.exitCode}`);
      await sleep(ASK_AGAIN_MS);
    }
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  }
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart(signal) {
      await end(signal);
      await start();
    },
    stop: () => end("SIGTERM"),
  };
}
