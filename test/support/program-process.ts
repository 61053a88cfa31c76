/** The built program as a process of its own: started, waited for, killed, heard out. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "../../src/core/root";

const MAIN = join(ROOT, "dist", "main.js");
/** A first start makes a database; several test files may be doing so at once on two cores. */
const START_TIMEOUT_MS = 120_000;
const ASK_AGAIN_MS = 20;
const ANSWER_TIMEOUT_MS = 5_000;
/** Longer than a request may take that is finished first. */
const STOP_TIMEOUT_MS = 20_000;
/** Enough to see what went wrong. */
const OUTPUT_SHOWN = 4_000;

export interface Running {
  readonly url: string;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Whether it has ended, asked to or not. */
  readonly hasEnded: () => boolean;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Stops it in the middle of whatever it does, and lets it go on. */
  pause(): void;
  resume(): void;
  /** Asks it to end and gives its exit status; null when it had to be killed. */
  stop(): Promise<number | null>;
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Starts the program with these variables and no others, and waits until it takes traffic. */
export async function runProgram(env: Readonly<Record<string, string>>): Promise<Running> {
  if (!existsSync(MAIN)) throw new Error("dist/main.js is missing: npm run build makes it");
  const port = await freePort();
  const child = spawn(process.execPath, ["--enable-source-maps", MAIN], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk: Buffer) => void (output += chunk.toString());
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "exit");
  const running: Running = {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    stop: async () => {
      child.kill("SIGTERM");
      const inTime = await Promise.race([ended, sleep(STOP_TIMEOUT_MS, null, { ref: false })]);
      if (inTime === null) child.kill("SIGKILL");
      await ended;
      return inTime === null ? null : child.exitCode;
    },
  };
  try {
    await untilReady(running);
  } catch (error) {
    await running.kill();
    throw error;
  }
  return running;
}

async function untilReady({ url, output, hasEnded }: Running): Promise<void> {
  const giveUpAt = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < giveUpAt) {
    if (hasEnded())
      throw new Error(`the program ended before it was ready:\n${output().slice(-OUTPUT_SHOWN)}`);
    if (await isReady(url)) return;
    await sleep(ASK_AGAIN_MS);
  }
  throw new Error(`not ready after ${START_TIMEOUT_MS} ms:\n${output().slice(-OUTPUT_SHOWN)}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}
