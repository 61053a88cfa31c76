/**
 * When turns lag behind, people are told once that their message has arrived: whoever hears nothing writes again, and
 * makes it worse. What came in is safe already; only the answer is late.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { HOUR_MS, SECOND_MS, type Clock } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLoop, type Loop } from "../core/loop";
import type { Message } from "../conversation/message";
import { rowsOf, type Store } from "../store/database";
import { putInOutbox } from "./spoken";

export interface OverloadParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly received: Message;
  /** There is something to send. */
  readonly onTold: (people: number) => void;
}

export interface Overload extends Loop {
  /** Tells whoever waits too long and has not been told; how many that are. */
  pass(): Promise<number>;
}

/** An answer usually comes within a second; after five people begin to wonder. */
const LAG_MS = 5 * SECOND_MS;
const POLL_MS = SECOND_MS;
const RETRY_MS = 5 * SECOND_MS;
/** A word of comfort must not become a load of its own. */
const MAX_AT_ONCE = 200;
/** Once in so long: each notice is one of the few free replies of a person. */
const ONCE_IN_MS = HOUR_MS;

const lateRow = z.object({ personId: z.string(), eventKey: z.string() });

export function createOverload({ store, clock, ids, log, received, onTold }: OverloadParts): Overload {
  async function pass(): Promise<number> {
    const now = clock.now();
    const late = await rowsOf(
      store.db,
      sql`select distinct on (i.person_id) i.person_id as "personId", i.event_key as "eventKey"
        from inbox i join persons p on p.id = i.person_id
        where i.state = 'waiting' and i.received_at <= ${now - LAG_MS} and i.payload->>'kind' in ('text', 'files')
          and coalesce(p.silent_until, 0) <= ${now}
          and not exists (select 1 from deliveries d where d.person_id = i.person_id and d.created_at > ${now - ONCE_IN_MS}
            and d.unique_key like 'received:%')
        order by i.person_id, i.occurred_at, i.id limit ${MAX_AT_ONCE}`,
      lateRow,
    );
    if (late.length === 0) return 0;
    log.warn("turns lag behind", { people: late.length });
    await putInOutbox(
      store.db,
      late.map(({ personId, eventKey }) => ({
        personId,
        kind: "reply",
        message: received,
        eventKey,
        uniqueKey: `received:${eventKey}`,
      })),
      ids,
      now,
    );
    onTold(late.length);
    return late.length;
  }

  const loop = createLoop({
    name: "overload",
    pollMs: POLL_MS,
    retryMs: RETRY_MS,
    log,
    pass: async () => (await pass()) === MAX_AT_ONCE,
  });
  return { ...loop, pass };
}
