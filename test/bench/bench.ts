/**
 * `npm run bench`: what this machine does, side by side in one run. Rounds alternate, medians and ratios are
 * printed; nothing here is a test and nothing fails by being slow.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import { at, frozenAt, startingAt } from "../../src/core/clock";
import { systemIds } from "../../src/core/ids";
import { silentLog } from "../../src/core/log";
import { ROOT } from "../../src/core/root";
import { loadKnowledge } from "../../src/knowledge/entries";
import { createKnowledge } from "../../src/knowledge/knowledge";
import { createInbox } from "../../src/messaging/inbox";
import { PretendZalo } from "../../src/simulator/pretend-zalo";
import { openEmbedded } from "../../src/store/database";
import { createMetrics } from "../../src/web/metrics";
import { listen, type WebServer } from "../../src/web/server";
import { createWebhookRouter, STORE_LIMIT_MS } from "../../src/web/webhook";
import { readEvent } from "../../src/zalo/events";
import { verify } from "../../src/zalo/signature";

const ROUNDS = 5;
const REQUESTS_PER_ROUND = 1_500;
/** Enough to keep the server busy, few enough for one generator in the same process. */
const AT_ONCE = 48;
const QUESTIONS = [
  "quy mao hiem la gi",
  "ngan sach gop vao quy bao nhieu",
  "san giao dich cong nghe o dau",
  "gia vang hom nay",
];
const QUESTION_ROUNDS = 500;

const settings = {
  appId: "1",
  appSecret: "bench-app",
  oaId: "2",
  oaSecretKey: "bench-oa",
  apiUrl: "http://127.0.0.1",
  oauthUrl: "http://127.0.0.1",
  zbsUrl: "http://127.0.0.1",
};
const clock = startingAt("now");
const zalo = new PretendZalo({ settings, clock, ids: systemIds, baseUrl: () => "" });

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
const sortedOf = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]): number => quantile(sortedOf(values), 0.5);

interface Round {
  readonly perSecond: number;
  readonly p99Ms: number;
}

async function round({ port }: WebServer): Promise<Round> {
  const webhooks = Array.from({ length: REQUESTS_PER_ROUND }, (_, i) =>
    zalo.signedWebhook({ kind: "text", from: String(7_000_000_000 + (i % 500)), text: `câu ${i}` }),
  );
  const tookMs: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = webhooks.pop(); next !== undefined; next = webhooks.pop()) {
        const sentAt = performance.now();
        const { rawBody, headers } = next;
        const answer = await fetch(`http://127.0.0.1:${port}/webhook/zalo`, {
          method: "POST",
          headers: { ...headers },
          body: new Uint8Array(rawBody),
        });
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
        tookMs.push(performance.now() - sentAt);
      }
    }),
  );
  return {
    perSecond: (REQUESTS_PER_ROUND * 1_000) / (performance.now() - begun),
    p99Ms: quantile(sortedOf(tookMs), 0.99),
  };
}

/** The baseline: checks the same signature, stores nothing. */
const bare: RequestHandler[] = [
  express.raw({ type: () => true }),
  (request, response) => {
    const body: unknown = request.body;
    if (Buffer.isBuffer(body)) verify(body, request.headers, settings);
    response.sendStatus(200);
  },
];

async function acknowledgements(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "cau-noi-bench-"));
  const store = await openEmbedded(folder);
  const inbox = createInbox(store, clock, systemIds, () => undefined);
  const durable = await listen(
    express().use(
      createWebhookRouter({
        webhook: {
          receive: async (rawBody, headers) => {
            const incoming =
              verify(rawBody, headers, settings) === null ? null : readEvent(rawBody, settings.oaId);
            if (incoming === null) return "dropped";
            await inbox.record(incoming);
            return "accepted";
          },
        },
        metrics: createMetrics({
          inboxLagMs: () => Promise.resolve(0),
          outboxDepth: () => Promise.resolve(0),
        }),
        log: silentLog,
        storeLimitMs: STORE_LIMIT_MS,
      }),
    ),
    { host: "127.0.0.1", port: 0 },
  );
  const baseline = await listen(express().post("/webhook/zalo", ...bare), { host: "127.0.0.1", port: 0 });
  const ours: Round[] = [];
  const theirs: Round[] = [];
  await round(baseline);
  await round(durable);
  for (let i = 0; i < ROUNDS; i++) {
    theirs.push(await round(baseline));
    ours.push(await round(durable));
  }
  const rate = (rounds: readonly Round[]) => median(rounds.map(({ perSecond }) => perSecond));
  const p99 = (rounds: readonly Round[]) => median(rounds.map(({ p99Ms }) => p99Ms)).toFixed(1);
  console.log(`bare handler           ${rate(theirs).toFixed(0)}/s, p99 ${p99(theirs)} ms`);
  console.log(
    `durable, embedded      ${rate(ours).toFixed(0)}/s, p99 ${p99(ours)} ms, ratio ${(rate(ours) / rate(theirs)).toFixed(2)}`,
  );
  await durable.close();
  await baseline.close();
  await store.close();
  await rm(folder, { recursive: true });
}

function answers(): void {
  const begun = performance.now();
  const loaded = loadKnowledge(join(ROOT, "config", "knowledge"));
  const loadedAt = performance.now();
  const engine = createKnowledge(loaded, frozenAt(at("2025-12-02", "08:00")));
  const builtAt = performance.now();
  const tookMs = Array.from({ length: QUESTION_ROUNDS }, () => QUESTIONS)
    .flat()
    .map((question) => {
      const askedAt = performance.now();
      engine.ask(question, []);
      return performance.now() - askedAt;
    });
  const sorted = sortedOf(tookMs);
  console.log(
    `knowledge              read in ${(loadedAt - begun).toFixed(0)} ms, index in ${(builtAt - loadedAt).toFixed(0)} ms`,
  );
  console.log(
    `answers                p50 ${quantile(sorted, 0.5).toFixed(2)} ms, p99 ${quantile(sorted, 0.99).toFixed(2)} ms`,
  );
}

async function bench(): Promise<void> {
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`);
  await acknowledgements();
  answers();
  console.log(
    `memory                 ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB resident, generator included`,
  );
}

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
