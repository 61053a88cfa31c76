/** Reminders that must wait for the end of the quiet hours: since when, and for whom an office asked. */
import { eq, like } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import type { Db } from "../store/database";
import { marks } from "../store/tables";

const HELD = "reminders.held-since";
const ASKED = "reminders.asked:";

const askedSchema = z.object({ line: z.string(), period: z.string() });
/** A period whose missing units an office wants reminded. */
export type AskedReminder = z.infer<typeof askedSchema>;

/** From when on nobody has looked for reminders; null when nothing is held. */
export async function heldSince(db: Db): Promise<Instant | null> {
  const [row] = await db.select({ value: marks.value }).from(marks).where(eq(marks.name, HELD));
  return row === undefined ? null : z.number().parse(row.value);
}

/** Keeps the earliest instant that it is told. */
export async function holdSince(db: Db, since: Instant, now: Instant): Promise<void> {
  await db.insert(marks).values({ name: HELD, value: since, updatedAt: now }).onConflictDoNothing();
}

export async function releaseHeld(db: Db): Promise<void> {
  await db.delete(marks).where(eq(marks.name, HELD));
}

export async function holdAsked(db: Db, asked: AskedReminder, now: Instant): Promise<void> {
  await db
    .insert(marks)
    .values({ name: `${ASKED}${asked.line}:${asked.period}`, value: asked, updatedAt: now })
    .onConflictDoNothing();
}

/** What offices asked for during the quiet hours; it is theirs who takes it. */
export async function takeAsked(db: Db): Promise<readonly AskedReminder[]> {
  const rows = await db
    .delete(marks)
    .where(like(marks.name, `${ASKED}%`))
    .returning({ value: marks.value });
  return rows.map(({ value }) => askedSchema.parse(value));
}
