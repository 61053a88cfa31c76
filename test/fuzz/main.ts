/** `npm run fuzz -- [--webhooks N] [--api N] [--seed N] [--database PGlite|PostgreSQL]`: ends with 1 when something was found. */
import { parseArgs } from "node:util";
import { systemIds } from "../../src/core/ids";
import { DATABASES } from "../support/program-databases";
import { fuzz } from "./run";

const { values } = parseArgs({
  options: {
    webhooks: { type: "string", default: "20000" },
    api: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Math.floor(systemIds.random() * 2 ** 31)) },
    database: { type: "string", default: "PGlite" },
  },
});

async function main(): Promise<void> {
  const database = DATABASES.find((kind) => kind === values.database) ?? "PGlite";
  console.log(`${values.webhooks} webhooks, ${values.api} calls, ${database}, seed ${values.seed}`);
  const { statuses, faults, exitStatus } = await fuzz({
    webhooks: Number(values.webhooks),
    api: Number(values.api),
    seed: Number(values.seed),
    database,
    onMemory: ({ when, rssMb, heapMb }) => console.log(`${when}: RSS ${rssMb} MB, heap ${heapMb} MB`),
  });
  console.log(statuses);
  for (const fault of faults) console.log(`✗ ${fault}`);
  console.log(`${faults.length} faults, exit status ${String(exitStatus)}`);
  process.exitCode = faults.length === 0 && exitStatus === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
