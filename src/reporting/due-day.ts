/** On which day a report is due, and on which day it may be begun. */
import { addDays, at, weekdayOf, type Day, type Instant } from "../core/clock";
import { holidaysOf, nextWorkingDay, officialOn, workingDayBefore } from "./calendar";
import type { Campaign, Line } from "./campaign";
import { ruleWording } from "./period-rule.vi";

/** A line that flows into this one, in the same week. */
export interface FeederDue {
  readonly nominalAt: Instant;
  readonly dueAt: Instant;
}

/** What a due day must come after. */
export interface After {
  /** The due day of the line's own period before; null for the first. */
  readonly previous: Day | null;
  readonly feeders: readonly FeederDue[];
}

/**
 * A due day off moves to the next working day. Where that puts two deadlines on one instant that were apart in
 * the plan (two periods of the line, or the line and one that flows into it), the later one moves on: nobody
 * can pass on a digest at the instant at which it is made.
 */
export function dueDayOf(
  campaign: Campaign,
  line: Line,
  nominal: Day,
  after: After,
): { readonly day: Day; readonly rule: string } {
  const holidays = holidaysOf(campaign, line);
  const phase = phaseOf(campaign, line, nominal);
  const rules = [
    ruleWording.weekly(line.weekday, line.dueTime, line.source),
    ...(phase === null ? [] : [ruleWording.phase(phase)]),
  ];
  if (line.onHoliday === "keep") return { day: nominal, rule: rules.join(" ") };
  let day = nextWorkingDay(holidays, nominal);
  if (day !== nominal)
    rules.push(ruleWording.dayOff(nominal, officialOn(holidays, nominal)?.name ?? null, day));
  if (after.previous !== null && day <= after.previous) {
    day = nextWorkingDay(holidays, addDays(after.previous, 1));
    rules.push(ruleWording.afterPrevious(day));
  }
  const nominalAt = at(nominal, line.dueTime);
  const fed = Math.max(0, ...after.feeders.filter((f) => f.nominalAt < nominalAt).map((f) => f.dueAt));
  if (at(day, line.dueTime) <= fed) {
    while (at(day, line.dueTime) <= fed) day = nextWorkingDay(holidays, addDays(day, 1));
    rules.push(ruleWording.afterFeeder(day));
  }
  return { day, rule: rules.join(" ") };
}

/** The phase of the plan that a day lies in: the line's own plan first; of two that share a day the later one. */
export const phaseOf = (campaign: Campaign, line: Line, day: Day): string | null =>
  (line.phases.length > 0 ? line.phases : campaign.phases).findLast(
    ({ startsOn, endsOn }) => startsOn <= day && day <= endsOn,
  )?.name ?? null;

/** The due day of a period, and what its opening has to do with. */
export interface OpeningBounds {
  readonly nominal: Day;
  readonly due: Day;
  readonly previousDue: Day | null;
}

/** The week's first working day or two working days before the due day, but after the due day before. */
export function openingDayOf(
  campaign: Campaign,
  line: Line,
  { nominal, due, previousDue }: OpeningBounds,
): Day {
  const holidays = holidaysOf(campaign, line);
  const monday = nextWorkingDay(holidays, addDays(nominal, 1 - weekdayOf(nominal)));
  const twoBefore = workingDayBefore(holidays, workingDayBefore(holidays, due));
  const wanted = monday < twoBefore ? monday : twoBefore;
  const notBefore =
    previousDue === null ? campaign.startsOn : nextWorkingDay(holidays, addDays(previousDue, 1));
  const opening = wanted < notBefore ? notBefore : wanted;
  return opening < due ? opening : due;
}
