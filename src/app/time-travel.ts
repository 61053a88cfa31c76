/** Moving the program's clock forward: everything that falls due on the way happens, in order of time. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant, MovableClock } from "../core/clock";
import { rowsOf, type Db, type Store } from "../store/database";
import type { Agenda } from "./agenda";
import type { Idle } from "./idle";

export interface Moved {
  readonly now: Instant;
  readonly eventsHandled: number;
  readonly messagesSent: number;
}

export interface TravelParts {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly agenda: Agenda;
  readonly idle: Idle;
}

export function createTimeTravel({
  store,
  clock,
  agenda,
  idle,
}: TravelParts): (to: Instant) => Promise<Moved> {
  return async function moveClock(to) {
    const before = await countsOf(store.db);
    await idle.settle();
    for (;;) {
      const next = await agenda.next(clock.now());
      if (next === null || next > to) break;
      clock.moveTo(next);
      await agenda.run();
      await idle.settle();
    }
    clock.moveTo(to);
    await agenda.run();
    await idle.settle();
    const after = await countsOf(store.db);
    return {
      now: clock.now(),
      eventsHandled: after.handled - before.handled,
      messagesSent: after.sent - before.sent,
    };
  };
}

const countRow = z.object({ handled: z.coerce.number(), sent: z.coerce.number() });

async function countsOf(db: Db): Promise<z.infer<typeof countRow>> {
  const [counts] = await rowsOf(
    db,
    sql`select (select count(*) from inbox where state <> 'waiting') as handled,
          (select count(*) from deliveries where status = 'sent') as sent`,
    countRow,
  );
  return counts ?? { handled: 0, sent: 0 };
}
