/**
 * The days ahead played without sending: who would be told what, and when, if nobody answered. The same planner
 * as for real, asked at every instant at which it would be asked.
 */
import type { Instant } from "../core/clock";
import type { Campaign } from "./campaign";
import { afterQuiet, isQuiet, stepsOf } from "./reminder-steps";
import {
  planReminders,
  remembered,
  type LinkedPerson,
  type OwedReport,
  type RecordedStep,
  type Wave,
} from "./reminders";

export interface Ahead {
  readonly campaign: Campaign;
  /** The ledger's unfinished rows, and those that periods yet to open will bring. */
  readonly obligations: readonly OwedReport[];
  readonly people: readonly LinkedPerson[];
  readonly recorded: readonly RecordedStep[];
  /** Up to where everything due has been looked at. */
  readonly from: Instant;
  readonly to: Instant;
  /** What fell due since here waits for the end of the quiet hours; null when nothing does. */
  readonly held: Instant | null;
}

/** Every wave of reminders in the time ahead, each at the instant at which it would be told. */
export function rehearseReminders({ held, ...ahead }: Ahead): readonly Wave[] {
  const { campaign, obligations, from, to } = ahead;
  const recorded = [...ahead.recorded];
  const told: Wave[] = [];
  let since = held === null ? from : Math.min(held, from);
  for (const now of looksBetween(campaign, obligations, { from, to, held })) {
    const waves = planReminders({ ...ahead, recorded, from: since, to: now }, now);
    // What was held back is told now, whenever it fell due.
    told.push(...waves.map((wave) => ({ ...wave, at: now })));
    recorded.push(
      ...waves.flatMap(({ personId, at: plannedAt, steps }) =>
        steps.map(({ obligationId, step }) => ({ personId, obligationId, step, plannedAt })),
      ),
    );
    since = now;
  }
  return told;
}

function looksBetween(
  campaign: Campaign,
  obligations: readonly OwedReport[],
  { from, to, held }: Pick<Ahead, "from" | "to" | "held">,
): readonly Instant[] {
  const instants = new Set<Instant>();
  const noteSteps = remembered((owed) => {
    for (const { at } of stepsOf(campaign, owed)) if (at > from && at <= to) instants.add(at);
    return null;
  });
  obligations.forEach(noteSteps);
  const morning = afterQuiet(campaign.quietHours, from);
  if (held !== null && isQuiet(campaign.quietHours, from) && morning <= to) instants.add(morning);
  return [...instants].sort((a, b) => a - b);
}
