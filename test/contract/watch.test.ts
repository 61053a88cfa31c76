/** What the program notices about itself when something does not happen. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Alarms } from "../../src/app/alarm";
import { createWatch, sessionStart } from "../../src/app/watch";
import { at, HOUR_MS, MINUTE_MS } from "../../src/core/clock";
import { silentLog } from "../../src/core/log";
import { recordReminders } from "../../src/reporting/remind";
import { deliveries, inbox, marks, oaTokens, persons } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { aKnowledge } from "../support/builders";
import { connectFake } from "../support/connect-fake";
import { startFakeZalo, type FakeZalo } from "../support/fake-zalo";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
/** A Tuesday. */
const MORNING = at("2025-12-02", "08:00");

eachStore((store) => {
  let fake: FakeZalo;
  let open: Set<string>;

  beforeEach(async () => {
    fake = await startFakeZalo();
    open = new Set();
    for (const table of [inbox, oaTokens]) await store().db.delete(table);
    await startLedger(store().db, campaign, MORNING);
  });
  afterEach(() => fake.close());

  /** Alarms that remember what is open, without their quiet times. */
  const alarms: Alarms = {
    raise: ({ cause }) => Promise.resolve(void open.add(cause)),
    clear: (cause) => Promise.resolve(void open.delete(cause)),
  };
  function aWatch(programs = 1) {
    const zalo = connectFake(fake, store().db, { alarm: ({ cause }) => void open.add(cause) });
    const rooms = {
      store: { ...store(), programs: () => Promise.resolve(programs) },
      clock: fake.clock,
      ids: ledgerIds,
      log: silentLog,
      campaign,
      knowledge: aKnowledge({}),
    };
    return createWatch({ rooms, alarms, zalo, isLive: true, isShared: false });
  }
  const look = async (watch: ReturnType<typeof aWatch>, day: string, time: string) => {
    fake.clock.moveTo(at(day, time));
    await store().db.delete(marks);
    await store()
      .db.insert(marks)
      .values({ name: "agenda.looked-at", value: fake.clock.now(), updatedAt: fake.clock.now() });
    await watch.look();
    return [...open].sort();
  };
  const event = (receivedAt: number, state: "waiting" | "done" = "done") =>
    store()
      .db.insert(inbox)
      .values({
        eventKey: `e${receivedAt}`,
        kind: "user_send_text",
        payload: {},
        occurredAt: receivedAt,
        receivedAt,
        state,
      });

  test("an hour without an event in working time, until the next one comes", async () => {
    const watch = aWatch();
    await event(MORNING + 5 * MINUTE_MS);
    expect(await look(watch, "2025-12-02", "09:04")).toEqual([]);
    expect(await look(watch, "2025-12-02", "09:05")).toEqual(["webhook-silent"]);
    expect(await look(watch, "2025-12-02", "12:00")).toEqual(["webhook-silent"]);
    expect(await look(watch, "2025-12-02", "13:40")).toEqual(["webhook-silent"]);
    await event(at("2025-12-02", "13:41"));
    expect(await look(watch, "2025-12-02", "13:42")).toEqual([]);
  });

  test("silence at night, at noon, on Sunday and right after a start says nothing", async () => {
    const watch = aWatch();
    await event(MORNING);
    expect(await look(watch, "2025-12-02", "08:59")).toEqual([]);
    for (const [day, time] of [
      ["2025-12-02", "12:30"],
      ["2025-12-02", "22:00"],
      ["2025-12-03", "08:30"],
      ["2025-12-07", "10:00"],
    ] as const)
      expect(await look(watch, day, time)).not.toContain("webhook-silent");
    fake.clock.moveTo(at("2025-12-08", "10:00"));
    expect(await look(aWatch(), "2025-12-08", "10:30")).not.toContain("webhook-silent");
  });

  test("a refused grant again and again, and its end", async () => {
    fake.zalo.scriptNext("token", { do: "error", code: -14014 });
    const watch = aWatch();
    expect(await look(watch, "2025-12-02", "08:01")).toEqual(["zalo-grant-refused"]);
    await store().db.delete(oaTokens);
    expect(await look(aWatch(), "2025-12-02", "08:10")).toEqual([]);
  });

  test("a token is kept fresh though nobody sends", async () => {
    const watch = aWatch();
    const refreshes = () => fake.zalo.calls.filter(({ endpoint }) => endpoint === "token").length;
    await look(watch, "2025-12-02", "08:01");
    await look(watch, "2025-12-02", "20:00");
    expect(refreshes()).toBe(1);
    await look(watch, "2025-12-03", "04:30");
    expect(refreshes()).toBe(2);
  });

  test("a package that is nearly spent, asked about once an hour", async () => {
    const watch = aWatch();
    const body = '{"error":0,"message":"","data":[{"remain":"30","total":"500"}]}';
    fake.zalo.scriptNext("quota", { do: "answer", status: 200, body });
    expect(await look(watch, "2025-12-02", "08:01")).toEqual(["package-low"]);
    expect(watch.packageLeft()).toBeCloseTo(0.06);
    expect(await look(watch, "2025-12-02", "08:02")).toEqual(["package-low"]);
    expect(await look(watch, "2025-12-02", "22:00")).toEqual([]);
  });

  test("events and messages that are stuck", async () => {
    const watch = aWatch();
    await event(MORNING, "waiting");
    await linkPerson(store().db, { id: "xa", unitCode: "xa-a", linkedAt: MORNING });
    const row = { personId: "xa", kind: "reminder" as const, message: { text: "" }, createdAt: MORNING };
    await store()
      .db.insert(deliveries)
      .values([
        { ...row, id: "d1", status: "queued" as const, notBefore: MORNING, eventKey: "e1" },
        { ...row, id: "d2", status: "later" as const, notBefore: MORNING + 10 * HOUR_MS, eventKey: "e2" },
      ]);
    expect(await look(watch, "2025-12-02", "08:14")).toEqual([]);
    expect(await look(watch, "2025-12-02", "08:15")).toEqual(["inbox-behind", "outbox-behind"]);
    await store().db.delete(deliveries);
    await store().db.delete(inbox);
    expect(await look(watch, "2025-12-02", "08:16")).toEqual([]);
  });

  test("a schedule that does not run, and a digest that is not frozen", async () => {
    const watch = aWatch();
    fake.clock.moveTo(at("2025-12-03", "17:20"));
    await store().db.insert(marks).values({ name: "agenda.looked-at", value: MORNING, updatedAt: MORNING });
    await watch.look();
    expect([...open].sort()).toEqual(["agenda-late", "digest-late"]);
  });

  test("a wave of the calendar that is not on record, whatever the schedule says of itself", async () => {
    const MISSING = "reminders-missing len-huyen 2025-W49";
    const at15 = at("2025-12-02", "15:00");
    const link = (id: string) =>
      linkPerson(store().db, { id, unitCode: `xa-${id}`, linkedAt: at15 - HOUR_MS });
    await link("a");
    await link("b");
    expect(await look(aWatch(), "2025-12-02", "15:09")).not.toContain(MISSING);
    expect(await look(aWatch(), "2025-12-02", "15:10")).toContain(MISSING);

    open.clear();
    // Whoever has done something since proves nothing.
    await store()
      .db.update(persons)
      .set({ lastInteractionAt: at15 + MINUTE_MS });
    expect(await look(aWatch(), "2025-12-02", "15:11")).not.toContain(MISSING);
    await store().db.update(persons).set({ lastInteractionAt: null });
    expect(await look(aWatch(), "2025-12-02", "15:12")).toContain(MISSING);
    open.clear();
    await recordReminders(store().db, campaign, { from: at15 - 1, to: at15, now: at15 }, () =>
      Promise.resolve(),
    );
    expect(await look(aWatch(), "2025-12-02", "15:13")).not.toContain(MISSING);
  });

  test("two programs without Redis", async () => {
    expect(await look(aWatch(2), "2025-12-02", "08:01")).toEqual(["without-redis"]);
  });
});

test("silence counts from the beginning of a session", () => {
  const everyDay = () => true;
  expect(sessionStart(everyDay, at("2025-12-02", "11:29"))).toBe(at("2025-12-02", "08:00"));
  expect(sessionStart(everyDay, at("2025-12-02", "11:30"))).toBeNull();
  expect(sessionStart(everyDay, at("2025-12-02", "13:30"))).toBe(at("2025-12-02", "13:30"));
  expect(sessionStart(() => false, at("2025-12-02", "09:00"))).toBeNull();
});
