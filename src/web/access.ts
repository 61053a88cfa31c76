/** Who may call the API: holders of the one token. Strangers are slowed down by address; the right token never is. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { MINUTE_MS, SECOND_MS } from "../core/clock";
import { answerError } from "./errors";
import type { ErrorCode } from "./wording.vi";

/** Far more than a person mistypes, far too few to find a token by trying. */
export const WRONG_TOKENS_PER_MINUTE = 60;

/** Pages are opened by hand: a whole office behind one address stays far below. */
export const PAGES_PER_MINUTE = 300;

/** Of one length whatever was sent, so that comparing takes one time. */
const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

export type Verdict =
  | { readonly kind: "right" | "wrong" }
  /** Too many wrong ones from this address. */
  | { readonly kind: "wait"; readonly waitMs: number };

export type TokenCheck = (given: string | undefined, address: string) => Promise<Verdict>;

/** Judges tokens; all who ask it share one count of wrong ones. */
export function createTokenCheck(token: string): TokenCheck {
  const expected = digestOf(token);
  const wrongTokens = new RateLimiterMemory({
    points: WRONG_TOKENS_PER_MINUTE,
    duration: MINUTE_MS / SECOND_MS,
  });
  return async (given, address) => {
    if (given !== undefined && timingSafeEqual(digestOf(given), expected)) return { kind: "right" };
    // A call without any token guesses nothing.
    const waitMs = given === undefined ? null : await waitAfter(wrongTokens, address);
    return waitMs === null ? { kind: "wrong" } : { kind: "wait", waitMs };
  };
}

/** The token that came in the header; undefined when there is none. */
export const bearerOf = (request: Request): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];

/** 401 without the token, 429 after too many wrong ones from one address. */
export const createAccessCheck =
  (check: TokenCheck): RequestHandler =>
  async (request, response, next) => {
    const verdict = await check(bearerOf(request), request.ip ?? "");
    switch (verdict.kind) {
      case "right":
        next();
        return;
      case "wrong":
        response.setHeader("WWW-Authenticate", "Bearer");
        answerError(response, 401, "unauthorized");
        return;
      case "wait":
        answerTooMany(response, verdict.waitMs, "too-many-attempts");
    }
  };

/** 429 for an address that opens more pages than anybody does by hand; all who ask it share one count. */
export function createPageLimit(): RequestHandler {
  const pages = new RateLimiterMemory({ points: PAGES_PER_MINUTE, duration: MINUTE_MS / SECOND_MS });
  return async (request, response, next) => {
    const waitMs = await waitAfter(pages, request.ip ?? "");
    if (waitMs === null) next();
    else answerTooMany(response, waitMs, "too-many-requests");
  };
}

function answerTooMany(response: Response, waitMs: number, code: ErrorCode): void {
  response.setHeader("Retry-After", Math.ceil(waitMs / SECOND_MS));
  answerError(response, 429, code);
}

/** How long this address has to wait, null while it may try on. */
async function waitAfter(limiter: RateLimiterMemory, address: string): Promise<number | null> {
  try {
    await limiter.consume(address);
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
    throw refusal;
  }
}
