/** When the reminders of one obligation fall due, and until when each of them still makes sense. */
import { addDays, at, dayOf, HOUR_MS, MINUTE_MS, minutesOfDay, type Instant } from "../core/clock";
import { holidaysOf, nextWorkingDay, workingDayBefore } from "./calendar";
import type { Campaign, ReminderStep } from "./campaign";
import { feedersOf, lineOf, periodBeside, periodsOf } from "./periods";

/** Mid-afternoon: late enough for the week's figures to be there, early enough to gather them today. */
const DAY_BEFORE_TIME = "15:00";
const HOURS_BEFORE_DUE = 2;
/** The first quiet moment of a working day, after the mail and before the meetings. */
const NEXT_MORNING_TIME = "08:00";
/** Of two reminders closer together than this, the later one says all. */
const MIN_GAP_MS = HOURS_BEFORE_DUE * HOUR_MS;

/** The instants of an obligation that its reminders hang on. */
export interface Owed {
  readonly line: string;
  readonly period: string;
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly closesAt: Instant;
}

export interface StepInstant {
  readonly step: ReminderStep;
  readonly at: Instant;
  readonly usefulUntil: Instant;
}

/** The reminders of one obligation in order of time, none of them in the quiet hours. */
export function stepsOf(campaign: Campaign, owed: Owed): readonly StepInstant[] {
  const steps = lineOf(campaign, owed.line)
    .reminders.map((step) => ({
      step,
      at: afterQuiet(campaign.quietHours, plannedAt(campaign, owed, step)),
      usefulUntil: usefulUntil(campaign, owed, step),
    }))
    .filter((step) => step.at >= owed.opensAt && step.at < step.usefulUntil)
    .sort((a, b) => a.at - b.at);
  return steps.filter((step, i) => {
    const next = steps[i + 1];
    return next === undefined || next.at - step.at >= MIN_GAP_MS;
  });
}

/**
 * Whether a reminder has to wait: an office reports what its own digest of the same period sums up, and the digest
 * brings the button to send it on. Before that there is nothing to remind it of.
 */
export function comesBeforeDigest(
  campaign: Campaign,
  { line, period, unitCode, dueAt }: Owed & { readonly unitCode: string },
  instant: Instant,
): boolean {
  if (instant >= dueAt || !campaign.lines.some(({ receiver }) => receiver === unitCode)) return false;
  return feedersOf(campaign, lineOf(campaign, line))
    .filter(({ receiver }) => receiver === unitCode)
    .some((feeder) =>
      periodsOf(campaign, feeder.id).some((below) => below.id === period && instant <= below.dueAt),
    );
}

function plannedAt(campaign: Campaign, owed: Owed, step: ReminderStep): Instant {
  const dueDay = dayOf(owed.dueAt);
  const holidays = holidaysOf(campaign, lineOf(campaign, owed.line));
  switch (step) {
    case "opening":
      return owed.opensAt;
    case "day-before":
      return at(workingDayBefore(holidays, dueDay), DAY_BEFORE_TIME);
    case "two-hours":
      return owed.dueAt - HOURS_BEFORE_DUE * HOUR_MS;
    case "due":
      return owed.dueAt;
    case "next-morning":
      return at(nextWorkingDay(holidays, addDays(dueDay, 1)), NEXT_MORNING_TIME);
  }
}

function usefulUntil(campaign: Campaign, owed: Owed, step: ReminderStep): Instant {
  if (step !== "due" && step !== "next-morning") return owed.dueAt;
  const nextOpensAt = periodBeside(campaign, owed.line, owed.period, 1)?.opensAt;
  // Once the next period is open, that is the report to speak of; a deadline moved past it is a case of its own.
  return nextOpensAt !== undefined && nextOpensAt > owed.dueAt
    ? Math.min(nextOpensAt, owed.closesAt)
    : owed.closesAt;
}

type QuietHours = Campaign["quietHours"];

const minutesOf = (time: string): number =>
  Number(time.slice(0, 2)) * (HOUR_MS / MINUTE_MS) + Number(time.slice(3));

/** Whether people are left in peace at this instant. The hours may reach over midnight. */
export function isQuiet({ from, to }: QuietHours, instant: Instant): boolean {
  const minute = minutesOfDay(instant);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** The instant itself, or the end of the quiet hours it lies in. */
export function afterQuiet(quietHours: QuietHours, instant: Instant): Instant {
  if (!isQuiet(quietHours, instant)) return instant;
  const today = dayOf(instant);
  const end = at(today, quietHours.to);
  return end > instant ? end : at(addDays(today, 1), quietHours.to);
}
