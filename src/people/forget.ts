/**
 * Forgetting a person. Reports are the unit's official figures and stay, without who handed them in; the
 * words, links and the address go. The address goes last, once the farewell has been sent.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { recordDecision } from "../store/audit";
import { rowsOf, type Db } from "../store/database";
import { anyOf } from "../store/lists";

/** Stands where a forgotten person's id stood. */
const NOBODY = "forgotten";

export async function forgetPerson(db: Db, personId: string, now: Instant): Promise<void> {
  await db.execute(
    sql`update persons set forgotten_at = ${now}, display_name = null, phone_sealed = null where id = ${personId}`,
  );
  await db.execute(sql`delete from memberships where person_id = ${personId}`);
  await db.execute(sql`update delegations set person_id = ${NOBODY}, ended_at = coalesce(ended_at, ${now})
    where person_id = ${personId}`);
  await db.execute(sql`update delegations set granted_by = ${NOBODY} where granted_by = ${personId}`);
  await db.execute(sql`delete from sessions where person_id = ${personId}`);
  await db.execute(sql`delete from feedback where person_id = ${personId}`);
  await db.execute(sql`delete from drafts where person_id = ${personId}`);
  await db.execute(sql`update reports set person_id = ${NOBODY} where person_id = ${personId}`);
  await db.execute(sql`update attachments set person_id = ${NOBODY} where person_id = ${personId}`);
  // A question without its asker has nobody to answer to; a difficulty is the unit's and stays with its office.
  await db.execute(sql`update tickets set text = '', status = 'closed' where person_id = ${personId}
    and kind = 'question'`);
  await db.execute(sql`update tickets set person_id = null where person_id = ${personId}`);
  await db.execute(sql`delete from digest_receipts where person_id = ${personId}`);
  await db.execute(sql`update clarifications set asked_by = null where asked_by = ${personId}`);
  await db.execute(sql`update clarifications set answered_by = null where answered_by = ${personId}`);
  await db.execute(sql`update office_groups set bound_by = ${NOBODY} where bound_by = ${personId}`);
  await db.execute(sql`update invitations set used_by = ${NOBODY} where used_by = ${personId}`);
  await db.execute(
    sql`update inbox set payload = '{}'::jsonb where person_id = ${personId} and state <> 'waiting'`,
  );
  await recordDecision(db, { at: now, actor: personId, action: "forget-person", target: personId });
}

/** Ends what `forgetPerson` began for everybody whose last message has gone out; the number of people ended. */
export async function purgeForgotten(db: Db): Promise<number> {
  const gone = await rowsOf(
    db,
    sql`select p.id from persons p where p.forgotten_at is not null and p.address not like 'forgotten:%'
      and not exists (select 1 from deliveries d where d.person_id = p.id and d.status in ('queued', 'later', 'sending'))
      and not exists (select 1 from inbox i where i.person_id = p.id and i.state = 'waiting')`,
    z.object({ id: z.string() }),
  );
  const ids = gone.map((row) => row.id);
  if (ids.length === 0) return 0;
  await db.execute(sql`update inbox set payload = '{}'::jsonb where person_id = ${anyOf(ids)}`);
  await db.execute(sql`update deliveries set message = '{"text":""}'::jsonb where person_id = ${anyOf(ids)}`);
  await db.execute(sql`delete from sessions where person_id = ${anyOf(ids)}`);
  await db.execute(sql`update persons set address = 'forgotten:' || id where id = ${anyOf(ids)}`);
  return ids.length;
}
