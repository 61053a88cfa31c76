/** What a person has to answer, and how helpful answers were. */
import { bigserial, boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

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
    /** The ticket that speaks for this one: one answer goes to all who asked the same. Null for one that speaks for itself. */
    leadCode: text("lead_code"),
  },
  (t) => [
    index("tickets_status").on(t.kind, t.status),
    index("tickets_person").on(t.personId),
    index("tickets_lead").on(t.leadCode),
  ],
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

/** Officers' answers that everybody gets, in words an officer has looked over; withdrawn ones are kept. */
export const generalAnswers = pgTable("general_answers", {
  ticketCode: text("ticket_code")
    .primaryKey()
    .references(() => tickets.code),
  question: text("question").notNull(),
  answer: text("answer").notNull(),
  officeUnitCode: text("office_unit_code").notNull(),
  /** The entry that said until now that nobody has published it. */
  fills: text("fills"),
  /** Person id of the officer, or `api`. */
  approvedBy: text("approved_by").notNull(),
  approvedAt: instant("approved_at").notNull(),
  withdrawnAt: instant("withdrawn_at"),
});

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
