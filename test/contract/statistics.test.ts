/** Kept plans and growing tables: a statement that was planned while a table was empty does not read it whole for ever. */
import { expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { loadTicketViews } from "../../src/knowledge/ticket-views";
import { rowsOf, type Db } from "../../src/store/database";
import { countGrown } from "../../src/store/statistics";
import { NOON } from "../support/messaging";
import { eachStore } from "../support/stores";

const MANY = 5_000;
/** As often as it takes for a statement to be kept, and once more. */
const OFTEN = 4;

interface Node {
  readonly "Relation Name"?: string | undefined;
  readonly "Index Cond"?: string | undefined;
  readonly "Recheck Cond"?: string | undefined;
  readonly Plans?: readonly Node[] | undefined;
}
const node: z.ZodType<Node> = z.object({
  "Relation Name": z.string().optional(),
  "Index Cond": z.string().optional(),
  "Recheck Cond": z.string().optional(),
  get Plans() {
    return z.array(node).optional();
  },
});
const explained = z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: node })]) });
const kept = z.object({ name: z.string(), types: z.array(z.string()) });

/** The tables that the kept plan of the one statement with these words reads without looking anything up. */
async function readWhole(db: Db, words: string): Promise<string[]> {
  const [statement] = await rowsOf(
    db,
    sql`select name, parameter_types::text[] as types from pg_prepared_statements
      where statement like ${`%${words}%`} and statement not like '%pg_prepared_statements%'`,
    kept,
  );
  if (statement === undefined) throw new Error(`no statement with "${words}" is kept`);
  const values = statement.types.map((type) => `null::${type}`).join(", ");
  const [plan] = await rowsOf(
    db,
    sql.raw(`explain (format json) execute ${statement.name}(${values})`),
    explained,
  );
  const wholes = ({ Plans = [], ...at }: Node): string[] => [
    ...(at["Index Cond"] === undefined && at["Recheck Cond"] === undefined
      ? [at["Relation Name"] ?? ""]
      : []),
    ...Plans.flatMap(wholes),
  ];
  return plan === undefined ? [] : wholes(plan["QUERY PLAN"][0].Plan).filter((name) => name !== "");
}

eachStore((store) => {
  const looksUp = () => loadTicketViews(store().db, { personIds: ["p1"], offices: [], codes: ["HD-1"] });

  test("a plan made for empty tables is made anew once they have grown", async () => {
    await store().db.execute(sql`analyze tickets`);
    for (let i = 0; i < OFTEN; i++) await looksUp();
    await store().db.execute(sql`insert into tickets
      (code, kind, status, text, person_id, receiver_unit_code, created_at)
      select 'HD-' || i, 'question', 'open', 'Bao giờ có mẫu?', 'p' || i, 'so-khcn', ${NOON}::bigint
      from generate_series(1, ${MANY}::integer) i`);
    expect(await looksUp()).toHaveLength(1);
    expect(await readWhole(store().db, "askers")).toContain("tickets");
    expect(await countGrown(store().db)).toContain("tickets");
    expect(await looksUp()).toHaveLength(1);
    expect(await readWhole(store().db, "askers")).not.toContain("tickets");
  });

  test("what has not doubled since is left alone", async () => {
    await countGrown(store().db);
    expect(await countGrown(store().db)).toEqual([]);
  });
});
