/** A head lets somebody report in the unit's name for a while: access hangs on the post, not on the phone. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { addDays, at, dayOf, type Day, type Instant } from "../core/clock";
import { refused } from "../core/errors";
import type { Ids } from "../core/ids";
import { recordDecision } from "../store/audit";
import { rowsOf, type Db } from "../store/database";
import { delegations } from "../store/tables";
import { putDelegationsInForce } from "./delegations-in-force";
import { createInvitation, type Invitation } from "./invitations";
import { peopleWording } from "./wording.vi";
import { anyOf } from "../store/lists";

export interface DelegationWanted {
  readonly unitCode: string;
  readonly from: Day;
  /** The last day; null for a deputy who stays until the delegation is ended. */
  readonly to: Day | null;
  readonly grantedBy: string;
}

/** Puts a delegation on paper and makes the code for it. Only who is linked of their own may delegate. */
export async function delegate(
  db: Db,
  { unitCode, from, to, grantedBy }: DelegationWanted,
  now: Instant,
  ids: Ids,
): Promise<Invitation> {
  await mustBeHead(db, grantedBy, unitCode);
  const id = ids.next(now);
  await db.insert(delegations).values({ id, unitCode, fromDay: from, toDay: to, grantedBy, at: now });
  const details = { id, from, to };
  await recordDecision(db, { at: now, actor: grantedBy, action: "delegated", target: unitCode, details });
  const until = to === null ? {} : { until: at(addDays(to, 1), "00:00") };
  return createInvitation(db, { unitCode, role: "reporter", delegationId: id, ...until }, now, ids);
}

const endedRow = z.object({ unitCode: z.string(), personId: z.string().nullable() });
export type EndedDelegation = z.infer<typeof endedRow>;

/** Ends a delegation, used or not; null when it was over already. */
export async function endDelegation(
  db: Db,
  { id, by }: { readonly id: string; readonly by: string },
  now: Instant,
): Promise<EndedDelegation | null> {
  const [found] = await rowsOf(
    db,
    sql`select unit_code as "unitCode", person_id as "personId" from delegations
      where id = ${id} and ended_at is null for update`,
    endedRow,
  );
  if (found === undefined) return null;
  await mustBeHead(db, by, found.unitCode);
  await db.execute(sql`update delegations set ended_at = ${now} where id = ${id}`);
  await db.execute(
    sql`update invitations set expires_at = ${now} where delegation_id = ${id} and used_at is null`,
  );
  await putDelegationsInForce(db, now);
  const decision = { at: now, actor: by, action: "delegation-ended", target: found.unitCode };
  await recordDecision(db, { ...decision, details: { id } });
  return found;
}

async function mustBeHead(db: Db, personId: string, unitCode: string): Promise<void> {
  const rows = await rowsOf(
    db,
    sql`select 1 as one from memberships where person_id = ${personId} and unit_code = ${unitCode}
      and role = 'reporter' and delegation_id is null`,
    z.object({ one: z.number() }),
  );
  if (rows.length === 0) throw refused("not-head", peopleWording.notHead);
}

const delegationRow = z.object({
  id: z.string(),
  unitCode: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  holder: z.string().nullable(),
  used: z.boolean(),
});
export type StandingDelegation = z.infer<typeof delegationRow>;

/** What stands for these units: neither ended nor over, nor a code that nobody used in time; the oldest first. */
export async function standingDelegations(
  db: Db,
  unitCodes: readonly string[],
  now: Instant,
): Promise<readonly StandingDelegation[]> {
  if (unitCodes.length === 0) return [];
  return rowsOf(
    db,
    sql`select d.id, d.unit_code as "unitCode", d.from_day as "from", d.to_day as "to",
        p.display_name as holder, d.person_id is not null as used
      from delegations d left join persons p on p.id = d.person_id
      where d.unit_code = ${anyOf(unitCodes)} and d.ended_at is null
        and (d.to_day is null or d.to_day >= ${dayOf(now)})
        and (d.person_id is not null
          or exists (select 1 from invitations i where i.delegation_id = d.id and i.expires_at > ${now}))
      order by d.at, d.id`,
    delegationRow,
  );
}
