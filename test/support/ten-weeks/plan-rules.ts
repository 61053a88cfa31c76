/** The plan's own rules, read from its words and not from the program: who owes what, and by when. */
import { addDays, at, isoWeekOf, weekdayOf, type Day, type Instant } from "../../../src/core/clock";
import type { Campaign, Line } from "../../../src/reporting/campaign";

export interface Owed {
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

export const keyOf = ({ line, period, unitCode }: Owed): string => `${line} ${period} ${unitCode}`;

export interface Deadline {
  readonly period: string;
  /** The day that the plan names. */
  readonly day: Day;
  readonly dueAt: Instant;
}

/** Deadlines that the days off around the new year move. */
const MOVED: Readonly<Record<string, Day>> = {
  "thanh-pho 2026-W01": "2026-01-05",
  "ubnd-tp 2026-W01": "2026-01-06",
};
const DUE_TIME = "17:00";

const computed = new WeakMap<Line, readonly Deadline[]>();

/** Every deadline of a line, in order of time. */
export function deadlinesOf(campaign: Campaign, lineId: string): readonly Deadline[] {
  const line = campaign.lines.find(({ id }) => id === lineId);
  if (line === undefined) return [];
  const known = computed.get(line);
  if (known !== undefined) return known;
  const deadlines: Deadline[] = [];
  computed.set(line, deadlines);
  for (let day = line.startsOn; day <= line.endsOn; day = addDays(day, 1)) {
    if (weekdayOf(day) !== line.weekday) continue;
    const period = isoWeekOf(day);
    deadlines.push({ period, day, dueAt: at(MOVED[`${lineId} ${period}`] ?? day, DUE_TIME) });
  }
  return deadlines;
}

/** The units of a line that exist on a day. */
export function owing(campaign: Campaign, lineId: string, day: Day): readonly string[] {
  const reporters = campaign.lines.find(({ id }) => id === lineId)?.reporters;
  if (reporters === undefined) return [];
  return campaign.units
    .filter(({ code, group }) => reporters.groups.includes(group) || reporters.units.includes(code))
    .filter(({ code }) => !reporters.except.includes(code))
    .filter(({ validFrom, validTo }) => (validFrom ?? day) <= day && day <= (validTo ?? day))
    .map(({ code }) => code);
}
