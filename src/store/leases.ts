/** One at a time: work that must not run twice at once, within this process or among all replicas. */
import type { Redis } from "ioredis";
import { AppError, messageOf } from "../core/errors";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";

/**
 * Runs `work` alone; `busy` when another holds the lease. The lease is kept up for as long as the work takes
 * and is free again afterwards, also when the work throws. A holder that dies is forgotten after `ttlMs`.
 */
export type Lease = <T>(name: string, ttlMs: number, work: () => Promise<T>) => Promise<T | "busy">;

/** For one replica: a holder cannot die without everybody else, so no time limit is needed. */
export function createLocalLease(): Lease {
  const held = new Set<string>();
  return async (name, _ttlMs, work) => {
    if (held.has(name)) return "busy";
    held.add(name);
    try {
      return await work();
    } finally {
      held.delete(name);
    }
  };
}

/** Only the owner may prolong or free a lease: after a long pause it may belong to somebody else. */
const RENEW = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("pexpire", KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0`;
/** Two renewals may fail before the lease runs out. */
const RENEWALS_PER_TTL = 3;
const OWNER_CHARS = 20;

/** The code of the error when nobody can say who holds a lease. */
export const LEASE_UNAVAILABLE = "lease-unavailable";

export interface SharedLeaseParts {
  readonly redis: Redis;
  /** Put before every key, so that two installations can share a server. */
  readonly namespace: string;
  readonly ids: Ids;
  readonly log: Log;
}

/** Among replicas. Throws `temporary` when the server that decides cannot be asked. */
export function createSharedLease({ redis, namespace, ids, log }: SharedLeaseParts): Lease {
  async function acquire(key: string, owner: string, ttlMs: number): Promise<boolean> {
    try {
      return (await redis.set(key, owner, "PX", ttlMs, "NX")) === "OK";
    } catch (error) {
      throw new AppError("temporary", LEASE_UNAVAILABLE, messageOf(error));
    }
  }

  function keepUp(key: string, owner: string, ttlMs: number): () => void {
    const timer = setInterval(() => {
      redis.eval(RENEW, 1, key, owner, ttlMs).then(
        (renewed) => {
          if (renewed === 0) log.error("a lease was lost while its work was running", { key });
        },
        (error: unknown) => log.warn("a lease could not be renewed", { key, reason: messageOf(error) }),
      );
    }, ttlMs / RENEWALS_PER_TTL);
    timer.unref();
    return () => clearInterval(timer);
  }

  return async (name, ttlMs, work) => {
    const key = `${namespace}:lease:${name}`;
    const owner = ids.secretCode(OWNER_CHARS);
    if (!(await acquire(key, owner, ttlMs))) return "busy";
    const letGo = keepUp(key, owner, ttlMs);
    try {
      return await work();
    } finally {
      letGo();
      // What the work came to counts; a lease that is not freed runs out by itself.
      await redis
        .eval(RELEASE, 1, key, owner)
        .catch((error: unknown) => log.warn("a lease could not be freed", { key, reason: messageOf(error) }));
    }
  };
}
