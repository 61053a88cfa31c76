import { describe, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "../../../src/store/database";
import { PLANNED_ANEW } from "../../../src/store/prepared";
import { eachStore } from "../../support/stores";

const preparedRow = z.object({ statement: z.string() });
const numberRow = z.object({ n: z.number() });

describe("statements that come again", () => {
  eachStore((store) => {
    /** What this connection has prepared, among the statements that hold `mark`. */
    const prepared = (mark: string) =>
      store().transaction((tx) =>
        rowsOf(
          tx,
          sql`select statement from pg_prepared_statements where position(${mark} in statement) > 0
            and position('pg_prepared_statements' in statement) = 0`,
          preparedRow,
        ),
      );

    test("are prepared, and answer each time with what was asked", async () => {
      const answers: number[] = [];
      for (let n = 0; n < 8; n++)
        for (const row of await rowsOf(
          store().db,
          sql`select ${n}::int as n, 'often' as mark`,
          numberRow.loose(),
        ))
          answers.push(row.n);
      expect(answers).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(await prepared("'often'")).toHaveLength(1);
    });

    test("are planned each time where what they look at grows within seconds", async () => {
      for (let n = 0; n < 8; n++)
        await rowsOf(
          store().db,
          sql`${PLANNED_ANEW} select ${n}::int as n, 'anew' as mark`,
          numberRow.loose(),
        );
      expect(await prepared("'anew'")).toHaveLength(0);
    });

    test("go on after one of them has failed, in a transaction and outside", async () => {
      const divide = (by: number) => sql`select 12 / ${by}::int as n, 'divided' as mark`;
      for (let n = 1; n < 5; n++) await rowsOf(store().db, divide(n), numberRow.loose());
      await expect(store().db.execute(divide(0))).rejects.toThrow();
      await expect(store().transaction((tx) => tx.execute(divide(0)))).rejects.toThrow();
      const [row] = await rowsOf(store().db, divide(4), numberRow.loose());
      expect(row?.n).toBe(3);
      const [inside] = await store().transaction((tx) => rowsOf(tx, divide(3), numberRow.loose()));
      expect(inside?.n).toBe(4);
    });
  });
});
