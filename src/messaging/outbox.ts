/** The outbox: what turns said, waiting to be sent one by one. One row is one request to the platform. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import { messageSchema, type Message } from "../conversation/message";
import { rowsOf, type Db } from "../store/database";
import { deliveries } from "../store/tables";

export type DeliveryKind = "reply" | "reminder" | "digest" | "notice";

export interface Outgoing {
  readonly personId: string;
  readonly kind: DeliveryKind;
  readonly message: Message;
  readonly eventKey: string;
  readonly uniqueKey?: string;
}

/** Holds a message until its person writes again; later than any real instant. */
export const UNTIL_THEY_WRITE: Instant = 9_000_000_000_000_000;

/** Begins the reason of a message that may have gone out although it is to be sent again. */
export const UNCLEAR = "unclear: ";

export async function putInOutbox(
  db: Db,
  outgoing: readonly Outgoing[],
  ids: Ids,
  now: Instant,
): Promise<void> {
  if (outgoing.length === 0) return;
  await db
    .insert(deliveries)
    .values(
      outgoing.map(({ personId, kind, message, eventKey, uniqueKey }) => ({
        id: ids.next(now),
        personId,
        kind,
        message,
        eventKey,
        uniqueKey: uniqueKey ?? null,
        status: "queued" as const,
        notBefore: now,
        createdAt: now,
      })),
    )
    .onConflictDoNothing();
}

const claimedSchema = z.object({
  id: z.string(),
  personId: z.string(),
  kind: z.enum(["reply", "reminder", "digest", "notice"]),
  message: messageSchema,
  attempts: z.number(),
  createdAt: z.coerce.number(),
  eventKey: z.string(),
  address: z.string(),
  optedOut: z.boolean(),
  unreachable: z.string().nullable(),
  lastInteractionAt: z.coerce.number().nullable(),
  repliesLeft: z.number().nullable(),
  wavesToday: z.coerce.number(),
});
export type Claimed = z.infer<typeof claimedSchema>;

/** Whether `d` waits behind an earlier message of the same person and lane that must be tried again later. */
const waitsBehind = (now: Instant) => sql`exists (select 1 from deliveries b
  where b.person_id = d.person_id and b.status = 'later' and b.not_before > ${now}
    and b.not_before < ${UNTIL_THEY_WRITE} and b.seq < d.seq and (b.kind = 'reply') = (d.kind = 'reply'))`;

/**
 * Claims up to `limit` messages, replies first, at most one a person: a person with a message under way, or
 * with an earlier one of the same lane that must be tried again, waits.
 */
export async function claim(db: Db, limit: number, now: Instant, dayStart: Instant): Promise<Claimed[]> {
  const claimed = await rowsOf(
    db,
    sql`
    with next as (
      select distinct on (d.person_id) d.id, d.kind, d.seq from deliveries d
      where d.status in ('queued', 'later') and d.not_before <= ${now}
        and not exists (select 1 from deliveries b where b.person_id = d.person_id and b.status = 'sending')
        and not ${waitsBehind(now)}
      order by d.person_id, d.seq
    ), locked as (
      select d.id from deliveries d
      where d.id in (select id from next order by (kind = 'reply') desc, seq limit ${limit})
        and d.status in ('queued', 'later')
      for update skip locked
    ), moved as (
      update deliveries d set status = 'sending', claimed_at = ${now}, attempts = d.attempts + 1
      from locked where d.id = locked.id
      returning d.id, d.seq, d.person_id, d.kind, d.message, d.attempts, d.created_at, d.event_key
    )
    select m.id, m.person_id as "personId", m.kind, m.message, m.attempts, m.created_at as "createdAt",
      m.event_key as "eventKey", p.address, p.opted_out_at is not null as "optedOut", p.unreachable,
      p.last_interaction_at as "lastInteractionAt", p.replies_left as "repliesLeft",
      case when m.kind = 'reply' then 0 else (select count(*) from deliveries w
        where w.person_id = m.person_id and w.kind <> 'reply' and w.sent_at >= ${dayStart}) end as "wavesToday"
    from moved m join persons p on p.id = m.person_id order by (m.kind = 'reply') desc, m.seq`,
    claimedSchema,
  );
  return claimed;
}

export type Settled =
  | { readonly status: "sent"; readonly messageId: string | null; readonly repliesLeft: number | null }
  /** `untried` when no request was spent: waiting for the morning is not a failed attempt. */
  | {
      readonly status: "later";
      readonly notBefore: Instant;
      readonly reason: string;
      readonly untried?: boolean;
    }
  | {
      readonly status: "never" | "unknown" | "parked";
      readonly reason: string;
      readonly personUnreachable?: boolean;
    };

export interface Settlement {
  readonly delivery: Claimed;
  readonly settled: Settled;
}

/** Writes down how sends ended. A message that was settled meanwhile keeps its first ending. */
export async function settle(db: Db, settlements: readonly Settlement[], now: Instant): Promise<void> {
  const values = settlements.map(({ delivery, settled }) => {
    const sent = settled.status === "sent";
    return sql`(${delivery.id}, ${settled.status}, ${sent ? null : settled.reason}, ${sent ? settled.messageId : null},
      ${sent ? now : null}::bigint, ${settled.status === "later" ? settled.notBefore : null}::bigint,
      ${settled.status === "later" && settled.untried === true ? 1 : 0}::integer)`;
  });
  await db.execute(sql`
    update deliveries d set status = v.status, last_error = coalesce(v.reason, d.last_error), message_id = v.message_id,
      sent_at = v.sent_at, not_before = coalesce(v.not_before, d.not_before), claimed_at = null,
      attempts = d.attempts - v.untried
    from (values ${sql.join(values, sql`, `)}) as v(id, status, reason, message_id, sent_at, not_before, untried)
    where d.id = v.id and d.status = 'sending'`);
  const persons = settlements.flatMap(({ delivery, settled }) => {
    if (settled.status === "sent" && settled.repliesLeft !== null)
      return [sql`(${delivery.personId}, ${settled.repliesLeft}::integer, null)`];
    if (settled.status === "never" && settled.personUnreachable === true)
      return [sql`(${delivery.personId}, null::integer, ${settled.reason})`];
    return [];
  });
  if (persons.length === 0) return;
  await db.execute(sql`
    update persons p set replies_left = coalesce(v.replies_left, p.replies_left), unreachable = coalesce(v.unreachable, p.unreachable)
    from (values ${sql.join(persons, sql`, `)}) as v(id, replies_left, unreachable) where p.id = v.id`);
}

/**
 * Finds messages whose sender died between claiming and settling. Nobody knows whether they went out: what
 * people asked for is sent again (silence is worse than an echo), reminders and digests are left as unknown.
 */
export async function recoverClaims(db: Db, claimedBefore: Instant): Promise<void> {
  await db.execute(sql`
    update deliveries set status = case when kind in ('reply', 'notice') then 'queued' else 'unknown' end,
      last_error = ${`${UNCLEAR}the sender stopped before the answer came`}, claimed_at = null
    where status = 'sending' and claimed_at <= ${claimedBefore}`);
}

/** Messages held until these people write are free to go. */
export async function releaseHeld(db: Db, personIds: readonly string[], now: Instant): Promise<void> {
  await db.execute(sql`update deliveries set not_before = ${now}
    where status = 'later' and not_before = ${UNTIL_THEY_WRITE}
      and person_id in (${sql.join(
        personIds.map((id) => sql`${id}`),
        sql`, `,
      )})`);
}

/** Whether nothing can be sent now and nothing is under way. */
export async function outboxIdle(db: Db, now: Instant): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`select 1 as busy from deliveries d where d.status = 'sending'
      or (d.status in ('queued', 'later') and d.not_before <= ${now} and not ${waitsBehind(now)}) limit 1`,
    z.object({ busy: z.number() }),
  );
  return rows.length === 0;
}
