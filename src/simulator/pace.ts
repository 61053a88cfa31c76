/** How fast the story is told: on a slow machine pauses give way, so that story and work together stay short. */
import { SECOND_MS, type Clock } from "../core/clock";

/** So much work fits into the minute beside pauses of full length. */
const FREE_WORK_MS = 16 * SECOND_MS;
/** A pause keeps at least this share of its length, or nobody could follow. */
const LEAST_SHARE = 0.45;

export type Pause = (ms: number) => Promise<void>;

/** Pauses by `sleep`; the time between pauses, told by `watch`, is paid off bit by bit once it is too much. */
export function createPace(watch: Clock, sleep: (ms: number) => Promise<void>): Pause {
  let owedMs = -FREE_WORK_MS;
  let workingSince = watch.now();
  return async (ms) => {
    owedMs += watch.now() - workingSince;
    const paidMs = Math.max(0, Math.min(owedMs, ms * (1 - LEAST_SHARE)));
    owedMs -= paidMs;
    await sleep(ms - paidMs);
    workingSince = watch.now();
  };
}
