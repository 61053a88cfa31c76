/**
 * The inbox: everything that comes in is a row here before it is acknowledged. The event key makes repeats
 * harmless, and rows that arrive together share one write.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { createBatcher } from "../core/batcher";
import type { Clock, Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import { rowsOf, type Db, type Store } from "../store/database";
import { asRecords } from "../store/lists";
import { inbox } from "../store/tables";
import type { News } from "../conversation/event";
import { settleEchoes } from "./echoes";
import type { OnFound } from "./outbox";
import type { Incoming } from "./ports";

export type Recorded = "recorded" | "duplicate";

export interface Inbox {
  /** Durable when it resolves; rejects when the event could not be stored. */
  record(incoming: Incoming): Promise<Recorded>;
}

/** Postgres takes 65,535 parameters in a statement; eight a row leave ample room, and larger batches gain nothing. */
const MAX_BATCH = 200;

export interface InboxParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told when something has come that starts a turn; most events are receipts. */
  readonly onWaiting: () => void;
  /** Told of messages of unknown fate that the platform reports as its own. */
  readonly onFound: OnFound;
}

export function createInbox({ store, clock, ids, onWaiting, onFound }: InboxParts): Inbox {
  const batcher = createBatcher<Incoming, Recorded>(MAX_BATCH, async (batch) => {
    const now = clock.now();
    // Before the events are on record: one that is delivered again settles nothing twice.
    await settleEchoes(store, batch, onFound);
    const recorded = await store.statement((db) => insertBatch(db, batch, personsIn(batch, ids, now), now));
    if (batch.some(({ input }) => input !== null)) onWaiting();
    const seen = new Set<string>();
    return batch.map((incoming) => {
      const isFirst = recorded.has(incoming.eventKey) && !seen.has(incoming.eventKey);
      seen.add(incoming.eventKey);
      return isFirst ? "recorded" : "duplicate";
    });
  });
  return { record: (incoming) => batcher.add(incoming) };
}

interface Interaction {
  /** For whoever has no row yet. */
  readonly id: string;
  readonly address: string;
  /** When they last did something that opens the reply window; null when nothing did. */
  readonly at: Instant | null;
  /** Nothing but receipts: whoever has a row keeps it as it is. */
  readonly isQuiet: boolean;
}

/** Each person of the batch once; sorted, so that two batches never wait for each other's rows. */
function personsIn(batch: readonly Incoming[], ids: Ids, now: Instant): Interaction[] {
  const interactions = new Map<string, Pick<Interaction, "at" | "isQuiet">>();
  for (const { address, opensWindow, occurredAt, input } of batch) {
    if (address === null) continue;
    const before = interactions.get(address) ?? { at: null, isQuiet: true };
    // The platform's clock may run ahead of ours; an interaction in the future would keep the window open too long.
    const at = opensWindow ? Math.min(occurredAt, now) : null;
    interactions.set(address, {
      at: at === null ? before.at : Math.max(at, before.at ?? at),
      isQuiet: before.isQuiet && at === null && input === null,
    });
  }
  return [...interactions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, interaction]) => ({ id: ids.next(now), address, ...interaction }));
}

const recordedRow = z.object({ eventKey: z.string() });

/**
 * The events, and a row for every person who has none, in one statement: the keys of those that are new. Whoever did
 * something has a new reply window. Most events are receipts of people we know, whose rows stay as they are.
 */
async function insertBatch(
  db: Db,
  batch: readonly Incoming[],
  persons: readonly Interaction[],
  now: Instant,
): Promise<Set<string>> {
  const events = batch.map(({ eventKey, address, name, input, occurredAt }) => ({
    eventKey,
    address,
    kind: name,
    payload: input ?? {},
    occurredAt,
    state: input === null ? "ignored" : "waiting",
  }));
  const rows = await rowsOf(
    db,
    sql`with named as materialized (
        select v.id, v.address, v.at, case when v."isQuiet" then p.id end as unchanged
        from jsonb_to_recordset(${asRecords(persons)}) as v(id text, address text, at bigint, "isQuiet" boolean)
        left join lateral (select id from persons where address = v.address offset 0) p on true
      ), changed as (
        insert into persons (id, address, created_at, last_interaction_at)
        select id, address, ${now}::bigint, at from named where unchanged is null order by address
        on conflict (address) do update set
          last_interaction_at = greatest(persons.last_interaction_at, excluded.last_interaction_at),
          replies_left = case when excluded.last_interaction_at is null then persons.replies_left end,
          unreachable = case when excluded.last_interaction_at is null then persons.unreachable end
        returning id, address
      ), who as (
        select id, address from changed
        union all select unchanged, address from named where unchanged is not null
      )
      insert into inbox (event_key, person_id, kind, payload, occurred_at, received_at, state)
      select v."eventKey", who.id, v.kind, v.payload, v."occurredAt", ${now}::bigint, v.state
      from rows from (jsonb_to_recordset(${asRecords(events)}) as ("eventKey" text, address text, kind text,
        payload jsonb, "occurredAt" bigint, state text)) with ordinality
        as v("eventKey", address, kind, payload, "occurredAt", state, place)
      left join who on who.address = v.address
      order by v.place
      on conflict do nothing returning event_key as "eventKey"`,
    recordedRow,
  );
  return new Set(rows.map((row) => row.eventKey));
}

export interface NewsItem {
  readonly personId: string;
  readonly key: string;
  readonly news: News;
}

/** Puts news into people's line, inside the caller's transaction; news with a key seen before is left out. */
export async function postNews(db: Db, items: readonly NewsItem[], now: Instant): Promise<void> {
  for (let i = 0; i < items.length; i += MAX_BATCH) {
    await db
      .insert(inbox)
      .values(
        items.slice(i, i + MAX_BATCH).map(({ personId, key, news }) => ({
          eventKey: key,
          personId,
          kind: `news:${news.kind}`,
          payload: news,
          occurredAt: now,
          receivedAt: now,
          state: "waiting" as const,
        })),
      )
      .onConflictDoNothing();
  }
}
