/** Whom a piece of news goes to, looked up when it is posted: links may have changed since the turn began. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Recipients } from "../conversation/effects";
import { linkedTo } from "../people/persons";
import { rowsOf, type Db } from "../store/database";

const idRow = z.object({ id: z.string() });

export async function recipientsOf(db: Db, to: Recipients): Promise<string[]> {
  if ("person" in to) return [to.person];
  if ("staffOf" in to) return linkedTo(db, [to.staffOf], "staff");
  if ("reportersOf" in to) return linkedTo(db, [to.reportersOf], "reporter");
  const query = sql`select asked_by as id from extensions where id = ${to.extensionAsker} and asked_by is not null`;
  return (await rowsOf(db, query, idRow)).map((row) => row.id);
}
