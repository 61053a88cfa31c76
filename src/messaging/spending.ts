/** What may be paid for in a month, counted before a request is made, so that replicas never overspend together. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { dayOf, type Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import type { MonthlyLimits, Purse } from "./lanes";

const MONTH_CHARS = "2025-12".length;
export const monthOf = (now: Instant): string => dayOf(now).slice(0, MONTH_CHARS);

const countRow = z.object({ purse: z.enum(["replies", "templates"]), messages: z.number() });

/** Takes one message out of the month's purse; false when it is empty. */
export async function spend(db: Db, purse: Purse, limits: MonthlyLimits, now: Instant): Promise<boolean> {
  if (limits[purse] <= 0) return false;
  const taken = await rowsOf(
    db,
    sql`insert into spending (month, purse, messages) values (${monthOf(now)}, ${purse}, 1)
        on conflict (month, purse) do update set messages = spending.messages + 1
          where spending.messages < ${limits[purse]} returning purse, messages`,
    countRow,
  );
  return taken.length > 0;
}

/** The message was refused and costs nothing. */
export async function giveBack(db: Db, purse: Purse, now: Instant): Promise<void> {
  await db.execute(sql`update spending set messages = greatest(0, messages - 1)
    where month = ${monthOf(now)} and purse = ${purse}`);
}

/** What is left of the month in which `now` lies. */
export async function leftThisMonth(db: Db, limits: MonthlyLimits, now: Instant): Promise<MonthlyLimits> {
  const rows = await rowsOf(
    db,
    sql`select purse, messages from spending where month = ${monthOf(now)}`,
    countRow,
  );
  const left = (purse: Purse): number =>
    Math.max(0, limits[purse] - (rows.find((row) => row.purse === purse)?.messages ?? 0));
  return { replies: left("replies"), templates: left("templates") };
}
