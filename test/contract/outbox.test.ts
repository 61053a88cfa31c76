import { beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { seededIds, systemIds } from "../../src/core/ids";
import { silentLog } from "../../src/core/log";
import {
  claim,
  outboxIdle,
  releaseForGrant,
  recoverClaims,
  releaseOf,
  settle,
  type DeliveryKind,
} from "../../src/messaging/outbox";
import { putInOutbox } from "../../src/messaging/spoken";
import type { SendOutcome } from "../../src/messaging/ports";
import { createPresence } from "../../src/store/presence";
import { deliveries, inbox, persons } from "../../src/store/tables";
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
  const claimFor = (by: string) =>
    claim(store().db, { all: 10, waves: 10 }, NOON, { dayStart: NOON, by, office: "so" });
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
    expect(await claimFor("another")).toEqual([]);
  });

  test("what was put off for want of a grant goes as soon as there is one; other pauses stay", async () => {
    for (const id of ["1", "2"]) {
      await aPerson(id);
      await queue(id, `lời ${id}`);
    }
    const reasons = ["zalo-grant-refused", "oa:-32"];
    const world = aWorld(store(), {
      outcome: (): SendOutcome => ({ kind: "later", afterMs: HOUR_MS, reason: reasons.shift() ?? "oa:-32" }),
    });
    await drain(world);
    expect(await claimFor("another")).toEqual([]);
    await releaseForGrant(store().db, NOON);
    expect((await claimFor("another")).map(({ message }) => message.text)).toEqual(["lời 1"]);
  });

  test("what a replica with a faster clock wrote first goes first", async () => {
    await aPerson("1");
    await queue("1", "một", "reply", NOON + SECOND_MS);
    await queue("1", "hai");
    expect(await claimFor("another")).toEqual([]);
    const world = aWorld(store());
    world.clock.moveTo(NOON + SECOND_MS);
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["một", "hai"]);
  });

  test.each(["reply", "notice", "card"] as const)(
    "a %s that the platform refused while its person was silent goes once they have written",
    async (kind) => {
      await aPerson("1");
      await queue("1", "một", kind);
      let isClosed = true;
      const world = aWorld(store(), {
        outcome: (): SendOutcome =>
          isClosed
            ? { kind: "lane-closed", reason: "window-closed" }
            : { kind: "sent", messageId: null, repliesLeft: 5 },
      });
      await drain(world);
      expect(await statuses()).toEqual([["later", "window-closed"]]);
      isClosed = false;
      await store().db.update(persons).set({ lastInteractionAt: NOON });
      await store().db.execute(releaseOf(["1"], NOON));
      const again = aWorld(store());
      await drain(again);
      expect(again.sent.map(({ text }) => text)).toEqual(["một"]);
    },
  );

  test("a reply refused as too late goes at once where its person has written since it was on its way", async () => {
    await aPerson("1");
    await queue("1", "một");
    let tries = 0;
    const world = aWorld(store(), {
      outcome: async (): Promise<SendOutcome> => {
        if (++tries > 1) return { kind: "sent", messageId: null, repliesLeft: 5 };
        await store()
          .db.update(persons)
          .set({ lastInteractionAt: NOON + 1 });
        return { kind: "lane-closed", reason: "window-closed" };
      },
    });
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["một"]);
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
    expect(await outboxIdle(store().db, NOON)).toBe(true);
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
      ["sent", "unclear: timeout"],
      ["unknown", "timeout"],
    ]);
  });

  test("what a dead sender had claimed: replies go again, reminders are left as unknown", async () => {
    await aPerson("1");
    await aPerson("2");
    await queue("1", "trả lời");
    await queue("2", "nhắc", "reminder");
    expect(await claimFor("another")).toHaveLength(2);
    const world = aWorld(store());
    await drain(world);
    expect(world.sent.map(({ text }) => text)).toEqual(["trả lời"]);
    expect((await statuses()).map(([status]) => status)).toEqual(["sent", "unknown"]);
  });

  describe("beside another replica", () => {
    const another = () => createPresence({ store: store(), ids: systemIds, log: silentLog, alone: false });
    beforeEach(() => store().db.execute(sql`truncate replicas`));

    test("its claims are its own while it lives", async () => {
      const other = another();
      await other.start();
      await aPerson("1");
      await queue("1", "trả lời");
      await claimFor(other.id);
      const world = aWorld(store());
      world.clock.moveTo(NOON + 2 * MINUTE_MS);
      world.sender.start();
      await world.sender.stop();
      expect((await statuses()).map(([status]) => status)).toEqual(["sending"]);
      await other.stop();
      world.clock.moveTo(NOON + 3 * MINUTE_MS);
      await drain(world);
      expect(world.sent.map(({ text }) => text)).toEqual(["trả lời"]);
    });

    test("that has fallen silent, its replies are sent within ten seconds and its waves are left as unknown", async () => {
      const other = another();
      await other.start();
      await aPerson("1");
      await aPerson("2");
      await queue("1", "trả lời");
      await queue("2", "nhắc", "reminder");
      await claimFor(other.id);
      // What it says meanwhile would bring it back to life.
      await store().transaction(async (tx) => {
        await tx.execute(sql`update replicas set seen_at = seen_at - ${10 * SECOND_MS}::bigint`);
        await recoverClaims(tx, "this one", NOON - MINUTE_MS);
      });
      await drain(aWorld(store()));
      expect((await statuses()).map(([status]) => status)).toEqual(["sent", "unknown"]);
      await other.stop();
    });

    test("that was paused and taken for dead, nothing is sent that another may have taken over", async () => {
      await aPerson("1");
      await queue("1", "trả lời");
      let isSure = true;
      const world = aWorld(store(), {
        presence: { id: "this one", isSure: () => isSure },
        outcome: () => {
          throw new Error("sent without being sure");
        },
      });
      await claimFor("this one");
      isSure = false;
      await drain(world);
      expect(world.sent).toEqual([]);
    });

    test("that took over what did go out, the truth is told once it is known", async () => {
      await aPerson("1");
      await aPerson("2");
      await queue("1", "trả lời");
      await queue("2", "nhắc", "reminder");
      const claimed = await claimFor("paused");
      await recoverClaims(store().db, "this one", NOON - MINUTE_MS);
      const sent = { status: "sent" as const, lane: "free" as const, messageId: "m1", repliesLeft: null };
      await settle(
        store().db,
        claimed.map((delivery) => ({ delivery, settled: sent })),
        NOON,
        "paused",
      );
      expect((await statuses()).map(([status]) => status)).toEqual(["sent", "sent"]);
    });
  });

  test("what was claimed while the database's answer got lost is free again, no attempt spent", async () => {
    await aPerson("1");
    await queue("1", "nhắc", "reminder");
    await claimFor("this one");
    const world = aWorld(store());
    await drain(world);
    expect(
      (await store().db.select().from(deliveries)).map(({ status, attempts }) => [status, attempts]),
    ).toEqual([["sent", 1]]);
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

  test("waiting that cost no request is no attempt: nothing is given up for it", async () => {
    await aPerson("1");
    await queue("1", "trả lời");
    let pauses = 12;
    const world = aWorld(store(), {
      outcome: (): SendOutcome =>
        pauses-- > 0
          ? { kind: "later", afterMs: MINUTE_MS, reason: "paused", untried: true }
          : { kind: "sent", messageId: "m1", repliesLeft: null },
    });
    for (let i = 0; i <= 12; i++) {
      await drain(world);
      world.clock.moveTo(world.clock.now() + MINUTE_MS);
    }
    expect(await statuses()).toEqual([["sent", "paused"]]);
    expect((await store().db.select().from(deliveries))[0]?.attempts).toBe(1);
  });

  describe("an echo", () => {
    const echoed = (text: string, messageId: string, occurredAt = NOON) =>
      aText("a1", text, {
        eventKey: `echo:${messageId}`,
        input: null,
        opensWindow: false,
        occurredAt,
        echo: { messageId, text },
      });
    const unclear = (): SendOutcome => ({ kind: "unknown", reason: "timeout" });

    test("settles a reply and a reminder of unknown fate; neither is said again", async () => {
      await aPerson("1");
      await queue("1", "trả lời [@ai]\nhai dòng");
      await queue("1", "nhắc", "reminder");
      const world = aWorld(store(), { outcome: unclear });
      await drain(world);
      expect((await statuses()).map(([status]) => status)).toEqual(["later", "unknown"]);
      await world.inbox.record(echoed("trả lời [\u2060@ai]\nhai dòng".normalize("NFD"), "m1"));
      await world.inbox.record(echoed("nhắc", "m2"));
      const rows = await store().db.select().from(deliveries).orderBy(deliveries.seq);
      expect(rows.map(({ status, messageId, sentAt }) => [status, messageId, sentAt])).toEqual([
        ["sent", "m1", NOON],
        ["sent", "m2", NOON],
      ]);
      world.clock.moveTo(NOON + MINUTE_MS);
      await drain(world);
      expect(world.settlements).toHaveLength(2);
      expect((await store().db.select().from(inbox)).map(({ state }) => state)).toEqual([
        "ignored",
        "ignored",
      ]);
    });

    test("that comes before the lost answer settles the message under way", async () => {
      await aPerson("1");
      await queue("1", "trả lời");
      const world = aWorld(store(), {
        outcome: async () => {
          await world.inbox.record(echoed("trả lời", "m1"));
          return unclear();
        },
      });
      await drain(world);
      world.clock.moveTo(NOON + MINUTE_MS);
      await drain(world);
      expect((await statuses()).map(([status]) => status)).toEqual(["sent"]);
      expect(world.settlements).toHaveLength(1);
    });

    test("settles one message only, and none for words, people or times of others", async () => {
      await aPerson("1");
      await aPerson("2");
      for (const person of ["1", "1", "2"]) await queue(person, "như nhau", "reminder");
      const world = aWorld(store(), { outcome: unclear });
      await drain(world);
      await world.inbox.record(echoed("khác", "m0"));
      await world.inbox.record(echoed("như nhau", "m9", NOON - HOUR_MS));
      expect((await statuses()).map(([status]) => status)).toEqual(["unknown", "unknown", "unknown"]);
      await world.inbox.record(echoed("như nhau", "m1"));
      await world.inbox.record({ ...echoed("như nhau", "m1"), eventKey: "again" });
      expect((await statuses()).map(([status]) => status)).toEqual(["sent", "unknown", "unknown"]);
    });

    test("does not settle what was refused and waits for a better moment", async () => {
      await aPerson("1");
      await queue("1", "trả lời");
      const world = aWorld(store(), {
        outcome: () => ({ kind: "later", afterMs: MINUTE_MS, reason: "-32 RATE_LIMITED" }),
      });
      await drain(world);
      await world.inbox.record(echoed("trả lời", "m1"));
      expect((await statuses()).map(([status]) => status)).toEqual(["later"]);
    });
  });
});
