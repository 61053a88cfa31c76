/**
 * The one source of time. Instants are milliseconds since the epoch (`Instant`); days are `YYYY-MM-DD`
 * strings as they are counted in Hà Nội. Nothing else in the program asks the machine what time it is.
 */
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc";
import timezone from "dayjs/plugin/timezone";
import isoWeek from "dayjs/plugin/isoWeek";

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(isoWeek);

export const TIME_ZONE = "Asia/Ho_Chi_Minh";
/** Việt Nam has had one offset, without summer time, since 1975; the fixed offset keeps conversions cheap. */
const OFFSET_MINUTES = 7 * 60;
const OFFSET_TEXT = "+07:00";

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type Instant = number;
/** `YYYY-MM-DD` in Hà Nội. */
export type Day = string;

export interface Clock {
  now(): Instant;
}

export interface MovableClock extends Clock {
  /** Moves forward to `instant`; a time in the past is ignored, so time never runs backwards. */
  moveTo(instant: Instant): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that starts at `start` and then runs at real speed. */
export function startingAt(start: Instant | "now"): MovableClock {
  let offsetMs = start === "now" ? 0 : start - Date.now();
  return {
    now: () => Date.now() + offsetMs,
    moveTo(instant) {
      offsetMs = Math.max(offsetMs, instant - Date.now());
    },
  };
}

/** A clock that stands still until it is moved; for tests. */
export function frozenAt(start: Instant): MovableClock {
  let now = start;
  return {
    now: () => now,
    moveTo(instant) {
      now = Math.max(now, instant);
    },
  };
}

const local = (instant: Instant) => dayjs(instant).utcOffset(OFFSET_MINUTES);

export const dayOf = (instant: Instant): Day => local(instant).format("YYYY-MM-DD");

/** The instant at which the clock in Hà Nội shows `time` (`HH:mm`) on `day`. */
export const at = (day: Day, time: string): Instant => dayjs(`${day}T${time}:00${OFFSET_TEXT}`).valueOf();

export const addDays = (day: Day, days: number): Day => dayjs.utc(day).add(days, "day").format("YYYY-MM-DD");

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: Day): number => dayjs.utc(day).isoWeekday();

/** ISO week of a day, such as `2025-W49`; the year is the ISO week's own. */
export function isoWeekOf(day: Day): string {
  const date = dayjs.utc(day);
  const thursday = date.add(4 - date.isoWeekday(), "day");
  return `${thursday.format("YYYY")}-W${String(date.isoWeek()).padStart(2, "0")}`;
}

export const minutesOfDay = (instant: Instant): number =>
  local(instant).hour() * 60 + local(instant).minute();

/** ISO 8601 with offset, for the API and stored documents: `2025-12-03T17:00:00+07:00`. */
export const toIso = (instant: Instant): string => local(instant).format("YYYY-MM-DDTHH:mm:ssZ");

/** Reads an ISO 8601 instant with an offset; null when it is none. */
export function fromIso(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  // The 31st of February is counted on into March by the parser.
  if (addDays(text.slice(0, 10), 0) !== text.slice(0, 10)) return null;
  const value = dayjs(text).valueOf();
  return Number.isNaN(value) ? null : value;
}

const WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"] as const;

/** `thứ Tư` … for a weekday 1–7. */
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? "";

/** `17:00 thứ Tư 03/12/2025`. */
export const spokenInstant = (instant: Instant): string =>
  `${local(instant).format("HH:mm")} ${weekdayName(local(instant).isoWeekday())} ${local(instant).format("DD/MM/YYYY")}`;

/** `17:00 ngày 03/12/2025`. */
export const shortInstant = (instant: Instant): string => local(instant).format("HH:mm [ngày] DD/MM/YYYY");

/** `03/12/2025`. */
export const spokenDay = (day: Day): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** For libraries that take nothing else. */
export const asDate = (instant: Instant): Date => new Date(instant);
