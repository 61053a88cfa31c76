import { beforeEach, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import { claim, outboxIdle, putInOutbox, type DeliveryKind } from "../../src/messaging/outbox";
import type { SendOutcome } from "../../src/messaging/ports";
import { deliveries, persons } from "../../src/store/tables";
import { aText, aWorld, NOON, type World } from "../support/messaging";
import { eachStore } from "../support/stores";

eachStore((store) => {
  const ids = seededIds(7);
  beforeEach(async () => {
    await store().db.execute(sql`truncate inbox, deliveries, sessions, persons cascade`);
  });

  async function aPerson(id: string, over: Partial<typeof persons.$inferInsert> = {}): Promise<void> {
    await store()
      .db.insert(persons)
      .values({ id, address: `a${id}`, createdAt: NOON, lastInteractionAt: NOON, ...over });
  }
  const queue = (personId: string, text: string, kind: DeliveryKind = "reply", at = NOON) =>
    putInOutbox(store().db, [{ personId, kind, message: { text }, eventKey: `e:${text}` }], ids, at);
  const statuses = async () =>
    (await store().db.select().from(deliveries).orderBy(deliveries.seq)).map((row) => [
      row.status,
      row.lastError,
    ]);

  async function drain(world: World): Promise<void> {
    world.sender.start();
    for (let i = 0; i < 500 && !(await outboxIdle(store().db, world.clock.now())); i++) {
      world.sender.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await world.sender.stop();
  }

  test("a person gets messages one at a time and in order; replies overtake a wave", async () => {
    await aPerson("1");
    await aPerson("2");
    await queue("2", "nhắc", "reminder");
    for (const text of ["một", "hai", "ba"]) await queue("1", text);
    const world = aWorld(store());
    await drain(world);
    expect(world.sent.filter(({ address }) => address === "a1").map(({ text }) => text)).toEqual([
      "một",
      "hai",
      "ba",
    ]);
    expect(world.sent).toHaveLength(4);
    expect(await claim(store().db, 10, NOON, NOON)).toEqual([]);
  });

  test("while a reply must be tried again, the person's later replies wait behind it", async () => {
    await aPerson("1");
    await queue("1", "một");
    await queue("1", "hai");
    let failures = 1;
    const world = aWorld(store(), {
      outcome: (): SendOutcome =>
        failures-- > 0
          ? { kind: "later", afterMs: MINUTE_MS, reason: "oa:-32" }
          : { kind: "sent", messageId: null, repliesLeft: 5 },
    });
    await drain(world);
    expect(await statuses()).toEqual([
      ["later", "oa:-32"],
      ["queued", null],
    ]);
    world.clock.moveTo(NOON + MINUTE_MS + SECOND_MS);
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["một", "hai"]);
    expect((await store().db.select().from(persons))[0]?.repliesLeft).toBe(5);
  });

  test("an unknown outcome repeats a reply and never a reminder", async () => {
    await aPerson("1");
    await queue("1", "trả lời");
    await queue("1", "nhắc", "reminder");
    const seen: string[] = [];
    const world = aWorld(store(), {
      outcome: (_address, message, attempt) => {
        seen.push(message.text);
        return attempt === 1
          ? { kind: "unknown", reason: "timeout" }
          : { kind: "sent", messageId: null, repliesLeft: null };
      },
    });
    await drain(world);
    world.clock.moveTo(NOON + 5 * SECOND_MS);
    await drain(world);
    expect(seen.sort()).toEqual(["nhắc", "trả lời", "trả lời"]);
    expect(await statuses()).toEqual([
      ["sent", "timeout"],
      ["unknown", "timeout"],
    ]);
  });

  test("what a dead sender had claimed: replies go again, reminders are left as unknown", async () => {
    await aPerson("1");
    await aPerson("2");
    await queue("1", "trả lời");
    await queue("2", "nhắc", "reminder");
    expect(await claim(store().db, 10, NOON, NOON)).toHaveLength(2);
    const world = aWorld(store());
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["trả lời"]);
    expect((await statuses()).map(([status]) => status)).toEqual(["sent", "unknown"]);
  });

  test("beside another live sender, only claims older than any request may take are taken over", async () => {
    await aPerson("1");
    await queue("1", "trả lời");
    await claim(store().db, 10, NOON, NOON);
    const world = aWorld(store(), { alone: false });
    world.sender.start();
    await world.sender.stop();
    expect((await statuses()).map(([status]) => status)).toEqual(["sending"]);
    world.clock.moveTo(NOON + 2 * MINUTE_MS);
    await drain(world);
    await drain(world);
    expect((await statuses()).map(([status]) => status)).toEqual(["sent"]);
  });

  test("what nobody asked for waits through the night, keeps within the day's ceiling and respects silence", async () => {
    const night = NOON + 10 * HOUR_MS;
    await aPerson("1");
    await aPerson("2", { optedOutAt: NOON });
    for (const n of [1, 2, 3, 4]) await queue("1", `tin ${n}`, "digest", night);
    await queue("2", "nhắc", "reminder", night);
    await queue("2", "câu trả lời", "reply", night);
    const world = aWorld(store());
    world.clock.moveTo(night);
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["câu trả lời"]);
    world.clock.moveTo(NOON + 20 * HOUR_MS);
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["câu trả lời", "tin 1", "tin 2", "tin 3"]);
    expect((await statuses()).map(([status]) => status)).toEqual([
      "sent",
      "sent",
      "sent",
      "never",
      "never",
      "sent",
    ]);
  });

  test("an answer outside the window waits until the person writes again", async () => {
    await aPerson("1", { lastInteractionAt: NOON - 8 * 24 * HOUR_MS });
    await queue("1", "câu trả lời của cán bộ", "notice");
    const world = aWorld(store());
    await drain(world);
    expect(await statuses()).toEqual([["later", "window-closed"]]);
    expect(await outboxIdle(store().db, NOON)).toBe(true);
    await world.inbox.record(aText("a1", "còn đó không"));
    await world.work();
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["câu trả lời của cán bộ", "lại: còn đó không"]);
  });

  test("a person the platform refuses is marked, and nothing more is tried", async () => {
    await aPerson("1");
    await queue("1", "một");
    await queue("1", "hai");
    const world = aWorld(store(), { outcome: () => ({ kind: "never", reason: "oa:-227", scope: "person" }) });
    await drain(world);
    expect(await statuses()).toEqual([
      ["never", "oa:-227"],
      ["never", "oa:-227"],
    ]);
    expect(world.settlements).toHaveLength(2);
  });
});
