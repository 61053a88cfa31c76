/** Loops whose passes never leave the thread must not starve the network. */
import { expect, test } from "@jest/globals";
import { silentLog } from "../../../src/core/log";
import { createLoop } from "../../../src/core/loop";

test("what waits for the event loop is served between two passes, also while there is always more to do", async () => {
  let passes = 0;
  let served = 0;
  const serve = () => {
    served++;
    if (passes < 1_000) setImmediate(serve);
  };
  const loop = createLoop({
    name: "busy",
    pollMs: 1,
    retryMs: 1,
    log: silentLog,
    // As the embedded database answers: at once, within the thread.
    pass: () => Promise.resolve(++passes < 1_000),
  });
  const turn = setImmediate(serve);
  loop.start();
  while (passes < 1_000) await new Promise((resolve) => setImmediate(resolve));
  clearImmediate(turn);
  await loop.stop();
  expect(served).toBeGreaterThan(900);
});
