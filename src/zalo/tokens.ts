/**
 * The access token. Refresh tokens work once, and a new access token voids the old one: so one refresh at a
 * time across all replicas, under a lease, read again inside it, stored before use. Whoever asks while a
 * refresh runs waits for the same one.
 */
import { MINUTE_MS, SECOND_MS, type Clock, type Instant } from "../core/clock";
import { AppError, broken, messageOf } from "../core/errors";
import { sha256Hex } from "../core/ids";
import type { Log } from "../core/log";
import type { TokenPair } from "./answers";
import type { ZaloClient } from "./client";
import type { ZaloSettings } from "./settings";
import type { Grant, TokenStore } from "./token-store";
import { GRANT_MISSING, GRANT_REFUSED } from "./wording.vi";

/** Runs `work` alone among all replicas; `busy` when another holds the lease. */
export type Lease = <T>(name: string, ttlMs: number, work: () => Promise<T>) => Promise<T | "busy">;

export interface TokenParts {
  readonly settings: Pick<ZaloSettings, "oaId" | "refreshToken">;
  readonly client: Pick<ZaloClient, "refreshToken">;
  readonly store: TokenStore;
  readonly withLease: Lease;
  readonly clock: Clock;
  readonly log: Log;
  /** Called once for each thing that only a person can put right. */
  readonly alarm: (text: string) => void;
}

export interface Tokens {
  /** A token that should be taken. Throws `temporary` or `broken` when there is none. */
  accessToken(): Promise<string>;
  /** A token other than `rejected`, which the platform has just refused. */
  renew(rejected: string): Promise<string>;
}

/** Longer than the refresh call may take, with the writing before and after it. */
const LEASE_MS = 30 * SECOND_MS;
/** Hour 20 of 25: five hours remain to put a refusal right before messages stop. */
const REFRESH_AT_SHARE = 0.8;
/** What a token lives when the answer does not say. */
const DEFAULT_LIFE_MS = 25 * 60 * MINUTE_MS;
/** After a failure nobody asks again for this long. */
const PAUSE_MS = MINUTE_MS;

const temporary = (code: string, message: string): AppError => new AppError("temporary", code, message);

export function createTokens(parts: TokenParts): Tokens {
  const { settings, client, store, clock, log } = parts;
  let current: Grant | null = null;
  let rejected: string | null = null;
  /** A pair that was received and could not be written yet: its refresh token exists nowhere else. */
  let unsaved: Grant | null = null;
  let failure: { until: Instant; error: unknown } | null = null;
  let saidMissing = false;
  let inFlight: Promise<Grant> | null = null;

  const isUsable = (grant: Grant): boolean => grant.accessToken !== rejected && clock.now() < grant.expiresAt;
  const isFresh = (grant: Grant): boolean =>
    isUsable(grant) && clock.now() < grant.issuedAt + (grant.expiresAt - grant.issuedAt) * REFRESH_AT_SHARE;

  async function saveFirst(grant: Grant): Promise<Grant> {
    unsaved = grant;
    await store.save(grant, clock.now());
    unsaved = null;
    return grant;
  }

  /** A refresh token given by setting is taken up once: at the very first start, or after a new grant. */
  async function withSeed(stored: Grant | null): Promise<Grant | null> {
    const seed = settings.refreshToken;
    if (seed === undefined || stored?.seeds.includes(sha256Hex(seed)) === true) return stored;
    const seeds = [...(stored?.seeds ?? []), sha256Hex(seed)];
    const now = clock.now();
    return saveFirst({
      accessToken: "",
      refreshToken: seed,
      issuedAt: now,
      expiresAt: now,
      seeds,
      refusedAt: null,
    });
  }

  const grantFrom = (pair: TokenPair, seeds: string[]): Grant => {
    const issuedAt = clock.now();
    const lifeMs = pair.expiresInSeconds === null ? DEFAULT_LIFE_MS : pair.expiresInSeconds * SECOND_MS;
    const { accessToken, refreshToken } = pair;
    return { accessToken, refreshToken, issuedAt, expiresAt: issuedAt + lifeMs, seeds, refusedAt: null };
  };

  /** Under the lease: somebody else may have refreshed before us, so everything is read again. */
  async function refresh(): Promise<Grant> {
    const stored = unsaved === null ? await withSeed(await store.read()) : await saveFirst(unsaved);
    current = stored;
    if (stored === null) {
      if (!saidMissing) parts.alarm(GRANT_MISSING);
      saidMissing = true;
      throw broken("zalo-grant-missing", "no refresh token is known");
    }
    if (isFresh(stored)) return stored;
    if (stored.refusedAt !== null)
      throw broken("zalo-grant-refused", "the grant has to be renewed by a person");
    const reply = await client.refreshToken(stored.refreshToken);
    switch (reply.kind) {
      case "ok":
        current = await saveFirst(grantFrom(reply.value, stored.seeds));
        log.info("zalo token refreshed", { expiresAt: current.expiresAt });
        return current;
      case "refused":
        log.error("zalo refused to refresh the grant", { code: reply.code, name: reply.message });
        if (await store.markRefused(stored, clock.now())) parts.alarm(GRANT_REFUSED);
        throw broken("zalo-grant-refused", `refused with ${reply.code}`);
      case "not-sent":
      case "unclear":
        // When the answer was lost, the token is spent: the next try will be refused, and that is said aloud.
        throw temporary("zalo-refresh-failed", reply.reason);
    }
  }

  async function refreshAlone(): Promise<Grant> {
    const result = await parts.withLease(`zalo-token:${settings.oaId}`, LEASE_MS, refresh);
    if (result !== "busy") return result;
    current = await store.read();
    if (current !== null && isUsable(current)) return current;
    throw temporary("zalo-refresh-busy", "another replica is refreshing the token");
  }

  async function obtain(): Promise<Grant> {
    if (failure !== null && clock.now() < failure.until) {
      if (current !== null && isUsable(current)) return current;
      throw failure.error;
    }
    try {
      const grant = await refreshAlone();
      failure = null;
      return grant;
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === "zalo-refresh-busy";
      failure = isBusy ? null : { until: clock.now() + PAUSE_MS, error };
      if (current === null || !isUsable(current)) throw error;
      log.warn("zalo token not refreshed, the present one is used on", { reason: messageOf(error) });
      return current;
    }
  }

  function obtainOnce(): Promise<Grant> {
    inFlight ??= obtain().finally(() => {
      inFlight = null;
    });
    return inFlight;
  }

  return {
    async accessToken() {
      return current !== null && isFresh(current) ? current.accessToken : (await obtainOnce()).accessToken;
    },
    async renew(token) {
      if (current !== null && current.accessToken !== token && isUsable(current)) return current.accessToken;
      rejected = token;
      return (await obtainOnce()).accessToken;
    },
  };
}
