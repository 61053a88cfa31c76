/**
 * What falls due by the clock: periods open, reminders are told, digests are frozen. The heartbeat asks "what
 * became due since I last looked", so a stop of minutes or days is caught up and nothing happens twice.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { MINUTE_MS, type Instant } from "../core/clock";
import { postNews, type NewsItem } from "../messaging/inbox";
import { putDelegationsInForce } from "../people/delegations-in-force";
import { purgeForgotten } from "../people/forget";
import { linkedTo } from "../people/persons";
import { freezeDueDigests, type FrozenDigest } from "../reporting/digests";
import { nextAgendaInstant } from "../reporting/agenda-instants";
import { openPeriods } from "../reporting/ledger";
import { recordReminders } from "../reporting/remind";
import { rowsOf, type Db } from "../store/database";
import { forwardedNews } from "./forwarded-news";
import type { Rooms } from "./rooms";

export interface Agenda {
  /** Does everything that has fallen due since the last look; safe to call at any time and from any replica. */
  run(): Promise<void>;
  /** The next instant after `after` at which something falls due; null when the campaign is over. */
  next(after: Instant): Promise<Instant | null>;
}

const MARK = "agenda.looked-at";
/** Longer than a look may take; a replica that dies in the middle is replaced after this. */
const LEASE_MS = 2 * MINUTE_MS;
/** A digest waits this long for messages that came before the due instant and are still being handled. */
const MAX_WAIT_FOR_INBOX_MS = 2 * MINUTE_MS;

export type Lease = <T>(name: string, ttlMs: number, work: () => Promise<T>) => Promise<T | "busy">;

export function createAgenda(rooms: Rooms, lease: Lease, onNews: () => void): Agenda {
  const { store, clock, ids, campaign } = rooms;

  async function look(): Promise<void> {
    const now = clock.now();
    const from = (await lookedAt(store.db)) ?? now;
    await store.transaction((tx) => openPeriods(tx, campaign, now, ids));
    await store.transaction((tx) => putDelegationsInForce(tx, now));
    const post = (db: Db, items: readonly NewsItem[]) => postNews(db, items, now);
    if (now > from)
      await store.transaction((tx) => recordReminders(tx, campaign, { from, to: now, now }, post));
    const complete = (await inboxDrained(store.db, now)) ? now : now - MAX_WAIT_FOR_INBOX_MS;
    await store.transaction(async (tx) => {
      for (const digest of await freezeDueDigests(tx, campaign, { dueBy: complete, now }))
        await announce(tx, digest, now);
      await remember(tx, now);
    });
    await purgeForgotten(store.db);
    onNews();
  }

  async function announce(tx: Db, digest: FrozenDigest, now: Instant): Promise<void> {
    const staff = await linkedTo(tx, [digest.receiverUnitCode], "staff");
    const items = staff.map((personId) => ({
      personId,
      key: `digest:${digest.id}:${personId}`,
      news: { kind: "digest" as const, digestId: digest.id },
    }));
    await postNews(tx, [...items, ...(await forwardedNews(tx, campaign, digest, now))], now);
  }

  return {
    run: async () => {
      await lease("agenda", LEASE_MS, look);
    },
    next: async (after) => {
      const rows = await rowsOf(
        store.db,
        sql`select min(not_before) as at from deliveries where status in ('queued', 'later') and not_before > ${after}`,
        z.object({ at: z.coerce.number().nullable() }),
      );
      const retry = rows[0]?.at ?? null;
      const planned = await nextAgendaInstant(store.db, campaign, after);
      return retry === null ? planned : planned === null ? retry : Math.min(retry, planned);
    },
  };
}

const markRow = z.object({ value: z.coerce.number() });

/** Up to when the schedule has been looked at; null before the first look. */
export async function lookedAt(db: Db): Promise<Instant | null> {
  const [row] = await rowsOf(db, sql`select value from marks where name = ${MARK}`, markRow);
  return row?.value ?? null;
}

async function remember(db: Db, now: Instant): Promise<void> {
  await db.execute(sql`insert into marks (name, value, updated_at) values (${MARK}, to_jsonb(${now}::bigint), ${now})
    on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`);
}

/** Whether everything that people sent up to now has been handled. */
async function inboxDrained(db: Db, now: Instant): Promise<boolean> {
  const waiting = await rowsOf(
    db,
    sql`select 1 as waiting from inbox where state = 'waiting' and received_at <= ${now} and kind not like 'news:%' limit 1`,
    z.object({ waiting: z.number() }),
  );
  return waiting.length === 0;
}
