/**
 * `npm run bench -- [PART …] [--quick] [--write]`: what this machine does, side by side in one run. Rounds alternate,
 * medians and ratios are printed; nothing here is a test and nothing fails by being slow. `--write` makes the page
 * `docs/benchmarks.md`; `--quick` only shows that it runs.
 */
import { acknowledgements } from "./acknowledgements";
import { answers } from "./answers";
import { deadline } from "./deadline";
import { digests } from "./digests";
import { machine, writePage } from "./figures";
import { growth } from "./growth";
import { start } from "./start";
import { turns } from "./turns";
import { wave } from "./wave";

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  acknowledgements,
  turns,
  deadline,
  wave,
  answers,
  digests,
  start,
  growth,
};

async function bench(): Promise<void> {
  const args = process.argv.slice(2);
  const named = args.filter((arg) => !arg.startsWith("--"));
  const unknown = named.filter((name) => !(name in PARTS));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
  console.log(machine());
  for (const [name, run] of Object.entries(PARTS)) {
    if (named.length > 0 && !named.includes(name)) continue;
    await run();
    // After each part: a long run that is broken off has not measured for nothing.
    if (args.includes("--write")) writePage(["npm run bench --", ...args].join(" "));
  }
}

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
