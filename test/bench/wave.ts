/** A wave of reminders: planned, queued, and drained at the platform's rate while a citizen asks. */
import { at, MINUTE_MS } from "../../src/core/clock";
import { section, sized } from "./figures";
import { startOurs, userOf } from "./our-program";
import { openSink } from "./sink";
import { spreadOf } from "./statistics";

const UNITS = sized(10_000);
const CALLS_PER_MINUTE = 4_000;
/** The day before the deadline. */
const WAVE_AT = at("2025-12-02", "15:00");
const QUESTION = "quy mao hiem la gi";
const ASK_EVERY_MS = 1_000;
/** Longer than the whole wave takes at the platform's rate. */
const GIVE_UP_MS = 6 * MINUTE_MS;

const until = async (isTrue: () => boolean, giveUpMs: number): Promise<void> => {
  const begun = performance.now();
  while (!isTrue()) {
    if (performance.now() - begun > giveUpMs) throw new Error("the wave did not drain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export async function wave(): Promise<void> {
  const note = section(
    "A wave of reminders",
    `${UNITS} units on the embedded database, one person each; ${CALLS_PER_MINUTE} calls a minute; one citizen asks every ${ASK_EVERY_MS / 1_000} s meanwhile`,
  );
  const sink = await openSink();
  const ours = await startOurs({
    database: "embedded",
    sink,
    units: UNITS,
    people: UNITS + 1,
    reminders: "day-before",
    callsPerMinute: CALLS_PER_MINUTE,
  });
  const citizen = userOf(UNITS);
  const arrivedMs: number[] = [];
  const callsMs: number[] = [];
  const answeredMs: number[] = [];
  let askedAtMs: number | null = null;
  sink.listen((user) => {
    callsMs.push(performance.now());
    if (user !== citizen) arrivedMs.push(performance.now());
    else if (askedAtMs !== null) {
      answeredMs.push(performance.now() - askedAtMs);
      askedAtMs = null;
    }
  });
  const begun = performance.now();
  const moved = ours.moveClock(WAVE_AT);
  const asking = setInterval(() => {
    if (askedAtMs !== null) return;
    askedAtMs = performance.now();
    void ours.send(citizen, QUESTION);
  }, ASK_EVERY_MS);
  await until(() => arrivedMs.length > 0, GIVE_UP_MS);
  const firstMs = (arrivedMs[0] ?? 0) - begun;
  // What is put off for the next minute falls due by the program's clock, which runs on.
  await Promise.all([moved, until(() => arrivedMs.length >= UNITS, GIVE_UP_MS)]);
  clearInterval(asking);
  const drainedMs = (arrivedMs.at(-1) ?? 0) - begun;
  const used = (callsMs.length / (drainedMs - firstMs)) * (MINUTE_MS / CALLS_PER_MINUTE);
  const { p50, p99 } = spreadOf(answeredMs);
  note(
    "planned and queued: first reminder at the wire after",
    `${(firstMs / 1_000).toFixed(1)} s`,
    "under 5 s",
  );
  note(
    `all ${UNITS} at the wire after`,
    `${(drainedMs / 1_000).toFixed(0)} s, ${(used * 100).toFixed(1)} % of the budget with the answers`,
    "95 % of the budget",
  );
  note(
    "calls of the fullest minute",
    `${fullestMinute(callsMs)} of ${CALLS_PER_MINUTE}`,
    "within the budget",
  );
  note(
    "a citizen's answer meanwhile",
    `${answeredMs.length} asked, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    "at most 1,000 ms more",
  );
  note("resident memory after it", `${ours.child.rssMb()} MB`, "under 450 MB");
  await ours.stop();
  await sink.close();
}

/** Most arrivals within any 60 s that begin with one. */
function fullestMinute(arrivedMs: readonly number[]): number {
  let most = 0;
  let from = 0;
  arrivedMs.forEach((atMs, i) => {
    while ((arrivedMs[from] ?? atMs) <= atMs - MINUTE_MS) from++;
    most = Math.max(most, i - from + 1);
  });
  return most;
}
