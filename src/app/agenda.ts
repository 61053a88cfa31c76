/**
 * What falls due by the clock: periods open, reminders are told, digests are frozen. The heartbeat asks "what
 * became due since I last looked", so a stop of minutes or days is caught up and nothing happens twice.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { MINUTE_MS, SECOND_MS, type Instant } from "../core/clock";
import { AppError } from "../core/errors";
import { postNews, type NewsItem } from "../messaging/inbox";
import { putDelegationsInForce } from "../people/delegations-in-force";
import { purgeForgotten } from "../people/forget";
import { linkedTo } from "../people/persons";
import { freezeDueDigests, type FrozenDigest } from "../reporting/digests";
import { nextAgendaInstant } from "../reporting/agenda-instants";
import { openPeriods } from "../reporting/ledger";
import { recordReminders } from "../reporting/remind";
import { rowsOf, type Db } from "../store/database";
import { LEASE_UNAVAILABLE, type Lease } from "../store/leases";
import { forwardedNews } from "./forwarded-news";
import { recordMonthCards } from "./month-cards";
import type { Rooms } from "./rooms";

export interface Agenda {
  /**
   * Does everything that has fallen due since the last look. Replicas look one after the other: the one that
   * waits finds nothing left to do, or what a dead one did not finish.
   */
  run(): Promise<void>;
  /** The next instant after `after` at which something falls due; null when the campaign is over. */
  next(after: Instant): Promise<Instant | null>;
  /** Lets the look in hand finish and begins no other. */
  stop(): Promise<void>;
}

const MARK = "agenda.looked-at";
/** Kept up while a look lasts; a replica that dies in the middle is replaced after this. */
const LEASE_MS = 8 * SECOND_MS;
const ASK_AGAIN_MS = 500;
/** The lease saves work; that nothing is told twice is due to this lock and to keys that are used once. Any number will do. */
const LOOK_LOCK = 31_600_317;
/** A digest waits this long for messages that came before the due instant and are still being handled. */
const MAX_WAIT_FOR_INBOX_MS = 2 * MINUTE_MS;

export function createAgenda(rooms: Rooms, lease: Lease, onNews: () => void): Agenda {
  const { store, clock, ids, log, campaign } = rooms;

  const alone = (work: (tx: Db) => Promise<void>): Promise<void> =>
    store.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOOK_LOCK})`);
      await work(tx);
    });

  async function look(): Promise<void> {
    const now = clock.now();
    const from = (await lookedAt(store.db)) ?? now;
    await alone(async (tx) => {
      await openPeriods(tx, campaign, now, ids);
    });
    await alone((tx) => putDelegationsInForce(tx, now));
    const post = (db: Db, items: readonly NewsItem[]) => postNews(db, items, now);
    if (now > from) await alone((tx) => recordReminders(tx, campaign, { from, to: now, now }, post));
    if (now > from) await alone((tx) => recordMonthCards(tx, campaign, { from, to: now }));
    const complete = (await inboxDrained(store.db, now)) ? now : now - MAX_WAIT_FOR_INBOX_MS;
    await alone(async (tx) => {
      for (const digest of await freezeDueDigests(tx, campaign, { dueBy: complete, now }))
        await announce(tx, digest, now);
      await remember(tx, now);
    });
    await purgeForgotten(store.db);
    onNews();
  }

  /** Without whoever grants the lease, replicas may look at once: the lock keeps them apart. */
  async function inTurn(): Promise<"looked" | "busy"> {
    try {
      return (await lease("agenda", LEASE_MS, look)) === "busy" ? "busy" : "looked";
    } catch (error) {
      if (!(error instanceof AppError && error.code === LEASE_UNAVAILABLE)) throw error;
      log.warn("agenda: looked without a lease");
      await look();
      return "looked";
    }
  }

  let isStopping = false;
  const underWay = new Set<Promise<void>>();
  async function run(): Promise<void> {
    while (!isStopping && (await inTurn()) === "busy")
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
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
    run: () => {
      const running = run().finally(() => underWay.delete(running));
      underWay.add(running);
      return running;
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
    stop: async () => {
      isStopping = true;
      await Promise.allSettled(underWay);
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
    on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
    where (marks.value #>> '{}')::bigint < ${now}`);
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
