/** Reminders on record: once for ever, only to those who still owe, and an honest word on whom nobody could reach. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { at, toIso, type Instant } from "../../src/core/clock";
import { agendaAfter, nextAgendaInstant } from "../../src/reporting/agenda-instants";
import { extend } from "../../src/reporting/extensions";
import { openPeriods } from "../../src/reporting/ledger";
import {
  markReached,
  obligationsReminded,
  recordReminders,
  remindMissing,
  type ReminderNews,
} from "../../src/reporting/remind";
import { saveDrafts, submitReport } from "../../src/reporting/reports";
import { deliveries, obligations } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, obligationOf, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const TUESDAY = at("2025-12-02", "08:00");
const DAY_BEFORE = at("2025-12-02", "15:00");
const DUE = at("2025-12-03", "17:00");

eachStore((store) => {
  const db = () => store().db;
  const owed = (unitCode: string, line = "len-huyen") => obligationOf(db(), line, "2025-W49", unitCode);
  let told: ReminderNews[] = [];
  const post = (_db: unknown, items: readonly ReminderNews[]) => {
    told.push(...items);
    return Promise.resolve();
  };
  const look = async (from: Instant, now: Instant) => {
    told = [];
    await store().transaction((tx) => recordReminders(tx, campaign, { from, to: now, now }, post));
    return told
      .map(({ personId, news }) => `${personId} ${news.steps.map(({ step }) => step).join("+")}`)
      .sort();
  };

  beforeEach(async () => {
    await startLedger(db(), campaign, TUESDAY);
    told = [];
    await linkPerson(db(), { id: "a1", unitCode: "xa-a", linkedAt: TUESDAY });
    await linkPerson(db(), { id: "b1", unitCode: "xa-b", linkedAt: TUESDAY });
    await linkPerson(db(), { id: "h1", unitCode: "huyen", role: "staff", linkedAt: TUESDAY });
  });

  const hand = async (unitCode: string) =>
    submitReport(db(), {
      obligationId: (await owed(unitCode)).id,
      seenVersion: 0,
      values: {},
      marks: [],
      nil: true,
      code: "BC",
      personId: "x",
      at: TUESDAY,
      eventKey: "e",
    });

  describe("what falls due", () => {
    test("is told to the linked and unfinished, with a key of its own", async () => {
      await hand("xa-b");
      expect(await look(DAY_BEFORE - 1, DAY_BEFORE)).toEqual(["a1 day-before"]);
      expect(told).toEqual([
        {
          personId: "a1",
          key: `reminder:a1:${DAY_BEFORE}`,
          news: { kind: "reminder", steps: [{ obligationId: (await owed("xa-a")).id, step: "day-before" }] },
        },
      ]);
    });

    test("is never told twice, however often one looks", async () => {
      expect(await look(DAY_BEFORE - 1, DAY_BEFORE)).toHaveLength(2);
      expect(await look(DAY_BEFORE - 1, DAY_BEFORE)).toEqual([]);
      expect(await look(TUESDAY, DAY_BEFORE + 5)).toEqual([]);
    });

    test("lands whole or not at all", async () => {
      const failing = () => Promise.reject(new Error("inbox is full"));
      await expect(
        store().transaction((tx) =>
          recordReminders(tx, campaign, { from: TUESDAY, to: DAY_BEFORE, now: DAY_BEFORE }, failing),
        ),
      ).rejects.toThrow("inbox is full");
      expect(await look(TUESDAY, DAY_BEFORE)).toHaveLength(2);
    });

    test("leaves the staff of an office in peace until their own digest gives them something to report", async () => {
      const dayBefore = at("2025-12-03", "15:00");
      expect(await look(dayBefore - 1, dayBefore)).toEqual(["a1 two-hours", "b1 two-hours"]);
      const twoHours = at("2025-12-04", "15:00");
      expect(await look(twoHours - 1, twoHours)).toContain("h1 two-hours");
    });

    test("is merged for somebody with several units", async () => {
      await linkPerson(db(), { id: "a1", unitCode: "xa-c", linkedAt: TUESDAY });
      expect(await look(DAY_BEFORE - 1, DAY_BEFORE)).toEqual(["a1 day-before+day-before", "b1 day-before"]);
    });

    test("goes to whoever has begun", async () => {
      await linkPerson(db(), { id: "a2", unitCode: "xa-a", linkedAt: TUESDAY + 1 });
      const draft = {
        obligationId: (await owed("xa-a")).id,
        values: {},
        marks: [],
        personId: "a2",
        seen: null,
        at: TUESDAY,
      };
      await saveDrafts(db(), [draft]);
      expect(await look(DAY_BEFORE - 1, DAY_BEFORE)).toEqual(["a2 day-before", "b1 day-before"]);
    });

    test("follows the deadline of a unit that was given more time", async () => {
      const until = at("2025-12-05", "10:00");
      const given = {
        line: "len-huyen",
        period: "2025-W49",
        unitCode: "xa-a",
        reason: "r",
        actor: "api",
        at: TUESDAY,
      };
      await extend(db(), { campaign, ids: ledgerIds }, { ...given, until });
      expect(await look(DUE - 1, DUE)).toEqual(["b1 due"]);
      expect(await look(until - 1, until)).toEqual(["a1 due"]);
    });
  });

  describe("after a stop", () => {
    test("is only what still makes sense, once", async () => {
      expect(await look(at("2025-12-02", "10:00"), at("2025-12-03", "18:00"))).toEqual(["a1 due", "b1 due"]);
    });

    test("that ends at night, waits for the morning", async () => {
      const night = at("2025-12-03", "23:00");
      expect(await look(at("2025-12-03", "14:00"), night)).toEqual([]);
      expect(await look(night, night + 60_000)).toEqual([]);
      expect(toIso((await nextAgendaInstant(db(), campaign, night)) ?? 0)).toBe("2025-12-04T07:00:00+07:00");
      const morning = at("2025-12-04", "07:00");
      expect(await look(morning - 60_000, morning)).toEqual(["a1 due", "b1 due"]);
      expect(await look(morning, morning + 60_000)).toEqual([]);
    });
  });

  describe("an office that asks", () => {
    const ask = async (now: Instant) => {
      told = [];
      await store().transaction((tx) =>
        remindMissing(tx, campaign, { line: "len-huyen", period: "2025-W49", now }, post),
      );
      return told.map(({ personId }) => personId).sort();
    };

    test("reaches the people of the missing units, once in a period", async () => {
      await hand("xa-b");
      await linkPerson(db(), { id: "a2", unitCode: "xa-a", linkedAt: DUE });
      expect(await ask(DUE + 1)).toEqual(["a1", "a2"]);
      expect(await ask(DUE + 2)).toEqual([]);
    });

    test("at night is heard in the morning", async () => {
      const night = at("2025-12-03", "22:00");
      expect(await ask(night)).toEqual([]);
      expect(told).toEqual([]);
      const morning = at("2025-12-04", "07:00");
      expect(await look(morning - 1, morning)).toEqual(["a1 asked", "b1 asked"]);
    });
  });

  describe("whether a unit was reached", () => {
    const reachedOf = async (unitCode: string) => {
      const { reached, notReachedReason } = await owed(unitCode);
      return [reached, notReachedReason];
    };
    const deliver = (status: "sent" | "never", personId: string) =>
      db()
        .insert(deliveries)
        .values({
          id: `d-${personId}`,
          personId,
          kind: "reminder",
          message: {},
          status,
          notBefore: 0,
          eventKey: `reminder:${personId}:${DAY_BEFORE}`,
          createdAt: 0,
        });

    test("is no question before a reminder falls due", async () => {
      expect(await reachedOf("xa-c")).toEqual([true, null]);
    });

    test("with nobody linked, silent or out of reach, it was not, for its own reason", async () => {
      await linkPerson(db(), { id: "c1", unitCode: "xa-c", linkedAt: TUESDAY, optedOutAt: TUESDAY });
      await db().delete(deliveries);
      expect(await look(DAY_BEFORE - 1, DAY_BEFORE)).toEqual(["a1 day-before", "b1 day-before"]);
      expect(await reachedOf("xa-c")).toEqual([false, "Đầu mối của đơn vị đã dừng nhận tin"]);
      await linkPerson(db(), { id: "c2", unitCode: "xa-c", linkedAt: TUESDAY, unreachable: "-213" });
      await look(DUE - 1, DUE);
      expect(await reachedOf("xa-c")).toEqual([false, "Zalo không chuyển được tin tới đầu mối của đơn vị"]);
      expect(await reachedOf("xa-a")).toEqual([true, null]);
    });

    test("with nobody at all, it was not", async () => {
      await look(DAY_BEFORE - 1, DAY_BEFORE);
      expect(await reachedOf("xa-c")).toEqual([false, "Chưa có ai của đơn vị liên kết Zalo"]);
    });

    test("turns on what became of the messages", async () => {
      await look(DAY_BEFORE - 1, DAY_BEFORE);
      const obligationIds = [(await owed("xa-a")).id];
      await markReached(db(), [{ obligationIds, ok: false, reason: "chặn" }]);
      expect(await reachedOf("xa-a")).toEqual([false, "chặn"]);
      await markReached(db(), [{ obligationIds, ok: true, reason: "" }]);
      expect(await reachedOf("xa-a")).toEqual([true, null]);
    });

    test("is true once one message of several got through, in whichever order they end", async () => {
      await look(DAY_BEFORE - 1, DAY_BEFORE);
      const obligationIds = [(await owed("xa-a")).id];
      await deliver("sent", "a1");
      await markReached(db(), [{ obligationIds, ok: false, reason: "chặn" }]);
      expect(await reachedOf("xa-a")).toEqual([true, null]);
      await markReached(db(), [
        { obligationIds, ok: true, reason: "" },
        { obligationIds, ok: false, reason: "chặn" },
      ]);
      expect(await reachedOf("xa-a")).toEqual([true, null]);
    });

    test("can be traced from the reminder's key", async () => {
      await look(DAY_BEFORE - 1, DAY_BEFORE);
      const key = `reminder:a1:${DAY_BEFORE}`;
      expect(await obligationsReminded(db(), [key, "khác"])).toEqual(
        new Map([[key, [(await owed("xa-a")).id]]]),
      );
    });
  });

  describe("the next instant", () => {
    test("runs through openings, reminders, deadlines and closings", async () => {
      const seen: string[] = [];
      let now = TUESDAY;
      for (let i = 0; i < 8; i++) {
        now = (await nextAgendaInstant(db(), campaign, now)) ?? Number.NaN;
        seen.push(toIso(now).slice(5, 16));
      }
      expect(seen).toEqual([
        "12-02T15:00",
        "12-03T15:00",
        "12-03T17:00",
        "12-04T08:00",
        "12-04T15:00",
        "12-04T17:00",
        "12-05T08:00",
        "12-08T07:00",
      ]);
      expect(agendaAfter(campaign, at("2025-12-05", "08:00"))[0]).toMatchObject({
        kind: "opening",
        period: "2025-W50",
      });
    });

    test("counts deadlines moved for a single unit", async () => {
      const until = at("2025-12-06", "11:00");
      const given = {
        line: "len-huyen",
        period: "2025-W49",
        unitCode: "xa-a",
        reason: "r",
        actor: "api",
        at: TUESDAY,
      };
      await extend(db(), { campaign, ids: ledgerIds }, { ...given, until });
      expect(toIso((await nextAgendaInstant(db(), campaign, at("2025-12-05", "15:00"))) ?? 0)).toBe(
        "2025-12-06T09:00:00+07:00",
      );
      expect(await nextAgendaInstant(db(), campaign, until - 1)).toBe(until);
    });

    test("is none after the last", async () => {
      await db().delete(obligations);
      expect(await nextAgendaInstant(db(), campaign, at("2026-12-01", "00:00"))).toBeNull();
    });
  });

  test("a period that has just opened is told at its opening", async () => {
    const opening = at("2025-12-08", "07:00");
    await openPeriods(db(), campaign, opening, ledgerIds);
    expect(await look(opening - 1, opening)).toEqual(["a1 opening", "b1 opening"]);
  });
});
