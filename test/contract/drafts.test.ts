/** Two people at one report: however their words cross, the draft has one pen and never two halves. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { at } from "../../src/core/clock";
import { saveDrafts, submitReport, type SeenDraft } from "../../src/reporting/reports";
import { drafts, reports } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { obligationOf, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const TUESDAY = at("2025-12-02", "08:00");
const COLLEAGUES = ["p1", "p2", "p3", "p4", "p5", "p6"];

eachStore((store) => {
  const db = () => store().db;
  let obligationId = "";
  beforeEach(async () => {
    await startLedger(db(), campaign, TUESDAY);
    obligationId = (await obligationOf(db(), "len-huyen", "2025-W49", "xa-a")).id;
  });

  const write = (personId: string, value: number, seen: SeenDraft, after = 0) =>
    store().transaction((tx) =>
      saveDrafts(tx, [
        {
          ...{ obligationId, personId, seen, marks: [], at: TUESDAY + after },
          values: { so_buoi: value, so_nguoi: value },
        },
      ]),
    );
  const stored = async () => {
    const [row] = await db().select().from(drafts).where(eq(drafts.obligationId, obligationId));
    return row;
  };
  const seenNow = async (): Promise<SeenDraft> => {
    const row = await stored();
    return row === undefined ? null : { personId: row.personId, updatedAt: row.updatedAt };
  };
  const outcomes = (results: readonly PromiseSettledResult<unknown>[]) =>
    results.map((result) => (result.status === "fulfilled" ? "kept" : String(result.reason)));

  describe("a draft", () => {
    test("begun by several at once is one person's; the others are sent back to look", async () => {
      const results = await Promise.allSettled(COLLEAGUES.map((id, i) => write(id, i, null)));
      const kept = outcomes(results);
      expect(kept.filter((outcome) => outcome === "kept")).toHaveLength(1);
      expect(kept.filter((outcome) => /changed since/.test(outcome))).toHaveLength(COLLEAGUES.length - 1);
      const holder = kept.indexOf("kept");
      expect(await stored()).toMatchObject({ personId: COLLEAGUES[holder], values: { so_buoi: holder } });
    });

    test("taken over by several at once goes to one of them", async () => {
      await write("p1", 1, null);
      const seen = await seenNow();
      const results = await Promise.allSettled(COLLEAGUES.slice(1).map((id, i) => write(id, i, seen, i + 1)));
      expect(outcomes(results).filter((outcome) => outcome === "kept")).toHaveLength(1);
    });

    test("is not written by the one it was taken from", async () => {
      await write("p1", 1, null);
      const seen = await seenNow();
      await write("p2", 2, seen, 1);
      await expect(write("p1", 3, seen, 2)).rejects.toThrow("state changed since");
      expect(await stored()).toMatchObject({ personId: "p2", values: { so_buoi: 2 } });
    });

    test("written with another report's lands with it, or neither does", async () => {
      const other = (await obligationOf(db(), "len-huyen", "2025-W49", "xa-b")).id;
      const both = (seen: SeenDraft, value: number) =>
        store().transaction((tx) =>
          saveDrafts(
            tx,
            [obligationId, other].map((id, i) => ({
              ...{ obligationId: id, personId: `p${i + 1}`, marks: [], at: TUESDAY + value },
              ...{ values: { so_buoi: value }, seen: i === 0 ? seen : null },
            })),
          ),
        );
      const values = async () => (await db().select().from(drafts)).map(({ values: kept }) => kept);
      await both(null, 1);
      expect(await values()).toEqual([{ so_buoi: 1 }, { so_buoi: 1 }]);
      await both(await seenNow(), 2);
      expect(await values()).toEqual([{ so_buoi: 2 }, { so_buoi: 2 }]);
      const seen = await seenNow();
      await write("p3", 9, seen, 5);
      await expect(both(seen, 3)).rejects.toThrow("state changed since");
      expect(await values()).toHaveLength(2);
      expect((await values()).filter((v) => JSON.stringify(v).includes("3"))).toEqual([]);
    });

    test("is not taken over as it was before the holder's last word", async () => {
      await write("p1", 1, null);
      const seen = await seenNow();
      await write("p1", 2, seen, 1);
      await expect(write("p2", 1, seen, 2)).rejects.toThrow("state changed since");
      expect(await stored()).toMatchObject({ personId: "p1", values: { so_buoi: 2 } });
    });

    test("handed in while a colleague takes it over is never both", async () => {
      for (let round = 0; round < 5; round++) {
        await startLedger(db(), campaign, TUESDAY);
        obligationId = (await obligationOf(db(), "len-huyen", "2025-W49", "xa-a")).id;
        await write("p1", 1, null);
        const seen = await seenNow();
        const handIn = store().transaction((tx) =>
          submitReport(tx, {
            ...{ obligationId, seenVersion: 0, values: { so_buoi: 1 }, marks: [], nil: false },
            ...{ code: `BC-${round}`, personId: "p1", at: TUESDAY + 1, eventKey: `e${round}` },
          }),
        );
        await Promise.allSettled([handIn, write("p2", 1, seen, 2)]);
        expect(await db().select().from(reports)).toHaveLength(1);
        expect(await stored()).toBeUndefined();
      }
    });
  });
});
