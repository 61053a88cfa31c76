/** From the command to taking traffic, and what it weighs then. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../src/core/root";
import { startChild } from "./child";
import { section, sized } from "./figures";
import { median } from "./statistics";

const WARM_STARTS = sized(5);
/** The knowledge index is built a moment after the start. */
const SETTLE_MS = 4_000;

export async function start(): Promise<void> {
  const note = section(
    "Start",
    "simulator mode, embedded database, from the command to the first 200 of /readyz",
  );
  const folder = mkdtempSync(join(tmpdir(), "bench-start-"));
  const once = async (): Promise<{ tookMs: number; rssMb: number }> => {
    const begun = performance.now();
    const child = await startChild(
      join(ROOT, "dist", "main.js"),
      { PORT: "0", DATA_DIR: folder, LOG_LEVEL: "info" },
      (output) => {
        const port = /"port":(\d+)/.exec(output)?.[1];
        return port === undefined ? null : `http://127.0.0.1:${port}`;
      },
    );
    while (!(await fetch(`${child.url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 10));
    const tookMs = performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const rssMb = child.rssMb();
    await child.stop();
    return { tookMs, rssMb };
  };
  const first = await once();
  note("first start on an empty folder", `${(first.tookMs / 1_000).toFixed(1)} s, ${first.rssMb} MB`);
  const warm: { tookMs: number; rssMb: number }[] = [];
  for (let i = 0; i < WARM_STARTS; i++) warm.push(await once());
  note(
    "later starts, median",
    `${(median(warm.map(({ tookMs }) => tookMs)) / 1_000).toFixed(1)} s, ${median(warm.map(({ rssMb }) => rssMb))} MB`,
    "under 450 MB",
  );
  rmSync(folder, { recursive: true, force: true });
}
