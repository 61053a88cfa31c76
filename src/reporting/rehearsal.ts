/** What a rehearsal of the days ahead is played from, and what it comes to: reminders and digests, person by person. */
import { and, gt, inArray, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { addDays, at, dayOf, type Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { digests, obligations } from "../store/tables";
import { anyOf } from "../store/lists";
import type { Campaign } from "./campaign";
import { heldSince } from "./held-reminders";
import { obligationRow, owingIn } from "./ledger";
import { allPeriods, lineOf } from "./periods";
import { listPeriods } from "./queries";
import { rehearseReminders } from "./rehearse";
import { mondayOf, owedWhere, recordedSince } from "./remind";
import type { LinkedPerson, OwedReport } from "./reminders";

/** One thing a message speaks of. */
export interface Topic {
  readonly line: string;
  readonly period: string;
  /** Whose report it is; for a digest, the office that receives it. */
  readonly unitCode: string;
  readonly step: string;
}

export interface Rehearsed {
  readonly at: Instant;
  readonly personId: string;
  readonly kind: "reminder" | "digest";
  readonly topics: readonly Topic[];
}

export interface Span {
  /** Up to where everything due has been looked at. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Everything that would be told after `from`, up to and including `to`, in order of time. */
export async function rehearse(
  db: Db,
  campaign: Campaign,
  { from, to }: Span,
): Promise<readonly Rehearsed[]> {
  const owed = [...(await owedAhead(db, campaign, { from, to }))];
  const people = await peopleAhead(db, [...new Set(owed.map(({ unitCode }) => unitCode))]);
  const held = await heldSince(db);
  const since = held === null ? from : Math.min(held, from);
  const recorded = await recordedSince(db, people, at(mondayOf(dayOf(since)), "00:00"));
  const waves = rehearseReminders({ campaign, obligations: owed, people, recorded, from, to, held });
  const byId = new Map(owed.map((one) => [one.id, one]));
  const reminders = waves.map(({ personId, at: when, steps }): Rehearsed => ({
    at: when,
    personId,
    kind: "reminder",
    topics: steps.flatMap(({ obligationId, step }) => {
      const one = byId.get(obligationId);
      return one === undefined ? [] : [{ line: one.line, period: one.period, unitCode: one.unitCode, step }];
    }),
  }));
  return [...reminders, ...(await digestsAhead(db, campaign, { from, to }))].sort((a, b) => a.at - b.at);
}

/** Unfinished rows of the ledger that still matter, and the rows that periods opening in the span will have. */
async function owedAhead(db: Db, campaign: Campaign, { from, to }: Span): Promise<readonly OwedReport[]> {
  const lines = new Set(campaign.lines.map(({ id }) => id));
  const stored = await owedWhere(db, sql`o.opens_at <= ${to} and o.closes_at > ${from}`);
  const opening = [...allPeriods(campaign).values()]
    .flat()
    .filter(({ opensAt, closesAt }) => opensAt > from && opensAt <= to && closesAt > from);
  // A row written early, for an extension or an exemption, stands for itself.
  const early = await db
    .select({ line: obligations.line, period: obligations.period, unitCode: obligations.unitCode })
    .from(obligations)
    .where(and(gt(obligations.opensAt, from), lte(obligations.opensAt, to)));
  const known = new Set(early.map(({ line, period, unitCode }) => `${line} ${period} ${unitCode}`));
  const fresh = opening.flatMap((period) =>
    owingIn(campaign, period)
      .filter(({ code }) => !known.has(`${period.line} ${period.id} ${code}`))
      .map(({ code }): OwedReport => ({
        ...obligationRow(period, code, `ahead ${period.line} ${period.id} ${code}`),
        finished: false,
        drafter: null,
      })),
  );
  return [...stored.filter(({ line }) => lines.has(line)), ...fresh];
}

const instant = z.coerce.number();
const personRow = z
  .object({
    personId: z.string(),
    unitCode: z.string(),
    linkedAt: instant,
    post: z.enum(["head", "deputy", "acting"]).nullable(),
    toDay: z.string().nullable(),
  })
  .transform(({ toDay, ...person }): LinkedPerson => ({ ...person, until: endOf(toDay) }));

const endOf = (day: string | null): Instant | null => (day === null ? null : at(addDays(day, 1), "00:00"));

const comingRow = z
  .object({
    personId: z.string(),
    unitCode: z.string(),
    fromDay: z.string(),
    toDay: z.string().nullable(),
    usedAt: instant,
  })
  .transform(({ fromDay, toDay, usedAt, ...person }): LinkedPerson => ({
    ...person,
    linkedAt: Math.max(at(fromDay, "00:00"), usedAt),
    until: endOf(toDay),
    post: toDay === null ? "deputy" : "acting",
  }));

/** Who can act for the units and take messages, those of delegations yet to begin among them. */
async function peopleAhead(db: Db, unitCodes: readonly string[]): Promise<readonly LinkedPerson[]> {
  if (unitCodes.length === 0) return [];
  const reachable = sql`p.opted_out_at is null and p.unreachable is null`;
  const linked = await rowsOf(
    db,
    sql`select m.person_id as "personId", m.unit_code as "unitCode", m.linked_at as "linkedAt", m.post,
        d.to_day as "toDay"
      from memberships m join persons p on p.id = m.person_id left join delegations d on d.id = m.delegation_id
      where m.unit_code = ${anyOf(unitCodes)} and ${reachable}`,
    personRow,
  );
  const coming = await rowsOf(
    db,
    sql`select d.person_id as "personId", d.unit_code as "unitCode", d.from_day as "fromDay",
        d.to_day as "toDay", i.used_at as "usedAt"
      from delegations d join persons p on p.id = d.person_id join invitations i on i.delegation_id = d.id
      where d.unit_code = ${anyOf(unitCodes)} and d.ended_at is null and ${reachable}
        and not exists (select 1 from memberships m where m.delegation_id = d.id)`,
    comingRow,
  );
  return [...linked, ...coming];
}

/** A digest goes to the staff of its office at the due instant. */
async function digestsAhead(db: Db, campaign: Campaign, { from, to }: Span): Promise<readonly Rehearsed[]> {
  const due = (await listPeriods(db, campaign)).filter(({ dueAt }) => dueAt > from && dueAt <= to);
  if (due.length === 0) return [];
  const ids = [...new Set(due.map(({ id }) => id))];
  const frozen = await db
    .select({ line: digests.line, period: digests.period })
    .from(digests)
    .where(inArray(digests.period, ids));
  const done = new Set(frozen.map(({ line, period }) => `${line} ${period}`));
  const staff = await rowsOf(
    db,
    sql`select person_id as "personId", unit_code as "unitCode" from memberships where role = 'staff' order by 1`,
    z.object({ personId: z.string(), unitCode: z.string() }),
  );
  return due
    .filter(({ line, id }) => !done.has(`${line} ${id}`))
    .flatMap(({ line, id: period, dueAt }) => {
      const { receiver: unitCode } = lineOf(campaign, line);
      return staff
        .filter((person) => person.unitCode === unitCode)
        .map(({ personId }): Rehearsed => ({
          ...{ at: dueAt, personId, kind: "digest" },
          topics: [{ line, period, unitCode, step: "due" }],
        }));
    });
}
