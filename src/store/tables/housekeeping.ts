/** Tokens, small lasting facts and the audit trail. */
import { bigserial, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

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
