/** How far behind the program is, read from the tables when somebody looks. */
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "../store/database";
import type { Gauges } from "../web/metrics";
import type { Rooms } from "./rooms";

const figureRow = z.object({ figure: z.coerce.number().nullable() });

export function createGauges({ store, clock }: Rooms): Gauges {
  const read = async (query: SQL) => (await rowsOf(store.db, query, figureRow))[0]?.figure ?? 0;
  return {
    inboxLagMs: () =>
      read(
        sql`select ${clock.now()}::bigint - min(received_at) as figure from inbox where state = 'waiting'`,
      ),
    outboxDepth: () =>
      read(sql`select count(*) as figure from deliveries where status in ('queued', 'later', 'sending')`),
  };
}
