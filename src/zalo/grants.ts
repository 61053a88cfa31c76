/**
 * How the account's administrator grants the app: a consent link with PKCE and a state that works once, and the
 * exchange of what the platform sends back. The link may also have been made in the developer console; then the
 * verifier is a setting and the platform's answer carries no state of ours.
 */
import { createHash } from "node:crypto";
import { and, eq, like, lt } from "drizzle-orm";
import { z } from "zod";
import { MINUTE_MS, type Clock } from "../core/clock";
import { messageOf } from "../core/errors";
import { sha256Hex, type Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { Db } from "../store/database";
import { marks } from "../store/tables";
import type { ZaloClient } from "./client";
import { createSeal } from "./seal";
import type { ZaloSettings } from "./settings";
import type { Tokens } from "./tokens";

export interface GrantParts {
  readonly settings: ZaloSettings;
  readonly client: Pick<ZaloClient, "exchangeCode" | "account">;
  readonly tokens: Pick<Tokens, "adopt">;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Byte for byte as it is saved in the developer console. */
  readonly callbackUrl: string;
}

/** What the platform puts behind the callback's address. */
export interface GrantAnswer {
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly oaId: string | undefined;
}

export type GrantOutcome =
  | { readonly kind: "granted" }
  /** No code: the administrator said no, or somebody opened the address by hand. */
  | { readonly kind: "denied" }
  /** The link was not ours, was used before or is too old. */
  | { readonly kind: "stale-link" }
  | { readonly kind: "other-account" }
  | { readonly kind: "failed"; readonly reason: string };

export interface Grants {
  /** What has to be saved in the developer console, byte for byte. */
  readonly callbackUrl: string;
  /** A consent link that works once, for a short while. */
  begin(): Promise<string>;
  finish(answer: GrantAnswer): Promise<GrantOutcome>;
}

/** As long as the platform's code is good. */
const STATE_LIFE_MS = 10 * MINUTE_MS;
const STATE_CHARS = 26;
/** The platform takes verifiers of exactly this length. */
const VERIFIER_CHARS = 43;
const MARK = "zalo.grant:";
const PERMISSION_PATH = "/v4/oa/permission";

const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");
/** The state itself stands in addresses; the table holds only its hash. */
const markOf = (state: string): string => MARK + sha256Hex(state);

export function createGrants(parts: GrantParts): Grants {
  const { settings, client, tokens, db, clock, ids, log, callbackUrl } = parts;
  const seal = createSeal(settings.appSecret, settings.oaId);

  /** The verifier behind a state, which is used up by asking. */
  async function takeVerifier(state: string | undefined): Promise<string | null> {
    const [row] =
      state === undefined
        ? []
        : await db
            .delete(marks)
            .where(eq(marks.name, markOf(state)))
            .returning({ value: marks.value, at: marks.updatedAt });
    if (row === undefined) return settings.oauthVerifier ?? null;
    return clock.now() - row.at > STATE_LIFE_MS ? null : seal.open(z.string().parse(row.value));
  }

  return {
    callbackUrl,
    async begin() {
      const now = clock.now();
      const state = ids.secretCode(STATE_CHARS);
      const verifier = settings.oauthVerifier ?? ids.secretCode(VERIFIER_CHARS);
      await db
        .delete(marks)
        .where(and(like(marks.name, `${MARK}%`), lt(marks.updatedAt, now - STATE_LIFE_MS)));
      await db.insert(marks).values({ name: markOf(state), value: seal.close(verifier), updatedAt: now });
      const query = new URLSearchParams({
        app_id: settings.appId,
        redirect_uri: callbackUrl,
        code_challenge: challengeOf(verifier),
        state,
      });
      return `${settings.oauthUrl}${PERMISSION_PATH}?${query.toString()}`;
    },

    async finish({ code, state, oaId }) {
      const verifier = await takeVerifier(state);
      if (verifier === null) return { kind: "stale-link" };
      if (code === undefined) return { kind: "denied" };
      if (oaId !== undefined && oaId !== settings.oaId) return { kind: "other-account" };
      const reply = await client.exchangeCode(code, verifier);
      if (reply.kind !== "ok") {
        const reason = reply.kind === "refused" ? String(reply.code) : reply.reason;
        log.error("zalo did not exchange the code of a grant", { reason });
        return { kind: "failed", reason };
      }
      // The address is in anybody's hands; whose account it is, only the platform can say.
      const account = await client.account(reply.value.accessToken);
      const isOther =
        account.kind === "ok" && account.value.oaId !== null && account.value.oaId !== settings.oaId;
      if (isOther) return { kind: "other-account" };
      try {
        await tokens.adopt(reply.value);
      } catch (error) {
        log.error("a new grant could not be stored", { reason: messageOf(error) });
        return { kind: "failed", reason: "not-stored" };
      }
      log.info("the account granted the app");
      return { kind: "granted" };
    },
  };
}
