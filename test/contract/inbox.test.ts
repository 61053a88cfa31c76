import { beforeEach, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { stale } from "../../src/core/errors";
import { postNews } from "../../src/messaging/inbox";
import { deliveries, inbox, persons, sessions } from "../../src/store/tables";
import type { TurnInput } from "../../src/conversation/turn";
import { aText, aWorld, echoTurn, NOON, type World } from "../support/messaging";
import { eachStore } from "../support/stores";

eachStore((store) => {
  beforeEach(async () => {
    await store().db.execute(sql`truncate inbox, deliveries, sessions, persons cascade`);
  });
  const texts = async () =>
    (await store().db.select().from(deliveries).orderBy(deliveries.seq)).map(
      (row) => (row.message as { text: string }).text,
    );

  test("the same event, many times at once, is one row and one answer", async () => {
    const world = aWorld(store());
    const results = await Promise.all(
      Array.from({ length: 8 }, () => world.inbox.record(aText("1", "xin chào"))),
    );
    expect(results.filter((result) => result === "recorded")).toHaveLength(1);
    await world.work();
    expect(await world.inbox.record(aText("1", "xin chào"))).toBe("duplicate");
    await world.work();
    expect(await texts()).toEqual(["lại: xin chào"]);
  });

  test("two replicas on one line of events: each is handled once, in order", async () => {
    const turns: string[] = [];
    const note = (input: TurnInput) => {
      if (input.event.kind === "text") turns.push(input.event.text);
      return echoTurn(input);
    };
    const [one, two] = [aWorld(store(), { takeTurn: note }), aWorld(store(), { takeTurn: note })];
    const said = Array.from({ length: 60 }, (_, i) => String(i));
    for (const [i, text] of said.entries())
      await one.inbox.record(aText("1", text, { occurredAt: NOON + i }));
    const work = async ({ worker }: World) => {
      while (turns.length < said.length) await worker.pass();
    };
    await Promise.all([work(one), work(two), work(one), work(two)]);
    expect(await texts()).toEqual(said.map((text) => `lại: ${text}`));
    expect(turns).toEqual(said);
  });

  test("two hundred people writing at once all get their own answer", async () => {
    const world = aWorld(store());
    const people = Array.from({ length: 200 }, (_, i) => String(i));
    await Promise.all(people.map((id) => world.inbox.record(aText(id, `câu ${id}`))));
    await world.work();
    expect((await texts()).sort()).toEqual(people.map((id) => `lại: câu ${id}`).sort());
    expect(await store().db.select().from(persons)).toHaveLength(200);
  });

  test("one person's events are handled in the order in which they happened, whatever order they came in", async () => {
    const world = aWorld(store());
    await world.inbox.record(aText("1", "hai", { occurredAt: NOON + 2 }));
    await world.inbox.record(aText("1", "ba", { occurredAt: NOON + 3 }));
    await world.inbox.record(aText("1", "một", { occurredAt: NOON + 1 }));
    await world.work();
    expect(await texts()).toEqual(["lại: một", "lại: hai", "lại: ba"]);
    const [session] = await store().db.select().from(sessions);
    expect(session?.data).toMatchObject({ asked: ["một", "hai", "ba"] });
  });

  test("an event that starts no turn is kept, counted and left alone", async () => {
    const world = aWorld(store());
    await world.inbox.record(
      aText("1", "đã xem", { input: null, name: "user_seen_message", opensWindow: false }),
    );
    await world.work();
    expect((await store().db.select().from(inbox)).map((row) => row.state)).toEqual(["ignored"]);
    expect(await texts()).toEqual([]);
    expect((await store().db.select().from(persons))[0]?.lastInteractionAt).toBeNull();
  });

  test("a receipt changes nothing about its person; beside words of theirs, the words count", async () => {
    const world = aWorld(store());
    const receipt = { input: null, name: "user_received_message", opensWindow: false };
    const personNow = async () => (await store().db.select().from(persons))[0];
    await world.inbox.record(aText("1", "chào", { occurredAt: NOON - 5 }));
    const before = { ...(await personNow()), repliesLeft: 3 };
    await store().db.update(persons).set({ repliesLeft: 3 });
    await world.inbox.record(aText("1", "nhận 1", receipt));
    expect(await personNow()).toEqual(before);
    await Promise.all([
      world.inbox.record(aText("1", "nhận 2", receipt)),
      world.inbox.record(aText("1", "hỏi", { occurredAt: NOON - 2 })),
      world.inbox.record(aText("2", "nhận 3", receipt)),
    ]);
    expect(await personNow()).toEqual({ ...before, lastInteractionAt: NOON - 2, repliesLeft: null });
    const rows = await store().db.select().from(inbox).orderBy(inbox.id);
    expect(rows.map((row) => row.state)).toEqual(["waiting", "ignored", "ignored", "waiting", "ignored"]);
    expect(new Set(rows.map(({ personId }) => personId)).size).toBe(2);
  });
  test("an event that always fails is parked with its reason, the person is told, and others go on", async () => {
    const world = aWorld(store(), {
      takeTurn: (input) => {
        if (input.event.kind === "text" && input.event.text === "độc") throw new Error("hỏng");
        return echoTurn(input);
      },
    });
    await Promise.all([world.inbox.record(aText("1", "độc")), world.inbox.record(aText("2", "lành"))]);
    for (let i = 0; i < 6; i++) await world.worker.pass();
    const rows = await store().db.select().from(inbox).orderBy(inbox.personId, inbox.id);
    expect(rows.map((row) => [row.state, row.reason]).sort()).toEqual([
      ["done", null],
      ["parked", "hỏng"],
    ]);
    expect((await texts()).sort()).toEqual(["lại: lành", "xin lỗi"]);
    expect(world.parked).toEqual(["hỏng"]);
  });

  test("nothing of a turn lands when one of its consequences fails", async () => {
    let failures = 3;
    const world = aWorld(store(), {
      apply: () => (failures-- > 0 ? Promise.reject(new Error("chưa được")) : Promise.resolve()),
    });
    await world.inbox.record(aText("1", "xin chào"));
    await world.worker.pass();
    expect(await texts()).toEqual([]);
    expect(await store().db.select().from(sessions)).toEqual([]);
    await world.work();
    await world.work();
    expect(await texts()).toEqual(["lại: xin chào"]);
  });

  test("an event whose state is stale every time is parked as well, instead of being tried for ever", async () => {
    const world = aWorld(store(), { apply: () => Promise.reject(stale("invitation-used")) });
    await world.inbox.record(aText("1", "đồng ý"));
    for (let i = 0; i < 6; i++) await world.worker.pass();
    expect((await store().db.select().from(inbox)).map((row) => row.state)).toEqual(["parked"]);
    expect(await texts()).toEqual(["xin lỗi"]);
  });

  test("two workers on one database share the people between them and answer each once", async () => {
    const [a, b] = [aWorld(store()), aWorld(store())];
    const people = Array.from({ length: 60 }, (_, i) => String(i));
    await Promise.all(people.map((id) => a.inbox.record(aText(id, `câu ${id}`))));
    await Promise.all([a.work(), b.work()]);
    expect((await texts()).sort()).toEqual(people.map((id) => `lại: câu ${id}`).sort());
  });

  test("news with a key seen before is told once", async () => {
    const world = aWorld(store());
    await world.inbox.record(aText("1", "xin chào"));
    const [person] = await store().db.select().from(persons);
    const item = { personId: person!.id, key: "alarm:1", news: { kind: "alarm", text: "có việc" } as const };
    await postNews(store().db, [item], NOON);
    await postNews(store().db, [item], NOON);
    expect(await store().db.select().from(inbox)).toHaveLength(2);
  });
});
