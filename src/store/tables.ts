/**
 * Every table, in the order of the way of a message: who writes, what came in, what is owed, what was
 * reported, what goes out. Instants are milliseconds since the epoch, days are `YYYY-MM-DD` in Hà Nội.
 */
import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";

const instant = (name: string) => bigint(name, { mode: "number" });

// ── People ───────────────────────────────────────────────────────────────────────────────────────────────

export const persons = pgTable("persons", {
  id: text("id").primaryKey(),
  /** The platform's own id of this person for our account: always a string. */
  address: text("address").notNull().unique(),
  displayName: text("display_name"),
  createdAt: instant("created_at").notNull(),
  lastInteractionAt: instant("last_interaction_at"),
  /** Free replies left in the current window as the platform last told; null when it has not. */
  repliesLeft: integer("replies_left"),
  optedOutAt: instant("opted_out_at"),
  /** Why the platform will not deliver to this person any more; null while it does. */
  unreachable: text("unreachable"),
  /** Until when the bot keeps quiet because an officer has taken over. */
  silentUntil: instant("silent_until"),
  linkTries: integer("link_tries").notNull().default(0),
  linkBlockedUntil: instant("link_blocked_until"),
  /** When the person asked to be forgotten; the address goes once the farewell has been sent. */
  forgottenAt: instant("forgotten_at"),
});

export const sessions = pgTable("sessions", {
  personId: text("person_id")
    .primaryKey()
    .references(() => persons.id, { onDelete: "cascade" }),
  data: jsonb("data").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const units = pgTable("units", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  shortName: text("short_name").notNull(),
  group: text("group_name").notNull(),
  parentCode: text("parent_code"),
  /** Other ways to write the name, folded; for search. */
  aliases: jsonb("aliases").$type<string[]>().notNull().default([]),
  validFrom: text("valid_from"),
  validTo: text("valid_to"),
});

export const memberships = pgTable(
  "memberships",
  {
    personId: text("person_id")
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    unitCode: text("unit_code")
      .notNull()
      .references(() => units.code),
    role: text("role").$type<"reporter" | "staff">().notNull(),
    linkedAt: instant("linked_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.unitCode, t.role] }),
    index("memberships_unit").on(t.unitCode),
  ],
);

export const invitations = pgTable("invitations", {
  code: text("code").primaryKey(),
  unitCode: text("unit_code")
    .notNull()
    .references(() => units.code),
  role: text("role").$type<"reporter" | "staff">().notNull(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedBy: text("used_by"),
  usedAt: instant("used_at"),
});

/** Proof of consent: rows are added, never changed. */
export const consents = pgTable(
  "consents",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    personId: text("person_id").notNull(),
    purpose: text("purpose").notNull(),
    wordingVersion: text("wording_version").notNull(),
    granted: boolean("granted").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [index("consents_person").on(t.personId)],
);

// ── What comes in ────────────────────────────────────────────────────────────────────────────────────────

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

// ── What is owed ─────────────────────────────────────────────────────────────────────────────────────────

export const periods = pgTable(
  "periods",
  {
    line: text("line").notNull(),
    id: text("id").notNull(),
    startsOn: text("starts_on").notNull(),
    endsOn: text("ends_on").notNull(),
    opensAt: instant("opens_at").notNull(),
    dueAt: instant("due_at").notNull(),
    closesAt: instant("closes_at").notNull(),
    /** How the due instant came about, in words: the plan's clause, and the holiday that moved it. */
    rule: text("rule").notNull(),
  },
  (t) => [primaryKey({ columns: [t.line, t.id] })],
);

/** The ledger: one row per (line, period, unit), written when the period opens. */
export const obligations = pgTable(
  "obligations",
  {
    id: text("id").primaryKey(),
    line: text("line").notNull(),
    period: text("period").notNull(),
    unitCode: text("unit_code").notNull(),
    opensAt: instant("opens_at").notNull(),
    /** The unit's own due instant: the period's, or later where an extension was granted. */
    dueAt: instant("due_at").notNull(),
    closesAt: instant("closes_at").notNull(),
    exemptReason: text("exempt_reason"),
    /** The newest version handed in; 0 = none. */
    version: integer("version").notNull().default(0),
    nil: boolean("nil").notNull().default(false),
    /** First hand-in decides whether the unit was on time; an amendment does not make it late. */
    submittedAt: instant("submitted_at"),
    lastSubmittedAt: instant("last_submitted_at"),
    draftStartedAt: instant("draft_started_at"),
    /** False when reminders fell due and none could be delivered. */
    reached: boolean("reached").notNull().default(true),
    notReachedReason: text("not_reached_reason"),
  },
  (t) => [
    uniqueIndex("obligations_key").on(t.line, t.period, t.unitCode),
    index("obligations_unit").on(t.unitCode, t.dueAt),
  ],
);

export const drafts = pgTable("drafts", {
  obligationId: text("obligation_id")
    .primaryKey()
    .references(() => obligations.id),
  values: jsonb("values").notNull(),
  /** Field ids that a person was asked about and kept: "cần kiểm tra". */
  marks: jsonb("marks").$type<string[]>().notNull().default([]),
  personId: text("person_id").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const reports = pgTable(
  "reports",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    obligationId: text("obligation_id")
      .notNull()
      .references(() => obligations.id),
    version: integer("version").notNull(),
    code: text("code").notNull(),
    values: jsonb("values").notNull(),
    marks: jsonb("marks").$type<string[]>().notNull().default([]),
    nil: boolean("nil").notNull(),
    late: boolean("late").notNull(),
    personId: text("person_id").notNull(),
    at: instant("at").notNull(),
    /** The message that handed it in: from a figure back to the words. */
    eventKey: text("event_key").notNull(),
  },
  (t) => [
    uniqueIndex("reports_version").on(t.obligationId, t.version),
    index("reports_at").on(t.at),
    index("reports_person").on(t.personId),
  ],
);

export const attachments = pgTable(
  "attachments",
  {
    id: text("id").primaryKey(),
    obligationId: text("obligation_id")
      .notNull()
      .references(() => obligations.id),
    personId: text("person_id").notNull(),
    url: text("url").notNull(),
    name: text("name").notNull(),
    state: text("state").$type<"waiting" | "stored" | "failed">().notNull(),
    sha256: text("sha256"),
    mime: text("mime"),
    sizeBytes: integer("size_bytes"),
    attempts: integer("attempts").notNull().default(0),
    failure: text("failure"),
    at: instant("at").notNull(),
  },
  (t) => [
    index("attachments_obligation").on(t.obligationId),
    index("attachments_waiting")
      .on(t.at)
      .where(sql`state = 'waiting'`),
  ],
);

export const extensions = pgTable(
  "extensions",
  {
    id: text("id").primaryKey(),
    obligationId: text("obligation_id")
      .notNull()
      .references(() => obligations.id),
    until: instant("until").notNull(),
    reason: text("reason").notNull(),
    state: text("state").$type<"asked" | "granted" | "refused">().notNull(),
    askedBy: text("asked_by"),
    decidedBy: text("decided_by"),
    at: instant("at").notNull(),
    decidedAt: instant("decided_at"),
  },
  (t) => [index("extensions_obligation").on(t.obligationId)],
);

/** One row per reminder ever planned: its key makes a second one impossible. */
export const reminderSteps = pgTable(
  "reminder_steps",
  {
    personId: text("person_id").notNull(),
    obligationId: text("obligation_id").notNull(),
    step: text("step").notNull(),
    eventKey: text("event_key").notNull(),
    plannedAt: instant("planned_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.obligationId, t.step] }),
    index("reminder_steps_obligation").on(t.obligationId),
  ],
);

/** A frozen digest: `canonical` is the bytes that were hashed and never changes. */
export const digests = pgTable(
  "digests",
  {
    id: text("id").primaryKey(),
    line: text("line").notNull(),
    period: text("period").notNull(),
    receiverUnitCode: text("receiver_unit_code").notNull(),
    frozenAt: instant("frozen_at").notNull(),
    sha256: text("sha256").notNull(),
    canonical: text("canonical").notNull(),
    text: text("text").notNull(),
  },
  (t) => [uniqueIndex("digests_key").on(t.line, t.period)],
);

// ── Questions and difficulties ───────────────────────────────────────────────────────────────────────────

export const tickets = pgTable(
  "tickets",
  {
    code: text("code").primaryKey(),
    kind: text("kind").$type<"question" | "difficulty">().notNull(),
    status: text("status").$type<"open" | "answered" | "closed">().notNull(),
    text: text("text").notNull(),
    personId: text("person_id"),
    unitCode: text("unit_code"),
    line: text("line"),
    /** The office whose staff are to answer. */
    receiverUnitCode: text("receiver_unit_code").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("tickets_status").on(t.kind, t.status), index("tickets_person").on(t.personId)],
);

export const ticketReplies = pgTable(
  "ticket_replies",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    ticketCode: text("ticket_code")
      .notNull()
      .references(() => tickets.code),
    text: text("text").notNull(),
    /** Person id of the officer, or `api`. */
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [index("ticket_replies_ticket").on(t.ticketCode)],
);

export const feedback = pgTable(
  "feedback",
  {
    personId: text("person_id").notNull(),
    entryId: text("entry_id").notNull(),
    helpful: boolean("helpful").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.entryId] })],
);

// ── What goes out ────────────────────────────────────────────────────────────────────────────────────────

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

// ── House-keeping ────────────────────────────────────────────────────────────────────────────────────────

/** The account's tokens, encrypted; the pair before is kept for diagnosis. */
export const oaTokens = pgTable("oa_tokens", {
  oaId: text("oa_id").primaryKey(),
  sealed: text("sealed").notNull(),
  previousSealed: text("previous_sealed"),
  expiresAt: instant("expires_at").notNull(),
  refusedAt: instant("refused_at"),
  updatedAt: instant("updated_at").notNull(),
});

/** Small facts that must survive a restart, such as the instant up to which the schedule was looked at. */
export const marks = pgTable("marks", {
  name: text("name").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const audit = pgTable("audit", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  at: instant("at").notNull(),
  /** Person id, `api` or `clock`. */
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  target: text("target").notNull(),
  details: jsonb("details").notNull(),
});
