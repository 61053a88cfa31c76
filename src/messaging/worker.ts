/**
 * The worker: claims waiting persons, takes one turn for each in one batch, and lands all consequences in one
 * transaction. When a batch fails, its persons are taken one at a time, so that one bad event stops nobody else.
 */
import { sql, type SQL } from "drizzle-orm";
import type { Clock, Instant } from "../core/clock";
import { AppError, messageOf } from "../core/errors";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLoop, type Loop } from "../core/loop";
import type { TurnContext } from "../conversation/context";
import type { Effect } from "../conversation/effects";
import { isNews } from "../conversation/event";
import type { Message } from "../conversation/message";
import type { Turn, TurnInput } from "../conversation/turn";
import type { Db, Store } from "../store/database";
import { anyOf, asRecords } from "../store/lists";
import { writeTogether } from "../store/together";
import { isOutage } from "../store/server-pool";
import { lockPersons, oldestOf, waitingPersons, type WaitingEvent } from "./line";
import { outboxRows, putInOutbox, releaseOf, type Outgoing } from "./outbox";

export interface TurnDone {
  readonly personId: string;
  readonly eventKey: string;
  readonly receivedAt: Instant;
  readonly effects: readonly Effect[];
}

/** What the worker needs from the rooms that own the data. */
export interface TurnDesk {
  /** Everything the turns of a batch may look at, in a number of queries that does not grow with the batch. */
  load(db: Db, waiting: readonly WaitingEvent[], now: Instant): Promise<ReadonlyMap<string, TurnContext>>;
  /** Lands what turns asked for, except what they said. Throws `stale` when the state has changed since. */
  apply(db: Db, done: readonly TurnDone[], now: Instant): Promise<void>;
}

export interface WorkerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly desk: TurnDesk;
  readonly takeTurn: (input: TurnInput) => Turn;
  readonly fit: (message: Message) => Message[];
  /** What a person is told when their message could not be handled. */
  readonly apology: Message;
  /** Told of turns that have landed, and of the kinds of things they asked for. */
  readonly onTurns: (turns: number, asked: ReadonlySet<Effect["type"]>) => void;
  readonly onParked: (reason: string) => void;
}

export interface Worker extends Loop {
  /** Handles what waits now; the number of events dealt with. */
  pass(): Promise<number>;
}

/** Large enough to share the cost of a transaction, small enough that nobody waits long for the others. */
const BATCH_PERSONS = 50;
/** After this many failures an event will not heal by itself. */
const MAX_ATTEMPTS = 5;
/** Other replicas record events too; without a wake-up call from here they are found this soon. */
const POLL_MS = 200;
const RETRY_MS = 1_000;
const MAX_REASON_CHARS = 300;

export function createWorker(parts: WorkerParts): Worker {
  const { store, log } = parts;

  async function pass(): Promise<number> {
    try {
      return await handleBatch(parts, BATCH_PERSONS, null);
    } catch (error) {
      log.warn("worker: a batch failed, taking its persons one at a time", { reason: messageOf(error) });
    }
    let handled = 0;
    for (const job of await oldestOf(store.db, await waitingPersons(store.db, BATCH_PERSONS)))
      handled += await handleAlone(parts, job);
    return handled;
  }

  const loop = createLoop({
    name: "worker",
    pollMs: POLL_MS,
    retryMs: RETRY_MS,
    log,
    pass: async () => (await pass()) > 0,
  });
  return { ...loop, pass };
}

/** Takes the turns of up to `limit` persons (or of one) and lands them together. */
async function handleBatch(parts: WorkerParts, limit: number, personId: string | null): Promise<number> {
  const { store, clock, desk, takeTurn } = parts;
  const now = clock.now();
  const asked = new Set<Effect["type"]>();
  const count = await store.transaction(async (tx) => {
    // What is read after the lock is what the one who held it before has left.
    const jobs = await oldestOf(tx, await lockPersons(tx, limit, personId));
    if (jobs.length === 0) return 0;
    const contexts = await desk.load(tx, jobs, now);
    const turns = jobs.map((job) => {
      const context = contexts.get(job.personId);
      if (context === undefined)
        throw new AppError("broken", "no-context", "no context was loaded for a person");
      const { session, event, eventKey, receivedAt } = job;
      return { job, turn: takeTurn({ session, event, eventKey, context, now: receivedAt }) };
    });
    await land(parts, tx, turns, now);
    for (const { turn } of turns) for (const { type } of turn.effects) asked.add(type);
    return jobs.length;
  });
  if (count > 0) parts.onTurns(count, asked);
  return count;
}

async function land(
  parts: WorkerParts,
  tx: Db,
  turns: readonly { job: WaitingEvent; turn: Turn }[],
  now: Instant,
): Promise<void> {
  const done = turns.map(({ job, turn }) => ({
    personId: job.personId,
    eventKey: job.eventKey,
    receivedAt: job.receivedAt,
    effects: turn.effects,
  }));
  await parts.desk.apply(tx, done, now);
  const outgoing = done.flatMap((turn) => spokenBy(turn, parts.fit));
  const wrote = turns.filter(({ job }) => !isNews(job.event)).map(({ job }) => job.personId);
  await writeTogether(tx, [
    sessionRows(turns, now),
    outboxRows(outgoing, parts.ids, now),
    wrote.length === 0 ? null : releaseOf(wrote, now),
    sql`update inbox set state = 'done', handled_at = ${now} where id = ${anyOf(turns.map(({ job }) => String(job.id)))}`,
  ]);
}

function spokenBy(turn: TurnDone, fit: WorkerParts["fit"]): Outgoing[] {
  return turn.effects.flatMap((effect) =>
    effect.type !== "say"
      ? []
      : effect.messages.flatMap(fit).map((message, i) => ({
          personId: turn.personId,
          kind: effect.kind,
          message,
          eventKey: turn.eventKey,
          ...(effect.groupId === undefined ? {} : { groupId: effect.groupId }),
          ...(effect.uniqueKey === undefined ? {} : { uniqueKey: `${effect.uniqueKey}:${i}` }),
        })),
  );
}

function sessionRows(turns: readonly { job: WaitingEvent; turn: Turn }[], now: Instant): SQL | null {
  const changed = turns.filter(({ job, turn }) => turn.session !== job.session);
  if (changed.length === 0) return null;
  const sessions = changed.map(({ job, turn }) => ({ personId: job.personId, data: turn.session }));
  // A person who asked to be forgotten in this very turn is gone, and so is the session.
  return sql`
    insert into sessions (person_id, data, updated_at)
    select v."personId", v.data, ${now}::bigint from jsonb_to_recordset(${asRecords(sessions)}) as v("personId" text, data jsonb)
    where exists (select 1 from persons p where p.id = v."personId" offset 0)
    on conflict (person_id) do update set data = excluded.data, updated_at = excluded.updated_at`;
}

/** One person alone; a failure is counted, and the event is parked when it will not heal. */
async function handleAlone(parts: WorkerParts, job: WaitingEvent): Promise<number> {
  try {
    return await handleBatch(parts, 1, job.personId);
  } catch (error) {
    // The event has done nothing wrong.
    if (isOutage(error)) throw error;
    const reason = messageOf(error).slice(0, MAX_REASON_CHARS);
    const attempts = job.attempts + 1;
    parts.log.error("worker: an event failed", { eventKey: job.eventKey, attempts, reason });
    if (attempts >= MAX_ATTEMPTS) await park(parts, job, reason);
    else
      await parts.store.db.execute(
        sql`update inbox set attempts = ${attempts}, reason = ${reason} where id = ${job.id}`,
      );
    return 0;
  }
}

async function park(parts: WorkerParts, job: WaitingEvent, reason: string): Promise<void> {
  const now = parts.clock.now();
  await parts.store.transaction(async (tx) => {
    await tx.execute(
      sql`update inbox set state = 'parked', reason = ${reason}, handled_at = ${now} where id = ${job.id}`,
    );
    if (isNews(job.event)) return;
    await putInOutbox(
      tx,
      [
        {
          personId: job.personId,
          kind: "reply",
          message: parts.apology,
          eventKey: job.eventKey,
          uniqueKey: `parked:${job.eventKey}`,
        },
      ],
      parts.ids,
      now,
    );
  });
  parts.onParked(reason);
}
