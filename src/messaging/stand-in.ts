/**
 * An office's chat group stands in for staff whom no lane reaches: it gets their digests and alarms once, and what
 * it does not get goes back to them.
 */
import { sql, type SQL } from "drizzle-orm";
import { dayOf, type Instant } from "../core/clock";
import { sha256Hex, type Ids } from "../core/ids";
import type { Message } from "../conversation/message";
import type { Db } from "../store/database";
import { anyOf } from "../store/lists";
import type { Settlement } from "./outbox";
import { putInOutbox } from "./spoken";

/** The reason of a digest or alarm that its office's group got in place of the person. */
export const IN_OFFICE_GROUP = "in-office-group";

/** What went out on no person's lane goes to the group of their office: the same words once a day. */
export async function handToGroups(
  db: Db,
  settlements: readonly Settlement[],
  ids: Ids,
  now: Instant,
): Promise<void> {
  const handed = settlements.flatMap(({ delivery, settled }) => {
    if (settled.status !== "never" || settled.handTo === undefined) return [];
    const { personId, kind, eventKey } = delivery;
    const message = wordsForGroup(delivery.message);
    const words = sha256Hex(JSON.stringify(message));
    const uniqueKey = `group:${settled.handTo}:${dayOf(now)}:${words}`;
    return [{ personId, kind, message, eventKey, uniqueKey, groupId: settled.handTo }];
  });
  await putInOutbox(db, handed, ids, now);
}

/**
 * What a group did not get goes back to the people whose place it took, unless it got the same words since: each
 * by the ways that are open to them now, or with the reason why there is none.
 */
export async function takeBackFromGroups(
  db: Db,
  settlements: readonly Settlement[],
  now: Instant,
): Promise<void> {
  const failed = settlements.flatMap(({ delivery, settled }) =>
    delivery.groupId !== null && (settled.status === "never" || settled.status === "parked")
      ? [delivery.id]
      : [],
  );
  if (failed.length === 0) return;
  const sameWords = (a: SQL, b: SQL) => sql`${a}.group_id = ${b}.group_id and ${a}.kind = ${b}.kind
    and ${a}.message->>'text' = ${b}.message->>'text'
    and ${a}.message->>'picture' is not distinct from ${b}.message->>'picture'
    and ${a}.message->>'file' is not distinct from ${b}.message->>'file'`;
  const [d, g, o] = [sql`d`, sql`g`, sql`o`];
  await db.execute(sql`
    update deliveries d set status = 'queued', not_before = ${now}, group_id = null, last_error = g.last_error,
      refused_lanes = d.refused_lanes || '["group"]'::jsonb
    from deliveries g where g.id = ${anyOf(failed)} and ${sameWords(d, g)}
      and d.status = 'never' and d.last_error = ${IN_OFFICE_GROUP} and d.created_at <= g.created_at
      and not exists (select 1 from deliveries o where o.status = 'sent' and ${sameWords(o, g)}
        and o.created_at >= d.created_at)`);
  // One that failed stands in nobody's way.
  await db.execute(sql`update deliveries set unique_key = null where id = ${anyOf(failed)}`);
}

/** A group takes neither buttons nor forms. */
function wordsForGroup(message: Message): Message {
  const { text, picture, file } = message;
  return { text, ...(picture === undefined ? {} : { picture }), ...(file === undefined ? {} : { file }) };
}
