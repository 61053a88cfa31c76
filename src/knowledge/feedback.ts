/** Whether answers helped: one opinion for each person and entry, the last one counts. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { feedback } from "../store/tables";

export interface Opinion {
  readonly personId: string;
  readonly entryId: string;
  readonly helpful: boolean;
  readonly at: Instant;
}

export async function recordFeedback(db: Db, opinion: Opinion): Promise<void> {
  const { helpful, at } = opinion;
  await db
    .insert(feedback)
    .values(opinion)
    .onConflictDoUpdate({ target: [feedback.personId, feedback.entryId], set: { helpful, at } });
}

const countRow = z.object({ entryId: z.string(), helpful: z.coerce.number(), wrong: z.coerce.number() });

/** By entry, those found wrong most often first: where the office should look. */
export const countFeedback = (db: Db): Promise<z.infer<typeof countRow>[]> =>
  rowsOf(
    db,
    sql`select entry_id as "entryId", count(*) filter (where helpful) as helpful,
          count(*) filter (where not helpful) as wrong
        from feedback group by entry_id order by wrong desc, helpful, entry_id`,
    countRow,
  );
