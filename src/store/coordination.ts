/**
 * What replicas share without losing anything if it is lost: leases and the account's call budget. Through
 * Redis where there is one, within the process otherwise.
 */
import { Redis } from "ioredis";
import { SECOND_MS, systemClock, type Clock } from "../core/clock";
import { messageOf } from "../core/errors";
import { systemIds, type Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLocalBudget, createSharedBudget, type CallBudget } from "./call-budget";
import { createLocalLease, createSharedLease, type Lease } from "./leases";

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
  /** Real time by default, of Redis where there is one: it is the platform that counts. */
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
  const { redisUrl, log, callsPerMinute, clock, ids = systemIds, namespace } = parts;
  if (redisUrl === undefined) {
    return {
      lease: createLocalLease(),
      budget: createLocalBudget(callsPerMinute, clock ?? systemClock),
      answers: () => Promise.resolve(true),
      close: () => Promise.resolve(),
    };
  }
  const redis = connect(redisUrl, log);
  return {
    lease: createSharedLease({ redis, namespace, ids, log }),
    budget: createSharedBudget({ redis, namespace, ids, callsPerMinute, clock }),
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
