/**
 * Tokens of the pretend platform: refresh tokens work once, a new access token voids the old one. Each token
 * carries its number and its own proof, so a program that kept its tokens finds them valid after a restart.
 */
import { createHash, createHmac } from "node:crypto";
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Clock, type Instant } from "../core/clock";

const LIFE_MS = 25 * HOUR_MS;
const PROOF_CHARS = 24;
const CODE_LIFE_MS = 10 * MINUTE_MS;

const TOKEN_INVALID = -216;
const TOKEN_EXPIRED = -220;
const REFRESH_REJECTED = -14014;
/** No source tells the number for a code that is spent; this one is listed without a meaning. */
const CODE_REJECTED = -14012;

const seal = (secret: string, parts: readonly string[]): string => {
  const proof = createHmac("sha256", secret)
    .update(parts.join("."))
    .digest("base64url")
    .slice(0, PROOF_CHARS);
  return [...parts, proof].join(".");
};

/** The number a token carries, when it is one of ours of this kind. */
function numberOf(secret: string, kind: string, token: string): { number: number; issuedAt: number } | null {
  const parts = token.split(".");
  const [tokenKind, number, issuedAt] = parts;
  if (tokenKind !== kind || seal(secret, parts.slice(0, -1)) !== token) return null;
  return { number: Number(number), issuedAt: Number(issuedAt) };
}

/** What an administrator would paste as the first refresh token. */
export const firstRefreshToken = (appSecret: string): string => seal(appSecret, ["refresh", "0", "0"]);

export class PretendTokens {
  /** The newest pair that is known of. */
  private newest = 0;
  /** Access tokens with a smaller number are void. */
  private validFrom = 0;
  private readonly codes = new Map<string, { readonly challenge: string; readonly at: Instant }>();

  constructor(
    private readonly appSecret: string,
    private readonly clock: Clock,
  ) {}

  /** 0, or the code with which this access token is refused. */
  check(accessToken: string): number {
    const token = numberOf(this.appSecret, "access", accessToken);
    if (token === null) return TOKEN_INVALID;
    if (token.number < this.validFrom || this.clock.now() >= token.issuedAt + LIFE_MS) return TOKEN_EXPIRED;
    this.newest = Math.max(this.newest, token.number);
    this.validFrom = this.newest;
    return 0;
  }

  /** A new pair as the token endpoint answers it, or its flat error. */
  refresh(refreshToken: string): Record<string, unknown> {
    const token = numberOf(this.appSecret, "refresh", refreshToken);
    if (token === null || token.number < this.newest) {
      return { error: REFRESH_REJECTED, error_name: "Invalid refresh token", error_reason: "", ref_doc: "" };
    }
    return this.newPair(token.number + 1);
  }

  /** What the administrator's browser brings back after the consent. */
  newCode(challenge: string): string {
    const code = `code-${this.codes.size + 1}-${challenge.slice(0, 8)}`;
    this.codes.set(code, { challenge, at: this.clock.now() });
    return code;
  }

  /** The first pair of a grant; a code works once, for ten minutes, for whoever knows the verifier. */
  exchange(code: string, verifier: string): Record<string, unknown> {
    const known = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (known === undefined || known.challenge !== challenge || this.clock.now() > known.at + CODE_LIFE_MS) {
      return { error: CODE_REJECTED, error_name: "Invalid code", error_reason: "", ref_doc: "" };
    }
    return this.newPair(this.newest + 1);
  }

  private newPair(number: number): Record<string, unknown> {
    this.newest = number;
    this.validFrom = this.newest;
    const parts = [String(this.newest), String(this.clock.now())];
    return {
      access_token: seal(this.appSecret, ["access", ...parts]),
      refresh_token: seal(this.appSecret, ["refresh", ...parts]),
      expires_in: String(LIFE_MS / SECOND_MS),
    };
  }

  /** The access token in use is no longer taken, as if another program had refreshed. */
  voidAccess(): void {
    this.validFrom = this.newest + 1;
  }
}
