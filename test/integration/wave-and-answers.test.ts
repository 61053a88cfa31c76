/**
 * A wave of 10,000 reminders and people who ask meanwhile: an answer never waits for the wave. Real time, the
 * real budget, a platform that takes as long as one at a distance does.
 */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { startingAt, at, SECOND_MS, type MovableClock } from "../../src/core/clock";
import { silentLog } from "../../src/core/log";
import type { TurnContext } from "../../src/conversation/context";
import { createInbox } from "../../src/messaging/inbox";
import { createSender } from "../../src/messaging/sender";
import { createWorker } from "../../src/messaging/worker";
import { createCoordination } from "../../src/store/coordination";
import type { Zalo } from "../../src/zalo/connect";
import { connectFake } from "../support/connect-fake";
import { startFakeZalo, type FakeZalo } from "../support/fake-zalo";
import { echoTurn } from "../support/messaging";
import { eachStore } from "../support/stores";

const REMINDERS = 10_000;
const QUESTIONS = 60;
const EVERY_MS = 50;
/** What openapi.zalo.me takes from Việt Nam, and now and then much longer. */
const LATENCIES_MS = [60, 80, 100, 120, 150, 400];
/** A wave may make an answer wait for a place and a claim, never for the wave. */
const MAX_ANSWER_MS = SECOND_MS;
/** Where even without a wave an answer takes most of a second, other programs are what it waits for. */
const BUSY_MACHINE = 3;
const MAX_WAIT_MS = 30 * SECOND_MS;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? Infinity;
const nineOfTen = (sorted: readonly number[]): number => quantile(sorted, 0.9);
const summary = (sorted: readonly number[]): string =>
  `median ${Math.round(quantile(sorted, 0.5))} ms, nine of ten within ${Math.round(nineOfTen(sorted))} ms, slowest ${Math.round(quantile(sorted, 1))} ms`;

eachStore((store) => {
  let fake: FakeZalo;
  let zalo: Zalo;
  let clock: MovableClock;
  const heardAt = new Map<string, number>();
  let reminded = 0;

  beforeEach(async () => {
    await store().db.execute(sql`truncate inbox, deliveries, sessions, persons, oa_tokens, spending cascade`);
    // In the morning: nothing waits for the end of the quiet hours.
    clock = startingAt(at("2025-12-03", "09:00"));
    fake = await startFakeZalo({ clock });
    fake.zalo.onSent(({ text }) => {
      if (text === "nhắc") reminded++;
      else heardAt.set(text ?? "", performance.now());
    });
    zalo = connectFake(fake, store().db);
    await zalo.tokens.accessToken();
    let calls = 0;
    fake.zalo.script.latencyMs = () => LATENCIES_MS[calls++ % LATENCIES_MS.length] ?? 0;
  });
  afterEach(() => fake.close());

  async function queueWave(): Promise<void> {
    const now = clock.now();
    await store().db.execute(sql`
      insert into persons (id, address, created_at, last_interaction_at)
      select 'p' || n, (80000000000000 + n)::text, ${now}::bigint, ${now}::bigint from generate_series(1, ${REMINDERS}::integer) n`);
    await store().db.execute(sql`
      insert into deliveries (id, person_id, kind, message, status, not_before, event_key, created_at)
      select 'd' || n, 'p' || n, 'reminder', '{"text": "nhắc"}'::jsonb, 'queued', ${now}::bigint, 'e' || n, ${now}::bigint
      from generate_series(1, ${REMINDERS}::integer) n`);
  }

  test("10,000 reminders keep no answer waiting for more than a second", async () => {
    const coordination = createCoordination({
      log: silentLog,
      clock,
      callsPerMinute: 4_000,
      namespace: "wave-test",
    });
    const sender = createSender({
      store: store(),
      clock,
      ids: fake.ids,
      log: silentLog,
      channel: zalo.channel,
      budget: (lane) => coordination.budget.take(lane),
      policy: {
        ...{ quietFrom: "21:00", quietTo: "07:00", maxWavesPerDay: 4 },
        limits: { replies: 0, templates: 0 },
        byPhone: false,
        templates: new Set(),
      },
      office: "so",
      onSettled: () => Promise.resolve(),
      onFound: () => Promise.resolve(),
      onSpent: () => undefined,
      presence: { id: "this one", isSure: () => true },
    });
    const worker = createWorker({
      hand: () => sender.hand(),
      store: store(),
      clock,
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
      onTurns: () => sender.wake(),
      onParked: () => undefined,
    });
    const inbox = createInbox({
      ...{ store: store(), clock, ids: fake.ids },
      onWaiting: () => worker.wake(),
      onFound: () => Promise.resolve(),
    });
    sender.start();
    worker.start();
    let asked = 0;
    /** How long each of so many questions waited for its answer, the quickest first. */
    async function askAll(count: number): Promise<number[]> {
      const askedAt = new Map<string, number>();
      for (let i = 0; i < count; i++) {
        const text = `câu ${asked}`;
        const from = `9000000000000${String(asked++).padStart(3, "0")}`;
        const incoming = zalo.read(fake.zalo.signedWebhook({ kind: "text", from, text }).rawBody);
        if (incoming === null) throw new Error("not an event");
        askedAt.set(`lại: ${text}`, performance.now());
        await inbox.record(incoming);
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
      const deadline = performance.now() + MAX_WAIT_MS;
      const isWaiting = () => [...askedAt.keys()].some((text) => !heardAt.has(text));
      while (isWaiting() && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      return [...askedAt].map(([text, at]) => (heardAt.get(text) ?? Infinity) - at).sort((a, b) => a - b);
    }
    // What answers take on this machine, now, without a wave.
    const calmMs = await askAll(QUESTIONS);
    await queueWave();
    const started = performance.now();
    const waveMs = await askAll(QUESTIONS);
    const rate = (reminded / (performance.now() - started)) * SECOND_MS;
    await worker.stop();
    await sender.stop();
    await coordination.close();
    // eslint-disable-next-line no-console -- a figure to read, not a thing to check
    console.info(
      `answers: ${summary(calmMs)}; beside 10,000 reminders: ${summary(waveMs)}; ${Math.round(rate)} reminders a second`,
    );
    expect(nineOfTen(waveMs)).toBeLessThan(Math.max(MAX_ANSWER_MS, BUSY_MACHINE * nineOfTen(calmMs)));
    expect(waveMs).toHaveLength(QUESTIONS);
    expect(waveMs.at(-1)).toBeLessThan(Infinity);
    // The wave went on all the while.
    expect(reminded).toBeGreaterThan(QUESTIONS);
  });
});
