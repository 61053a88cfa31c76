/**
 * The worker: claims waiting persons, takes one turn for each in one batch, and lands all consequences in one
 * transaction. When a batch fails, its persons are taken one at a time, so that one bad event stops nobody else.
 */
import { sql } from "drizzle-orm";
import type { Clock } from "../core/clock";
import { AppError, messageOf } from "../core/errors";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLoop, type Loop } from "../core/loop";
import type { Effect } from "../conversation/effects";
import { isNews } from "../conversation/event";
import type { Message } from "../conversation/message";
import type { Turn, TurnInput } from "../conversation/turn";
import type { Db, Store } from "../store/database";
import { isOutage } from "../store/server-pool";
import type { Hand } from "./hand";
import { land, NOTHING_SAID, type Said, type TurnDesk } from "./landing";
import { lockPersons, oldestOf, waitingPersons, type WaitingEvent } from "./line";
import { putInOutbox } from "./spoken";

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
  /** Where answers go at once; opened for every batch. */
  readonly hand: () => Hand;
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
  const hand = parts.hand();
  let said: Said = NOTHING_SAID;
  const work = async (tx: Db): Promise<number> => {
    said = NOTHING_SAID;
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
    said = await land({ ...parts, hand }, tx, turns, now);
    for (const { turn } of turns) for (const { type } of turn.effects) asked.add(type);
    return jobs.length;
  };
  try {
    const count = await store.transaction(work);
    hand.give(said.claimed, said.left);
    if (count > 0) parts.onTurns(count, asked);
    return count;
  } finally {
    hand.close();
  }
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
