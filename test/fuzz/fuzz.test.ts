/** A short run of `npm run fuzz`: the real program under odd webhooks and calls. */
import { expect, test } from "@jest/globals";
import { fuzz } from "./run";

test("no odd webhook or call brings the program down or makes it say 5xx", async () => {
  const { faults, statuses, exitStatus } = await fuzz({
    webhooks: 600,
    api: 500,
    seed: 316,
    database: "PGlite",
  });
  expect(faults).toEqual([]);
  expect(exitStatus).toBe(0);
  // Some of everything: what is right was taken, what is wrong refused.
  for (const outcome of ["webhook 200", "webhook 413", "api 200", "api 201", "api 400", "api 401", "api 404"])
    expect(Object.keys(statuses)).toContain(outcome);
}, 300_000);
