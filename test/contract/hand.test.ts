/** Answers that go straight from the turn that gave them: at once, in order, once, and never before they are on record. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import { othersTurn } from "../../src/core/loop";
import type { TurnInput, Turn } from "../../src/conversation/turn";
import type { Hand } from "../../src/messaging/hand";
import { UNTIL_THEY_WRITE, type DeliveryKind } from "../../src/messaging/outbox";
import type { SendOutcome } from "../../src/messaging/ports";
import { numbered, putInOutbox, spokenRows, type Spoken } from "../../src/messaging/spoken";
import { deliveries } from "../../src/store/tables";
import { aText, aWorld, NOON, type World, type WorldOptions } from "../support/messaging";
import { eachStore } from "../support/stores";

const LOOP_TURNS = 100;
const MAX_LOOKS = 1_000;

/** One message for each word between the dots. */
const wordByWord = ({ session, event }: TurnInput): Turn => ({
  session,
  effects:
    event.kind === "text"
      ? [{ type: "say", kind: "reply", messages: event.text.split(".").map((text) => ({ text })) }]
      : [],
});

eachStore((store) => {
  const ids = seededIds(11);
  let world: World | undefined;
  beforeEach(async () => {
    await store().db.execute(sql`truncate inbox, deliveries, sessions, persons cascade`);
  });
  afterEach(async () => {
    await world?.sender.stop();
    world = undefined;
  });

  function begins(options: WorldOptions = {}): World {
    world = aWorld(store(), { takeTurn: wordByWord, ...options });
    world.sender.start();
    return world;
  }
  /** Turns of the event loop: more than the sender needs for everything that it can do now. */
  async function meanwhile({ sender }: World): Promise<void> {
    for (let i = 0; i < LOOP_TURNS; i++) await othersTurn();
    await sender.idle();
  }
  async function sends(at: World, count: number): Promise<void> {
    for (let i = 0; i < MAX_LOOKS; i++) {
      await meanwhile(at);
      if (at.sent.length >= count) return;
    }
  }
  /** One that has room: there is none in the moment in which the sender looks for claims of the dead. */
  async function openHand(at: World): Promise<Hand> {
    for (;;) {
      const hand = at.sender.hand();
      if (hand.room > 0) return hand;
      hand.close();
      await othersTurn();
    }
  }
  async function takes(at: World, ...texts: readonly [address: string, text: string][]): Promise<void> {
    for (const [address, text] of texts) await at.inbox.record(aText(address, text));
    await at.work();
  }
  const rows = () => store().db.select().from(deliveries).orderBy(deliveries.seq);

  test("an answer to somebody for whom nothing waits is claimed as it is written down, as many as there is room for", async () => {
    const write = async (room: number, ...said: readonly [personId: string, kind: DeliveryKind][]) => {
      const spoken = numbered(
        said.map(([personId, kind]) => ({ personId, kind, message: { text: "lời" }, eventKey: "e" })),
        ids,
        NOON,
      );
      const statement = spokenRows(spoken, NOON, { room, by: "this one" });
      if (statement !== null) await store().db.execute(statement);
      return (await rows()).slice(-said.length).map(({ status, claimedBy }) => [status, claimedBy]);
    };
    const [goes, waits] = [
      ["sending", "this one"],
      ["queued", null],
    ];
    expect(await write(9, ["1", "reply"], ["1", "reply"], ["2", "reminder"], ["2", "reply"])).toEqual([
      goes,
      waits,
      waits,
      waits,
    ]);
    expect(await write(9, ["1", "reply"], ["3", "notice"], ["4", "reply"])).toEqual([waits, waits, goes]);
    expect(await write(1, ["5", "reply"], ["6", "reply"])).toEqual([goes, waits]);
    expect(await write(0, ["7", "reply"])).toEqual([waits]);
    // A reminder that waits holds up no answer; an answer that waits does, and so does whatever is under way.
    expect(await write(9, ["3", "reply"], ["6", "reply"], ["5", "reply"])).toEqual([goes, waits, waits]);
  });

  test("an answer is at the wire as soon as its turn has landed, and is settled as any other", async () => {
    const at = begins();
    await meanwhile(at);
    await takes(at, ["1", "một"], ["2", "hai"]);
    await sends(at, 2);
    expect(at.sent.map(({ text }) => text).toSorted()).toEqual(["hai", "một"]);
    expect((await rows()).map(({ status, attempts, claimedBy }) => [status, attempts, claimedBy])).toEqual([
      ["sent", 1, null],
      ["sent", 1, null],
    ]);
  });

  test("of several the first goes at once, the others after it in order", async () => {
    const at = begins();
    await meanwhile(at);
    await takes(at, ["1", "một.hai.ba"]);
    await sends(at, 3);
    expect(at.sent.map(({ text }) => text)).toEqual(["một", "hai", "ba"]);
  });

  test("it waits behind an earlier one that is to be tried again, and behind one that is held", async () => {
    let refusals = 1;
    const at = begins({
      outcome: (): SendOutcome =>
        refusals-- > 0
          ? { kind: "later", afterMs: MINUTE_MS, reason: "oa:-32" }
          : { kind: "sent", messageId: null, repliesLeft: 5 },
    });
    await takes(at, ["1", "một"]);
    while ((await rows())[0]?.status !== "later") await meanwhile(at);
    await takes(at, ["1", "hai"]);
    await meanwhile(at);
    expect(at.sent).toEqual([]);
    at.clock.moveTo(NOON + 2 * MINUTE_MS);
    at.sender.wake();
    await sends(at, 2);
    expect(at.sent.map(({ text }) => text)).toEqual(["một", "hai"]);
    const personId = (await rows())[0]?.personId ?? "";
    await putInOutbox(
      store().db,
      [{ personId, kind: "reply", message: { text: "ba" }, eventKey: "e" }],
      ids,
      NOON,
    );
    await store().db.execute(
      sql`update deliveries set status = 'later', not_before = ${UNTIL_THEY_WRITE} where status = 'queued'`,
    );
    await takes(at, ["1", "bốn"]);
    await sends(at, 4);
    expect(at.sent.map(({ text }) => text)).toEqual(["một", "hai", "ba", "bốn"]);
  });

  test("nothing goes out of turns that did not land", async () => {
    const at = begins({ apply: () => Promise.reject(new Error("the books say no")) });
    await takes(at, ["1", "một"]);
    await meanwhile(at);
    expect(at.sent).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  test("a sender that others may take for dead, or that has stopped, gets none: they wait in the outbox", async () => {
    const unsure = begins({ presence: { id: "this one", isSure: () => false } });
    await takes(unsure, ["1", "một"]);
    await unsure.sender.stop();
    const stopped = begins();
    await stopped.sender.stop();
    await takes(stopped, ["2", "hai"]);
    expect((await rows()).slice(-1).map(({ status }) => status)).toEqual(["queued"]);
    expect([...unsure.sent, ...stopped.sent].map(({ text }) => text)).not.toContain("hai");
    expect(unsure.sent).toEqual([]);
  });

  test("what is claimed and not yet given is nobody's to free; once its hand is closed it goes", async () => {
    const at = begins();
    await takes(at, ["1", "một"]);
    await sends(at, 1);
    const personId = (await rows())[0]?.personId ?? "";
    const hand = await openHand(at);
    const said: Spoken = {
      id: "said",
      personId,
      kind: "reply",
      message: { text: "chưa trao" },
      eventKey: "e",
    };
    const statement = spokenRows([said], NOON, hand);
    if (statement !== null) await store().db.execute(statement);
    // The time at which claims of the dead and unheard ones are looked for.
    at.clock.moveTo(NOON + 3 * SECOND_MS);
    at.sender.wake();
    for (let i = 0; i < LOOP_TURNS; i++) await othersTurn();
    const meanwhileIs = (await rows()).at(-1)?.status;
    hand.close();
    expect(meanwhileIs).toBe("sending");
    at.sender.wake();
    await sends(at, 2);
    expect(at.sent.at(-1)?.text).toBe("chưa trao");
  });

  test("whatever people write and however it is split, each hears everything once and in order", async () => {
    const message = fc.record({
      who: fc.integer({ min: 1, max: 3 }),
      words: fc.integer({ min: 1, max: 3 }),
      isTakenNow: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 12 }), async (messages) => {
        await store().db.execute(sql`truncate inbox, deliveries, sessions, persons cascade`);
        const at = begins();
        const said = new Map<string, string[]>();
        for (const [i, { who, words, isTakenNow }] of messages.entries()) {
          const address = String(who);
          const texts = Array.from({ length: words }, (_, n) => `${i}-${n}`);
          said.set(address, [...(said.get(address) ?? []), ...texts]);
          await at.inbox.record(aText(address, texts.join("."), { occurredAt: NOON + i }));
          if (isTakenNow) await at.worker.pass();
        }
        await at.work();
        const all = [...said.values()].flat().length;
        await sends(at, all);
        await at.sender.stop();
        for (const [address, texts] of said)
          expect(at.sent.filter((sent) => sent.address === address).map(({ text }) => text)).toEqual(texts);
        expect(at.sent).toHaveLength(all);
      }),
      { numRuns: 15 },
    );
  });
});
