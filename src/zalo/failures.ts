/** From what a call came to, to what becomes of the message: later, never, when the person writes, unknown. */
import type { Alarm } from "../core/alarm";
import { addDays, at, dayOf, MINUTE_MS, SECOND_MS, type Clock } from "../core/clock";
import type { Ids } from "../core/ids";
import type { SendOutcome } from "../messaging/ports";
import type { Reply } from "./client";
import { knownError, type Family } from "./error-table";
import { QUOTA_TROUBLE, SETUP_TROUBLE, TOKEN_REJECTED } from "./wording.vi";

export type Failure = Exclude<Reply<never>, { kind: "ok" }>;

/** The platform's own advice for failures without a reason. */
const MAX_TEMPORARY_TRIES = 5;
const FIRST_PAUSE_MS = 5 * SECOND_MS;
const LONGEST_PAUSE_MS = 10 * MINUTE_MS;
/** Senders that were refused together do not come back in the same second. */
const RATE_JITTER_MS = 10 * SECOND_MS;
const MORNING_JITTER_MS = 15 * MINUTE_MS;
const NIGHT_ENDS = "06:00";
/** Quotas renew at midnight or later; nobody wants the message before the quiet hours end. */
const NEXT_DAY_AT = "07:00";
/** A grant has to be renewed by a person: asking more often changes nothing. */
const GRANT_PAUSE_MS = 30 * MINUTE_MS;

export interface Moment {
  readonly clock: Clock;
  readonly ids: Pick<Ids, "random">;
  /** How often this message has been tried, this time included. */
  readonly attempt: number;
}

/** Twice as long each time, never the same for two senders. */
export function backOffMs({ ids, attempt }: Pick<Moment, "ids" | "attempt">): number {
  const fullMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(fullMs * (0.5 + ids.random() / 2));
}

/** Until the next minute begins, when the call budget is new. */
export const untilNextMinuteMs = ({ clock, ids }: Pick<Moment, "clock" | "ids">): number =>
  MINUTE_MS - (clock.now() % MINUTE_MS) + Math.round(ids.random() * RATE_JITTER_MS);

function untilMs({ clock, ids }: Moment, time: string, earliestToday: boolean): number {
  const now = clock.now();
  const today = at(dayOf(now), time);
  const next = earliestToday && today > now ? today : at(addDays(dayOf(now), 1), time);
  return next - now + Math.round(ids.random() * MORNING_JITTER_MS);
}

/** What the platform answers where the account is not in the chat group it writes to. */
const NOT_IN_GROUP = -403;
export const isLostGroup = (reason: string): boolean => reason === reasonOf("oa", NOT_IN_GROUP);

/** `-230 NO_INTERACTION_7_DAYS`: what operators find at a message that was not sent. */
export const reasonOf = (family: Family, code: number): string => `${code} ${knownError(family, code).name}`;

function outcomeOfCode(family: Family, code: number, moment: Moment): SendOutcome {
  const reason = reasonOf(family, code);
  const { kind } = knownError(family, code);
  switch (kind) {
    case "rate":
      return { kind: "later", afterMs: untilNextMinuteMs(moment), reason };
    case "temporary":
      return moment.attempt < MAX_TEMPORARY_TRIES
        ? { kind: "later", afterMs: backOffMs(moment), reason }
        : { kind: "never", reason, scope: "message" };
    case "token":
      return { kind: "later", afterMs: GRANT_PAUSE_MS, reason };
    case "window":
    case "no-funds":
      return { kind: "lane-closed", reason };
    case "night":
      return { kind: "later", afterMs: untilMs(moment, NIGHT_ENDS, true), reason };
    case "next-day":
      return { kind: "later", afterMs: untilMs(moment, NEXT_DAY_AT, false), reason };
    case "person":
      return { kind: "never", reason, scope: "person" };
    case "request":
      return { kind: "never", reason, scope: "message" };
    case "setup":
      return { kind: "never", reason, scope: "account" };
    case "unknown":
      return { kind: "unknown", reason };
  }
}

/** What becomes of a message whose request failed. */
export function outcomeOf(failure: Failure, moment: Moment): SendOutcome {
  switch (failure.kind) {
    case "refused":
      return outcomeOfCode(failure.family, failure.code, moment);
    case "not-sent":
      return { kind: "later", afterMs: backOffMs(moment), reason: failure.reason };
    case "unclear":
      return { kind: "unknown", reason: failure.reason };
  }
}

/** What operators should hear about a failure; null for daily life. */
export function alarmOf(failure: Failure): Alarm | null {
  if (failure.kind !== "refused") return null;
  const { kind } = knownError(failure.family, failure.code);
  const code = String(failure.code);
  if (kind === "setup") return { cause: `zalo-setup${code}`, text: SETUP_TROUBLE(code) };
  if (kind === "no-funds" || kind === "next-day")
    return { cause: `zalo-quota${code}`, text: QUOTA_TROUBLE(code) };
  if (kind === "token") return { cause: `zalo-token${code}`, text: TOKEN_REJECTED };
  return null;
}

/** What becomes of a message while there is no valid grant: it waits for one. */
export const withoutGrant = (reason: string): SendOutcome => ({
  kind: "later",
  afterMs: GRANT_PAUSE_MS,
  reason,
  untried: true,
});
