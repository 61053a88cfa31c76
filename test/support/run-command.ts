/** The built commands, run as an operator runs them. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../src/core/root";

export interface Ended {
  readonly status: number;
  readonly output: string;
}

/** Runs `dist/<name>.js` with these variables and no others. */
export const runCommand = (
  name: "backup" | "restore" | "doctor",
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, "dist", `${name}.js`), ...args],
      { cwd: ROOT, env: { PATH: process.env["PATH"], ...env } },
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
