/** What the frozen digests of a line have told of corrections further below. */
import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../store/database";
import { digests } from "../store/tables";
import { digestSchema } from "./digest-content";
import { toldBelowIn, type ToldBelow } from "./digest-corrections";

const toldRow = z.array(digestSchema.pick({ corrections: true, below: true }));

export async function loadToldBelow(db: Db, line: string): Promise<ToldBelow> {
  const rows = await db
    .select({
      corrections: sql<unknown>`${digests.canonical}::jsonb -> 'corrections'`,
      below: sql<unknown>`${digests.canonical}::jsonb -> 'below'`,
    })
    .from(digests)
    .where(eq(digests.line, line))
    .orderBy(asc(digests.frozenAt));
  return toldBelowIn(toldRow.parse(rows));
}
