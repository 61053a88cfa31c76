/** Imported units are kept, owe their reports on every replica, and carry on the past of those merged into them. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { createRosterImport } from "../../src/app/roster-import";
import { addDays, at, frozenAt, type Instant } from "../../src/core/clock";
import { openPeriods } from "../../src/reporting/ledger";
import { missedIn } from "../../src/reporting/missed-in";
import { submitReport } from "../../src/reporting/reports";
import { createLiveCampaign, type LiveCampaign } from "../../src/reporting/roster-import/live-campaign";
import { loadReportViews } from "../../src/reporting/views";
import { listAudit } from "../../src/store/audit";
import { obligations, rosterImports, rosterUnits, units } from "../../src/store/tables";
import { aCampaign, aLine, aUnit } from "../support/a-campaign";
import { ledgerIds, obligationOf, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const base = aCampaign({ lines: [aLine({ endsOn: "2026-01-31" })] });
const TUESDAY = at("2025-12-02", "10:00");
const LINE = "len-huyen";

eachStore((store) => {
  const db = () => store().db;
  let live: LiveCampaign;

  const send = (text: string, dryRun = false) =>
    createRosterImport(
      { store: store(), clock: frozenAt(TUESDAY) },
      live,
    )({
      bytes: new TextEncoder().encode(text),
      fileName: "xa.csv",
      dryRun,
    });
  const open = (now: Instant, of = live) => openPeriods(db(), of.campaign, now, ledgerIds);
  const owing = async () => (await db().select().from(obligations)).map(({ unitCode }) => unitCode).sort();

  beforeEach(async () => {
    await db().delete(rosterUnits);
    await db().delete(rosterImports);
    live = createLiveCampaign(base);
    await startLedger(db(), base, TUESDAY);
  });

  const NEW_VILLAGE = "mã,tên,nhóm,trực thuộc\nthon-1,Thôn 1,Xã,huyen\n";

  test("a look at what would change writes nothing", async () => {
    const { applied, changes } = await send(NEW_VILLAGE, true);
    expect({ applied, kinds: changes.map(({ kind }) => kind) }).toEqual({ applied: false, kinds: ["new"] });
    await open(TUESDAY);
    expect(await owing()).toEqual(["xa-a", "xa-b", "xa-c"]);
    expect(await db().select().from(rosterImports)).toEqual([]);
  });

  test("a new village owes its report at once, here and on another replica after its next look", async () => {
    const other = createLiveCampaign(base);
    await other.refresh(db());
    await send(NEW_VILLAGE);
    expect((await open(TUESDAY, other)).obligations).toBe(0);
    await other.refresh(db());
    expect(other.campaign.units.at(-1)).toEqual(
      aUnit("thon-1", { name: "Thôn 1", shortName: "Thôn 1", parentCode: "huyen" }),
    );
    expect((await open(TUESDAY, other)).obligations).toBe(1);
    expect((await open(TUESDAY)).obligations).toBe(0);
    expect(await owing()).toEqual(["thon-1", "xa-a", "xa-b", "xa-c"]);
    expect(await listAudit(db(), {})).toMatchObject([
      { actor: "api", action: "roster-imported", details: { units: 1, changes: 1 } },
    ]);
  });

  test("an import stands over the files and over the import before, also after a new start", async () => {
    await send("mã,tên\nxa-a,Xã A\n");
    await send("mã,tên khác\nxa-a,A|Xã thứ nhất\n");
    const restarted = createLiveCampaign(base);
    await restarted.refresh(db());
    const unit = restarted.campaign.units.find(({ code }) => code === "xa-a");
    expect(unit).toMatchObject({ name: "Xã A", aliases: ["A", "Xã thứ nhất"], parentCode: "huyen" });
    expect(await db().select().from(units)).toContainEqual(
      expect.objectContaining({ code: "xa-a", name: "Xã A" }),
    );
  });

  test("one wrong row holds the whole file back", async () => {
    await expect(send(`${NEW_VILLAGE}thon-2,,Xã,huyen\n`)).rejects.toMatchObject({
      code: "bad-roster",
      details: { faults: [{ row: 3 }, { row: 3 }] },
    });
    expect(await db().select().from(rosterUnits)).toEqual([]);
    expect(live.campaign.units).toHaveLength(base.units.length);
  });

  describe("a unit into which others were merged", () => {
    const FIRST = "2025-12-03";
    const LAST = "2025-12-10";
    const THIRD_WEEK = at("2025-12-16", "10:00");
    /** xa-m from the third week on, after the units named. */
    const merge = (...codes: string[]) =>
      send(
        `mã,tên,nhóm,từ ngày,đến ngày,đơn vị kế thừa\nxa-m,Xã M,Xã,${addDays(LAST, 1)},,\n${codes
          .map((code) => `${code},,,,${LAST},xa-m\n`)
          .join("")}`,
      );

    async function hand(unitCode: string, period: string, meetings: number, when: Instant) {
      const { id: obligationId } = await obligationOf(db(), LINE, period, unitCode);
      const values = { so_buoi: meetings, so_nguoi: 10 };
      const report = { obligationId, seenVersion: 0, values, marks: [], nil: false, code: "BC" };
      await submitReport(db(), { ...report, personId: "p", at: when, eventKey: "e" });
    }

    async function viewInThirdWeek() {
      await open(THIRD_WEEK);
      const views = await loadReportViews(db(), live.campaign, ["xa-m"], { now: THIRD_WEEK });
      return views.get("xa-m")?.[0];
    }

    beforeEach(async () => open(at("2025-12-09", "10:00")));

    test("goes on from the one before: last week's figures are its own", async () => {
      await hand("xa-a", "2025-W50", 7, at(LAST, "10:00"));
      await merge("xa-a");
      const view = await viewInThirdWeek();
      expect(view).toMatchObject({ period: "2025-W51", unitName: "Xã M", submitted: null });
      expect(view?.lastWeek).toEqual({ so_buoi: 7, so_nguoi: 10 });
    });

    test("has no last week to hand in again after several", async () => {
      for (const code of ["xa-a", "xa-b"]) await hand(code, "2025-W50", 7, at(LAST, "10:00"));
      await merge("xa-a", "xa-b");
      expect((await viewInThirdWeek())?.lastWeek).toBeNull();
    });

    test("is compared with what they handed in together, in weeks when all did", async () => {
      await db().delete(obligations);
      const weeks = ["2025-W49", "2025-W50", "2025-W51", "2025-W52", "2026-W01"];
      const dayOfWeek = (i: number) => addDays(FIRST, 7 * i);
      for (const [i, period] of weeks.entries()) {
        await open(at(addDays(dayOfWeek(i), -1), "10:00"));
        await hand("xa-a", period, 20, at(addDays(dayOfWeek(i), -1), "11:00"));
        if (i > 0) await hand("xa-b", period, 30, at(addDays(dayOfWeek(i), -1), "11:00"));
      }
      const lastDay = dayOfWeek(weeks.length - 1);
      await send(
        `mã,tên,nhóm,từ ngày,đến ngày,kế thừa\nxa-m,Xã M,Xã,${addDays(lastDay, 1)},,\nxa-a,,,,${lastDay},xa-m\nxa-b,,,,${lastDay},xa-m\n`,
      );
      const now = at(addDays(lastDay, 6), "10:00");
      await open(now);
      const view = (await loadReportViews(db(), live.campaign, ["xa-m"], { now })).get("xa-m")?.[0];
      // Around 50, half as much again on either side.
      expect(view?.fields[0]?.usual).toEqual({ low: 25, high: 75 });
    });

    test("is missing a second time where all of them were missing", async () => {
      await merge("xa-a", "xa-b");
      expect(await missedIn(db(), LINE, "2025-W50")).toEqual(new Set(["xa-a", "xa-b", "xa-c", "xa-m"]));
      await hand("xa-b", "2025-W50", 7, at(LAST, "10:00"));
      expect(await missedIn(db(), LINE, "2025-W50")).toEqual(new Set(["xa-a", "xa-c"]));
    });
  });
});
