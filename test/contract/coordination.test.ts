/** One suite for both ways replicas keep out of each other's way. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Redis } from "ioredis";
import { frozenAt, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { silentLog } from "../../src/core/log";
import type { Lane } from "../../src/store/call-budget";
import { createCoordination, type Coordination } from "../../src/store/coordination";

const REDIS_URL = process.env["TEST_REDIS_URL"];
const TTL_MS = 5 * SECOND_MS;
const NOON = Date.parse("2025-12-03T12:00:00+07:00");
/** A small platform: the shares of its minute are what counts. */
const CALLS_PER_MINUTE = 100;
const WAVE_CALLS_PER_MINUTE = 96;
const WAVE_CALLS_PER_SECOND = 2;
const namespace = `test:${process.pid}:${process.hrtime.bigint()}`;

/** Work that goes on until it is told to end. */
function work() {
  let end: () => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = () => resolve("done");
  });
  return { end, run: () => ended };
}

const kinds: [string, string | undefined][] = [["this process", undefined]];
if (REDIS_URL !== undefined) kinds.push(["Redis", REDIS_URL]);

describe.each(kinds)("through %s", (_kind, redisUrl) => {
  let now = NOON;
  let coordination: Coordination;
  beforeAll(() => {
    coordination = createCoordination({
      redisUrl,
      log: silentLog,
      callsPerMinute: CALLS_PER_MINUTE,
      clock: { now: () => now },
      namespace,
    });
  });
  afterAll(async () => coordination.close());

  describe("a lease", () => {
    test("gives what the work gives", async () => {
      await expect(coordination.lease("a", TTL_MS, () => Promise.resolve(316))).resolves.toBe(316);
    });

    test("is busy while the work runs, and free afterwards", async () => {
      const first = work();
      const running = coordination.lease("b", TTL_MS, () => first.run());
      let ranTwice = false;
      const second = await coordination.lease("b", TTL_MS, () => {
        ranTwice = true;
        return Promise.resolve("second");
      });
      expect([second, ranTwice]).toEqual(["busy", false]);
      first.end();
      await expect(running).resolves.toBe("done");
      await expect(coordination.lease("b", TTL_MS, () => Promise.resolve("third"))).resolves.toBe("third");
    });

    test("does not stand in the way of another name", async () => {
      const first = work();
      const running = coordination.lease("c", TTL_MS, () => first.run());
      await expect(coordination.lease("d", TTL_MS, () => Promise.resolve("d"))).resolves.toBe("d");
      first.end();
      await running;
    });

    test("is free again after work that failed, and the failure is the caller's", async () => {
      await expect(coordination.lease("e", TTL_MS, () => Promise.reject(new Error("no")))).rejects.toThrow(
        "no",
      );
      await expect(coordination.lease("e", TTL_MS, () => Promise.resolve("e"))).resolves.toBe("e");
    });

    test("goes to one of many who ask at once", async () => {
      const all = work();
      const asked = Array.from({ length: 20 }, () => coordination.lease("f", TTL_MS, () => all.run()));
      await coordination.lease("g", TTL_MS, () => Promise.resolve());
      all.end();
      expect((await Promise.all(asked)).filter((result) => result === "done")).toHaveLength(1);
    });
  });

  describe("the call budget", () => {
    const takeMany = async (lane: Lane, count: number) => {
      const taken = await Promise.all(Array.from({ length: count }, () => coordination.budget.take(lane)));
      return taken.filter(({ ok }) => ok).length;
    };

    /** Each test has a quiet hour of its own. */
    let noon = NOON;
    beforeEach(() => {
      noon += HOUR_MS;
      now = noon;
    });

    test("lets all of a minute's replies go at once, and none more until the first is a minute old", async () => {
      expect(await takeMany("reply", CALLS_PER_MINUTE - 1)).toBe(CALLS_PER_MINUTE - 1);
      now = noon + 20 * SECOND_MS;
      expect(await coordination.budget.left("reply")).toBe(1);
      expect(await takeMany("reply", 2)).toBe(1);
      expect(await coordination.budget.take("reply")).toEqual({ ok: false, retryAfterMs: 40 * SECOND_MS });
      expect(await coordination.budget.left("reply")).toBe(0);
      now = noon + MINUTE_MS - 1;
      expect(await takeMany("reply", 1)).toBe(0);
      now = noon + MINUTE_MS;
      expect(await takeMany("reply", CALLS_PER_MINUTE)).toBe(CALLS_PER_MINUTE - 1);
    });

    test("lets a wave go evenly, with room for replies at its side", async () => {
      expect(await takeMany("wave", WAVE_CALLS_PER_SECOND + 3)).toBe(WAVE_CALLS_PER_SECOND);
      expect(await coordination.budget.take("wave")).toEqual({ ok: false, retryAfterMs: SECOND_MS });
      let gone = WAVE_CALLS_PER_SECOND;
      for (let second = 1; second < 60; second++) {
        now = noon + second * SECOND_MS;
        gone += await takeMany("wave", WAVE_CALLS_PER_SECOND);
      }
      expect(gone).toBe(WAVE_CALLS_PER_MINUTE);
      expect(await coordination.budget.left("wave")).toBe(0);
      expect(await takeMany("reply", CALLS_PER_MINUTE)).toBe(CALLS_PER_MINUTE - WAVE_CALLS_PER_MINUTE);
      // Replies go first with what runs free: a wave waits until its own share is not used up.
      now = noon + MINUTE_MS + 2 * SECOND_MS;
      expect(await takeMany("wave", 1)).toBe(1);
    });

    test("is not stopped by a clock that is set back", async () => {
      expect(await takeMany("reply", CALLS_PER_MINUTE)).toBe(CALLS_PER_MINUTE);
      now = noon - 10 * MINUTE_MS;
      expect(await takeMany("reply", 1)).toBe(1);
    });

    test("holds within any sixty seconds, whoever calls when", async () => {
      const calls = fc.array(
        fc.record({
          lane: fc.constantFrom<Lane>("reply", "wave"),
          count: fc.integer({ min: 1, max: 40 }),
          afterMs: fc.integer({ min: 0, max: 30 * SECOND_MS }),
        }),
        { minLength: 5, maxLength: 12 },
      );
      await fc.assert(
        fc.asyncProperty(calls, async (steps) => {
          noon += HOUR_MS;
          now = noon;
          const times: number[] = [];
          for (const { lane, count, afterMs } of steps) {
            now += afterMs;
            const went = await takeMany(lane, count);
            const at = now;
            times.push(...Array.from({ length: went }, () => at));
          }
          const within = times.map((from) => times.filter((t) => t >= from && t < from + MINUTE_MS).length);
          expect(Math.max(...within)).toBeLessThanOrEqual(CALLS_PER_MINUTE);
        }),
        { numRuns: 30 },
      );
    });
  });
});

const onRedis = REDIS_URL === undefined ? describe.skip : describe;

onRedis("between replicas", () => {
  const url = REDIS_URL ?? "";
  const parts = {
    redisUrl: url,
    log: silentLog,
    callsPerMinute: CALLS_PER_MINUTE,
    namespace: `${namespace}:replicas`,
    clock: frozenAt(NOON),
  };
  const keyOf = (name: string) => `${parts.namespace}:lease:${name}`;
  let one: Coordination;
  let two: Coordination;
  let redis: Redis;
  beforeAll(() => {
    one = createCoordination(parts);
    two = createCoordination(parts);
    redis = new Redis(url);
  });
  afterAll(async () => {
    const keys = await redis.keys(`${namespace}:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
    await Promise.all([one.close(), two.close()]);
  });

  test("one lease counts for all", async () => {
    const first = work();
    const running = one.lease("shared", TTL_MS, () => first.run());
    await one.lease("order", TTL_MS, () => Promise.resolve());
    await expect(two.lease("shared", TTL_MS, () => Promise.resolve())).resolves.toBe("busy");
    first.end();
    await running;
  });

  test("one budget counts for all", async () => {
    const taken = await Promise.all(
      Array.from({ length: CALLS_PER_MINUTE + 2 }, (_, i) => (i % 2 === 0 ? one : two).budget.take("reply")),
    );
    expect(taken.filter(({ ok }) => ok)).toHaveLength(CALLS_PER_MINUTE);
  });

  test("a lease is kept up while its work runs", async () => {
    // Long enough that a busy machine still renews in time.
    const ttlMs = 1_500;
    const result = await one.lease("long", ttlMs, async () => {
      // A remaining life that has grown is a renewal; several of them outlast the first span.
      let renewals = 0;
      for (let before = ttlMs; renewals < 5;) {
        const left = await redis.pttl(keyOf("long"));
        if (left < 0) return "lost";
        if (left > before) renewals++;
        before = left;
      }
      return two.lease("long", ttlMs, () => Promise.resolve("stolen"));
    });
    expect(result).toBe("busy");
  });

  test("the lease of a holder that died runs out", async () => {
    await redis.set(keyOf("dead"), "somebody", "PX", 40, "NX");
    let result = await one.lease("dead", TTL_MS, () => Promise.resolve("mine"));
    expect(result).toBe("busy");
    while (result === "busy") result = await one.lease("dead", TTL_MS, () => Promise.resolve("mine"));
    expect(result).toBe("mine");
  });

  test("a lease that passed to somebody else is not freed by its first holder", async () => {
    await one.lease("passed", TTL_MS, async () => {
      await redis.set(keyOf("passed"), "somebody else");
    });
    expect(await redis.get(keyOf("passed"))).toBe("somebody else");
  });
});

describe("while Redis is away", () => {
  /** Nothing listens there. */
  const away = {
    namespace,
    redisUrl: "redis://127.0.0.1:1",
    log: silentLog,
    callsPerMinute: CALLS_PER_MINUTE,
    clock: frozenAt(NOON),
  };

  test("nobody gets a lease, and calls are counted by this process alone", async () => {
    const coordination = createCoordination(away);
    await expect(coordination.lease("a", TTL_MS, () => Promise.resolve())).rejects.toMatchObject({
      kind: "temporary",
      code: "lease-unavailable",
    });
    await expect(coordination.budget.take("wave")).resolves.toEqual({ ok: true });
    await coordination.close();
  });
});
