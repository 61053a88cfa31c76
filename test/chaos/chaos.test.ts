/**
 * A short chaos in every run of the suite; a long one with `npm run chaos`, told by the environment:
 * CHAOS_MINUTES, CHAOS_DATABASE (PGlite or PostgreSQL), CHAOS_REPLICAS, CHAOS_SEED, CHAOS_PEOPLE.
 */
import { expect, test } from "@jest/globals";
import { MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { runChaos, type ChaosOptions } from "./chaos";

const env = process.env;
const REDIS_URL = env["TEST_REDIS_URL"];
const hasServers = REDIS_URL !== undefined && env["TEST_DATABASE_URL"] !== undefined;
const minutes = Number(env["CHAOS_MINUTES"] ?? 0);
const forMs = minutes > 0 ? minutes * MINUTE_MS : 12 * SECOND_MS;
/** Enough reminders for every refusal of a template. */
const SILENT_PEOPLE = 60;
const shared = {
  forMs,
  seed: Number(env["CHAOS_SEED"] ?? 316),
  people: Number(env["CHAOS_PEOPLE"] ?? 6),
  silent: minutes > 0 ? SILENT_PEOPLE : 0,
};
/** Starts, catching up and the last questions come on top. */
const TIMEOUT_MS = forMs + 10 * MINUTE_MS;

const runs: ChaosOptions[] = [
  { ...shared, database: "PGlite" as const, replicas: 1 },
  ...(hasServers
    ? [
        {
          ...shared,
          database: "PostgreSQL" as const,
          replicas: Number(env["CHAOS_REPLICAS"] ?? 2),
          redisUrl: REDIS_URL,
        },
      ]
    : []),
].filter(({ database }) => env["CHAOS_DATABASE"] === undefined || env["CHAOS_DATABASE"] === database);

test.each(runs)(
  "$database, $replicas at work: nothing lost, nothing doubled, everything settled",
  async (options) => {
    const { counts, notGiven, wrong } = await runChaos(options);
    process.stdout.write(`chaos on ${options.database}, seed ${options.seed}: ${JSON.stringify(counts)}\n`);
    expect(wrong).toEqual([]);
    if (minutes === 0) return;
    // In the short form a busy machine may let nobody through; in a long one that would show nothing.
    expect(counts["reports"]).toBeGreaterThanOrEqual(options.people / 2);
    expect(notGiven).toEqual([]);
  },
  TIMEOUT_MS,
);
