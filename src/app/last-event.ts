/** When the platform last told anything; news are of our own making. */
import { sql } from "drizzle-orm";

export const LAST_EVENT = sql`select received_at as at from inbox where kind not like 'news:%' order by id desc limit 1`;
