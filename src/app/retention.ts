/**
 * What has been kept long enough goes, a little at a time. Ids, times and hashes of it stay, so a figure still
 * leads to the report and the message it came from; reports, digests and the ledger are records and stay whole.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, dayOf, type Clock, type Instant } from "../core/clock";
import { forgetPerson } from "../people/forget";
import type { Settings } from "../settings/settings";
import { rowsOf, type Db, type Store } from "../store/database";

export interface RetentionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly keep: Settings["keep"];
  /** Where evidence lies by content hash. */
  readonly evidenceFolder: string;
}

/** Rows of one kind in one go: a few milliseconds, so that nobody waits for it. */
const BATCH = 500;
/** Each removes a file or touches a dozen tables. */
const SMALL_BATCH = 20;
/** A conversation that nobody has gone on with; drafts live on their own, as long as their period. */
const SESSION_MS = 30 * DAY_MS;
/** After closing nothing can be handed in; a month for whoever asks what became of it. */
const CLOSED_DRAFT_MS = 30 * DAY_MS;
const MARK = "retention:";

type Purge = (parts: RetentionParts, now: Instant) => Promise<number>;

/** One batch of every kind; how much went. Once nothing is left, the day is done and costs one look at a mark. */
export async function purgeOld(parts: RetentionParts): Promise<number> {
  const { store, clock } = parts;
  const now = clock.now();
  const today = dayOf(now);
  if ((await readMark(store.db, "done")) === today) return 0;
  let gone = 0;
  for (const purge of PURGES) gone += await purge(parts, now);
  if (gone === 0) await writeMark(store.db, "done", today, now);
  return gone;
}

/** Leaves the hash of what stood there: enough to prove a text that somebody else kept. */
const hashOf = (column: SQL) =>
  sql`jsonb_build_object('text', '', 'sha256', encode(sha256(convert_to(${column}::text, 'UTF8')), 'hex'))`;

interface Walked {
  readonly table: SQL;
  readonly at: SQL;
  readonly column: SQL;
  /** What may be emptied. */
  readonly settled: SQL;
}

const INBOX: Walked = {
  table: sql`inbox`,
  at: sql`received_at`,
  column: sql`payload`,
  settled: sql`state <> 'waiting' and payload <> '{}'::jsonb`,
};
const DELIVERIES: Walked = {
  table: sql`deliveries`,
  at: sql`created_at`,
  column: sql`message`,
  settled: sql`status not in ('queued', 'later', 'sending')`,
};

const walkedRow = z.object({ id: z.union([z.string(), z.number()]), at: z.coerce.number() });

/** Goes through a large table once in its life, from where it stood: what is emptied is never read again. */
const emptied =
  (name: string, { table, at, column, settled }: Walked): Purge =>
  ({ store, keep }, now) =>
    store.transaction(async (tx) => {
      const from = await readMark(tx, name);
      const rows = await rowsOf(
        tx,
        sql`select id, ${at} as at from ${table} where ${from === null ? sql`true` : sql`id > ${from}`}
          order by id limit ${BATCH}`,
        walkedRow,
      );
      const young = rows.findIndex((row) => row.at >= now - keep.messagesDays * DAY_MS);
      const due = young === -1 ? rows : rows.slice(0, young);
      const last = due.at(-1);
      if (last === undefined) return 0;
      const ids = sql.join(
        due.map(({ id }) => sql`${id}`),
        sql`, `,
      );
      await tx.execute(
        sql`update ${table} set ${column} = ${hashOf(column)} where id in (${ids}) and ${settled}`,
      );
      await writeMark(tx, name, last.id, now);
      return due.length;
    });

const removed =
  (query: (now: Instant, keep: Settings["keep"]) => SQL): Purge =>
  async ({ store, keep }, now) =>
    (await rowsOf(store.db, query(now, keep), z.unknown())).length;

const fileRow = z.object({ id: z.string(), sha256: z.string().nullable() });

/** The file before the row: what breaks off in between is done again. */
const files: Purge = async ({ store, keep, evidenceFolder }, now) => {
  const old = await rowsOf(
    store.db,
    sql`select id, sha256 from attachments where state = 'stored' and at < ${now - keep.filesDays * DAY_MS}
      order by at limit ${SMALL_BATCH}`,
    fileRow,
  );
  for (const { id, sha256 } of old) {
    const others = await rowsOf(
      store.db,
      sql`select id, sha256 from attachments where state = 'stored' and sha256 = ${sha256} and id <> ${id} limit 1`,
      fileRow,
    );
    if (sha256 !== null && others.length === 0) await rm(join(evidenceFolder, sha256), { force: true });
    await store.db.execute(
      sql`update attachments set state = 'removed', name = '', url = '' where id = ${id}`,
    );
  }
  return old.length;
};

/** People without a unit who have not been heard of for long are forgotten as if they had asked for it. */
const silentPeople: Purge = async ({ store, keep }, now) => {
  const silent = await rowsOf(
    store.db,
    sql`select id from persons p where forgotten_at is null
        and coalesce(last_interaction_at, created_at) < ${now - keep.silentPeopleDays * DAY_MS}
        and not exists (select 1 from memberships m where m.person_id = p.id)
      order by id limit ${SMALL_BATCH}`,
    z.object({ id: z.string() }),
  );
  for (const { id } of silent) await store.transaction((tx) => forgetPerson(tx, id, now));
  return silent.length;
};

const PURGES: readonly Purge[] = [
  emptied("inbox", INBOX),
  emptied("deliveries", DELIVERIES),
  removed(
    (now) => sql`delete from sessions where person_id in
      (select person_id from sessions where updated_at < ${now - SESSION_MS} limit ${BATCH}) returning 1`,
  ),
  removed(
    (now) => sql`delete from drafts where obligation_id in
      (select d.obligation_id from drafts d join obligations o on o.id = d.obligation_id
        where o.closes_at < ${now - CLOSED_DRAFT_MS} limit ${BATCH}) returning 1`,
  ),
  removed(
    (now, keep) => sql`update tickets set text = '', person_id = null where code in
      (select code from tickets where created_at < ${now - keep.ticketsDays * DAY_MS}
        and status <> 'open' and text <> '' limit ${BATCH}) returning 1`,
  ),
  removed(
    (now, keep) => sql`delete from audit where id in
      (select id from audit where at < ${now - keep.auditDays * DAY_MS} order by id limit ${BATCH}) returning 1`,
  ),
  files,
  silentPeople,
];

const markRow = z.object({ value: z.union([z.string(), z.number()]) });

async function readMark(db: Db, name: string): Promise<string | number | null> {
  const [row] = await rowsOf(db, sql`select value from marks where name = ${MARK + name}`, markRow);
  return row?.value ?? null;
}

async function writeMark(db: Db, name: string, value: string | number, now: Instant): Promise<void> {
  await db.execute(sql`insert into marks (name, value, updated_at)
    values (${MARK + name}, ${JSON.stringify(value)}::jsonb, ${now})
    on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`);
}
