/** Wrong codes are counted, wherever they are said. */
import { HOUR_MS, type Instant } from "../../src/core/clock";
import type { PersonView } from "../../src/conversation/context";
import type { EffectOf } from "../../src/conversation/effects";

/** So many guesses, then a pause: hopeless against 2^40 codes, bearable for somebody with a bad photocopy. */
export const MAX_TRIES = 5;
const BLOCK_MS = HOUR_MS;

export function failedTry(
  { linkTries, linkBlockedUntil }: Pick<PersonView, "linkTries" | "linkBlockedUntil">,
  now: Instant,
): EffectOf<"link-failed"> {
  // A pause that is over begins the count anew.
  const tries = (linkBlockedUntil === null ? linkTries : 0) + 1;
  return { type: "link-failed", tries, blockedUntil: tries >= MAX_TRIES ? now + BLOCK_MS : null };
}
