/**
 * The periods of a line, computed from the campaign and the working calendar alone. A period has the ISO week
 * of its nominal due day as its id, whatever day its deadline is moved to.
 *
 * It opens on the first working day of that week, or two working days before the due day where that is
 * earlier: time enough to answer, and a gap after the deadline before in which the missed report is the only
 * one to act on. It never opens before the period before it is due.
 */
import { addDays, at, HOUR_MS, isoWeekOf, weekdayOf, type Day, type Instant } from "../core/clock";
import { broken } from "../core/errors";
import type { Campaign, Line } from "./campaign";
import { dueDayOf, openingDayOf, type FeederDue } from "./due-day";
import { unitsOwing } from "./roster";

export interface Period {
  readonly line: string;
  readonly id: string;
  readonly startsOn: Day;
  /** The nominal due day. */
  readonly endsOn: Day;
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly closesAt: Instant;
  /** How the due instant came about, in words. */
  readonly rule: string;
}

const DAYS_IN_WEEK = 7;

interface Computed {
  readonly units: Campaign["units"];
  readonly periods: ReadonlyMap<string, readonly Period[]>;
}

/** Of a campaign only the units ever change once it is loaded: until they do, its periods are computed once. */
const computed = new WeakMap<Campaign, Computed>();

/** All periods of every line, in order of time. */
export function allPeriods(campaign: Campaign): ReadonlyMap<string, readonly Period[]> {
  const { units } = campaign;
  const known = computed.get(campaign);
  if (known?.units === units) return known.periods;
  const periods = compute(campaign);
  computed.set(campaign, { units, periods });
  return periods;
}

/** The periods of one line, in order of time. */
export const periodsOf = (campaign: Campaign, lineId: string): readonly Period[] =>
  allPeriods(campaign).get(lineId) ?? [];

/** The period of the same line just before (-1) or after (1) this one. */
export function periodBeside(
  campaign: Campaign,
  lineId: string,
  periodId: string,
  by: -1 | 1,
): Period | undefined {
  const periods = periodsOf(campaign, lineId);
  const index = periods.findIndex(({ id }) => id === periodId);
  return index < 0 ? undefined : periods[index + by];
}

export function lineOf(campaign: Campaign, lineId: string): Line {
  const line = campaign.lines.find(({ id }) => id === lineId);
  if (line === undefined) throw broken("line-unknown", `the campaign has no line ${lineId}`);
  return line;
}

/** The lines whose receiver owes `line` a report: what they bring flows into it. */
export function feedersOf(campaign: Campaign, line: Line): readonly Line[] {
  const owing = new Set(unitsOwing(campaign, line).map(({ code }) => code));
  return campaign.lines.filter((other) => other !== line && owing.has(other.receiver));
}

function compute(campaign: Campaign): ReadonlyMap<string, readonly Period[]> {
  const done = new Map<string, readonly Period[]>();
  const visit = (line: Line): readonly Period[] => {
    const known = done.get(line.id);
    if (known !== undefined) return known;
    // Set first: lines that feed each other in a circle are refused by the loader and must not hang here.
    done.set(line.id, []);
    const feeders = feedersOf(campaign, line).flatMap((feeder) =>
      visit(feeder).map((period) => ({
        id: period.id,
        nominalAt: at(period.endsOn, feeder.dueTime),
        dueAt: period.dueAt,
      })),
    );
    const periods = periodsOfLine(campaign, line, feeders);
    done.set(line.id, periods);
    return periods;
  };
  campaign.lines.forEach(visit);
  return done;
}

function periodsOfLine(
  campaign: Campaign,
  line: Line,
  feeders: readonly (FeederDue & { readonly id: string })[],
): readonly Period[] {
  const periods: Period[] = [];
  let previous: Day | null = null;
  for (const nominal of nominalDays(line)) {
    const id = isoWeekOf(nominal);
    const due = dueDayOf(campaign, line, nominal, {
      previous,
      feeders: feeders.filter((feeder) => feeder.id === id),
    });
    const dueAt = at(due.day, line.dueTime);
    periods.push({
      line: line.id,
      id,
      startsOn: addDays(nominal, 1 - DAYS_IN_WEEK),
      endsOn: nominal,
      opensAt: at(
        openingDayOf(campaign, line, { nominal, due: due.day, previousDue: previous }),
        campaign.quietHours.to,
      ),
      dueAt,
      closesAt: dueAt + line.closesAfterHours * HOUR_MS,
      rule: due.rule,
    });
    previous = due.day;
  }
  return periods;
}

/** The days that the plan's weekday names between the line's first and last day. */
export function nominalDays(line: Pick<Line, "startsOn" | "endsOn" | "weekday">): readonly Day[] {
  const days: Day[] = [];
  const ahead = (line.weekday - weekdayOf(line.startsOn) + DAYS_IN_WEEK) % DAYS_IN_WEEK;
  for (let day = addDays(line.startsOn, ahead); day <= line.endsOn; day = addDays(day, DAYS_IN_WEEK))
    days.push(day);
  return days;
}
