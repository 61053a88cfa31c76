/** What waits to be sent and how sending ended. */
import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

/** The outbox: one row is one request to the platform. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    personId: text("person_id").notNull(),
    kind: text("kind").$type<"reply" | "reminder" | "digest" | "notice">().notNull(),
    message: jsonb("message").notNull(),
    /** `queued` and `later` wait; `sending` is claimed; the rest is settled. */
    status: text("status")
      .$type<"queued" | "sending" | "later" | "sent" | "never" | "unknown" | "parked">()
      .notNull(),
    attempts: integer("attempts").notNull().default(0),
    notBefore: instant("not_before").notNull(),
    lastError: text("last_error"),
    /** The platform's id of the message, once sent. */
    messageId: text("message_id"),
    /** The inbox event that brought this message about. */
    eventKey: text("event_key").notNull(),
    uniqueKey: text("unique_key").unique(),
    createdAt: instant("created_at").notNull(),
    claimedAt: instant("claimed_at"),
    sentAt: instant("sent_at"),
  },
  (t) => [
    index("deliveries_waiting")
      .on(t.notBefore, t.seq)
      .where(sql`status in ('queued', 'later')`),
    index("deliveries_person").on(t.personId, t.seq),
    index("deliveries_event").on(t.eventKey),
  ],
);
