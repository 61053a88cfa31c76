/** The line in which people's events wait: whose turn it is, and the lock that keeps two replicas from one person. */
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { eventSchema, type ConversationEvent } from "../conversation/event";
import { EMPTY_SESSION, sessionSchema, type Session } from "../conversation/session";
import { rowsOf, type Db } from "../store/database";
import { anyOf } from "../store/lists";

export interface WaitingEvent {
  readonly id: number;
  readonly personId: string;
  readonly eventKey: string;
  readonly event: ConversationEvent;
  /** A turn happens when its event arrived, however long it then waited: a report tapped in time is in time. */
  readonly receivedAt: Instant;
  readonly attempts: number;
  readonly session: Session;
}

/** Sets these locks apart from others; any number will do. */
const TURN_LOCK = 316;
/** So many more people are looked at than are taken, so that replicas find others than each other's. */
const LOOK_AHEAD = 4;

const personRow = z.object({ personId: z.string() });

/** People with something waiting, those who did something before those whom we have to tell something. */
const inLine = (limit: number, personId: string | null): SQL => sql`
  select f.person_id from (
    select distinct on (person_id) id, person_id, kind like 'news:%' as is_news from inbox
    where state = 'waiting' ${personId === null ? sql`` : sql`and person_id = ${personId}`}
    order by person_id, occurred_at, id
  ) f order by f.is_news, f.id limit ${limit}`;

/** Up to `limit` people, in the order of their turns. */
export async function waitingPersons(db: Db, limit: number): Promise<string[]> {
  const rows = await rowsOf(
    db,
    sql`select person_id as "personId" from (${inLine(limit, null)}) l`,
    personRow,
  );
  return rows.map(({ personId }) => personId);
}

/**
 * Up to `limit` people (or this one) whom no other replica is dealing with; theirs until the transaction ends. The
 * lock is no row's, so what people write meanwhile is recorded without waiting.
 */
export async function lockPersons(db: Db, limit: number, personId: string | null): Promise<string[]> {
  const rows = await rowsOf(
    db,
    sql`select person_id as "personId" from (${inLine(LOOK_AHEAD * limit, personId)}) l
        where pg_try_advisory_xact_lock(${TURN_LOCK}, hashtext(person_id)) limit ${limit}`,
    personRow,
  );
  return rows.map(({ personId: id }) => id);
}

const rowSchema = z.object({
  id: z.coerce.number(),
  personId: z.string(),
  eventKey: z.string(),
  payload: z.unknown(),
  receivedAt: z.coerce.number(),
  attempts: z.number(),
  session: z.unknown(),
});

/** The oldest waiting event of each of these people, if there is one. */
export async function oldestOf(db: Db, personIds: readonly string[]): Promise<WaitingEvent[]> {
  if (personIds.length === 0) return [];
  const rows = await rowsOf(
    db,
    sql`
    with first as (
      select distinct on (person_id) * from inbox
      where state = 'waiting' and person_id = ${anyOf(personIds)}
      order by person_id, occurred_at, id
    )
    select f.id, f.person_id as "personId", f.event_key as "eventKey", f.payload, f.received_at as "receivedAt",
      f.attempts, s.data as session
    from first f left join sessions s on s.person_id = f.person_id
    order by f.kind like 'news:%', f.id`,
    rowSchema,
  );
  return rows.map(({ payload, session, ...row }) => ({
    ...row,
    event: eventSchema.parse(payload),
    session: sessionSchema.safeParse(session).data ?? EMPTY_SESSION,
  }));
}
