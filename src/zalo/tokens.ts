/**
 * The access token. Refresh tokens work once, and a new access token voids the old one: so one refresh at a
 * time across all replicas, under a lease, read again inside it, stored before use. Whoever asks while a
 * refresh runs waits for the same one.
 */
import type { Raise } from "../core/alarm";
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Clock, type Instant } from "../core/clock";
import { AppError, broken, messageOf } from "../core/errors";
import { sha256Hex } from "../core/ids";
import type { Log } from "../core/log";
import type { TokenPair } from "./answers";
import type { ZaloClient } from "./client";
import type { ZaloSettings } from "./settings";
import { isOutage } from "../store/server-pool";
import type { Grant, TokenStore } from "./token-store";
import { grantMissing, grantRefused } from "./grant-alarms";

/** Runs `work` alone among all replicas; `busy` when another holds the lease. */
export type Lease = <T>(name: string, ttlMs: number, work: () => Promise<T>) => Promise<T | "busy">;

export type RefreshOutcome = "ok" | "refused" | "failed";

export interface TokenParts {
  readonly settings: Pick<ZaloSettings, "oaId" | "refreshToken">;
  readonly client: Pick<ZaloClient, "refreshToken">;
  readonly store: TokenStore;
  readonly withLease: Lease;
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: Raise;
  /** How each request for a new pair ended. */
  readonly onRefresh?: (outcome: RefreshOutcome) => void;
}

export interface Tokens {
  /** A token that should be taken. Throws `temporary` or `broken` when there is none. */
  accessToken(): Promise<string>;
  /** A token other than `rejected`, which the platform has just refused. */
  renew(rejected: string): Promise<string>;
  /** Takes up the pair of a new grant; resolves once it is stored. */
  adopt(pair: TokenPair): Promise<void>;
}

/** Longer than the refresh call may take, with the writing before and after it. */
const LEASE_MS = 30 * SECOND_MS;
/** Hour 20 of 25: five hours remain to put a refusal right before messages stop. */
const REFRESH_AT_SHARE = 0.8;
/** What a token lives when the answer does not say. */
const DEFAULT_LIFE_MS = 25 * HOUR_MS;
/** After a failure nobody asks again for this long. */
const PAUSE_MS = MINUTE_MS;
/** Another replica that refreshes the old grant at this very moment is done well within these tries. */
const ADOPT_TRIES = 30;
const ADOPT_RETRY_MS = SECOND_MS;

const temporary = (code: string, message: string): AppError => new AppError("temporary", code, message);

class TokenKeeper implements Tokens {
  private current: Grant | null = null;
  /** The token the platform refused last: whoever still holds it needs another. */
  private rejected: string | null = null;
  /** A pair that was received and could not be written yet: its refresh token exists nowhere else. */
  private unsaved: Grant | null = null;
  private failure: { readonly until: Instant; readonly error: unknown } | null = null;
  private saidMissing = false;
  private inFlight: Promise<Grant> | null = null;

  constructor(private readonly parts: TokenParts) {}

  async accessToken(): Promise<string> {
    const { current } = this;
    return current !== null && this.isFresh(current)
      ? current.accessToken
      : (await this.obtainOnce()).accessToken;
  }

  async renew(rejected: string): Promise<string> {
    const { current } = this;
    if (current !== null && current.accessToken !== rejected && this.isUsable(current))
      return current.accessToken;
    this.rejected = rejected;
    return (await this.obtainOnce()).accessToken;
  }

  async adopt(pair: TokenPair): Promise<void> {
    const { settings, store } = this.parts;
    const before = await store.read();
    const own = settings.refreshToken === undefined ? [] : [sha256Hex(settings.refreshToken)];
    // The setting's token belongs to an older grant from now on.
    const fresh = this.grantFrom(pair, [...new Set([...(before?.seeds ?? []), ...own])]);
    this.rejected = before?.accessToken ?? null;
    this.saidMissing = false;
    for (let tries = 1; ; tries++) {
      // Each time anew: a refresh that was under way ends with a pair of its own.
      this.unsaved = fresh;
      this.failure = null;
      const stored = await this.obtainOnce().catch((error: unknown) => messageOf(error));
      if (typeof stored !== "string" && stored.refreshToken === fresh.refreshToken) return;
      if (tries === ADOPT_TRIES)
        throw temporary("zalo-grant-not-stored", typeof stored === "string" ? stored : "busy");
      await new Promise((resolve) => setTimeout(resolve, ADOPT_RETRY_MS));
    }
  }

  private isUsable(grant: Grant): boolean {
    // A seed that is about to be exchanged has no access token yet; another replica may read it at that moment.
    const isToken = grant.accessToken !== "" && grant.accessToken !== this.rejected;
    return isToken && this.parts.clock.now() < grant.expiresAt;
  }

  private isFresh(grant: Grant): boolean {
    const refreshAt = grant.issuedAt + (grant.expiresAt - grant.issuedAt) * REFRESH_AT_SHARE;
    return this.isUsable(grant) && this.parts.clock.now() < refreshAt;
  }

  private obtainOnce(): Promise<Grant> {
    this.inFlight ??= this.obtain().finally(() => {
      this.inFlight = null;
    });
    return this.inFlight;
  }

  private async obtain(): Promise<Grant> {
    const { clock, log } = this.parts;
    if (this.failure !== null && clock.now() < this.failure.until) {
      if (this.current !== null && this.isUsable(this.current)) return this.current;
      throw this.failure.error;
    }
    try {
      const grant = await this.refreshAlone();
      this.failure = null;
      return grant;
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === "zalo-refresh-busy";
      // The platform is spared, not our own database: what it could not take is tried again at once.
      const isOurs = this.unsaved !== null || isOutage(error);
      this.failure = isBusy || isOurs ? null : { until: clock.now() + PAUSE_MS, error };
      if (this.current === null || !this.isUsable(this.current)) throw error;
      log.warn("zalo token not refreshed, the present one is used on", { reason: messageOf(error) });
      return this.current;
    }
  }

  private async refreshAlone(): Promise<Grant> {
    const { settings, store, withLease } = this.parts;
    const result = await withLease(`zalo-token:${settings.oaId}`, LEASE_MS, () => this.refresh());
    if (result !== "busy") return result;
    this.current = await store.read();
    if (this.current !== null && this.isUsable(this.current)) return this.current;
    throw temporary("zalo-refresh-busy", "another replica is refreshing the token");
  }

  /** Under the lease: somebody else may have refreshed before us, so everything is read again. */
  private async refresh(): Promise<Grant> {
    const { client, store, clock, log, alarm } = this.parts;
    const stored =
      this.unsaved === null ? await this.withSeed(await store.read()) : await this.save(this.unsaved);
    this.current = stored;
    if (stored === null) {
      if (!this.saidMissing) alarm(grantMissing);
      this.saidMissing = true;
      throw broken("zalo-grant-missing", "no refresh token is known");
    }
    if (this.isFresh(stored)) return stored;
    if (stored.refusedAt !== null)
      throw broken("zalo-grant-refused", "the grant has to be renewed by a person");
    const reply = await client.refreshToken(stored.refreshToken);
    this.parts.onRefresh?.(reply.kind === "ok" || reply.kind === "refused" ? reply.kind : "failed");
    switch (reply.kind) {
      case "ok":
        this.current = await this.save(this.grantFrom(reply.value, stored.seeds));
        log.info("zalo token refreshed", { expiresAt: this.current.expiresAt });
        return this.current;
      case "refused":
        log.error("zalo refused to refresh the grant", { code: reply.code, name: reply.message });
        if (await store.markRefused(stored, clock.now())) alarm(grantRefused);
        throw broken("zalo-grant-refused", `refused with ${reply.code}`);
      case "not-sent":
      case "unclear":
        // When the answer was lost, the token is spent: the next try will be refused, and that is said aloud.
        throw temporary("zalo-refresh-failed", reply.reason);
    }
  }

  /** A refresh token given by setting is taken up once: at the very first start, or after a new grant. */
  private async withSeed(stored: Grant | null): Promise<Grant | null> {
    const seed = this.parts.settings.refreshToken;
    if (seed === undefined || stored?.seeds.includes(sha256Hex(seed)) === true) return stored;
    const seeds = [...(stored?.seeds ?? []), sha256Hex(seed)];
    const now = this.parts.clock.now();
    return this.save({
      accessToken: "",
      refreshToken: seed,
      issuedAt: now,
      expiresAt: now,
      seeds,
      refusedAt: null,
    });
  }

  private grantFrom(pair: TokenPair, seeds: string[]): Grant {
    const { accessToken, refreshToken, expiresInSeconds } = pair;
    const issuedAt = this.parts.clock.now();
    const lifeMs = expiresInSeconds === null ? DEFAULT_LIFE_MS : expiresInSeconds * SECOND_MS;
    return { accessToken, refreshToken, issuedAt, expiresAt: issuedAt + lifeMs, seeds, refusedAt: null };
  }

  /** Stored before anybody uses it. */
  private async save(grant: Grant): Promise<Grant> {
    this.unsaved = grant;
    await this.parts.store.save(grant, this.parts.clock.now());
    this.unsaved = null;
    return grant;
  }
}

export const createTokens = (parts: TokenParts): Tokens => new TokenKeeper(parts);
