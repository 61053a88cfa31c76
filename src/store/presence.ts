/**
 * Which replicas are alive. Each says so every moment; one that falls silent is counted dead, and what it had
 * claimed may be taken over. A replica that could not say so lately knows that the others may think it dead,
 * and begins nothing that must not be done twice.
 */
import { sql, type SQL } from "drizzle-orm";
import { SECOND_MS } from "../core/clock";
import { messageOf } from "../core/errors";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLoop } from "../core/loop";
import type { Store } from "./database";

const BEAT_MS = 1_500;
/** Two beats may fail; what is begun at the last moment still has `GONE_AFTER_MS - SURE_MS` before anybody takes over. */
const SURE_MS = 5 * SECOND_MS;
const GONE_AFTER_MS = 8 * SECOND_MS;
const ID_CHARS = 16;

const DATABASE_NOW = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export interface Presence {
  /** This process, until it ends. */
  readonly id: string;
  /** Whether the others still count on this process. */
  isSure(): boolean;
  /** Resolves once the others can see this process. */
  start(): Promise<void>;
  /** Says goodbye: what is still claimed may be taken over at once. */
  stop(): Promise<void>;
}

export interface PresenceParts {
  readonly store: Store;
  readonly ids: Ids;
  readonly log: Log;
  /** True when no other process works on this database: whoever else is on record is gone. */
  readonly alone: boolean;
}

/** Holds where the replica whose id `column` is has fallen silent or said goodbye. */
export const isGone = (column: SQL): SQL => sql`not exists (select 1 from replicas r
  where r.id = ${column} and r.seen_at > ${DATABASE_NOW} - ${GONE_AFTER_MS}::bigint)`;

export function createPresence({ store, ids, log, alone }: PresenceParts): Presence {
  const id = ids.secretCode(ID_CHARS);
  let believedUntil = -Infinity;

  async function beat(): Promise<void> {
    const askedAt = performance.now();
    await store.db.execute(sql`insert into replicas (id, seen_at) values (${id}, ${DATABASE_NOW})
      on conflict (id) do update set seen_at = excluded.seen_at`);
    believedUntil = askedAt + SURE_MS;
  }

  /** Of those long gone nobody has claims any more. */
  const sweep = (): Promise<unknown> =>
    store.db.execute(sql`delete from replicas
      where id <> ${id} and (${alone} or seen_at < ${DATABASE_NOW} - ${GONE_AFTER_MS}::bigint)`);

  const loop = createLoop({
    name: "presence",
    pollMs: BEAT_MS,
    retryMs: BEAT_MS,
    log,
    pass: async () => {
      await beat();
      return false;
    },
  });

  return {
    id,
    isSure: () => alone || performance.now() < believedUntil,
    start: async () => {
      await sweep();
      await beat();
      // The only process on a database has nobody to tell.
      if (!alone) loop.start();
    },
    stop: async () => {
      await loop.stop();
      await store.db
        .execute(sql`delete from replicas where id = ${id}`)
        .catch((error: unknown) => log.warn("could not say goodbye", { reason: messageOf(error) }));
    },
  };
}
