/**
 * What came back settles what nobody knew: the platform reports every message it takes, so a request whose
 * answer was lost is known to have worked, and a reply is not said twice.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, MINUTE_MS } from "../core/clock";
import { rowsOf, type Store } from "../store/database";
import { foundSchema, UNCLEAR, type OnFound } from "./outbox";
import type { Incoming } from "./ports";

/** How far the platform's clock may be behind ours. */
const MAX_SKEW_MS = MINUTE_MS;
/** An echo speaks of the moment of sending; the same words a day later are another message. */
const MAX_AGE_MS = DAY_MS;
/** What the way over the wire may change about words: blanks, and the joiner that opens what looks like a mention. */
const IGNORED = " \n\r\t\u00a0\u2060";

/** A text as it can be compared with what came back over the wire. */
export const wordsOf = (text: string): string =>
  Array.from(text.normalize("NFC"))
    .filter((letter) => !IGNORED.includes(letter))
    .join("");

/**
 * Marks messages as sent whose fate is unknown, or under way, and whose words have come back. Each echo settles
 * one message of its person, the oldest; an id that is known already settles none.
 */
export async function settleEchoes(
  store: Store,
  batch: readonly Incoming[],
  onFound: OnFound,
): Promise<void> {
  const values = batch.flatMap(({ address, echo, occurredAt }, i) => {
    const words = wordsOf(echo?.text ?? "");
    return address === null || echo === undefined || words === ""
      ? []
      : [sql`(${i}::integer, ${address}, ${echo.messageId}, ${words}, ${occurredAt}::bigint)`];
  });
  if (values.length === 0) return;
  const pairs = await rowsOf(
    store.db,
    sql`
    with echo as (
      select v.*, p.id as person_id
      from (values ${sql.join(values, sql`, `)}) as v(i, address, message_id, words, at)
      join persons p on p.address = v.address
      where not exists (select 1 from deliveries k where k.person_id = p.id and k.message_id = v.message_id)
    ), pair as (
      select distinct on (e.i) e.i, e.message_id, e.at, d.id
      from echo e join deliveries d on d.person_id = e.person_id
        and (d.status = 'unknown'
          or (d.status = 'sending' and (d.claimed_at <= e.at or d.last_error like ${`${UNCLEAR}%`}))
          or (d.status in ('queued', 'later') and d.last_error like ${`${UNCLEAR}%`}))
        and d.created_at between e.at - ${MAX_AGE_MS}::bigint and e.at + ${MAX_SKEW_MS}::bigint
        and translate(normalize(d.message->>'text', nfc), ${IGNORED}, '') = e.words
      order by e.i, d.seq
    )
    select distinct on (id) id, message_id as "messageId", at from pair order by id, i`,
    pairRow,
  );
  // One at a time: the sender may be settling the same rows, and who holds one lock of them blocks nobody.
  for (const { id, messageId, at } of pairs)
    await store.transaction(async (tx) => {
      const found = await rowsOf(
        tx,
        sql`update deliveries
          set status = 'sent', message_id = ${messageId}, sent_at = ${at}, claimed_at = null, claimed_by = null
          where id = ${id} and status in ('unknown', 'sending', 'queued', 'later')
          returning kind, event_key as "eventKey"`,
        foundSchema,
      );
      await onFound(tx, found);
    });
}

const pairRow = z.object({ id: z.string(), messageId: z.string(), at: z.coerce.number() });
