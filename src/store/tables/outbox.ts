/** What waits to be sent and how sending ended. */
import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

/** The outbox: one row is one request to the platform. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    personId: text("person_id").notNull(),
    kind: text("kind").$type<"reply" | "reminder" | "digest" | "notice" | "card">().notNull(),
    message: jsonb("message").notNull(),
    /** `queued` and `later` wait; `sending` is claimed; the rest is settled. */
    status: text("status")
      .$type<"queued" | "sending" | "later" | "sent" | "never" | "unknown" | "parked">()
      .notNull(),
    attempts: integer("attempts").notNull().default(0),
    notBefore: instant("not_before").notNull(),
    lastError: text("last_error"),
    /** On which lane it went out; null before, and for what was sent before lanes were kept. */
    lane: text("lane").$type<"free" | "paid" | "template" | "phone" | "group">(),
    /** Lanes the platform has refused for this message: each is tried once. */
    refusedLanes: jsonb("refused_lanes").$type<string[]>().notNull().default([]),
    /** The group of an office it goes to, or that got it in its person's place. */
    groupId: text("group_id"),
    /** The platform's id of the message, once sent. */
    messageId: text("message_id"),
    /** The inbox event that brought this message about. */
    eventKey: text("event_key").notNull(),
    uniqueKey: text("unique_key").unique(),
    createdAt: instant("created_at").notNull(),
    claimedAt: instant("claimed_at"),
    /** The replica that is sending it. */
    claimedBy: text("claimed_by"),
    sentAt: instant("sent_at"),
  },
  (t) => [
    index("deliveries_waiting")
      .on(t.notBefore, t.seq)
      .where(sql`status in ('queued', 'later')`),
    // What waits, in the order in which it is claimed: replies and the rest each by themselves.
    index("deliveries_waiting_replies")
      .on(t.seq)
      .where(sql`status in ('queued', 'later') and kind = 'reply'`),
    index("deliveries_waiting_waves")
      .on(t.seq)
      .where(sql`status in ('queued', 'later') and kind <> 'reply'`),
    index("deliveries_sending")
      .on(t.personId)
      .where(sql`status = 'sending'`),
    index("deliveries_unknown")
      .on(t.notBefore)
      .where(sql`status = 'unknown'`),
    index("deliveries_person").on(t.personId, t.seq),
    index("deliveries_event").on(t.eventKey),
    index("deliveries_claimed")
      .on(t.claimedBy)
      .where(sql`status = 'sending'`),
  ],
);

/** What a month has cost so far, in messages: one row for each purse, counted up before a request is made. */
export const spending = pgTable(
  "spending",
  {
    /** `2025-12`. */
    month: text("month").notNull(),
    purse: text("purse").$type<"replies" | "templates">().notNull(),
    messages: integer("messages").notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.purse] })],
);
