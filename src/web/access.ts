/** Who may call the API: holders of the one token. Guessing is slowed down by address; the right token never is. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { MINUTE_MS, SECOND_MS } from "../core/clock";
import { answerError } from "./errors";

/** Far more than a person mistypes, far too few to find a token by trying. */
export const WRONG_TOKENS_PER_MINUTE = 60;

/** Of one length whatever was sent, so that comparing takes one time. */
const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** 401 without the token, 429 after too many wrong ones from one address. */
export function createAccessCheck(token: string): RequestHandler {
  const expected = digestOf(token);
  const wrongTokens = new RateLimiterMemory({
    points: WRONG_TOKENS_PER_MINUTE,
    duration: MINUTE_MS / SECOND_MS,
  });

  return async (request, response, next) => {
    const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (given !== undefined && timingSafeEqual(digestOf(given), expected)) {
      next();
      return;
    }
    // A call without any token guesses nothing.
    const waitMs = given === undefined ? null : await waitAfter(wrongTokens, request.ip ?? "");
    if (waitMs === null) {
      response.setHeader("WWW-Authenticate", "Bearer");
      answerError(response, 401, "unauthorized");
    } else {
      response.setHeader("Retry-After", Math.ceil(waitMs / SECOND_MS));
      answerError(response, 429, "too-many-attempts");
    }
  };
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
