/** Thirty hours of silence across a deadline: what still makes sense is told once, and the digest says it is late. */
import { beforeEach, expect, test } from "@jest/globals";
import { at, frozenAt, HOUR_MS, type MovableClock } from "../../src/core/clock";
import { newsSchema } from "../../src/conversation/event";
import { parseDigest } from "../../src/reporting/digest-content";
import { submitReport } from "../../src/reporting/reports";
import { digests, inbox } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { anAgenda } from "../support/an-agenda";
import { linkPerson, obligationOf, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
/** An hour before the reminder of the day before; the deadline is on Wednesday at 17:00. */
const STOPPED = at("2025-12-02", "14:00");
const BACK = STOPPED + 30 * HOUR_MS;

eachStore((store) => {
  const db = () => store().db;
  let clock: MovableClock;

  const started = () => anAgenda(store(), clock, campaign);
  const told = async () =>
    (await db().select().from(inbox)).map(({ personId, payload }) => {
      const news = newsSchema.parse(payload);
      const steps = news.kind === "reminder" ? news.steps.map(({ step }) => step).join("+") : "";
      return `${personId} ${news.kind} ${steps}`.trim();
    });

  beforeEach(async () => {
    await db().delete(digests);
    await db().delete(inbox);
    await startLedger(db(), campaign, at("2025-12-01", "08:00"));
    clock = frozenAt(STOPPED);
    for (const [id, unitCode] of Object.entries({ a: "xa-a", b: "xa-b" }))
      await linkPerson(db(), { id, unitCode, linkedAt: STOPPED - 24 * HOUR_MS });
    await linkPerson(db(), {
      id: "office",
      unitCode: "huyen",
      role: "staff",
      linkedAt: STOPPED - 24 * HOUR_MS,
    });
    const { id: obligationId } = await obligationOf(db(), "len-huyen", "2025-W49", "xa-a");
    await submitReport(db(), {
      ...{ obligationId, seenVersion: 0, values: { so_buoi: 2, so_nguoi: 30 }, marks: [], nil: false },
      ...{ code: "BC-1", personId: "a", at: STOPPED - HOUR_MS, eventKey: "e1" },
    });
    await started().run();
  });

  test("afterwards each person hears once what is still true, and the finished nothing but the outcome", async () => {
    expect(await told()).toEqual([]);
    clock.moveTo(BACK);
    const again = started();
    await again.run();
    expect((await told()).sort()).toEqual([
      "a report-forwarded",
      // Of opening, day before, two hours and due the last alone.
      "b reminder due",
      // The digest brings the button for the report upward: no reminder of it beside.
      "office digest",
    ]);

    await Promise.all([again.run(), started().run()]);
    clock.moveTo(BACK + 60_000);
    await started().run();
    expect(await told()).toHaveLength(3);
  });

  test("the digest has what was there in time, is frozen when the program came back, and says so", async () => {
    clock.moveTo(BACK);
    await started().run();
    const rows = await db().select().from(digests);
    expect(rows.map(({ line, period }) => `${line} ${period}`)).toEqual(["len-huyen 2025-W49"]);
    const [digest] = rows;
    expect(digest?.frozenAt).toBe(BACK);
    expect(digest?.text).toContain("chốt muộn hơn hạn (17:00 ngày 03/12/2025) do hệ thống gián đoạn");
    const content = parseDigest(digest?.canonical ?? "");
    expect(content.counts).toMatchObject({ expected: 3, received: 1, onTime: 1, late: 0, missing: 2 });
    expect(content.totals).toEqual({ so_buoi: 2, so_nguoi: 30 });
  });

  test("what came in between and was not handled yet is in it, and on time", async () => {
    clock.moveTo(BACK);
    const { id: obligationId } = await obligationOf(db(), "len-huyen", "2025-W49", "xa-b");
    await submitReport(db(), {
      ...{ obligationId, seenVersion: 0, values: { so_buoi: 1, so_nguoi: 5 }, marks: [], nil: false },
      ...{ code: "BC-2", personId: "b", at: at("2025-12-03", "16:59"), eventKey: "e2" },
    });
    await started().run();
    const [digest] = await db().select().from(digests);
    expect(parseDigest(digest?.canonical ?? "").counts).toMatchObject({ received: 2, onTime: 2, late: 0 });
    expect(await told()).not.toContain("b reminder due");
  });
});
