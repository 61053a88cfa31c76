/** The obligation ledger and what was handed in for it. */
import { sql } from "drizzle-orm";
import {
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
import { instant } from "./instant";

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
    index("obligations_due").on(t.dueAt),
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
    state: text("state").$type<"waiting" | "stored" | "failed" | "removed">().notNull(),
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
