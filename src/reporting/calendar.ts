/** The Vietnamese working calendar: weekends, official days off, and Saturdays worked in exchange. */
import { addDays, weekdayOf, type Day } from "../core/clock";
import { broken } from "../core/errors";
import type { Campaign, Holiday, Line } from "./campaign";

const SATURDAY = 6;
/** The longest official break is under two weeks; a calendar without a working day for so long is a mistake in it. */
const MAX_DAYS_OFF = 60;

/** The days off and days worked that count for one line: the country's, and those of the office that receives it. */
export const holidaysOf = (
  { holidays }: Pick<Campaign, "holidays">,
  { daysOff }: Line,
): readonly Holiday[] =>
  daysOff.length === 0
    ? holidays
    : [...daysOff.map((own) => ({ ...own, kind: "off" as const, status: "official" as const })), ...holidays];

/** The official entry for a day; what is only computed or proposed never moves anything. */
export const officialOn = (holidays: readonly Holiday[], day: Day): Holiday | undefined =>
  holidays.find((holiday) => holiday.day === day && holiday.status === "official");

export function isWorkingDay(holidays: readonly Holiday[], day: Day): boolean {
  const official = officialOn(holidays, day);
  return official === undefined ? weekdayOf(day) < SATURDAY : official.kind === "work";
}

/** The first working day on or after `day`. */
export const nextWorkingDay = (holidays: readonly Holiday[], day: Day): Day => walk(holidays, day, 1);

/** The last working day before `day`. */
export const workingDayBefore = (holidays: readonly Holiday[], day: Day): Day =>
  walk(holidays, addDays(day, -1), -1);

function walk(holidays: readonly Holiday[], from: Day, step: 1 | -1): Day {
  let day = from;
  for (let i = 0; i < MAX_DAYS_OFF; i++) {
    if (isWorkingDay(holidays, day)) return day;
    day = addDays(day, step);
  }
  throw broken("calendar-endless", `no working day within ${MAX_DAYS_OFF} days of ${from}`);
}
