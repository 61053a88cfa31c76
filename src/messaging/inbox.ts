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
  readonly onRecorded: () => void;
  /** Told of messages of unknown fate that the platform reports as its own. */
  readonly onFound: OnFound;
}

export function createInbox({ store, clock, ids, onRecorded, onFound }: InboxParts): Inbox {
  const batcher = createBatcher<Incoming, Recorded>(MAX_BATCH, async (batch) => {
    const now = clock.now();
    // Before the events are on record: one that is delivered again settles nothing twice.
    await settleEchoes(store, batch, onFound);
    const recorded = await store.transaction(async (tx) =>
      insertBatch(tx, batch, await upsertPersons(tx, batch, ids, now), now),
    );
    onRecorded();
    const seen = new Set<string>();
    return batch.map((incoming) => {
      const isFirst = recorded.has(incoming.eventKey) && !seen.has(incoming.eventKey);
      seen.add(incoming.eventKey);
      return isFirst ? "recorded" : "duplicate";
    });
  });
  return { record: (incoming) => batcher.add(incoming) };
}

/** Makes sure that every person of the batch has a row; those whose event opens the reply window get a new one. */
async function upsertPersons(
  db: Db,
  batch: readonly Incoming[],
  ids: Ids,
  now: Instant,
): Promise<Map<string, string>> {
  const interactions = new Map<string, Instant | null>();
  for (const { address, opensWindow, occurredAt } of batch) {
    if (address === null) continue;
    const before = interactions.get(address) ?? null;
    // The platform's clock may run ahead of ours; an interaction in the future would keep the window open too long.
    const at = opensWindow ? Math.min(occurredAt, now) : null;
    interactions.set(address, at === null ? before : Math.max(at, before ?? at));
  }
  if (interactions.size === 0) return new Map();
  // Sorted, so that two batches never wait for each other's rows.
  const values = [...interactions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, at]) => sql`(${ids.next(now)}, ${address}, ${now}::bigint, ${at}::bigint)`);
  const rows = await rowsOf(
    db,
    sql`insert into persons (id, address, created_at, last_interaction_at) values ${sql.join(values, sql`, `)}
        on conflict (address) do update set
          last_interaction_at = greatest(persons.last_interaction_at, excluded.last_interaction_at),
          replies_left = case when excluded.last_interaction_at is null then persons.replies_left end,
          unreachable = case when excluded.last_interaction_at is null then persons.unreachable end
        returning id, address`,
    z.object({ id: z.string(), address: z.string() }),
  );
  return new Map(rows.map((row) => [row.address, row.id]));
}

async function insertBatch(
  db: Db,
  batch: readonly Incoming[],
  persons: Map<string, string>,
  now: Instant,
): Promise<Set<string>> {
  const rows = await db
    .insert(inbox)
    .values(
      batch.map((incoming) => ({
        eventKey: incoming.eventKey,
        personId: incoming.address === null ? null : (persons.get(incoming.address) ?? null),
        kind: incoming.name,
        payload: incoming.input ?? {},
        occurredAt: incoming.occurredAt,
        receivedAt: now,
        state: incoming.input === null ? ("ignored" as const) : ("waiting" as const),
      })),
    )
    .onConflictDoNothing()
    .returning({ eventKey: inbox.eventKey });
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
