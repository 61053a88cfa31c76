/** What an office answers to its digest: that it has been read, and which figures have to be made clear. */
import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

/** "Đã nhận": who has read which digest. */
export const digestReceipts = pgTable(
  "digest_receipts",
  {
    digestId: text("digest_id").notNull(),
    personId: text("person_id").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.digestId, t.personId] })],
);

/** "Cần làm rõ": a question about a figure in a frozen digest, and the unit's answer. */
export const clarifications = pgTable(
  "clarifications",
  {
    /** `LR-…` */
    code: text("code").primaryKey(),
    digestId: text("digest_id").notNull(),
    line: text("line").notNull(),
    period: text("period").notNull(),
    unitCode: text("unit_code").notNull(),
    /** The field of the form it is about; null for the whole report. */
    field: text("field"),
    /** The figure or text as it stood in the digest, and in which version of the report. */
    value: jsonb("value").$type<number | string | null>(),
    version: integer("version").notNull(),
    question: text("question").notNull(),
    officeUnitCode: text("office_unit_code").notNull(),
    askedBy: text("asked_by"),
    askedAt: instant("asked_at").notNull(),
    answer: text("answer"),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    index("clarifications_digest").on(t.digestId),
    index("clarifications_line").on(t.line, t.askedAt),
    index("clarifications_unit").on(t.unitCode, t.askedAt),
    index("clarifications_asked_by").on(t.askedBy),
  ],
);
