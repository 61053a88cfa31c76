/**
 * Delegations take effect by the calendar: the link is there from the first day to the last, and no longer. So
 * everything that asks who may act for a unit asks for links alone.
 */
import { sql } from "drizzle-orm";
import { dayOf, type Instant } from "../core/clock";
import type { Db } from "../store/database";

export async function putDelegationsInForce(db: Db, now: Instant): Promise<void> {
  const today = dayOf(now);
  await db.execute(sql`delete from memberships m using delegations d where d.id = m.delegation_id
    and (d.ended_at is not null or d.to_day < ${today})`);
  await db.execute(sql`insert into memberships (person_id, unit_code, role, linked_at, post, delegation_id)
    select d.person_id, d.unit_code, 'reporter', ${now}::bigint,
      case when d.to_day is null then 'deputy' else 'acting' end, d.id
    from delegations d join persons p on p.id = d.person_id
    where d.ended_at is null and d.from_day <= ${today} and (d.to_day is null or d.to_day >= ${today})
    order by d.id on conflict do nothing`);
}
