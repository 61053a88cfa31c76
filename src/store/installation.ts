/** What tells one installation from another: replicas of one share its database, whatever address they reach it by. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import { rowsOf, type Db } from "./database";
import { marks } from "./tables";

const MARK = "installation";
const NAME_CHARS = 10;

/** The name of this installation: made at its first start, the same ever after and for every replica. */
export async function installationOf(db: Db, ids: Ids, now: Instant): Promise<string> {
  await db
    .insert(marks)
    .values({ name: MARK, value: ids.secretCode(NAME_CHARS), updatedAt: now })
    .onConflictDoNothing();
  const rows = await rowsOf(
    db,
    sql`select value #>> '{}' as name from marks where name = ${MARK}`,
    z.object({ name: z.string() }),
  );
  return z.tuple([z.object({ name: z.string() })]).parse(rows)[0].name;
}
