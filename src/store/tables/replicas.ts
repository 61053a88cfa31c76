/** Which processes are at work on this database. */
import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./instant";

export const replicas = pgTable("replicas", {
  /** Made anew at each start: a process that comes back is another one. */
  id: text("id").primaryKey(),
  /** By the database's own clock: neither a moved clock nor a wrong one makes anybody look dead. */
  seenAt: instant("seen_at").notNull(),
});
