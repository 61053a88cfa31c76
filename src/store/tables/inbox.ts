/** Everything that came in, from the platform or from the clock. */
import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

export const inbox = pgTable(
  "inbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    /** Account + sender + event + message id: the same event twice is one row. */
    eventKey: text("event_key").notNull().unique(),
    /** Null for events that start no turn; they are kept and counted. */
    personId: text("person_id"),
    kind: text("kind").notNull(),
    payload: jsonb("payload").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull(),
    state: text("state").$type<"waiting" | "done" | "parked" | "ignored">().notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Why the event was parked; for operators. */
    reason: text("reason"),
    handledAt: instant("handled_at"),
  },
  (t) => [
    index("inbox_person").on(t.personId),
    index("inbox_waiting")
      .on(t.personId, t.occurredAt, t.id)
      .where(sql`state = 'waiting'`),
  ],
);
