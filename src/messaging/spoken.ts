/**
 * What turns say, on its way into the outbox. An answer to somebody for whom nothing else waits is claimed for the
 * sender in the statement that writes it down, and goes out as soon as that has landed; the rest is claimed in its turn.
 */
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Message } from "../conversation/message";
import type { Db } from "../store/database";
import { asRecords } from "../store/lists";
import { addresseeColumns, addresseeSchema, isWaiting, type Claimed, type DeliveryKind } from "./outbox";

export interface Outgoing {
  readonly personId: string;
  readonly kind: DeliveryKind;
  readonly message: Message;
  readonly eventKey: string;
  readonly uniqueKey?: string;
  /** Goes to this chat group, not to the person on whose behalf it is said. */
  readonly groupId?: string;
}

/** A message with the id of its row. */
export interface Spoken extends Outgoing {
  readonly id: string;
}

export const numbered = (outgoing: readonly Outgoing[], ids: Ids, now: Instant): Spoken[] =>
  outgoing.map((message) => ({ ...message, id: ids.next(now) }));

export async function putInOutbox(
  db: Db,
  outgoing: readonly Outgoing[],
  ids: Ids,
  now: Instant,
): Promise<void> {
  const rows = spokenRows(numbered(outgoing, ids, now), now, { room: 0, by: null });
  if (rows !== null) await db.execute(rows);
}

/** For whom answers are claimed, and how many at most. */
export interface Places {
  readonly room: number;
  readonly by: string | null;
}

/** The statement that writes them down; gives `id`, `person_id` and `status` of each. Null for nothing. */
export function spokenRows(spoken: readonly Spoken[], now: Instant, { room, by }: Places): SQL | null {
  if (spoken.length === 0) return null;
  const first = new Set(firstAnswers(spoken).slice(0, room));
  const rows = spoken.map((message) => ({ ...message, isFirst: first.has(message.id) }));
  // What a person is told earlier, or is being told, comes before. The offset keeps it from being looked up thrice.
  return sql`
    insert into deliveries (id, person_id, kind, message, event_key, unique_key, group_id, status, attempts, claimed_at,
      claimed_by, not_before, created_at)
    select id, "personId", kind, message, "eventKey", "uniqueKey", "groupId",
      case when goes then 'sending' else 'queued' end, case when goes then 1 else 0 end,
      case when goes then ${now}::bigint end, case when goes then ${by}::text end, ${now}::bigint, ${now}::bigint
    from (
      select v.*, v."isFirst" and (select 1 from deliveries b where b.person_id = v."personId"
          and (b.status = 'sending' or (b.kind = 'reply' and ${isWaiting})) limit 1
        ) is null as goes
      from jsonb_to_recordset(${asRecords(rows)}) as v(id text, "personId" text, kind text, message jsonb,
        "eventKey" text, "uniqueKey" text, "groupId" text, "isFirst" boolean) offset 0
    ) v
    on conflict do nothing
    returning id, person_id, status`;
}

/** The answers that nothing else of the same turns comes before. */
function firstAnswers(spoken: readonly Spoken[]): string[] {
  const heard = new Set<string>();
  return spoken.flatMap(({ id, personId, kind, groupId }) => {
    const isFirst = !heard.has(personId);
    heard.add(personId);
    return isFirst && kind === "reply" && groupId === undefined ? [id] : [];
  });
}

export const writtenRow = addresseeSchema.extend({
  id: z.string(),
  personId: z.string(),
  status: z.string(),
});
export type Written = z.infer<typeof writtenRow>;

/** What the writes of these names have left in the outbox, with what is known of its people. */
export const writtenBy = (names: readonly string[]): SQL => sql`
  select w.id, w.person_id as "personId", w.status, ${addresseeColumns}
  from (${sql.join(
    names.map((name) => sql`select id, person_id, status from ${sql.identifier(name)}`),
    sql` union all `,
  )}) w cross join lateral (select * from persons where id = w.person_id offset 0) p`;

/** The answers among them that are claimed, as their sender takes them. */
export function claimedOf(spoken: readonly Spoken[], written: readonly Written[], now: Instant): Claimed[] {
  const messages = new Map(spoken.map((each) => [each.id, each]));
  return written.flatMap(({ status, ...row }) => {
    const said = messages.get(row.id);
    if (status !== "sending" || said === undefined) return [];
    return {
      ...row,
      kind: said.kind,
      message: said.message,
      eventKey: said.eventKey,
      createdAt: now,
      attempts: 1,
      wavesToday: 0,
      unclear: false,
      refusedLanes: [],
      groupId: null,
      officeGroup: null,
    };
  });
}
