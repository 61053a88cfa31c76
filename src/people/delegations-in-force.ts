/**
 * Delegations take effect by the calendar: the link is there from the first day to the last, and no longer. So
 * everything that asks who may act for a unit asks for links alone.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { at, dayOf, type Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { memberships } from "../store/tables";

const startingRow = z.object({
  id: z.string(),
  personId: z.string(),
  unitCode: z.string(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
  usedAt: z.coerce.number(),
});

export async function putDelegationsInForce(db: Db, now: Instant): Promise<void> {
  const today = dayOf(now);
  await db.execute(sql`delete from memberships m using delegations d where d.id = m.delegation_id
    and (d.ended_at is not null or d.to_day < ${today})`);
  const starting = await rowsOf(
    db,
    sql`select d.id, d.person_id as "personId", d.unit_code as "unitCode", d.from_day as "fromDay",
        d.to_day as "toDay", i.used_at as "usedAt"
      from delegations d join persons p on p.id = d.person_id join invitations i on i.delegation_id = d.id
      where d.ended_at is null and d.from_day <= ${today} and (d.to_day is null or d.to_day >= ${today})
        and not exists (select 1 from memberships m
          where m.person_id = d.person_id and m.unit_code = d.unit_code and m.role = 'reporter')
      order by d.id`,
    startingRow,
  );
  if (starting.length === 0) return;
  await db
    .insert(memberships)
    .values(
      starting.map(({ id, personId, unitCode, fromDay, toDay, usedAt }) => ({
        ...{ personId, unitCode, role: "reporter" as const, delegationId: id },
        post: toDay === null ? ("deputy" as const) : ("acting" as const),
        // Since the day began, whenever we came to look: nobody misses the first message of their first day.
        linkedAt: Math.max(at(fromDay, "00:00"), usedAt),
      })),
    )
    .onConflictDoNothing();
}
