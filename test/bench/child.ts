/** A server of the measurement as a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../src/core/root";

export interface Child {
  readonly url: string;
  /** Resident memory in MB; 0 where the system does not tell. */
  rssMb(): number;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const KB_PER_MB = 1_024;

/** Starts a script and waits for the line with which it tells where it listens. */
export async function startChild(
  script: string,
  env: Readonly<Record<string, string>>,
  isListening: (output: string) => string | null,
): Promise<Child> {
  const child = spawn(process.execPath, [script], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${script} did not start:\n${output}`)),
      START_TIMEOUT_MS,
    );
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = isListening(output);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.on("exit", () => reject(new Error(`${script} ended:\n${output}`)));
  });
  return {
    url,
    rssMb: () => {
      try {
        const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, "utf8"))?.[1];
        return Math.round(Number(kb ?? 0) / KB_PER_MB);
      } catch {
        return 0;
      }
    },
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

const PEERS = join(ROOT, "test", "bench", "peers");

/** A peer says `PORT n` when it listens. */
export const startPeer = (name: string, env: Readonly<Record<string, string>>): Promise<Child> =>
  startChild(join(PEERS, `${name}.mjs`), env, (output) => {
    const port = /^PORT (\d+)$/m.exec(output)?.[1];
    return port === undefined ? null : `http://127.0.0.1:${port}`;
  });
