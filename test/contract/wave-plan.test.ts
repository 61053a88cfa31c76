/** The next wave told beforehand: by the real planner, and without leaving a trace. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { at, DAY_MS, frozenAt, HOUR_MS } from "../../src/core/clock";
import { policyOf } from "../../src/app/policy";
import { planNextWave } from "../../src/app/wave-plan";
import type { Campaign } from "../../src/reporting/campaign";
import { inbox, marks, obligations, periods, persons, reminderSteps, spending } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const TUESDAY = at("2025-12-02", "08:00");
const DAY_BEFORE = at("2025-12-02", "15:00");
const paidMessages: Campaign["paidMessages"] = {
  repliesPerMonth: 1,
  templatesPerMonth: 5,
  byPhone: true,
  prices: { reply: 55, template: 200, phoneTemplate: null, source: "bảng giá thử, 1/12/2025" },
};
const campaign = aCampaign({ paidMessages });
const TEMPLATES = { reminder: "418802", digest: undefined };

eachStore((store) => {
  const db = () => store().db;
  const clock = frozenAt(TUESDAY);
  const plan = (templates: typeof TEMPLATES | { reminder: undefined; digest: undefined } = TEMPLATES) =>
    planNextWave(
      { store: store(), clock, ids: ledgerIds, campaign },
      policyOf(campaign, templates),
      (_name, _ttlMs, work) => work(),
    );
  const lastWrote = (id: string, agoMs: number, more: Partial<typeof persons.$inferInsert> = {}) =>
    db()
      .update(persons)
      .set({ lastInteractionAt: DAY_BEFORE - agoMs, ...more })
      .where(eq(persons.id, id));

  beforeEach(async () => {
    await startLedger(db(), campaign, TUESDAY);
    await db().delete(spending);
    await db().insert(marks).values({ name: "agenda.looked-at", value: TUESDAY, updatedAt: TUESDAY });
    for (const unit of ["a", "b", "c"])
      await linkPerson(db(), { id: `${unit}1`, unitCode: `xa-${unit}`, linkedAt: TUESDAY - DAY_MS });
  });

  test("names lanes and cost, draws on the month's purses, and says who is out of reach and why", async () => {
    await lastWrote("a1", HOUR_MS);
    await lastWrote("b1", 3 * DAY_MS);
    await lastWrote("c1", 30 * DAY_MS);
    expect(await plan()).toEqual({
      at: DAY_BEFORE,
      people: 3,
      about: [{ line: "len-huyen", period: "2025-W49", step: "day-before", units: 3 }],
      lanes: [
        { lane: "free", messages: 1, priceVnd: 0, costVnd: 0 },
        { lane: "paid", messages: 1, priceVnd: 55, costVnd: 55 },
        { lane: "template", messages: 1, priceVnd: 200, costVnd: 200 },
      ],
      costVnd: 255,
      priceSource: "bảng giá thử, 1/12/2025",
      leftThisMonth: { before: { replies: 1, templates: 5 }, after: { replies: 0, templates: 4 } },
      notReached: [],
    });
    const lost = await plan({ reminder: undefined, digest: undefined });
    expect(lost?.notReached).toEqual([
      {
        unitCode: "xa-c",
        unitName: "Đơn vị xa-c",
        line: "len-huyen",
        period: "2025-W49",
        reason: "đã quá 7 ngày chưa tương tác với Zalo OA",
      },
    ]);
  });

  test("an empty purse sends the rest to the next lane, or to nobody", async () => {
    for (const id of ["a1", "b1", "c1"]) await lastWrote(id, 3 * DAY_MS);
    expect((await plan())?.lanes.map(({ lane, messages }) => [lane, messages])).toEqual([
      ["paid", 1],
      ["template", 2],
    ]);
    const lost = await plan({ reminder: undefined, digest: undefined });
    expect(lost?.notReached.map(({ reason }) => reason)).toEqual([
      "đã hết số tin trả phí của tháng",
      "đã hết số tin trả phí của tháng",
    ]);
  });

  test("the cost is unknown as soon as one message has no price", async () => {
    await db().update(persons).set({ phoneSealed: "sealed" });
    for (const id of ["a1", "b1", "c1"]) await lastWrote(id, 30 * DAY_MS);
    const policy = { ...policyOf(campaign, TEMPLATES), limits: { replies: 0, templates: 5 } };
    expect(policy.byPhone).toBe(true);
    expect((await plan())?.costVnd).toBe(600);
    await lastWrote("a1", 3 * DAY_MS);
    const free = aCampaign({
      paidMessages: { ...paidMessages, prices: { ...paidMessages.prices, reply: null } },
    });
    const unpriced = await planNextWave(
      { store: store(), clock, ids: ledgerIds, campaign: free },
      policyOf(free, TEMPLATES),
      (_name, _ttlMs, work) => work(),
    );
    expect(unpriced?.costVnd).toBeNull();
  });

  test("units that nobody speaks for are named with the reason of the ledger", async () => {
    await db().delete(reminderSteps);
    await startLedger(db(), campaign, TUESDAY);
    await db().insert(marks).values({ name: "agenda.looked-at", value: TUESDAY, updatedAt: TUESDAY });
    await linkPerson(db(), { id: "a1", unitCode: "xa-a", linkedAt: TUESDAY - DAY_MS });
    await linkPerson(db(), {
      ...{ id: "b1", unitCode: "xa-b", linkedAt: TUESDAY - DAY_MS },
      optedOutAt: TUESDAY,
    });
    await lastWrote("a1", HOUR_MS);
    const wave = await plan();
    expect(wave?.notReached.map(({ unitCode }) => unitCode)).toEqual(["xa-b", "xa-c"]);
    expect(new Set(wave?.notReached.map(({ reason }) => reason)).size).toBe(2);
  });

  test("leaves no trace: nothing is opened, recorded, marked or told", async () => {
    const look = async () => [
      await db().select().from(obligations).orderBy(obligations.id),
      await db().select().from(periods),
      await db().select().from(reminderSteps),
      await db().select().from(inbox),
      await db().select().from(marks),
      await db().select().from(spending),
    ];
    const before = await look();
    await plan();
    expect(await look()).toEqual(before);
  });

  test("looks on to the opening of a period that is not in the ledger yet", async () => {
    await lastWrote("a1", HOUR_MS);
    // After everything of this week: the next wave opens the next.
    const after = at("2025-12-11", "09:00");
    await db().update(marks).set({ value: after });
    const wave = await plan();
    expect(wave?.about.map(({ step, period }) => [step, period])).toContainEqual(["opening", "2025-W51"]);
    expect(await db().select().from(periods).where(eq(periods.id, "2025-W51"))).toEqual([]);
  });

  describe("after the campaign's last reminder", () => {
    test("there is no wave", async () => {
      await db()
        .update(marks)
        .set({ value: at("2026-03-01", "08:00") });
      expect(await plan()).toBeNull();
    });
  });

  test("is refused while the schedule itself is at work", async () => {
    const rooms = { store: store(), clock, ids: ledgerIds, campaign };
    const busy = planNextWave(rooms, policyOf(campaign, TEMPLATES), () => Promise.resolve("busy"));
    await expect(busy).rejects.toMatchObject({ kind: "refused", code: "busy" });
  });
});
