/** Statements that go to the database together: what each gives is what it gives alone. */
import { expect, test } from "@jest/globals";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Db } from "../../src/store/database";
import { together, writeTogether } from "../../src/store/together";
import { marks } from "../../src/store/tables";
import { eachStore } from "../support/stores";

const row = z.object({ n: z.coerce.number(), said: z.string(), list: z.array(z.string()) });
const read = (db: Db, n: number) =>
  rowsOf(
    db,
    sql`select g::bigint as n, 'thứ ' || g as said, '["a","b"]'::jsonb as list from generate_series(1, ${n}::integer) g order by g desc`,
    row,
  );

/** The database, and how many statements it has been sent. */
function counted(db: Db): { readonly db: Db; readonly sent: () => number } {
  let sent = 0;
  const watched = new Proxy(db, {
    get: (target, name) =>
      name === "execute"
        ? (query: SQL) => {
            sent++;
            return target.execute(query);
          }
        : (Reflect.get(target, name) as unknown),
  });
  return { db: watched, sent: () => sent };
}

eachStore((store) => {
  test("reads give the same rows in the same order as alone, in one statement, also those inside others", async () => {
    const { db, sent } = counted(store().db);
    const inner = () => together(db, () => [read(db, 0), read(db, 2)]);
    const [three, [none, two]] = await together(db, () => [read(db, 3), inner()]);
    expect(sent()).toBe(1);
    expect([three, none, two]).toEqual([await read(db, 3), [], await read(db, 2)]);
  });

  test("what is asked for after the first rows goes by itself", async () => {
    const { db, sent } = counted(store().db);
    const oneAfterTheOther = async () => {
      const first = await read(db, 1);
      return [...first, ...(await read(db, 2))];
    };
    const [rows] = await together(db, () => [oneAfterTheOther(), read(db, 1)]);
    expect([rows.map(({ n }) => n), sent()]).toEqual([[1, 2, 1], 2]);
  });

  test("a read that fails fails all that went with it, and none that comes later", async () => {
    const { db } = counted(store().db);
    const broken = () => rowsOf(db, sql`select 1 / 0 as n`, z.object({ n: z.number() }));
    await expect(together(db, () => [read(db, 1), broken()])).rejects.toThrow();
    await expect(read(db, 1)).resolves.toHaveLength(1);
  });

  test("writes land in one statement, and nothing is sent where nothing is to be written", async () => {
    const { db, sent } = counted(store().db);
    const mark = (name: string) =>
      sql`insert into marks (name, value, updated_at) values (${name}, '1'::jsonb, 0)`;
    await writeTogether(db, { a: mark("a"), none: null, b: mark("b") });
    await writeTogether(db, { none: null });
    expect(sent()).toBe(1);
    const names = (await store().db.select().from(marks)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["a", "b"]));
  });
});
