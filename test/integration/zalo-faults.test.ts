/**
 * The platform at its worst, with everything of messaging and of the account real: afterwards every delivery is
 * settled, nothing is said twice except replies of unknown fate, and everybody reads in the order of writing.
 */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { at, DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import { silentLog } from "../../src/core/log";
import type { Inbox } from "../../src/messaging/inbox";
import { outboxIdle, UNTIL_THEY_WRITE, type DeliveryKind } from "../../src/messaging/outbox";
import { putInOutbox } from "../../src/messaging/spoken";
import { createSender } from "../../src/messaging/sender";
import { createWorker, type Worker } from "../../src/messaging/worker";
import type { TurnContext } from "../../src/conversation/context";
import { deliveries, persons } from "../../src/store/tables";
import type { Scripted } from "../../src/simulator/pretend-zalo-script";
import type { Timeouts } from "../../src/zalo/client";
import type { Zalo } from "../../src/zalo/connect";
import { connectFake } from "../support/connect-fake";
import { startFakeZalo, type FakeZalo } from "../support/fake-zalo";
import { anInbox, echoTurn, noHand } from "../support/messaging";
import { eachStore } from "../support/stores";

const PEOPLE = 12;
const PATIENT: Timeouts = { callMs: 30_000, uploadMs: 30_000, downloadMs: 30_000 };
/** The minute's calls are spent, and the platform says so. */
const SPENT: Scripted = {
  do: "error",
  code: -32,
  headers: { "X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0" },
};
const addressOf = (i: number): string => `70000000000000000${String(i).padStart(2, "0")}`;

eachStore((store) => {
  let fake: FakeZalo;
  let zalo: Zalo;
  let inbox: Inbox;
  let worker: Worker;
  /** What each person has on the screen. */
  let screens: Map<string, string[]>;
  let alarms: string[];

  beforeEach(async () => {
    await store().db.execute(sql`truncate inbox, deliveries, sessions, persons, oa_tokens cascade`);
    fake = await startFakeZalo();
    screens = new Map();
    alarms = [];
    fake.zalo.onSent(({ userId, text }) => {
      screens.set(userId, [...(screens.get(userId) ?? []), text ?? ""]);
    });
    connect(PATIENT);
    // Who grants first is not what these tests are about.
    await zalo.tokens.accessToken();
    inbox = anInbox(store(), fake.clock, fake.ids);
    worker = createWorker({
      hand: noHand,
      store: store(),
      clock: fake.clock,
      ids: fake.ids,
      log: silentLog,
      desk: {
        load: (_db, waiting) =>
          Promise.resolve(new Map(waiting.map(({ personId }) => [personId, {} as TurnContext]))),
        apply: () => Promise.resolve(),
      },
      takeTurn: echoTurn,
      fit: (message) => zalo.channel.fit(message),
      apology: { text: "xin lỗi" },
      onTurns: () => undefined,
      onParked: () => undefined,
    });
  });
  // Throws when any request was not as documented.
  afterEach(() => fake.close());

  function connect(timeouts: Timeouts): void {
    zalo = connectFake(fake, store().db, { alarm: ({ text }) => alarms.push(text), timeouts });
  }

  /** Everybody writes, and each message is answered in the outbox. */
  async function everybodyWrites(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await Promise.all(
        Array.from({ length: PEOPLE }, (_, i) =>
          hear(fake.zalo.signedWebhook({ kind: "text", from: addressOf(i), text })),
        ),
      );
      fake.clock.moveTo(fake.clock.now() + 1);
    }
    while ((await worker.pass()) > 0);
  }

  async function hear({ rawBody }: { readonly rawBody: Buffer }): Promise<void> {
    const incoming = zalo.read(rawBody);
    if (incoming !== null) await inbox.record(incoming);
  }

  async function queueForAll(kind: DeliveryKind, text: string): Promise<void> {
    const rows = await store().db.select().from(persons);
    const outgoing = rows.map(({ id }) => ({ personId: id, kind, message: { text }, eventKey: `e:${kind}` }));
    await putInOutbox(store().db, outgoing, fake.ids, fake.clock.now());
  }

  async function sendNow(): Promise<void> {
    const sender = createSender({
      store: store(),
      clock: fake.clock,
      log: silentLog,
      channel: zalo.channel,
      budget: () => Promise.resolve({ ok: true }),
      policy: {
        quietFrom: "21:00",
        quietTo: "07:00",
        maxWavesPerDay: 3,
        limits: { replies: 1000, templates: 1000 },
        byPhone: true,
        templates: new Set(),
      },
      ids: fake.ids,
      onFound: () => Promise.resolve(),
      onSpent: () => undefined,
      office: "so",
      onSettled: () => Promise.resolve(),
      presence: { id: "this one", isSure: () => true },
    });
    sender.start();
    do {
      sender.wake();
      await new Promise((resolve) => setImmediate(resolve));
      await sender.idle();
    } while (!(await outboxIdle(store().db, fake.clock.now())));
    await sender.stop();
  }

  const rowsNow = () => store().db.select().from(deliveries).orderBy(deliveries.seq);

  /** Sends, and lets the clock run to the next try, until nothing is left to try. */
  async function sendAll(): Promise<void> {
    for (;;) {
      await sendNow();
      const now = fake.clock.now();
      const tries = (await rowsNow())
        .filter(
          ({ status, notBefore }) => status === "later" && notBefore > now && notBefore < UNTIL_THEY_WRITE,
        )
        .map(({ notBefore }) => notBefore);
      if (tries.length === 0) return;
      // Tries that fall due close together are made together.
      fake.clock.moveTo(Math.max(Math.min(...tries), now + MINUTE_MS / 2));
    }
  }

  const statuses = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { status } of await rowsNow()) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };
  const script = (times: number, step: Scripted) =>
    fake.zalo.scriptNext("message", ...Array.from({ length: times }, () => step));
  const written = (i: number): readonly string[] => screens.get(addressOf(i)) ?? [];
  /** The order in which things were first said, without what was said again. */
  const inOrder = (texts: readonly string[]) => [...new Set(texts)];
  const everyone = <T>(look: (i: number) => T): T[] => Array.from({ length: PEOPLE }, (_, i) => look(i));

  const ANSWERS = ["lại: một", "lại: hai", "lại: ba"];

  describe("replies", () => {
    test.each<[string, Scripted, boolean]>([
      ["a burst of -32", { do: "error", code: -32 }, true],
      ["the same with the headers of an empty minute", SPENT, true],
      ["connections that break before accepting", { do: "hang-up" }, true],
      ["connections that break after accepting", { do: "accept-then-hang-up" }, true],
      ["the same, the history of conversations away as well", { do: "accept-then-hang-up" }, false],
      ["HTTP 500", { do: "answer", status: 500, body: "oops" }, true],
      ["pages in place of answers", { do: "answer", status: 200, body: "<html>" }, true],
      ["temporary failures", { do: "error", code: -200 }, true],
      ["a token that ran out", { do: "error", code: -220 }, true],
    ])("through %s: all are sent, in order", async (_what, step, onlyOnce) => {
      await everybodyWrites("một", "hai", "ba");
      script(30, step);
      if (!onlyOnce) {
        const away: Scripted[] = Array.from({ length: 30 }, () => ({ do: "error", code: -200 }));
        fake.zalo.scriptNext("conversation", ...away);
      }
      await sendAll();
      expect(await statuses()).toEqual({ sent: PEOPLE * ANSWERS.length });
      expect(everyone((i) => inOrder(written(i)))).toEqual(everyone(() => ANSWERS));
      const said = everyone((i) => written(i).length).reduce((a, b) => a + b, 0);
      // Only what was accepted without an answer, and cannot be looked for, may be said again.
      expect(said).toBe(PEOPLE * ANSWERS.length + (onlyOnce ? 0 : 30));
    });

    test("after -32 nobody asks again in the same minute, and an answer that says so is enough", async () => {
      await everybodyWrites("một", "hai");
      const before = fake.zalo.calls.length;
      script(1, { do: "pass", headers: { "X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0" } });
      script(1, SPENT);
      await sendAll();
      const minutes = fake.zalo.calls
        .slice(before)
        .filter(({ endpoint }) => endpoint === "message")
        .map(({ at: when }) => Math.floor(when / MINUTE_MS));
      // Those under way at once, and then none before the next minute.
      const [first = 0] = minutes;
      expect(minutes.filter((minute) => minute === first).length).toBeLessThanOrEqual(PEOPLE);
      expect(await statuses()).toEqual({ sent: 2 * PEOPLE });
      expect(everyone(written)).toEqual(everyone(() => ANSWERS.slice(0, 2)));
    });

    test("wait for a new grant when the answer of a refresh was lost: one alarm, no loop, each said once", async () => {
      await everybodyWrites("một", "hai");
      const exchanges = () => fake.zalo.calls.filter(({ endpoint }) => endpoint === "token").length;
      const before = exchanges();
      fake.zalo.tokens.voidAccess();
      fake.zalo.scriptNext("token", { do: "accept-then-hang-up" });
      for (let halfHour = 0; halfHour < 6; halfHour++) {
        await sendNow();
        fake.clock.moveTo(fake.clock.now() + HOUR_MS / 2 + MINUTE_MS);
      }
      expect(await statuses()).toEqual({ later: PEOPLE, queued: PEOPLE });
      // The one whose answer was lost, and the one that was refused because of it.
      expect(exchanges() - before).toBe(2);
      expect(alarms.filter((text) => text.includes("từ chối gia hạn"))).toHaveLength(1);
      expect(everyone(written)).toEqual(everyone(() => []));

      const consent = await fetch(await zalo.grants.begin(), { redirect: "manual" });
      const back = new URL(consent.headers.get("location") ?? "").searchParams;
      const read = (name: string) => back.get(name) ?? undefined;
      const granted = await zalo.grants.finish({
        code: read("code"),
        state: read("state"),
        oaId: read("oa_id"),
      });
      expect(granted).toEqual({ kind: "granted" });
      await sendAll();
      expect(await statuses()).toEqual({ sent: 2 * PEOPLE });
      expect(everyone(written)).toEqual(everyone(() => ANSWERS.slice(0, 2)));
    });

    test("that were accepted without an answer are said once when the platform reports them", async () => {
      await everybodyWrites("một");
      fake.zalo.onSent(({ userId, text, messageId }) => {
        const echo = { kind: "echo", to: userId, text: text ?? "", messageId } as const;
        void hear(fake.zalo.signedWebhook(echo));
      });
      script(PEOPLE, { do: "accept-then-hang-up" });
      await sendNow();
      for (let i = 0; i < 200 && (await statuses())["sent"] !== PEOPLE; i++)
        await new Promise((resolve) => setImmediate(resolve));
      fake.clock.moveTo(fake.clock.now() + MINUTE_MS);
      await sendAll();
      expect(await statuses()).toEqual({ sent: PEOPLE });
      expect(everyone(written)).toEqual(everyone(() => ["lại: một"]));
    });

    test("behind answers that never come are sent again", async () => {
      await everybodyWrites("một");
      connect({ ...PATIENT, callMs: 200 });
      await zalo.tokens.accessToken();
      script(PEOPLE, { do: "never-answer" });
      await sendNow();
      connect(PATIENT);
      await sendAll();
      expect(await statuses()).toEqual({ sent: PEOPLE });
      expect(everyone((i) => inOrder(written(i)))).toEqual(everyone(() => ["lại: một"]));
    });
  });

  describe("any mixture of faults", () => {
    const FAULTS: readonly Scripted[] = [
      { do: "pass" },
      SPENT,
      { do: "error", code: -32 },
      { do: "error", code: -200 },
      { do: "error", code: -216 },
      { do: "error", code: -220 },
      { do: "error", code: -234 },
      { do: "answer", status: 500, body: "oops" },
      { do: "answer", status: 200, body: "<html>" },
      { do: "answer", status: 429, body: "" },
      { do: "hang-up" },
      { do: "accept-then-hang-up" },
    ];

    test.each([1, 2])("leaves everything settled, nothing twice and all in order (%i)", async (seed) => {
      const ids = seededIds(seed);
      const anyOf = () => FAULTS[Math.floor(ids.random() * FAULTS.length)] ?? { do: "pass" };
      const storm = Array.from({ length: 60 }, anyOf);
      await everybodyWrites("một", "hai");
      await queueForAll("reminder", "nhắc");
      await everybodyWrites("ba");
      fake.zalo.scriptNext("message", ...storm);
      fake.zalo.scriptNext("conversation", ...Array.from({ length: 20 }, anyOf));
      fake.zalo.scriptNext("quota", ...Array.from({ length: 10 }, anyOf));
      await sendAll();

      const rows = await rowsNow();
      const { sent = 0, never = 0, unknown = 0, parked = 0, ...open } = await statuses();
      expect([sent + never + unknown + parked, open]).toEqual([rows.length, {}]);
      // What was tried too often is given up, and stays on record as that; nothing else is missing.
      const givenUp = rows.filter(({ status }) => status === "never" || status === "parked").length;
      const said = everyone((i) => written(i).filter((text) => text !== "nhắc"));
      for (const texts of said.map(inOrder))
        expect(texts).toEqual(ANSWERS.filter((text) => texts.includes(text)));
      const missing = said.reduce((sum, texts) => sum + ANSWERS.length - new Set(texts).size, 0);
      expect(missing).toBeLessThanOrEqual(givenUp);
      expect(
        Math.max(...everyone((i) => written(i).filter((text) => text === "nhắc").length)),
      ).toBeLessThanOrEqual(1);
      // Said again is only what was taken without an answer.
      const lost = storm.filter((step) => step.do === "accept-then-hang-up").length;
      const again = said.reduce((sum, texts) => sum + texts.length - new Set(texts).size, 0);
      expect(again).toBeLessThanOrEqual(lost);
    });
  });

  describe("a wave", () => {
    const DAY = at("2025-12-03", "09:00");
    const wave = async (kind: DeliveryKind = "reminder", when: Instant = DAY): Promise<void> => {
      await everybodyWrites("một");
      await sendAll();
      fake.clock.moveTo(when);
      await queueForAll(kind, "nhắc");
    };
    const reminded = () => everyone((i) => written(i).filter((text) => text === "nhắc").length);

    test("is never sent twice, whatever happens to its requests", async () => {
      await wave();
      fake.zalo.scriptNext(
        "message",
        { do: "accept-then-hang-up" },
        { do: "hang-up" },
        { do: "error", code: -32 },
        { do: "answer", status: 500, body: "oops" },
        { do: "error", code: -216 },
        { do: "error", code: -227 },
        { do: "error", code: -230 },
      );
      await sendAll();
      const { sent, unknown, never, ...others } = await statuses();
      // The answers of before, and of the wave all but two refused for good and two unknown: the one that was
      // accepted without an answer stands in the platform's history.
      expect({ sent, unknown, never, others }).toEqual({
        sent: 2 * PEOPLE - 4,
        unknown: 2,
        never: 2,
        others: {},
      });
      expect(Math.max(...reminded())).toBe(1);
    });

    test("whose answers come slowly, or never, is settled and said once", async () => {
      await wave();
      connect({ ...PATIENT, callMs: 300 });
      await zalo.tokens.accessToken();
      const half = PEOPLE / 2;
      let arrive = (): void => undefined;
      const slow = new Promise<void>((resolve) => (arrive = resolve));
      script(half, { do: "wait", until: slow });
      script(half, { do: "never-answer" });
      const sending = sendNow();
      setImmediate(arrive);
      await sending;
      connect(PATIENT);
      await sendAll();
      // What was never taken stays unknown: saying it again might be saying it twice.
      expect(await statuses()).toEqual({ sent: PEOPLE + half, unknown: half });
      expect(reminded().reduce((a, b) => a + b, 0)).toBe(half);
      expect(Math.max(...reminded())).toBe(1);
    });

    test("at 22:00 waits for the morning, answers do not", async () => {
      await wave("digest", at("2025-12-02", "22:00"));
      await everybodyWrites("đêm");
      await sendNow();
      expect(everyone((i) => written(i).at(-1))).toEqual(everyone(() => "lại: đêm"));
      expect(await statuses()).toEqual({ sent: 2 * PEOPLE, later: PEOPLE });
      await sendAll();
      expect(reminded()).toEqual(everyone(() => 1));
      expect(fake.clock.now()).toBeGreaterThanOrEqual(at("2025-12-03", "07:00"));
    });

    test("that the platform refuses at night comes in the morning", async () => {
      await wave("digest");
      script(PEOPLE, { do: "error", code: -234 });
      await sendAll();
      expect(reminded()).toEqual(everyone(() => 1));
      expect(fake.clock.now()).toBeGreaterThanOrEqual(at("2025-12-04", "06:00"));
    });

    test("whose windows close on the way leaves nothing open", async () => {
      fake.zalo.windows.enforce();
      await everybodyWrites("một");
      await sendAll();
      // Half of them write again; the others have been silent for more than a week.
      fake.clock.moveTo(fake.clock.now() + 7 * DAY_MS + HOUR_MS);
      const half = PEOPLE / 2;
      for (let i = 0; i < half; i++)
        await hear(fake.zalo.signedWebhook({ kind: "text", from: addressOf(i), text: "đây" }));
      while ((await worker.pass()) > 0);
      await queueForAll("reminder", "nhắc");
      // What our books say is open may be closed on the platform's.
      fake.zalo.scriptNext("message", { do: "pass" }, { do: "error", code: -230 });
      await sendAll();
      const { later = 0, ...rest } = await statuses();
      // The one refused was a reminder, given up, or an answer, kept until its person writes.
      expect(rest).toEqual({ sent: 2 * PEOPLE - 1, never: half + 1 - later });
      expect(Math.max(...reminded())).toBe(1);
    });

    test("and its answers need one refresh when the token ends in the middle", async () => {
      await wave("reminder", at("2025-12-02", "15:00"));
      const before = fake.zalo.calls.filter(({ endpoint }) => endpoint === "token").length;
      fake.zalo.onSent(() => {
        if (reminded().filter((times) => times > 0).length === half) fake.zalo.tokens.voidAccess();
      });
      const half = PEOPLE / 2;
      await sendAll();
      expect(await statuses()).toEqual({ sent: 2 * PEOPLE });
      expect(reminded()).toEqual(everyone(() => 1));
      expect(fake.zalo.calls.filter(({ endpoint }) => endpoint === "token").length - before).toBe(1);
      expect(alarms).toEqual([]);
    });
  });
});
