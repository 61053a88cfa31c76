/** Waiting until nothing is left to do now: inbox, outbox and evidence. What is planned for later counts as idle. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "../store/database";
import type { Clock } from "../core/clock";
import { othersTurn } from "../core/loop";
import { outboxIdle } from "../messaging/outbox";
import type { Store } from "../store/database";

export interface Idle {
  /** Resolves once nothing is waiting or under way; hangs while there is, so callers set their own limit. */
  settle(): Promise<void>;
}

interface Busy {
  wake(): void;
}

export interface IdleParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly worker: Busy;
  readonly sender: Busy & { idle(): Promise<void> };
  readonly evidence: Busy & { idle(): Promise<boolean> };
}

/** How often the tables are asked: often enough that a rehearsal of weeks takes seconds. */
const LOOK_EVERY_MS = 5;

export function createIdle({ store, clock, worker, sender, evidence }: IdleParts): Idle {
  async function isIdle(): Promise<boolean> {
    const waiting = await rowsOf(
      store.db,
      sql`select 1 as waiting from inbox where state = 'waiting' limit 1`,
      z.object({ waiting: z.number() }),
    );
    if (waiting.length > 0 || !(await outboxIdle(store.db, clock.now())) || !(await evidence.idle()))
      return false;
    await sender.idle();
    return outboxIdle(store.db, clock.now());
  }

  return {
    async settle() {
      while (!(await isIdle())) {
        worker.wake();
        sender.wake();
        evidence.wake();
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        await othersTurn();
      }
    },
  };
}
