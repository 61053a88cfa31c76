/** Reminders put on record: each (person, obligation, step) once for ever, then told through the caller's inbox. */
import { and, gte, inArray, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { addDays, at, dayOf, weekdayOf, type Day, type Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { reminderSteps } from "../store/tables";
import { asRecords, anyOf } from "../store/lists";
import type { Campaign } from "./campaign";
import { groupBy } from "./group-by";
import {
  heldSince,
  holdAsked,
  holdSince,
  releaseHeld,
  takeAsked,
  type AskedReminder,
} from "./held-reminders";
import { markNobodyThere, type Reachable } from "./reached";
import { isQuiet, stepsOf } from "./reminder-steps";
import {
  planReminders,
  remembered,
  type LinkedPerson,
  type OwedReport,
  type RecordedStep,
} from "./reminders";

/** One person's reminder, ready for their inbox. */
export interface ReminderNews {
  readonly personId: string;
  /** The same reminder always has the same key. */
  readonly key: string;
  readonly news: {
    readonly kind: "reminder";
    readonly steps: { readonly obligationId: string; readonly step: string }[];
  };
}

export { markReached, obligationsReminded, type DeliveryResult } from "./reached";

export type PostReminders = (db: Db, items: readonly ReminderNews[]) => Promise<void>;

export interface Stretch {
  /** What fell due up to here has been looked at before. */
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
}

/**
 * Records and posts what fell due, and marks units that nobody can be told for. In the quiet hours the look is
 * put off until they end. Runs inside the caller's transaction: a reminder is on record and in the inbox, or
 * neither.
 */
export async function recordReminders(
  db: Db,
  campaign: Campaign,
  { from, to, now }: Stretch,
  post: PostReminders,
): Promise<void> {
  if (isQuiet(campaign.quietHours, now)) return holdSince(db, from, now);
  const held = await heldSince(db);
  if (held !== null) await releaseHeld(db);
  for (const asked of await takeAsked(db)) await tellMissing(db, { ...asked, now }, post);
  const since = held === null ? from : Math.min(held, from);
  const due = await owedWithSteps(db, campaign, since, to);
  if (due.length === 0) return;
  const people = await peopleOf(db, [...new Set(due.map(({ unitCode }) => unitCode))]);
  await markNobodyThere(db, due, people);
  const reachable = people.filter(({ optedOut, unreachable }) => !optedOut && unreachable === null);
  const recorded = await recordedSince(db, reachable, at(mondayOf(dayOf(since)), "00:00"));
  const waves = planReminders(
    { campaign, obligations: due, people: reachable, recorded, from: since, to },
    now,
  );
  const steps = waves.flatMap((wave) =>
    wave.steps.map(({ obligationId, step }) => ({
      personId: wave.personId,
      obligationId,
      step,
      eventKey: `reminder:${wave.personId}:${wave.at}`,
      plannedAt: wave.at,
    })),
  );
  await recordAndPost(db, steps, post);
}

/** The week's first day: ceilings look back to it. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** An office asks the units still missing; each of their people is told once in a period. At night: in the morning. */
export async function remindMissing(
  db: Db,
  campaign: Campaign,
  asked: AskedReminder & { readonly now: Instant },
  post: PostReminders,
): Promise<void> {
  const { line, period, now } = asked;
  if (!isQuiet(campaign.quietHours, now)) return tellMissing(db, asked, post);
  await holdAsked(db, { line, period }, now);
  await holdSince(db, now, now);
}

/** The step that an office takes itself, beside those of the plan. */
export const ASKED_STEP = "asked";

async function tellMissing(
  db: Db,
  { line, period, now }: AskedReminder & { readonly now: Instant },
  post: PostReminders,
): Promise<void> {
  const missing = await owedWhere(
    db,
    sql`o.line = ${line} and o.period = ${period} and o.opens_at <= ${now} and o.closes_at > ${now}`,
  );
  const people = await peopleOf(db, [...new Set(missing.map(({ unitCode }) => unitCode))]);
  const reachable = people.filter(({ optedOut, unreachable }) => !optedOut && unreachable === null);
  const teams = groupBy(reachable, ({ unitCode }) => unitCode);
  const steps = missing.flatMap(({ id: obligationId, unitCode }) =>
    (teams.get(unitCode) ?? []).map(({ personId }) => ({
      personId,
      obligationId,
      step: ASKED_STEP,
      eventKey: `reminder:${personId}:${ASKED_STEP}:${line}:${period}`,
      plannedAt: now,
    })),
  );
  await recordAndPost(db, steps, post);
}

/** Reports not handed in that a condition holds for. */
export const owedWhere = (db: Db, condition: SQL): Promise<readonly OwedReport[]> =>
  rowsOf(db, sql`${OWED} and ${condition}`, owedRow);

interface NewStep extends RecordedStep {
  readonly eventKey: string;
}

const stepRow = z.object({
  personId: z.string(),
  obligationId: z.string(),
  step: z.string(),
  eventKey: z.string(),
});

/** Only steps that were not on record before are told; all of one event key in one piece of news. */
async function recordAndPost(db: Db, steps: readonly NewStep[], post: PostReminders): Promise<void> {
  if (steps.length === 0) return;
  const added = await rowsOf(
    db,
    sql`insert into reminder_steps (person_id, obligation_id, step, event_key, planned_at)
        select "personId", "obligationId", step, "eventKey", "plannedAt"
        from jsonb_to_recordset(${asRecords(steps)}) as v("personId" text, "obligationId" text, step text,
          "eventKey" text, "plannedAt" bigint)
        on conflict do nothing
        returning person_id as "personId", obligation_id as "obligationId", step, event_key as "eventKey"`,
    stepRow,
  );
  const items = new Map<string, ReminderNews>();
  for (const { personId, obligationId, step, eventKey } of added) {
    const item = items.get(eventKey) ?? { personId, key: eventKey, news: { kind: "reminder", steps: [] } };
    item.news.steps.push({ obligationId, step });
    items.set(eventKey, item);
  }
  if (items.size > 0) await post(db, [...items.values()]);
}

const instant = z.coerce.number();
const owedRow = z
  .object({
    id: z.string(),
    line: z.string(),
    period: z.string(),
    unitCode: z.string(),
    opensAt: instant,
    dueAt: instant,
    closesAt: instant,
    drafter: z.string().nullable(),
  })
  .transform((row): OwedReport => ({ ...row, finished: false }));

const OWED = sql`
  select o.id, o.line, o.period, o.unit_code as "unitCode", o.opens_at as "opensAt", o.due_at as "dueAt",
    o.closes_at as "closesAt", d.person_id as drafter
  from obligations o left join drafts d on d.obligation_id = o.id
  where o.version = 0 and o.exempt_reason is null`;

const spanRow = z.object({
  line: z.string(),
  period: z.string(),
  opensAt: instant,
  dueAt: instant,
  closesAt: instant,
});

/** Unfinished obligations of which a reminder falls due in the stretch; in most minutes there are none. */
async function owedWithSteps(
  db: Db,
  campaign: Campaign,
  from: Instant,
  to: Instant,
): Promise<readonly OwedReport[]> {
  const lines = new Set(campaign.lines.map(({ id }) => id));
  const falls = remembered(
    (owed) => lines.has(owed.line) && stepsOf(campaign, owed).some((step) => step.at > from && step.at <= to),
  );
  const inReach = sql`o.opens_at <= ${to} and o.closes_at > ${from}`;
  const spans = await rowsOf(
    db,
    sql`select distinct o.line, o.period, o.opens_at as "opensAt", o.due_at as "dueAt", o.closes_at as "closesAt"
        from obligations o where o.version = 0 and o.exempt_reason is null and ${inReach}`,
    spanRow,
  );
  if (!spans.some(falls)) return [];
  return (await owedWhere(db, inReach)).filter(falls);
}

const personRow = z.object({
  personId: z.string(),
  unitCode: z.string(),
  linkedAt: instant,
  post: z.enum(["head", "deputy", "acting"]).nullable(),
  optedOut: z.boolean(),
  unreachable: z.string().nullable(),
});
type Person = LinkedPerson & Reachable;

/** Everybody who can act for these units: reporters, and the staff of an office that reports upward itself. */
async function peopleOf(db: Db, unitCodes: readonly string[]): Promise<readonly Person[]> {
  if (unitCodes.length === 0) return [];
  return rowsOf(
    db,
    sql`select m.person_id as "personId", m.unit_code as "unitCode", m.linked_at as "linkedAt", m.post,
          p.opted_out_at is not null as "optedOut", p.unreachable
        from memberships m join persons p on p.id = m.person_id
        where m.unit_code = ${anyOf(unitCodes)}`,
    personRow,
  );
}

export async function recordedSince(
  db: Db,
  people: readonly Pick<LinkedPerson, "personId">[],
  since: Instant,
): Promise<readonly RecordedStep[]> {
  const ids = [...new Set(people.map(({ personId }) => personId))];
  if (ids.length === 0) return [];
  return db
    .select()
    .from(reminderSteps)
    .where(and(inArray(reminderSteps.personId, ids), gte(reminderSteps.plannedAt, since)));
}
