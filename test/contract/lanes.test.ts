import { beforeEach, describe, expect, test } from "@jest/globals";
import { eq, sql } from "drizzle-orm";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import type { Message } from "../../src/conversation/message";
import { outboxIdle, type DeliveryKind } from "../../src/messaging/outbox";
import { putInOutbox } from "../../src/messaging/spoken";
import type { SendLane, SendOutcome } from "../../src/messaging/ports";
import { leftThisMonth, spend } from "../../src/messaging/spending";
import { deliveries, digests, officeGroups, persons, units } from "../../src/store/tables";
import { aWorld, NOON, type World, type WorldOptions } from "../support/messaging";
import { eachStore } from "../support/stores";

const REMINDER: Message = { text: "nhắc", template: { name: "reminder", data: { don_vi: "Trường A" } } };
const APPROVED = { templates: new Set(["reminder", "digest"] as const) };
const SILENT = { lastInteractionAt: NOON - 8 * DAY_MS };
const closed = (reason = "-230 NO_INTERACTION_7_DAYS"): SendOutcome => ({ kind: "lane-closed", reason });
const sent: SendOutcome = { kind: "sent", messageId: null, repliesLeft: null };

eachStore((store) => {
  const ids = seededIds(11);
  beforeEach(async () => {
    await store().db.execute(
      sql`truncate inbox, deliveries, sessions, persons, spending, digests, office_groups, units cascade`,
    );
  });

  async function aPerson(id: string, over: Partial<typeof persons.$inferInsert> = {}): Promise<void> {
    await store()
      .db.insert(persons)
      .values({ id, address: `a${id}`, createdAt: NOON, lastInteractionAt: NOON, ...over });
  }
  const queue = (
    personId: string,
    message: Message,
    kind: DeliveryKind = "reminder",
    eventKey = `e:${message.text}`,
  ) => putInOutbox(store().db, [{ personId, kind, message, eventKey }], ids, NOON);
  const rows = () => store().db.select().from(deliveries).orderBy(deliveries.seq);

  async function drain(world: World): Promise<void> {
    world.sender.start();
    for (let i = 0; i < 500 && !(await outboxIdle(store().db, world.clock.now())); i++) {
      world.sender.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await world.sender.stop();
  }
  const refusing = (...lanes: SendLane[]): WorldOptions => ({
    policy: APPROVED,
    outcome: (_to, _message, _attempt, lane) => (lanes.includes(lane) ? closed() : sent),
  });

  test("a wave that the platform refuses although our books say open goes on by template, then by phone", async () => {
    await aPerson("1", { phoneSealed: "sealed" });
    await queue("1", REMINDER);
    const world = aWorld(store(), refusing("free", "template"));
    await drain(world);
    expect(world.lanes).toEqual(["free", "template", "phone"]);
    expect((await rows())[0]).toMatchObject({
      status: "sent",
      lane: "phone",
      refusedLanes: ["free", "template"],
    });
  });

  test("each lane is tried once, also when the next one has to wait; the order of a person's messages stays", async () => {
    await aPerson("1");
    await queue("1", REMINDER);
    await queue("1", { text: "tin sau" });
    let waits = 1;
    const world = aWorld(store(), {
      policy: APPROVED,
      outcome: (_to, { text }, _attempt, lane) => {
        if (text === "nhắc" && lane === "free") return closed();
        return lane === "template" && waits-- > 0
          ? { kind: "later", afterMs: MINUTE_MS, reason: "-32 RATE_LIMITED" }
          : sent;
      },
    });
    await drain(world);
    expect(world.lanes).toEqual(["free", "template"]);
    world.clock.moveTo(NOON + 2 * MINUTE_MS);
    await drain(world);
    expect(world.lanes).toEqual(["free", "template", "template", "free"]);
    expect(world.sent.map(({ text }) => text)).toEqual(["nhắc", "tin sau"]);
  });

  test("with every lane refused the wave ends with the platform's own reason", async () => {
    await aPerson("1");
    await queue("1", REMINDER);
    const world = aWorld(store(), refusing("free", "template"));
    await drain(world);
    expect((await rows())[0]).toMatchObject({ status: "never", lastError: "-230 NO_INTERACTION_7_DAYS" });
  });

  test("an answer that is refused waits for its person and goes nowhere else", async () => {
    await aPerson("1");
    await queue("1", { text: "trả lời" }, "reply");
    const world = aWorld(store(), {
      ...refusing("free"),
      standing: { lastInteractionAt: null, repliesLeft: 0 },
    });
    await drain(world);
    expect(world.lanes).toEqual(["free"]);
    expect((await rows())[0]).toMatchObject({ status: "later" });
    // The platform's own books stand in for ours.
    expect((await store().db.select().from(persons))[0]).toMatchObject({
      lastInteractionAt: null,
      repliesLeft: 0,
    });
  });

  describe("the month's purse", () => {
    const paidOnly = (limit: number): WorldOptions => ({
      policy: { limits: { replies: limit, templates: 0 } },
    });
    const lately = { lastInteractionAt: NOON - 3 * DAY_MS };

    test("is never overspent, and the rest are told as not reached", async () => {
      for (const id of ["1", "2", "3", "4", "5"]) {
        await aPerson(id, lately);
        await queue(id, REMINDER);
      }
      const world = aWorld(store(), paidOnly(2));
      await drain(world);
      const ends = (await rows())
        .map(({ status, lane, lastError }) => lane ?? `${status} ${lastError}`)
        .sort();
      expect(ends).toEqual([
        "never budget-spent",
        "never budget-spent",
        "never budget-spent",
        "paid",
        "paid",
      ]);
      expect(new Set(world.spent)).toEqual(new Set(["replies"]));
    });

    test("takes back what a refused message did not cost, and starts anew with the month", async () => {
      await aPerson("1", lately);
      await queue("1", REMINDER);
      const limits = { replies: 1, templates: 0 };
      await drain(aWorld(store(), { ...paidOnly(1), outcome: () => closed() }));
      expect(await leftThisMonth(store().db, limits, NOON)).toEqual(limits);
      expect(await spend(store().db, "replies", limits, NOON)).toBe(true);
      expect(await spend(store().db, "replies", limits, NOON)).toBe(false);
      expect(await spend(store().db, "replies", limits, NOON + 31 * DAY_MS)).toBe(true);
    });

    test("is not overspent by many at once", async () => {
      const limits = { replies: 7, templates: 0 };
      const taken = await Promise.all(
        Array.from({ length: 40 }, () => spend(store().db, "replies", limits, NOON)),
      );
      expect(taken.filter(Boolean)).toHaveLength(7);
    });
  });

  describe("a digest for staff who cannot be reached", () => {
    const GROUP = "c4d18e20f7ab63915e0d";
    beforeEach(async () => {
      await store()
        .db.insert(units)
        .values({ code: "so", name: "Sở", shortName: "Sở", group: "Sở", parentCode: null });
      await store()
        .db.insert(digests)
        .values({
          ...{ id: "TH-1", line: "l", period: "p", receiverUnitCode: "so", frozenAt: NOON },
          ...{ sha256: "", canonical: "", text: "" },
        });
      await store()
        .db.insert(officeGroups)
        .values({ groupId: GROUP, unitCode: "so", boundBy: "1", boundAt: NOON });
    });
    const digest: Message = { text: "Tổng hợp", buttons: [{ title: "Nhắc", tap: "#staff.remind" }] };

    test("goes to their office's group, once for all of them, without buttons", async () => {
      await aPerson("1", SILENT);
      await aPerson("2", { unreachable: "-227 USER_INACTIVE_OR_BANNED" });
      await aPerson("3");
      for (const id of ["1", "2", "3"]) await queue(id, digest, "digest", `digest:TH-1:${id}`);
      const world = aWorld(store());
      await drain(world);
      expect(world.lanes.sort()).toEqual(["free", `group:${GROUP}`]);
      expect((await rows()).map(({ status, lastError, groupId }) => [status, lastError, groupId])).toEqual([
        ["never", "in-office-group", GROUP],
        ["never", "in-office-group", GROUP],
        ["sent", null, null],
        ["sent", null, GROUP],
      ]);
      expect((await rows())[3]?.message).toEqual({ text: "Tổng hợp" });
    });

    test("so does an alarm, and an answer to one of them does not", async () => {
      for (const id of ["1", "2"]) {
        await aPerson(id, SILENT);
        await queue(id, { text: "⚠️ Hết hạn mức" }, "notice", `alarm:spent:${NOON}:${id}`);
        await queue(id, { text: "Trả lời câu hỏi" }, "notice", `ticket-replied:HD-1:${id}`);
      }
      const world = aWorld(store());
      await drain(world);
      expect(world.lanes).toEqual([`group:${GROUP}`]);
      expect(world.sent.map(({ text }) => text)).toEqual(["⚠️ Hết hạn mức"]);
    });

    const NOT_IN_GROUP: SendOutcome = { kind: "never", reason: "-403 OA_NOT_IN_GROUP", scope: "message" };
    const ends = async () =>
      (await rows()).map(({ personId, groupId, status, lastError }) =>
        [groupId ?? personId, status, status === "sent" ? "" : lastError].join(" "),
      );

    test("that the group refuses goes back to each of them: who can be reached has it, of the others the reason is kept", async () => {
      await aPerson("1", SILENT);
      await aPerson("2", { unreachable: "-227 USER_INACTIVE_OR_BANNED" });
      for (const id of ["1", "2"]) await queue(id, digest, "digest", `digest:TH-1:${id}`);
      const world = aWorld(store(), {
        outcome: async (_to, _message, _attempt, lane) => {
          if (lane !== "group") return sent;
          // Meanwhile one of them has written.
          await store().db.update(persons).set({ lastInteractionAt: NOON }).where(eq(persons.id, "1"));
          return NOT_IN_GROUP;
        },
      });
      await drain(world);
      expect(await ends()).toEqual([
        "1 sent ",
        "2 never -227 USER_INACTIVE_OR_BANNED",
        `${GROUP} never -403 OA_NOT_IN_GROUP`,
      ]);
      expect(world.lanes).toEqual([`group:${GROUP}`, "free"]);
      expect(world.sent.map(({ text }) => text)).toEqual(["Tổng hợp"]);
    });

    test("that the group refused one day does not come back for what it took before", async () => {
      await aPerson("1", SILENT);
      await queue("1", { text: "⚠️ Hết hạn mức" }, "notice", `alarm:spent:${NOON}:1`);
      const outcomes = [sent, NOT_IN_GROUP];
      const world = aWorld(store(), { outcome: () => outcomes.shift() ?? sent });
      await drain(world);
      world.clock.moveTo(NOON + DAY_MS);
      await putInOutbox(
        store().db,
        [{ personId: "1", kind: "notice", message: { text: "⚠️ Hết hạn mức" }, eventKey: "alarm:spent:2:1" }],
        ids,
        NOON + DAY_MS,
      );
      await drain(world);
      expect(await ends()).toEqual([
        `${GROUP} never in-office-group`,
        `${GROUP} sent `,
        // An alarm waits until its person writes.
        "1 later window-closed",
        `${GROUP} never -403 OA_NOT_IN_GROUP`,
      ]);
    });

    test("of another office does not", async () => {
      await aPerson("1", SILENT);
      await queue("1", digest, "digest", "digest:TH-2:1");
      await drain(aWorld(store()));
      expect((await rows()).map(({ status, lastError }) => [status, lastError])).toEqual([
        ["never", "window-closed"],
      ]);
    });
  });

  describe("the platform's history", () => {
    const unclear = (): SendOutcome => ({ kind: "unknown", reason: "timeout" });

    test("settles a reminder of unknown fate, and is asked once", async () => {
      await aPerson("1");
      await queue("1", REMINDER);
      let asked = 0;
      const world = aWorld(store(), {
        outcome: unclear,
        history: () => {
          asked++;
          return ["m7"];
        },
      });
      await drain(world);
      expect((await rows())[0]).toMatchObject({ status: "unknown" });
      for (let i = 1; i <= 3; i++) {
        world.clock.moveTo(NOON + i * 15 * SECOND_MS);
        world.sender.start();
        await world.sender.stop();
      }
      expect((await rows())[0]).toMatchObject({ status: "sent", messageId: "m7" });
      expect([asked, world.lanes.length]).toEqual([1, 1]);
    });

    test("that knows nothing leaves it unknown, and unsaid", async () => {
      await aPerson("1");
      await queue("1", REMINDER);
      const world = aWorld(store(), { outcome: unclear });
      await drain(world);
      world.clock.moveTo(NOON + HOUR_MS);
      await drain(world);
      expect((await rows())[0]).toMatchObject({ status: "unknown", lastError: "timeout" });
      expect(world.lanes).toHaveLength(1);
    });

    test("keeps an answer from being said twice, and is not misled by the same words before", async () => {
      await aPerson("1");
      const outcomes: SendOutcome[] = [{ ...sent, messageId: "m1" }, unclear(), { ...sent, messageId: "m3" }];
      const world = aWorld(store(), {
        outcome: () => outcomes.shift() ?? sent,
        history: () => ["m1"],
      });
      await queue("1", { text: "menu" }, "reply", "e:1");
      await queue("1", { text: "menu" }, "reply", "e:2");
      await drain(world);
      world.clock.moveTo(NOON + 5 * SECOND_MS);
      await drain(world);
      expect((await rows()).map(({ status, messageId }) => [status, messageId])).toEqual([
        ["sent", "m1"],
        ["sent", "m3"],
      ]);
      expect(world.lanes).toHaveLength(3);
    });
  });
});
