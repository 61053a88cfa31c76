import { beforeEach, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { HOUR_MS, SECOND_MS } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import { silentLog } from "../../src/core/log";
import { othersTurn } from "../../src/core/loop";
import { postNews } from "../../src/messaging/inbox";
import { createOverload } from "../../src/messaging/overload";
import { persons } from "../../src/store/tables";
import { aText, aWorld, NOON, type World } from "../support/messaging";
import { eachStore } from "../support/stores";

const LATE_MS = 6 * SECOND_MS;

eachStore((store) => {
  beforeEach(async () => {
    await store().db.execute(sql`truncate inbox, deliveries, sessions, persons cascade`);
  });
  const overloadOf = (world: World) =>
    createOverload({
      store: store(),
      clock: world.clock,
      ids: seededIds(5),
      log: silentLog,
      received: { text: "đã nhận, đang xử lý" },
      onTold: () => undefined,
    });
  /** What people have been told, once it is as many messages as this. */
  const heard = async (world: World, most: number): Promise<string[]> => {
    await world.work();
    world.sender.start();
    while (world.sent.length < most) {
      world.sender.wake();
      await othersTurn();
    }
    await world.sender.stop();
    return world.sent.map(({ address, text }) => `${address} ${text}`);
  };

  test("who waits longer than five seconds hears once that the message is there, and then the answer", async () => {
    const world = aWorld(store());
    const overload = overloadOf(world);
    await world.inbox.record(aText("1", "một"));
    await world.inbox.record(aText("1", "hai", { occurredAt: NOON + 1 }));
    expect(await overload.pass()).toBe(0);
    world.clock.moveTo(NOON + LATE_MS);
    expect(await overload.pass()).toBe(1);
    expect(await overload.pass()).toBe(0);
    expect(await heard(world, 3)).toEqual(["1 đã nhận, đang xử lý", "1 lại: một", "1 lại: hai"]);
  });

  test("within an hour it is not said again; after it, it is", async () => {
    const world = aWorld(store());
    const overload = overloadOf(world);
    for (const [after, told] of [
      [0, 1],
      [HOUR_MS / 2, 0],
      [2 * HOUR_MS, 1],
    ] as const) {
      await world.inbox.record(aText("1", `sau ${after}`, { occurredAt: NOON + after }));
      world.clock.moveTo(world.clock.now() + LATE_MS + after);
      expect(await overload.pass()).toBe(told);
      await world.work();
    }
  });

  test("news that wait, a follow, and a person an officer talks to hear nothing", async () => {
    const world = aWorld(store());
    const overload = overloadOf(world);
    await world.inbox.record(aText("1", "chào", { input: { kind: "follow" }, name: "follow" }));
    await world.inbox.record(aText("2", "chào"));
    const people = await store().db.select().from(persons);
    const first = people.find(({ address }) => address === "1");
    await postNews(
      store().db,
      [{ personId: first?.id ?? "", key: "n", news: { kind: "alarm", text: "x" } }],
      NOON,
    );
    await store().db.execute(sql`update persons set silent_until = ${NOON + HOUR_MS} where address = '2'`);
    world.clock.moveTo(NOON + LATE_MS);
    expect(await overload.pass()).toBe(0);
  });
});
