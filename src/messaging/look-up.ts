/**
 * Messages of unknown fate are looked for in the platform's own history of the conversation: an answer before it
 * is said again; a reminder or digest, which is never said again, once, a moment later. An echo may settle
 * either before or after.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { messageSchema, type Message } from "../conversation/message";
import { DAY_MS, SECOND_MS, type Instant } from "../core/clock";
import { rowsOf, type Db, type Store } from "../store/database";
import { foundSchema, UNTIL_THEY_WRITE, type OnFound } from "./outbox";
import type { Budget, Channel } from "./ports";

/** By then the history shows what the platform has taken. */
export const LOOK_UP_AFTER_MS = 10 * SECOND_MS;
/** Older messages are no longer among those that one call gives. */
const MAX_AGE_MS = DAY_MS;
/** After an outage there may be thousands; they do not hold up what waits to be sent. */
const MAX_AT_ONCE = 20;

export interface LookUpParts {
  readonly db: Db;
  readonly channel: Pick<Channel, "findSaid">;
  readonly budget: Budget;
}

interface Uncertain {
  readonly personId: string;
  readonly address: string;
  readonly message: Message;
  readonly createdAt: Instant;
}

/** The platform's id of this message, when its history holds the words under an id that is no other message's. */
export async function foundInHistory(
  { db, channel, budget }: LookUpParts,
  { personId, address, message, createdAt }: Uncertain,
  lane: "reply" | "wave",
): Promise<string | null> {
  if (!(await budget(lane)).ok) return null;
  const ids = await channel.findSaid({ address, phone: null, groupId: null }, message, createdAt);
  if (ids.length === 0) return null;
  const known = await rowsOf(
    db,
    sql`select message_id as id from deliveries where person_id = ${personId} and message_id is not null`,
    z.object({ id: z.string() }),
  );
  const others = new Set(known.map(({ id }) => id));
  return ids.find((id) => !others.has(id)) ?? null;
}

const rowSchema = z.object({
  id: z.string(),
  personId: z.string(),
  address: z.string(),
  message: messageSchema,
  createdAt: z.coerce.number(),
});

/** Looks for reminders and digests of unknown fate, each once. */
export async function lookUpUnknown(
  parts: Omit<LookUpParts, "db"> & { readonly store: Store; readonly onFound: OnFound },
  now: Instant,
): Promise<void> {
  const { store, onFound } = parts;
  const rows = await rowsOf(
    store.db,
    sql`select d.id, d.person_id as "personId", p.address, d.message, d.created_at as "createdAt"
        from deliveries d join persons p on p.id = d.person_id
        where d.status = 'unknown' and d.not_before <= ${now - LOOK_UP_AFTER_MS} and d.group_id is null
          and d.created_at > ${now - MAX_AGE_MS} order by d.seq limit ${MAX_AT_ONCE}`,
    rowSchema,
  );
  for (const row of rows) {
    const messageId = await foundInHistory({ ...parts, db: store.db }, row, "wave");
    await store.transaction(async (tx) => {
      const found = await rowsOf(
        tx,
        sql`update deliveries set not_before = ${UNTIL_THEY_WRITE}, message_id = ${messageId},
          status = ${messageId === null ? "unknown" : "sent"}, sent_at = ${messageId === null ? null : now}::bigint
          where id = ${row.id} and status = 'unknown' returning kind, event_key as "eventKey"`,
        foundSchema,
      );
      if (messageId !== null) await onFound(tx, found);
    });
  }
}
