/** The ledger keeps its promises on every kind of database. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { at, HOUR_MS } from "../../src/core/clock";
import {
  exempt,
  extend,
  askExtension,
  grantExtension,
  refuseExtension,
} from "../../src/reporting/extensions";
import { openPeriods, statusOf, syncUnits } from "../../src/reporting/ledger";
import { getReport, listLines, listObligations, listPeriods } from "../../src/reporting/queries";
import {
  discardDraft,
  keepEvidence,
  reportHistory,
  saveDrafts,
  submitReport,
} from "../../src/reporting/reports";
import { audit, obligations, periods, units } from "../../src/store/tables";
import { aCampaign, aUnit } from "../support/a-campaign";
import { emptyLedger, ledgerIds, linkPerson, obligationOf, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const MONDAY = at("2025-12-01", "07:00");
const TUESDAY = at("2025-12-02", "10:00");
const DUE = at("2025-12-03", "17:00");
const STATUSES = ["waiting", "drafting", "submitted", "nil", "late", "missing", "exempt"] as const;
const W49 = { line: "len-huyen", period: "2025-W49" };

eachStore((store) => {
  const db = () => store().db;
  const xaA = () => obligationOf(db(), "len-huyen", "2025-W49", "xa-a");

  async function hand(over: Partial<Parameters<typeof submitReport>[1]> = {}) {
    const { id } = await xaA();
    return store().transaction((tx) =>
      submitReport(tx, {
        obligationId: id,
        seenVersion: 0,
        values: { so_buoi: 2, so_nguoi: 41 },
        marks: [],
        nil: false,
        code: "BC-1",
        personId: "p",
        at: TUESDAY,
        eventKey: "e1",
        ...over,
      }),
    );
  }

  beforeEach(async () => startLedger(db(), campaign, TUESDAY));

  describe("opening", () => {
    test("writes each unit that owes, once", async () => {
      expect(await openPeriods(db(), campaign, TUESDAY, ledgerIds)).toEqual({ periods: [], obligations: 0 });
      const rows = await listObligations(db(), W49, TUESDAY);
      expect(rows.map(({ unitCode, status }) => [unitCode, status])).toEqual([
        ["xa-a", "waiting"],
        ["xa-b", "waiting"],
        ["xa-c", "waiting"],
      ]);
      expect(await listObligations(db(), { line: "len-tinh" }, TUESDAY)).toHaveLength(1);
    });

    test("waits for the opening instant and tells what it opened", async () => {
      await emptyLedger(db());
      expect(await openPeriods(db(), campaign, MONDAY - 1, ledgerIds)).toEqual({
        periods: [],
        obligations: 0,
      });
      const opened = await openPeriods(db(), campaign, MONDAY, ledgerIds);
      expect(opened.periods.map(({ line, id }) => [line, id])).toEqual([
        ["len-huyen", "2025-W49"],
        ["len-tinh", "2025-W49"],
      ]);
      expect(opened.obligations).toBe(4);
    });

    test("by two replicas at once writes every row once", async () => {
      await emptyLedger(db());
      const both = [1, 2].map(() => openPeriods(db(), campaign, TUESDAY, ledgerIds));
      const written = await Promise.all(both);
      expect(written.map(({ obligations: count }) => count).reduce((a, b) => a + b)).toBe(4);
      expect(await db().select().from(obligations)).toHaveLength(4);
    });

    test("catches up after a stop, but not for periods that have closed meanwhile", async () => {
      await emptyLedger(db());
      await openPeriods(db(), campaign, at("2025-12-17", "18:00"), ledgerIds);
      const ids = new Set((await db().select().from(periods)).map(({ id }) => id));
      expect([...ids].sort()).toEqual(["2025-W50", "2025-W51"]);
    });

    test("takes in a unit that joins while there is time, and no other", async () => {
      const grown = aCampaign({ units: [...campaign.units, aUnit("xa-d")] });
      await openPeriods(db(), grown, DUE, ledgerIds);
      expect(await listObligations(db(), W49, DUE)).toHaveLength(3);
      await openPeriods(db(), grown, DUE - 1, ledgerIds);
      expect(await listObligations(db(), W49, DUE)).toHaveLength(4);
    });

    test("keeps to a deadline that people have been told, whatever the calendar says later", async () => {
      const moved = aCampaign({
        units: [...campaign.units, aUnit("xa-d")],
        holidays: [{ day: "2025-12-03", name: "nghỉ", kind: "off", status: "official" }],
      });
      await openPeriods(db(), moved, TUESDAY, ledgerIds);
      expect((await obligationOf(db(), "len-huyen", "2025-W49", "xa-d")).dueAt).toBe(DUE);
      expect((await listPeriods(db(), moved, "len-huyen"))[0]?.dueAt).toBe(DUE);
    });
  });

  test("the roster is brought up to date, and units that left stay", async () => {
    const renamed = aCampaign({ units: [aUnit("xa-a", { name: "Xã A mới", aliases: ["Xã Á"] })] });
    await syncUnits(db(), renamed);
    const rows = await db().select().from(units);
    expect(rows).toHaveLength(5);
    expect(rows.find(({ code }) => code === "xa-a")).toMatchObject({
      name: "Xã A mới",
      aliases: ["xa a moi", "xa a"],
    });
  });

  describe("a draft", () => {
    const draft = async (values: Record<string, number>) => {
      const { id } = await xaA();
      const content = { values, marks: ["so_buoi"], personId: "p", at: TUESDAY };
      await saveDrafts(db(), [{ obligationId: id, ...content, seen: null }]);
    };

    test("is kept, replaced and discarded", async () => {
      await draft({ so_buoi: 1 });
      expect(statusOf(await xaA(), TUESDAY)).toBe("drafting");
      await draft({ so_buoi: 2 });
      await discardDraft(db(), (await xaA()).id);
      expect(statusOf(await xaA(), TUESDAY)).toBe("waiting");
    });

    test("is gone once it is handed in", async () => {
      await draft({ so_buoi: 1 });
      await hand();
      expect((await xaA()).draftStartedAt).toBeNull();
      await discardDraft(db(), (await xaA()).id);
      expect(statusOf(await xaA(), TUESDAY)).toBe("submitted");
    });
  });

  describe("a report", () => {
    test("is stored with its version and makes the unit reached", async () => {
      await db().update(obligations).set({ reached: false, notReachedReason: "không ai" });
      expect(await hand()).toEqual({
        version: 1,
        late: false,
        line: "len-huyen",
        period: "2025-W49",
        unitCode: "xa-a",
      });
      expect(await xaA()).toMatchObject({
        version: 1,
        submittedAt: TUESDAY,
        reached: true,
        notReachedReason: null,
      });
    });

    test("of somebody who saw an older version is read again", async () => {
      await hand();
      await expect(hand()).rejects.toMatchObject({ kind: "stale", code: "report-version" });
      await expect(hand({ seenVersion: 7 })).rejects.toMatchObject({ kind: "stale" });
    });

    test("amended after the deadline badges the version, not the unit", async () => {
      await hand();
      expect(await hand({ seenVersion: 1, values: { so_buoi: 2, so_nguoi: 14 }, at: DUE })).toMatchObject({
        version: 2,
        late: true,
      });
      const row = await xaA();
      expect(statusOf(row, DUE)).toBe("submitted");
      expect(row).toMatchObject({ submittedAt: TUESDAY, lastSubmittedAt: DUE });
      const history = await reportHistory(db(), row.id);
      expect(history.map(({ version, late, values }) => [version, late, values["so_nguoi"]])).toEqual([
        [1, false, 41],
        [2, true, 14],
      ]);
    });

    test("first handed in at the deadline is late, nil or not", async () => {
      await hand({ at: DUE, nil: true, values: {} });
      expect(statusOf(await xaA(), DUE)).toBe("late");
    });

    test("is taken until the period closes and refused after", async () => {
      const { closesAt } = await xaA();
      await expect(hand({ at: closesAt + 1 })).rejects.toMatchObject({
        kind: "refused",
        code: "report-closed",
      });
      expect(await hand({ at: closesAt })).toMatchObject({ late: true });
    });

    test("of an exempt unit is refused", async () => {
      await db().update(obligations).set({ exemptReason: "nghỉ" });
      await expect(hand()).rejects.toMatchObject({ kind: "refused", code: "report-exempt" });
    });

    test("of an obligation that does not exist is a fault", async () => {
      await expect(hand({ obligationId: "không có" })).rejects.toMatchObject({ kind: "broken" });
    });

    test("can be read with its versions, evidence and sender", async () => {
      await linkPerson(db(), { id: "p", unitCode: "xa-a", linkedAt: MONDAY });
      await hand();
      await hand({ seenVersion: 1, values: { so_buoi: 3 }, code: "BC-2", personId: "lạ", at: TUESDAY + 1 });
      const evidence = { obligationId: (await xaA()).id, personId: "p", url: "http://x/1", name: "ảnh.jpg" };
      await keepEvidence(db(), { id: "a1", ...evidence, at: TUESDAY });
      await keepEvidence(db(), { id: "a1", ...evidence, at: TUESDAY });
      const report = await getReport(db(), { ...W49, unitCode: "xa-a" }, TUESDAY);
      expect(report).toMatchObject({
        status: "submitted",
        version: 2,
        values: { so_buoi: 3 },
        submittedAt: TUESDAY,
        submittedBy: "lạ",
        attachments: [{ id: "a1", name: "ảnh.jpg", state: "waiting" }],
      });
      expect(report?.history.map(({ version, by, code }) => [version, by, code])).toEqual([
        [1, "Người p", "BC-1"],
        [2, "lạ", "BC-2"],
      ]);
    });

    test("that nobody owes is none", async () => {
      expect(await getReport(db(), { ...W49, unitCode: "huyen" }, TUESDAY)).toBeNull();
    });
  });

  describe("more time", () => {
    const until = DUE + 20 * HOUR_MS;
    const ask = async () =>
      askExtension(db(), {
        id: "gh1",
        obligationId: (await xaA()).id,
        until,
        reason: "đi họp",
        personId: "p",
        at: TUESDAY,
      });

    test("moves nothing while it is only asked for", async () => {
      await ask();
      await ask();
      expect((await xaA()).dueAt).toBe(DUE);
      expect((await db().select().from(audit)).map(({ action }) => action)).toEqual(["extension-asked"]);
    });

    test("granted moves deadline and closing by as much, once", async () => {
      const { closesAt } = await xaA();
      await ask();
      const decision = { id: "gh1", actor: "cán bộ", at: TUESDAY };
      expect(await grantExtension(db(), decision)).toMatchObject({ unitCode: "xa-a", until, askedBy: "p" });
      expect(await xaA()).toMatchObject({ dueAt: until, closesAt: closesAt + 20 * HOUR_MS });
      await expect(refuseExtension(db(), decision)).rejects.toMatchObject({ code: "extension-decided" });
      expect((await obligationOf(db(), "len-huyen", "2025-W49", "xa-b")).dueAt).toBe(DUE);
    });

    test("granted after a late report makes it one on time", async () => {
      await hand({ at: DUE + HOUR_MS });
      await ask();
      await grantExtension(db(), { id: "gh1", actor: "cán bộ", at: DUE + 2 * HOUR_MS });
      expect(statusOf(await xaA(), DUE + 2 * HOUR_MS)).toBe("submitted");
    });

    test("refused leaves the deadline", async () => {
      await ask();
      await refuseExtension(db(), { id: "gh1", actor: "cán bộ", at: TUESDAY });
      expect((await xaA()).dueAt).toBe(DUE);
      expect((await db().select().from(audit)).map(({ action }) => action)).toContain("extension-refused");
    });

    test("given by an office unasked, also before the period opens; never less", async () => {
      const given = { line: "len-huyen", unitCode: "xa-a", reason: "bão", actor: "api", at: TUESDAY };
      const dueNext = at("2025-12-10", "17:00");
      await extend(
        db(),
        { campaign, ids: ledgerIds },
        { ...given, period: "2025-W50", until: dueNext + HOUR_MS },
      );
      await openPeriods(db(), campaign, at("2025-12-08", "07:00"), ledgerIds);
      expect((await obligationOf(db(), "len-huyen", "2025-W50", "xa-a")).dueAt).toBe(dueNext + HOUR_MS);
      expect((await obligationOf(db(), "len-huyen", "2025-W50", "xa-b")).dueAt).toBe(dueNext);
      await expect(
        extend(db(), { campaign, ids: ledgerIds }, { ...given, period: "2025-W49", until: DUE }),
      ).rejects.toMatchObject({ code: "extension-not-later" });
    });

    test.each([
      ["a unit that does not owe", { unitCode: "huyen" }],
      ["a period that is none", { period: "2031-W01" }],
      ["a line that is none", { line: "khác" }],
    ])("for %s is refused", async (_name, over) => {
      const wanted = { ...W49, unitCode: "xa-a", reason: "bão", actor: "api", at: TUESDAY, until, ...over };
      await expect(extend(db(), { campaign, ids: ledgerIds }, wanted)).rejects.toMatchObject({
        kind: "refused",
        code: "obligation-unknown",
      });
    });
  });

  describe("an exemption", () => {
    const decision = { ...W49, unitCode: "xa-a", reason: "sáp nhập", actor: "api", at: TUESDAY };

    test("takes the unit out of the period", async () => {
      await exempt(db(), { campaign, ids: ledgerIds }, decision);
      expect(
        (await listObligations(db(), { ...W49, status: "exempt" }, DUE)).map((row) => row.unitCode),
      ).toEqual(["xa-a"]);
      expect(await listObligations(db(), { ...W49, status: "missing" }, DUE)).toHaveLength(2);
    });

    test("comes too late for a unit that has reported", async () => {
      await hand();
      await expect(exempt(db(), { campaign, ids: ledgerIds }, decision)).rejects.toMatchObject({
        code: "already-reported",
      });
    });
  });

  test("asked for one state, it gives the rows in it and no others, whatever the instant", async () => {
    const idOf = async (unitCode: string) => (await obligationOf(db(), "len-huyen", "2025-W49", unitCode)).id;
    const change = async (unitCode: string, to: Partial<typeof obligations.$inferInsert>) =>
      db()
        .update(obligations)
        .set(to)
        .where(eq(obligations.id, await idOf(unitCode)));
    /** Each state is some unit's at some of the instants. */
    const ways: Partial<typeof obligations.$inferInsert>[] = [
      { nil: false },
      { draftStartedAt: TUESDAY },
      { dueAt: DUE + HOUR_MS },
      { version: 1, submittedAt: TUESDAY },
      { version: 1, submittedAt: TUESDAY, nil: true },
      { version: 1, submittedAt: DUE },
      { exemptReason: "sáp nhập" },
    ];
    const grown = aCampaign({ units: [...campaign.units, ...ways.map((_, i) => aUnit(`xa-${i}`))] });
    await openPeriods(db(), grown, TUESDAY, ledgerIds);
    for (const [i, to] of ways.entries()) await change(`xa-${i}`, to);
    const seen = new Set<string>();
    for (const now of [TUESDAY, DUE - 1, DUE, DUE + HOUR_MS]) {
      const all = await listObligations(db(), W49, now);
      expect(all).toHaveLength(ways.length + 3);
      for (const status of STATUSES) {
        const wanted = all.filter((row) => row.status === status);
        expect(await listObligations(db(), { ...W49, status }, now)).toEqual(wanted);
        if (wanted.length > 0) seen.add(status);
      }
    }
    expect(seen.size).toBe(STATUSES.length);
  });

  test("lines say how many owe; periods of the whole campaign are listed before they open", async () => {
    expect(listLines(campaign, TUESDAY).map(({ id, expected }) => [id, expected])).toEqual([
      ["len-huyen", 3],
      ["len-tinh", 1],
    ]);
    expect(await listPeriods(db(), campaign, "len-huyen")).toHaveLength(9);
    expect(await listPeriods(db(), campaign)).toHaveLength(18);
  });
});
