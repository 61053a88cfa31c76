/** Until when a report may be put off: a few weekdays, at the hour at which it was due. */
import { addDays, at, dayOf, minutesOfDay, weekdayOf, type Day, type Instant } from "../../src/core/clock";
import type { ReportView } from "../../src/conversation/context";
import type { View } from "../../src/conversation/flow";

const SATURDAY = 6;
const MINUTES_PER_HOUR = 60;

function timeOf(instant: Instant): string {
  const minutes = minutesOfDay(instant);
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${twoDigits(Math.floor(minutes / MINUTES_PER_HOUR))}:${twoDigits(minutes % MINUTES_PER_HOUR)}`;
}

/** The next weekdays after the due day (or today, once that is over), as many as the campaign allows. */
export function offeredDays({ dueAt, closesAt }: ReportView, { context, now }: View): Instant[] {
  const offered: Instant[] = [];
  const dueDay = dayOf(dueAt);
  let day = dueDay;
  for (let weekdays = 0; weekdays < context.campaign.extensionMaxDays;) {
    day = addDays(day, 1);
    if (weekdayOf(day) >= SATURDAY) continue;
    weekdays++;
    offered.push(at(day, timeOf(dueAt)));
  }
  return offered.filter((until) => until > now && until <= closesAt);
}

/** A day as typed: `5/12`, `05/12/2025`, `ngày 5-12`; null when the text holds none. */
export function typedDay(text: string, near: Instant): Day | null {
  const match = /(?:^|\D)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?(?!\d)/.exec(text);
  if (match === null) return null;
  const [day, month] = [(match[1] ?? "").padStart(2, "0"), (match[2] ?? "").padStart(2, "0")];
  const years =
    match[3] === undefined
      ? [dayOf(near).slice(0, 4), String(Number(dayOf(near).slice(0, 4)) + 1)]
      : [match[3]];
  const candidates = years.map((year) => `${year}-${month}-${day}`).filter(isDay);
  // In the last days of December "2/1" is next year's.
  return candidates.find((candidate) => candidate >= dayOf(near)) ?? candidates[0] ?? null;
}

/** The 31st of February is counted on into March. */
const isDay = (day: Day): boolean =>
  Number(day.slice(5, 7)) >= 1 && Number(day.slice(5, 7)) <= 12 && addDays(day, 0) === day;

/** The instant a typed day stands for, where it lies between the due day and the last day offered. */
export function typedUntil(text: string, report: ReportView, offered: readonly Instant[]): Instant | null {
  const day = typedDay(text, report.dueAt);
  const last = offered.at(-1);
  if (day === null || last === undefined) return null;
  const until = at(day, timeOf(report.dueAt));
  return until >= (offered[0] ?? last) && until <= last ? until : null;
}
