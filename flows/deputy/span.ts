/** For which days somebody reports in the unit's name, as people type it. */
import { addDays, at, dayOf, type Day, type Instant } from "../../src/core/clock";
import { fold } from "../../src/core/text";
import { typedDay } from "../extension/days";

export interface Span {
  readonly from: Day;
  /** Null: until it is ended. */
  readonly to: Day | null;
}

/** A long leave; whoever stays longer is a deputy, without a last day. */
export const MAX_DAYS = 120;

/** The span of a text: `5/12 đến 20/12`, `từ 05/12 - 20/12/2025`, or one day up to which; null when it holds none. */
export function typedSpan(text: string, now: Instant): Span | null {
  const today = dayOf(now);
  const parts = fold(text)
    .split(/\s+-\s+|[\u2013\u2014]|\b(?:den|toi)\b/)
    .filter((part) => /\d/.test(part));
  const first = typedDay(parts[0] ?? "", now);
  if (first === null || parts.length > 2) return null;
  const to = parts.length === 1 ? first : typedDay(parts[1] ?? "", at(first, "00:00"));
  const from = parts.length === 1 ? today : first;
  // A day that is over this year is read as next year's, and nobody plans that far ahead.
  const isFar = from > addDays(today, MAX_DAYS);
  if (to === null || from < today || isFar || to < from || to > addDays(from, MAX_DAYS)) return null;
  return { from, to };
}
