/**
 * Who is reminded of what, and when: planned from the ledger alone. Whoever has finished is left alone; what
 * falls to one person in one minute is one message; a day has a ceiling, and so has a week.
 */
import { dayOf, isoWeekOf, MINUTE_MS, type Instant } from "../core/clock";
import type { Campaign, ReminderStep } from "./campaign";
import { comesBeforeDigest, stepsOf, type Owed } from "./reminder-steps";

export interface OwedReport extends Owed {
  readonly id: string;
  readonly unitCode: string;
  /** Handed in, nil or exempt: nobody is reminded. */
  readonly finished: boolean;
  /** Who has begun it; null while nobody has. */
  readonly drafter: string | null;
}

/** Somebody who can act for a unit and can be written to. */
export interface LinkedPerson {
  readonly personId: string;
  readonly unitCode: string;
  readonly linkedAt: Instant;
  /** From when on no longer; absent where no end is known. */
  readonly until?: Instant | null;
  /** Null where nobody said: as head. */
  readonly post?: "head" | "deputy" | "acting" | null;
}

export interface RecordedStep {
  readonly personId: string;
  readonly obligationId: string;
  readonly step: string;
  readonly plannedAt: Instant;
}

export interface ReminderPlanInput {
  readonly campaign: Campaign;
  readonly obligations: readonly OwedReport[];
  readonly people: readonly LinkedPerson[];
  /** What was recorded before, at least since the beginning of the week of `from`. */
  readonly recorded: readonly RecordedStep[];
  /** Reminders that fall due after `from`, up to and including `to`. */
  readonly from: Instant;
  readonly to: Instant;
}

export interface WaveStep {
  readonly obligationId: string;
  readonly step: ReminderStep;
  readonly usefulUntil: Instant;
}

/** What one person is told at one moment. */
export interface Wave {
  readonly personId: string;
  readonly at: Instant;
  readonly steps: readonly WaveStep[];
}

/** Steps that go to everybody who leads the unit; those between only to the one who usually reports. */
const FOR_ALL_LEADING: ReadonlySet<ReminderStep> = new Set(["opening", "due", "next-morning"]);
/** A deputy hears only once the due instant has passed without a report. */
const FOR_DEPUTIES: ReadonlySet<ReminderStep> = new Set(["due", "next-morning"]);

/**
 * What to send at `now` for all that fell due in a stretch of time: after a stop that is only what still makes
 * sense, once; never more in a day or a week than the ceilings allow.
 */
export const planReminders = (input: ReminderPlanInput, now: Instant): readonly Wave[] =>
  underCeilings(stillUseful(wavesBetween(input), now), input.recorded, input.campaign);

/** Every wave that falls due in a stretch of time, in order; cut the stretch anywhere and they are the same. */
export function wavesBetween({
  campaign,
  obligations,
  people,
  recorded,
  from,
  to,
}: ReminderPlanInput): readonly Wave[] {
  const before = new Set(
    recorded.map(({ personId, obligationId, step }) => `${personId} ${obligationId} ${step}`),
  );
  const teams = teamsOf(people);
  const stepsBetween = remembered((owed) =>
    stepsOf(campaign, owed).filter(({ at }) => at > from && at <= to),
  );
  const waves = new Map<string, { personId: string; at: Instant; steps: WaveStep[] }>();
  for (const owed of obligations) {
    const team = teams.get(owed.unitCode) ?? [];
    if (owed.finished || team.length === 0) continue;
    for (const { step, at, usefulUntil } of stepsBetween(owed)) {
      if (comesBeforeDigest(campaign, owed, at)) continue;
      for (const personId of recipientsOf(team, owed, step, at)) {
        if (before.has(`${personId} ${owed.id} ${step}`)) continue;
        const key = `${personId} ${minuteOf(at)}`;
        const wave = waves.get(key) ?? { personId, at: minuteOf(at), steps: [] };
        wave.steps.push({ obligationId: owed.id, step, usefulUntil });
        waves.set(key, wave);
      }
    }
  }
  return [...waves.values()].sort((a, b) => a.at - b.at || (a.personId < b.personId ? -1 : 1));
}

/** Nearly all obligations of a period have the same instants: what follows from them is worked out once. */
export function remembered<T>(work: (owed: Owed) => T): (owed: Owed) => T {
  const known = new Map<string, T>();
  return (owed) => {
    const key = `${owed.line} ${owed.period} ${owed.opensAt} ${owed.dueAt} ${owed.closesAt}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = work(owed);
    known.set(key, result);
    return result;
  };
}

const minuteOf = (instant: Instant): Instant => instant - (instant % MINUTE_MS);

/** Who stands in for the head comes before the head, and a deputy after. */
const rankOf = ({ post }: LinkedPerson): number => (post === "acting" ? 0 : post === "deputy" ? 2 : 1);

/** Who can act for each unit, whoever usually reports first: by post, then the longest-standing. */
function teamsOf(people: readonly LinkedPerson[]): ReadonlyMap<string, readonly LinkedPerson[]> {
  const teams = new Map<string, LinkedPerson[]>();
  const sorted = people.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || a.linkedAt - b.linkedAt || (a.personId < b.personId ? -1 : 1),
  );
  for (const person of sorted) {
    const team = teams.get(person.unitCode) ?? [];
    // Somebody may be linked to a unit in two roles.
    if (!team.some(({ personId }) => personId === person.personId)) team.push(person);
    teams.set(person.unitCode, team);
  }
  return teams;
}

function recipientsOf(
  team: readonly LinkedPerson[],
  owed: OwedReport,
  step: ReminderStep,
  at: Instant,
): readonly string[] {
  // Somebody who joined after the moment of a reminder has not missed it.
  const there = team.filter(({ linkedAt, until }) => linkedAt < at && at < (until ?? Infinity));
  const leading = there.filter(({ post }) => post !== "deputy");
  // A unit of deputies alone has nobody else to ask before the due instant.
  const asked = FOR_DEPUTIES.has(step) || leading.length === 0 ? there : leading;
  if (FOR_ALL_LEADING.has(step)) return asked.map(({ personId }) => personId);
  const main = there.find(({ personId }) => personId === owed.drafter) ?? asked[0];
  return main === undefined ? [] : [main.personId];
}

/** Leaves out what would come on top of a full day or a full week. */
function underCeilings(
  waves: readonly Wave[],
  recorded: readonly RecordedStep[],
  { maxWavesPerDay, maxWavesPerWeek }: Campaign,
): readonly Wave[] {
  const counted = new Map<string, Set<Instant>>();
  const momentsOf = (personId: string, span: string) => {
    const key = `${personId} ${span}`;
    const moments = counted.get(key) ?? new Set();
    counted.set(key, moments);
    return moments;
  };
  const spansOf = (personId: string, at: Instant) => {
    const day = dayOf(at);
    return { day: momentsOf(personId, day), week: momentsOf(personId, isoWeekOf(day)) };
  };
  const count = (personId: string, at: Instant) => {
    const { day, week } = spansOf(personId, at);
    day.add(minuteOf(at));
    week.add(minuteOf(at));
  };
  for (const { personId, plannedAt } of recorded) count(personId, plannedAt);
  return waves.filter(({ personId, at }) => {
    const { day, week } = spansOf(personId, at);
    if (day.has(minuteOf(at))) return true;
    if (day.size >= maxWavesPerDay || week.size >= maxWavesPerWeek) return false;
    count(personId, at);
    return true;
  });
}

/** Of each obligation the newest step alone, if it is not out of date; all for one person in one wave. */
function stillUseful(waves: readonly Wave[], now: Instant): readonly Wave[] {
  const people = new Map<string, { at: Instant; steps: Map<string, WaveStep> }>();
  for (const { personId, at, steps } of waves) {
    const useful = steps.filter(({ usefulUntil }) => now < usefulUntil);
    if (useful.length === 0) continue;
    const person = people.get(personId) ?? { at, steps: new Map<string, WaveStep>() };
    person.at = Math.max(person.at, at);
    for (const step of useful) person.steps.set(step.obligationId, step);
    people.set(personId, person);
  }
  return [...people].map(([personId, { at, steps }]) => ({ personId, at, steps: [...steps.values()] }));
}
