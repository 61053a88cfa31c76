/**
 * What replicas share without losing anything if it is lost: leases and the account's call budget. Through
 * Redis where there is one, within the process otherwise.
 */
import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { MINUTE_MS, SECOND_MS, systemClock, type Clock } from "../core/clock";
import { messageOf } from "../core/errors";
import { systemIds, type Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLocalLease, createSharedLease, type Lease } from "./leases";

/** Reminders and digests leave a tenth of the calls to people who wait for an answer. */
const WAVE_SHARE = 0.9;

export type Lane = "reply" | "wave";
export type Taken = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

export interface CallBudget {
  /** Asks for one call to the platform now. */
  take(lane: Lane): Promise<Taken>;
  /** How many calls of this minute are left to a lane. */
  left(lane: Lane): Promise<number>;
}

export interface Coordination {
  readonly lease: Lease;
  readonly budget: CallBudget;
  /** Whether the server that replicas share answers; true where there is none to ask. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

export interface CoordinationParts {
  readonly redisUrl?: string | undefined;
  readonly log: Log;
  /** What the platform takes from all replicas together. */
  readonly callsPerMinute: number;
  /** Real time by default: it is the platform that counts the minutes. */
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Keeps installations apart that share one Redis. */
  readonly namespace: string;
}

/** A request that Redis leaves unanswered for longer is as good as refused. */
const COMMAND_TIMEOUT_MS = 2 * SECOND_MS;
/** Nothing that matters is under way when the connection is closed; a stop should not wait for it. */
const DISCONNECT_TIMEOUT_MS = 500;

/** Connects in the background: a lease asked for before Redis answers waits for it, within the time of one command. */
export function createCoordination(parts: CoordinationParts): Coordination {
  const { redisUrl, log, callsPerMinute, clock = systemClock, ids = systemIds, namespace } = parts;
  const waveCallsPerMinute = Math.floor(callsPerMinute * WAVE_SHARE);
  if (redisUrl === undefined) {
    return {
      lease: createLocalLease(),
      budget: createBudget(clock, {
        all: localLimiter(callsPerMinute),
        wave: localLimiter(waveCallsPerMinute),
      }),
      answers: () => Promise.resolve(true),
      close: () => Promise.resolve(),
    };
  }
  const redis = connect(redisUrl, log);
  const limiter = (name: string, points: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${namespace}:calls:${name}`,
      points,
      duration: MINUTE_MS / SECOND_MS,
      // Without Redis each replica counts for itself; what goes beyond is refused by the platform and sent later.
      insuranceLimiter: localLimiter(points),
      rejectIfRedisNotReady: true,
    });
  return {
    lease: createSharedLease({ redis, namespace, ids, log }),
    budget: createBudget(clock, {
      all: limiter("all", callsPerMinute),
      wave: limiter("wave", waveCallsPerMinute),
    }),
    answers: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    close: () => {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

function connect(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
  });
  let isDown = false;
  // Every failed attempt to connect is an event; the outage is told once.
  redis.on("error", (error: unknown) => {
    if (!isDown) log.error("redis does not answer", { reason: messageOf(error) });
    isDown = true;
  });
  redis.on("ready", () => {
    if (isDown) log.info("redis answers again");
    isDown = false;
  });
  return redis;
}

type Limiter = RateLimiterMemory | RateLimiterRedis;

const localLimiter = (points: number): RateLimiterMemory =>
  new RateLimiterMemory({ points, duration: MINUTE_MS / SECOND_MS });

/** Counted by the clock's own minutes, as the platform counts: a burst across two windows cannot double. */
function createBudget(clock: Clock, limiters: { readonly all: Limiter; readonly wave: Limiter }): CallBudget {
  async function isLeft(limiter: Limiter, minute: number): Promise<boolean> {
    try {
      await limiter.consume(String(minute));
      return true;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return false;
      throw refusal;
    }
  }

  const leftOf = async (limiter: Limiter): Promise<number> =>
    (await limiter.get(String(Math.floor(clock.now() / MINUTE_MS))))?.remainingPoints ?? limiter.points;

  return {
    left: async (lane) => {
      const all = await leftOf(limiters.all);
      return Math.max(0, lane === "reply" ? all : Math.min(all, await leftOf(limiters.wave)));
    },
    take: async (lane) => {
      const now = clock.now();
      const minute = Math.floor(now / MINUTE_MS);
      // The waves' own share first: a wave that is refused must not use up a call of everybody's.
      const isAllowed =
        (lane === "reply" || (await isLeft(limiters.wave, minute))) && (await isLeft(limiters.all, minute));
      return isAllowed ? { ok: true } : { ok: false, retryAfterMs: MINUTE_MS - (now % MINUTE_MS) };
    },
  };
}
