/** How fast a webhook is acknowledged: durably by ours, and by a bare handler that only checks the signature. */
import { startingAt } from "../../src/core/clock";
import { systemIds } from "../../src/core/ids";
import { PretendZalo, type SignedWebhook } from "../../src/simulator/pretend-zalo";
import { startPeer } from "./child";
import { section, sized } from "./figures";
import { post } from "./http";
import { ACCOUNT, DATABASES, START, startOurs, userOf, type Database } from "./our-program";
import { openSink } from "./sink";
import { median, spreadOf } from "./statistics";

const ROUNDS = 5;
/** More than a second for each: in shorter rounds the compiler still makes the larger program faster. */
const REQUESTS = sized(10_000);
/** Enough to keep the server busy, few enough for one generator on the other core. */
const AT_ONCE = 64;
/** Nobody's turn says anything: what is measured is the way into the inbox, not the turn behind it. */
const SENDERS = 500;
const STEADY_PER_SECOND = 500;
const STEADY_SECONDS = sized(10);

interface Server {
  readonly name: string;
  readonly url: string;
  readonly wanted: string;
  readonly rates: number[];
  stop(): Promise<void>;
}

async function sendAll(url: string, webhooks: SignedWebhook[]): Promise<number> {
  const begun = performance.now();
  const count = webhooks.length;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = webhooks.pop(); next !== undefined; next = webhooks.pop()) await sendOne(url, next);
    }),
  );
  return (count * 1_000) / (performance.now() - begun);
}

async function sendOne(url: string, { rawBody, headers }: SignedWebhook): Promise<void> {
  const { status } = await post(`${url}/webhook/zalo`, rawBody, headers);
  if (status !== 200) throw new Error(`answered ${status}`);
}

/** Acknowledgement times at a steady rate. */
async function steadily(url: string, webhooks: readonly SignedWebhook[]): Promise<number[]> {
  const tookMs: number[] = [];
  const underWay: Promise<void>[] = [];
  const begun = performance.now();
  for (let sent = 0; sent < webhooks.length;) {
    const owed = Math.min(
      webhooks.length,
      Math.floor(((performance.now() - begun) / 1_000) * STEADY_PER_SECOND),
    );
    for (; sent < owed; sent++) {
      const webhook = webhooks[sent];
      if (webhook === undefined) break;
      const sentAtMs = performance.now();
      underWay.push(sendOne(url, webhook).then(() => void tookMs.push(performance.now() - sentAtMs)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  return tookMs;
}

export async function acknowledgements(): Promise<void> {
  const note = section(
    "Acknowledgements",
    `delivery receipts (stored, no turn) by the whole program, ${AT_ONCE} at once, ${ROUNDS} alternating rounds of ${REQUESTS}, medians; then ${STEADY_PER_SECOND} a second for ${STEADY_SECONDS} s`,
  );
  const zalo = new PretendZalo({
    settings: ACCOUNT,
    clock: startingAt(START),
    ids: systemIds,
    baseUrl: () => "",
  });
  const some = (count: number): SignedWebhook[] =>
    Array.from({ length: count }, (_, i) =>
      zalo.signedWebhook({ kind: "received", from: userOf(i % SENDERS), messageId: systemIds.next(START) }),
    );
  const sink = await openSink();
  const bare = await startPeer("bare-express", {
    ZALO_APP_ID: ACCOUNT.appId,
    ZALO_OA_SECRET_KEY: ACCOUNT.oaSecretKey,
  });
  const wanted: Readonly<Record<Database, string>> = { embedded: "0.50", PostgreSQL: "0.70" };
  const servers: Server[] = [
    {
      name: "bare Express 5 handler, nothing stored",
      url: bare.url,
      wanted: "",
      rates: [],
      stop: () => bare.stop(),
    },
  ];
  for (const database of DATABASES) {
    const ours = await startOurs({ database, sink, units: SENDERS });
    servers.push({
      name: `Cầu Nối, ${database}`,
      url: ours.child.url,
      wanted: wanted[database],
      rates: [],
      stop: () => ours.stop(),
    });
  }
  for (let round = -1; round < ROUNDS; round++)
    for (const { url, rates } of servers) {
      const rate = await sendAll(url, some(REQUESTS));
      if (round >= 0) rates.push(rate);
    }
  const baseline = median(servers[0]?.rates ?? []);
  for (const { name, url, rates, wanted: least } of servers) {
    const rate = median(rates);
    note(
      name,
      `${rate.toFixed(0)}/s${least === "" ? "" : `, ratio ${(rate / baseline).toFixed(2)}`}`,
      least === "" ? "" : `ratio at least ${least}`,
    );
    const { p50, p99 } = spreadOf(await steadily(url, some(STEADY_PER_SECOND * STEADY_SECONDS)));
    note(
      `${name}, at ${STEADY_PER_SECOND} a second`,
      `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      least === "" ? "" : "p99 under 50 ms",
    );
  }
  for (const server of servers) await server.stop();
  await sink.close();
}
