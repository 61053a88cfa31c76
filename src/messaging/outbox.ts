/** The outbox: what turns said, waiting to be sent one by one. One row is one request to the platform. */
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { messageSchema } from "../conversation/message";
import { rowsOf, type Db } from "../store/database";
import { isGone } from "../store/presence";
import { anyOf, asRecords } from "../store/lists";
import { writeTogether } from "../store/together";
import { PLANNED_ANEW } from "../store/prepared";
import type { SendLane, Standing } from "./ports";

export type DeliveryKind = "reply" | "reminder" | "digest" | "notice" | "card";

/** Holds a message until its person writes again; later than any real instant. */
export const UNTIL_THEY_WRITE: Instant = 9_000_000_000_000_000;

/** Begins the reason of a message that may have gone out although it is to be sent again. */
export const UNCLEAR = "unclear: ";
const CLAIM_LOST = `${UNCLEAR}the sender stopped before the answer came`;

/** What has to be known of a person `p` before something is sent to them; goes with `addresseeSchema`. */
export const addresseeColumns = sql`p.address, p.opted_out_at is not null as "optedOut", p.unreachable,
  p.last_interaction_at as "lastInteractionAt", p.replies_left as "repliesLeft", p.phone_sealed as phone`;
export const addresseeSchema = z.object({
  address: z.string(),
  optedOut: z.boolean(),
  unreachable: z.string().nullable(),
  lastInteractionAt: z.coerce.number().nullable(),
  repliesLeft: z.number().nullable(),
  /** Sealed. */
  phone: z.string().nullable(),
});

const claimedSchema = addresseeSchema.extend({
  id: z.string(),
  personId: z.string(),
  kind: z.enum(["reply", "reminder", "digest", "notice", "card"]),
  message: messageSchema,
  attempts: z.number(),
  createdAt: z.coerce.number(),
  eventKey: z.string(),
  wavesToday: z.coerce.number(),
  /** Whether it may have gone out already. */
  unclear: z.boolean(),
  refusedLanes: z.array(z.string()).readonly(),
  /** The chat group this message is addressed to. */
  groupId: z.string().nullable(),
  /** The chat group of the office whose digest or alarm this is, for when its person cannot be reached. */
  officeGroup: z.string().nullable(),
});
export type Claimed = z.infer<typeof claimedSchema>;

/** Whether `d` waits behind an earlier message of the same person and lane that must be tried again later. */
const waitsBehind = (now: Instant) => sql`exists (select 1 from deliveries b
  where b.person_id = d.person_id and b.status = 'later' and b.not_before > ${now}
    and b.not_before < ${UNTIL_THEY_WRITE} and b.seq < d.seq and (b.kind = 'reply') = (d.kind = 'reply'))`;

/** Written so that it leads to the messages of one person, and never to the index of all that wait. */
export const isWaiting = sql`(b.status || '') in ('queued', 'later')`;

/**
 * The messages of one lane that may go now, in order: of each person the first, and none while another one of
 * theirs is under way. By whose clock an earlier one was written does not matter: replicas' clocks differ. An index gives them in this order, so that a wave of thousands costs an answer little. What is
 * asked about each is written so that it can only be looked up message by message: a plan made while the line was
 * short stays good when it is long.
 */
const dueOf = (lane: SQL, now: Instant) => sql`
  select d.id, d.person_id, d.kind, d.seq from deliveries d
  where d.status in ('queued', 'later') and ${lane} and d.not_before + 0 <= ${now}
    and (select 1 from deliveries b where b.person_id = d.person_id and b.status = 'sending' limit 1) is null
    and (select 1 from deliveries b where b.person_id = d.person_id and b.seq < d.seq
      and ${isWaiting} and (b.kind = 'reply') = (d.kind = 'reply')
      and b.not_before < ${UNTIL_THEY_WRITE} limit 1) is null
  order by d.seq`;

/**
 * Tells the database how many rows there are: an embedded one never looks by itself, and plans for a handful where
 * thousands wait.
 */
export const countRows = async (db: Db): Promise<void> => {
  await db.execute(sql`analyze deliveries`);
};

/** How many messages may be claimed: of any kind, and of those that are no replies. */
export interface Room {
  readonly all: number;
  readonly waves: number;
}

/**
 * Claims messages within `room`, replies first, at most one a person: a person with a message under way, or
 * with an earlier one of the same lane that must be tried again, waits. They are `by`'s until settled.
 */
export async function claim(
  db: Db,
  room: Room,
  now: Instant,
  { dayStart, by, office }: { readonly dayStart: Instant; readonly by: string; readonly office: string },
): Promise<Claimed[]> {
  const claimed = await rowsOf(
    db,
    sql`
    with waiting as (
      (${dueOf(sql`d.kind = 'reply'`, now)} limit ${room.all})
      union all (${dueOf(sql`d.kind <> 'reply'`, now)} limit ${room.waves})
    ), next as (
      select distinct on (person_id) id, kind, seq from waiting order by person_id, seq
    ), locked as (
      select d.id from deliveries d
      where d.id in (select id from next order by (kind = 'reply') desc, seq limit ${room.all})
        and d.status in ('queued', 'later')
      for update skip locked
    ), moved as (
      update deliveries d set status = 'sending', claimed_at = ${now}, claimed_by = ${by}, attempts = d.attempts + 1
      from locked where d.id = locked.id
      returning d.id, d.seq, d.person_id, d.kind, d.message, d.attempts, d.created_at, d.event_key,
        d.refused_lanes, d.group_id, coalesce(d.last_error like ${`${UNCLEAR}%`}, false) as unclear
    )
    select m.id, m.person_id as "personId", m.kind, m.message, m.attempts, m.created_at as "createdAt",
      m.event_key as "eventKey", ${addresseeColumns},
      m.refused_lanes as "refusedLanes", m.group_id as "groupId", m.unclear,
      case when m.kind = 'digest' then (select g.group_id from digests g0
        join office_groups g on g.unit_code = g0.receiver_unit_code
        where g0.id = split_part(m.event_key, ':', 2) order by g.bound_at desc limit 1)
        when m.kind = 'notice' and (m.event_key like 'alarm:%' or m.event_key like 'all-clear:%') then
          (select g.group_id from office_groups g where g.unit_code = ${office} order by g.bound_at desc limit 1)
        end as "officeGroup",
      case when m.kind = 'reply' then 0 else (select count(*) from deliveries w
        where w.person_id = m.person_id and w.kind not in ('reply', 'card') and w.group_id is null and w.sent_at >= ${dayStart}) end as "wavesToday"
    from moved m join persons p on p.id = m.person_id order by (m.kind = 'reply') desc, m.seq`,
    claimedSchema,
  );
  return claimed;
}

export type Settled =
  | {
      readonly status: "sent";
      readonly lane: SendLane;
      readonly messageId: string | null;
      readonly repliesLeft: number | null;
    }
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
      /** The chat group that gets it in the person's place. */
      readonly handTo?: string;
    };

export interface Settlement {
  readonly delivery: Claimed;
  readonly settled: Settled;
  /** Lanes the platform has refused on the way. */
  readonly refused?: readonly SendLane[];
  /** What the platform told about the person on the way. */
  readonly standing?: Standing;
}

/** A message that turned out to have reached the platform although its own answer was lost. */
export type Found = Pick<Claimed, "kind" | "eventKey">;
/** Told of every such message, in the transaction that settles it. */
export type OnFound = (db: Db, found: readonly Found[]) => Promise<void>;

export const foundSchema = claimedSchema.pick({ kind: true, eventKey: true });

/**
 * Writes down how sends of `by` ended. A message that was settled or taken over meanwhile is no longer its
 * business, except that one that did go out is not sent again and no longer unknown.
 */
export async function settle(
  db: Db,
  settlements: readonly Settlement[],
  now: Instant,
  by: string,
): Promise<void> {
  const ended = settlements.map(({ delivery, settled, refused = [] }) => {
    const sent = settled.status === "sent";
    return {
      id: delivery.id,
      status: settled.status,
      reason: sent ? null : settled.reason,
      messageId: sent ? settled.messageId : null,
      sentAt: sent ? now : null,
      notBefore: settled.status === "later" ? settled.notBefore : null,
      untried: settled.status === "later" && settled.untried === true ? 1 : 0,
      lane: sent ? settled.lane : null,
      refused,
      handedTo: settled.status === "never" ? (settled.handTo ?? null) : null,
      known: delivery.lastInteractionAt,
    };
  });
  // Their turn may have been taken before there was anything to release.
  const hasWritten = sql`(v."notBefore" = ${UNTIL_THEY_WRITE} and exists (select 1 from persons p
    where p.id = d.person_id and p.last_interaction_at > coalesce(v.known, 0)))`;
  const settled = sql`
    update deliveries d set status = v.status, last_error = coalesce(v.reason, d.last_error), message_id = v."messageId",
      sent_at = v."sentAt", not_before = case when ${hasWritten} then ${now}::bigint else coalesce(v."notBefore", d.not_before) end,
      claimed_at = null, claimed_by = null, attempts = d.attempts - v.untried, lane = v.lane,
      refused_lanes = case when ${hasWritten} then '[]' else d.refused_lanes || v.refused end,
      group_id = coalesce(v."handedTo", d.group_id)
    from jsonb_to_recordset(${asRecords(ended)}) as v(id text, status text, reason text, "messageId" text,
      "sentAt" bigint, "notBefore" bigint, untried integer, lane text, refused jsonb, "handedTo" text, known bigint)
    where d.id = v.id and d.id = ${anyOf(ended.map(({ id }) => id))} and ((d.status = 'sending' and d.claimed_by = ${by})
      or (v.status = 'sent' and d.status in ('queued', 'unknown') and d.last_error = ${CLAIM_LOST}))`;
  await writeTogether(db, { settled, learnt: learning(settlements) });
}

interface Learnt {
  readonly personId: string;
  readonly repliesLeft?: number;
  readonly unreachable?: string;
  /** The platform's own books, and the last interaction in ours when it was asked. */
  readonly standing?: Standing & { readonly known: Instant | null };
}

function learntFrom({ delivery, settled, standing }: Settlement): Learnt[] {
  const { personId, lastInteractionAt: known } = delivery;
  const learnt: Learnt = {
    personId,
    ...(standing === undefined ? {} : { standing: { ...standing, known } }),
    ...(settled.status === "sent" && settled.repliesLeft !== null
      ? { repliesLeft: settled.repliesLeft }
      : {}),
    ...(settled.status === "never" && settled.personUnreachable === true
      ? { unreachable: settled.reason }
      : {}),
  };
  return Object.keys(learnt).length === 1 ? [] : [learnt];
}

/**
 * Writes down what sending told about people: the platform's books stand in for ours, unless the person has written
 * since. Their rows are taken in the order in which the inbox takes them, so that neither waits for the other.
 */
function learning(settlements: readonly Settlement[]): SQL | null {
  const learnt = settlements.flatMap(learntFrom);
  if (learnt.length === 0) return null;
  const stands = sql`(v.standing is not null
    and p.last_interaction_at is not distinct from (v.standing ->> 'known')::bigint)`;
  return sql`
    update persons p set
      last_interaction_at = case when ${stands} then (v.standing ->> 'lastInteractionAt')::bigint else p.last_interaction_at end,
      replies_left = coalesce(v."repliesLeft",
        case when ${stands} then (v.standing ->> 'repliesLeft')::integer else p.replies_left end),
      unreachable = coalesce(v.unreachable, p.unreachable)
    from jsonb_to_recordset(${asRecords(learnt)}) as v("personId" text, "repliesLeft" integer, unreachable text, standing jsonb)
      join (select id from persons where id = ${anyOf(learnt.map(({ personId }) => personId))} order by address for update) ours
        on ours.id = v."personId"
    where p.id = v."personId"`;
}

/**
 * Finds messages whose sender died between claiming and settling. Nobody knows whether they went out: what
 * people asked for is sent again, unless it is found in the platform's history (silence is worse than an echo);
 * reminders and digests are left as unknown. Claims without a name are of a version that told none, and only age
 * speaks of them.
 */
export async function recoverClaims(db: Db, by: string, namelessBefore: Instant): Promise<void> {
  await db.execute(sql`
    update deliveries d set status = case when d.kind in ('reply', 'notice') then 'queued' else 'unknown' end,
      last_error = ${CLAIM_LOST}, claimed_at = null, claimed_by = null
    where d.status = 'sending' and case when d.claimed_by is null then d.claimed_at <= ${namelessBefore}
      else d.claimed_by <> ${by} and ${isGone(sql`d.claimed_by`)} end`);
}

/** Frees what `by` has claimed without hearing of it, because the database's answer was lost: nothing of it went out. */
export async function freeUnheard(db: Db, by: string, underWay: Iterable<string>): Promise<void> {
  await db.execute(sql`
    update deliveries set status = 'queued', attempts = attempts - 1, claimed_at = null, claimed_by = null
    where status = 'sending' and claimed_by = ${by}
      and id not in (select jsonb_array_elements_text(${JSON.stringify([...underWay])}::jsonb))`);
}

/**
 * The statement that frees what was held until these people write; that opens anew what was refused while they were
 * silent. Gives `id`, `person_id` and `status` of each.
 */
export const releaseOf = (personIds: readonly string[], now: Instant): SQL =>
  sql`update deliveries set not_before = ${now}, refused_lanes = '[]'
    where status = 'later' and not_before = ${UNTIL_THEY_WRITE} and person_id = ${anyOf(personIds)}
    returning id, person_id, status`;

/** Cards that wait for their person say nothing new once the next month's are there. */
export async function dropHeldCards(db: Db): Promise<void> {
  await db.execute(sql`update deliveries set status = 'never', last_error = 'newer-card'
    where kind = 'card' and status = 'later' and not_before = ${UNTIL_THEY_WRITE}`);
}

/** Messages put off for want of a grant go at once when there is one: nobody waits for the end of a pause. */
export async function releaseForGrant(db: Db, now: Instant): Promise<void> {
  await db.execute(sql`update deliveries set not_before = ${now}
    where status = 'later' and not_before > ${now} and last_error like 'zalo-grant%'`);
}

const backlogRow = z.object({ kind: z.string(), since: z.coerce.number() });

/** Since when the oldest message of each kind could have been sent. */
export async function backlogOf(db: Db, now: Instant): Promise<readonly z.infer<typeof backlogRow>[]> {
  return rowsOf(
    db,
    sql`${PLANNED_ANEW} select d.kind, min(d.not_before) as since from deliveries d
      where d.status in ('queued', 'later') and d.not_before <= ${now} and not ${waitsBehind(now)} group by d.kind`,
    backlogRow,
  );
}

/** Whether nothing can be sent now and nothing is under way. */
export async function outboxIdle(db: Db, now: Instant): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`${PLANNED_ANEW} select 1 as busy from deliveries d where d.status = 'sending'
      or (d.status in ('queued', 'later') and d.not_before <= ${now} and not ${waitsBehind(now)}) limit 1`,
    z.object({ busy: z.number() }),
  );
  return rows.length === 0;
}
