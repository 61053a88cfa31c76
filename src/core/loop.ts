/** A worker's heartbeat: does work while there is some, then sleeps until it is woken or `pollMs` have passed. */
import type { Log } from "./log";
import { messageOf } from "./errors";

export interface Loop {
  start(): void;
  /** There may be something to do now. */
  wake(): void;
  /** Lets the pass in hand finish and does not begin another. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  readonly pollMs: number;
  /** How long to wait after a pass that failed, so that an outage is not hammered. */
  readonly retryMs: number;
  readonly log: Log;
  /** One pass; true when there may be more to do at once. */
  readonly pass: () => Promise<boolean>;
}

/**
 * Lets waiting connections be served. The embedded database answers within the thread, so work that only waits for
 * it would go from one piece to the next without ever looking at the network; timers alone do not break that.
 */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createLoop({ name, pollMs, retryMs, log, pass }: LoopOptions): Loop {
  let running = false;
  let woken = false;
  let ring: (() => void) | null = null;
  let finished: Promise<void> = Promise.resolve();

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        ring = null;
        resolve();
      }
      ring = done;
    });

  async function run(): Promise<void> {
    while (running) {
      woken = false;
      try {
        const hasMore = await pass();
        await othersTurn();
        if (hasMore) continue;
        // Set by wake() while the pass was under way.
        if (!isWoken()) await sleep(pollMs);
      } catch (error) {
        log.error(`${name}: a pass failed`, { reason: messageOf(error) });
        await sleep(retryMs);
      }
    }
  }
  const isWoken = () => woken;

  return {
    start() {
      if (running) return;
      running = true;
      finished = run();
    },
    wake() {
      woken = true;
      ring?.();
    },
    async stop() {
      running = false;
      // Also where it is on the way to its sleep.
      woken = true;
      ring?.();
      await finished;
    },
  };
}
