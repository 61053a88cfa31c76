/**
 * How many calls the platform takes: counted over the last sixty seconds wherever they begin, so it holds both
 * for a platform that counts by its own clock's minutes and for one that looks back.
 */
import type { Redis } from "ioredis";
import { z } from "zod";
import { MINUTE_MS, SECOND_MS, systemClock, type Clock } from "../core/clock";
import type { Ids } from "../core/ids";

export type Lane = "reply" | "wave";
export type Taken = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

export interface CallBudget {
  /** Asks for one call to the platform now. */
  take(lane: Lane): Promise<Taken>;
  /** How many more calls of these sixty seconds a lane may take. */
  left(lane: Lane): Promise<number>;
}

/** Answers that a crowd asks for at once while a wave goes out; what runs free afterwards is theirs first. */
const KEPT_FOR_REPLIES = 0.04;

/** How much faster than evenly a wave may go, to make up for a second in which something held it up. */
const CATCH_UP = 1.1;

interface Limits {
  /** Calls of the last minute, whoever made them, up to which a lane may make another. */
  readonly perMinute: Readonly<Record<Lane, number>>;
  /**
   * Waves go out nearly evenly: the calls of a minute spent in its first seconds would leave nothing that runs free
   * for replies until the minute is over.
   */
  readonly wavesPerSecond: number;
}

function limitsFor(callsPerMinute: number): Limits {
  const wave = Math.max(1, Math.floor(callsPerMinute * (1 - KEPT_FOR_REPLIES)));
  return {
    perMinute: { reply: callsPerMinute, wave },
    wavesPerSecond: Math.ceil((wave * CATCH_UP) / (MINUTE_MS / SECOND_MS)),
  };
}

const taken = (waitMs: number): Taken => (waitMs === 0 ? { ok: true } : { ok: false, retryAfterMs: waitMs });

/** For one process. */
export function createLocalBudget(callsPerMinute: number, clock: Clock): CallBudget {
  const { perMinute, wavesPerSecond } = limitsFor(callsPerMinute);
  const all = callsWithin(MINUTE_MS);
  const waves = callsWithin(SECOND_MS);
  return {
    take: (lane) => {
      const now = clock.now();
      const waitMs = Math.max(
        all.waitMs(now, perMinute[lane]),
        lane === "wave" ? waves.waitMs(now, wavesPerSecond) : 0,
      );
      if (waitMs === 0) {
        all.note(now);
        if (lane === "wave") waves.note(now);
      }
      return Promise.resolve(taken(waitMs));
    },
    left: (lane) => Promise.resolve(Math.max(0, perMinute[lane] - all.count(clock.now()))),
  };
}

/** The times of the calls within the last `windowMs`, the oldest first. */
function callsWithin(windowMs: number) {
  let times: number[] = [];
  /** A clock set back leaves times that have not come yet: they are forgotten rather than waited for. */
  function prune(now: number): void {
    if ((times.at(-1) ?? now) > now) times = times.filter((time) => time <= now);
    const first = times.findIndex((time) => time > now - windowMs);
    times.splice(0, first === -1 ? times.length : first);
  }
  return {
    note: (now: number) => void times.push(now),
    count: (now: number) => {
      prune(now);
      return times.length;
    },
    /** How long until there are fewer than `limit`; 0 when there are. */
    waitMs: (now: number, limit: number) => {
      prune(now);
      const mustLeave = times[times.length - limit];
      return mustLeave === undefined ? 0 : mustLeave + windowMs - now;
    },
  };
}

/** The same among replicas, by the clock of the server they share. */
const TAKE = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("time")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function waitMs(key, windowMs, limit)
  redis.call("zremrangebyscore", key, "-inf", now - windowMs)
  redis.call("zremrangebyscore", key, "(" .. now, "+inf")
  local over = redis.call("zcard", key) - limit
  if over < 0 then return 0 end
  return redis.call("zrange", key, over, over, "withscores")[2] + windowMs - now
end
local function note(key, windowMs)
  redis.call("zadd", key, now, ARGV[2])
  redis.call("pexpire", key, windowMs)
end
local wait = waitMs(KEYS[1], ${MINUTE_MS}, tonumber(ARGV[3]))
if KEYS[2] then wait = math.max(wait, waitMs(KEYS[2], ${SECOND_MS}, tonumber(ARGV[4]))) end
if wait == 0 then
  note(KEYS[1], ${MINUTE_MS})
  if KEYS[2] then note(KEYS[2], ${SECOND_MS}) end
end
return wait`;

export interface SharedBudgetParts {
  readonly redis: Redis;
  /** Put before every key, so that two installations can share a server. */
  readonly namespace: string;
  readonly ids: Ids;
  readonly callsPerMinute: number;
  /** Instead of the server's own. */
  readonly clock?: Clock | undefined;
}

/**
 * Among replicas. Without Redis each counts for itself: what goes beyond is refused by the platform and sent
 * later.
 */
export function createSharedBudget(parts: SharedBudgetParts): CallBudget {
  const { redis, namespace, ids, callsPerMinute, clock } = parts;
  const { perMinute, wavesPerSecond } = limitsFor(callsPerMinute);
  const ours = clock ?? systemClock;
  const alone = createLocalBudget(callsPerMinute, ours);
  const all = `${namespace}:calls:all`;
  const waves = `${namespace}:calls:wave`;

  /** What Redis says, or what this process knows where Redis cannot be asked. */
  async function orAlone<T>(shared: () => Promise<T>, local: () => Promise<T>): Promise<T> {
    if (redis.status !== "ready") return local();
    try {
      return await shared();
    } catch {
      return local();
    }
  }

  return {
    take: (lane) =>
      orAlone(
        async () => {
          const keys = lane === "wave" ? [all, waves] : [all];
          const now = clock?.now() ?? "";
          const id = ids.next(systemClock.now());
          const limits = [perMinute[lane], wavesPerSecond];
          const waitMs = await redis.eval(TAKE, keys.length, ...keys, now, id, ...limits);
          return taken(z.number().parse(waitMs));
        },
        () => alone.take(lane),
      ),
    left: (lane) =>
      orAlone(
        async () => {
          const since = ours.now() - MINUTE_MS;
          return Math.max(0, perMinute[lane] - (await redis.zcount(all, `(${since}`, "+inf")));
        },
        () => alone.left(lane),
      ),
  };
}
