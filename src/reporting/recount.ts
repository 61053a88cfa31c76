/**
 * Reminders counted again from the other end: what the calendar says had to be told, beside what is on record.
 * Neither the planner nor the mark up to which it has looked is asked, so what both of them forgot shows here.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { at, DAY_MS, dayOf, MINUTE_MS, type Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import type { Campaign } from "./campaign";
import { allPeriods, type Period } from "./periods";
import { mondayOf } from "./remind";
import { comesBeforeDigest, isQuiet, stepsOf } from "./reminder-steps";

/** A wave of which nothing is on record. */
export interface Unfired {
  readonly line: string;
  readonly period: string;
  readonly at: Instant;
  /** How many units had to be told. */
  readonly units: number;
}

/** The schedule is looked at every minute; what is not on record by then has been forgotten. */
const GRACE_MS = 10 * MINUTE_MS;
/** What is older has been told of. */
const LOOK_BACK_MS = DAY_MS;

/** The waves of the last day that had somebody to tell and told nobody. */
export async function unfiredReminders(
  db: Db,
  campaign: Campaign,
  now: Instant,
): Promise<readonly Unfired[]> {
  const { quietHours } = campaign;
  // At night nothing is told, and in the first minutes of the morning it is still being caught up.
  if (isQuiet(quietHours, now) || isQuiet(quietHours, now - GRACE_MS)) return [];
  const unfired: Unfired[] = [];
  for (const period of [...allPeriods(campaign).values()].flat()) {
    for (const { at: planned } of stepsOf(campaign, { ...period, period: period.id })) {
      if (planned <= now - LOOK_BACK_MS || planned > now - GRACE_MS) continue;
      const units = await leftOut(db, campaign, period, planned);
      if (units > 0) unfired.push({ line: period.line, period: period.id, at: planned, units });
    }
  }
  return unfired;
}

const unitRow = z.object({ unitCode: z.string() });

/**
 * How many units this wave had to reach; 0 as soon as one of the period's was told. Only people who could be told
 * at that moment beyond doubt are counted: linked, below their ceilings, and silent since, so that nothing of this
 * has changed.
 */
async function leftOut(
  db: Db,
  campaign: Campaign,
  { line, id, dueAt, opensAt, closesAt }: Period,
  planned: Instant,
): Promise<number> {
  const minute = planned - (planned % MINUTE_MS);
  const day = at(dayOf(planned), "00:00");
  const week = at(mondayOf(dayOf(planned)), "00:00");
  const rows = await rowsOf(
    db,
    sql`select o.unit_code as "unitCode" from obligations o
      where o.line = ${line} and o.period = ${id} and o.version = 0 and o.exempt_reason is null and o.due_at = ${dueAt}
        and not exists (select 1 from reminder_steps s join obligations b on b.id = s.obligation_id
          where b.line = ${line} and b.period = ${id} and s.planned_at >= ${minute})
        and exists (select 1 from memberships m join persons p on p.id = m.person_id
          where m.unit_code = o.unit_code and m.linked_at < ${planned} and m.post is distinct from 'deputy'
            and p.opted_out_at is null and p.unreachable is null and coalesce(p.last_interaction_at, 0) < ${planned})
        and not exists (select 1 from memberships m join reminder_steps s on s.person_id = m.person_id
          where m.unit_code = o.unit_code and s.planned_at >= ${week} group by m.person_id
          having count(distinct s.planned_at) >= ${campaign.maxWavesPerWeek}
            or count(distinct s.planned_at) filter (where s.planned_at >= ${day}) >= ${campaign.maxWavesPerDay})`,
    unitRow,
  );
  const owed = { line, period: id, dueAt, opensAt, closesAt };
  return rows.filter(({ unitCode }) => !comesBeforeDigest(campaign, { ...owed, unitCode }, planned)).length;
}
