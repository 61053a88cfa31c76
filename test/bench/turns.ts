/** Whole turns: a message in, the reply at the wire; ours and the peers' on the same form, rounds alternating. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startPeer } from "./child";
import { section, sized } from "./figures";
import { postJson } from "./http";
import { DATABASES, SERVER_URL, startOurs, type Database } from "./our-program";
import { FORM, People } from "./people";
import { openSink, type Sink } from "./sink";
import { median, spreadOf } from "./statistics";

const ROUNDS = 5;
/** People of one round, and how many of them are in a conversation at a time. */
const USERS = sized(150);
const AT_ONCE = 32;
/** Two rounds' worth: until then the compiler still makes each bot faster from round to round. */
const WARM_UP_USERS = sized(300);

interface Bot {
  readonly name: string;
  /** Which of ours it is held against, the one that keeps its data as durably, and what is wanted of that; null for ours. */
  readonly beside: { readonly database: Database; readonly wanted: string } | null;
  send(user: string, text: string): Promise<void>;
  readonly usersOf: (round: number) => readonly string[];
  rssMb(): number;
  stop(): Promise<void>;
}

const TELEGRAM_FIRST = 500_000;
const numbered = (round: number): readonly string[] =>
  Array.from({ length: round < 0 ? WARM_UP_USERS : USERS }, (_, i) =>
    String(TELEGRAM_FIRST + (round < 0 ? 0 : WARM_UP_USERS + round * USERS) + i),
  );

const telegramUpdate = (id: number, user: string, text: string) => ({
  update_id: id,
  message: {
    message_id: id,
    date: 0,
    chat: { id: Number(user), type: "private", first_name: "x" },
    from: { id: Number(user), is_bot: false, first_name: "x" },
    text,
  },
});

type PeerStore = "memory" | "file" | "postgres";
const PEERS = {
  "bare-bot": "Express in, axios out, nothing else",
  "grammy-bot": "grammY + conversations",
  "bot-framework-bot": "Bot Framework dialogs",
} as const;
type Peer = keyof typeof PEERS;

async function startPeerBot(peer: Peer, store: PeerStore, sink: Sink): Promise<Bot> {
  const folder = mkdtempSync(join(tmpdir(), "bench-peer-"));
  const child = await startPeer(peer, {
    STORE: store,
    SINK: sink.url,
    DATA_DIR: folder,
    DATABASE_URL: SERVER_URL ?? "",
  });
  let updates = 0;
  const isTelegram = peer === "grammy-bot";
  return {
    name: peer === "bare-bot" ? PEERS[peer] : `${PEERS[peer]}, ${store}`,
    beside: {
      database: store === "postgres" ? "PostgreSQL" : "embedded",
      wanted: peer === "bare-bot" ? "" : store === "memory" ? "ours at least 1.00" : "ours at least 2.00",
    },
    usersOf: numbered,
    rssMb: () => child.rssMb(),
    send: async (user, text) => {
      const body = isTelegram
        ? telegramUpdate(++updates, user, text)
        : {
            user,
            type: "message",
            id: String(++updates),
            channelId: "bench",
            text,
            from: { id: user },
            recipient: { id: "bot" },
            conversation: { id: user },
          };
      const { status } = await postJson(child.url, body);
      if (status !== 200) throw new Error(`${peer} answered ${status}`);
    },
    stop: async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
      if (store === "postgres") await dropPeerTables();
    },
  };
}

async function dropPeerTables(): Promise<void> {
  const client = new Client({ connectionString: SERVER_URL });
  await client.connect();
  await client.query("drop table if exists sessions");
  await client.query("drop table if exists bot_state");
  await client.end();
}

async function startOurBot(database: Database, sink: Sink): Promise<Bot> {
  const ours = await startOurs({ database, sink, units: WARM_UP_USERS + ROUNDS * USERS });
  return {
    name: `Cầu Nối, ${database}`,
    beside: null,
    usersOf: (round) =>
      round < 0
        ? ours.users.slice(0, WARM_UP_USERS)
        : ours.users.slice(WARM_UP_USERS + round * USERS, WARM_UP_USERS + (round + 1) * USERS),
    rssMb: () => ours.child.rssMb(),
    send: (user, text) => ours.send(user, text),
    stop: () => ours.stop(),
  };
}

interface Result {
  readonly bot: Bot;
  readonly perSecond: number[];
  readonly tookMs: number[];
}

const peersOf = (): [peer: Peer, store: PeerStore][] => {
  const stores: PeerStore[] = SERVER_URL === undefined ? ["memory", "file"] : ["memory", "file", "postgres"];
  return [
    ["bare-bot", "memory"],
    ...stores.flatMap((store): [Peer, PeerStore][] => [
      ["grammy-bot", store],
      ["bot-framework-bot", store],
    ]),
  ];
};

export async function turns(): Promise<void> {
  const note = section(
    "Turns beside other bot frameworks",
    `the same five-question form (${FORM.length} turns), ${USERS} people a round, ${AT_ONCE} at once, ${ROUNDS} alternating rounds, medians; ours stores every message, draft, report and delivery, the peers store the conversation's place`,
  );
  const sinks: Sink[] = [];
  const open = async (): Promise<Sink> => {
    const sink = await openSink();
    sinks.push(sink);
    return sink;
  };
  const results: (Result & { sink: Sink })[] = [];
  for (const database of DATABASES) {
    const sink = await open();
    results.push({ sink, bot: await startOurBot(database, sink), perSecond: [], tookMs: [] });
  }
  for (const [peer, store] of peersOf()) {
    const sink = await open();
    results.push({ sink, bot: await startPeerBot(peer, store, sink), perSecond: [], tookMs: [] });
  }
  for (let round = -1; round < ROUNDS; round++) {
    for (const { bot, sink, perSecond, tookMs } of results) {
      const people = new People({
        send: (user, text) => bot.send(user, text),
        sink,
        users: bot.usersOf(round),
      });
      const rate = await people.allAtOnce(AT_ONCE);
      if (round < 0) continue;
      perSecond.push(rate);
      tookMs.push(...people.tookMs);
    }
  }
  const ours = new Map(DATABASES.map((database, i) => [database, median(results[i]?.perSecond ?? [])]));
  for (const { bot, perSecond, tookMs } of results) {
    const { beside } = bot;
    const rate = median(perSecond);
    const { p50, p99 } = spreadOf(tookMs);
    const ratio =
      beside === null
        ? ""
        : `, ours ${beside.database} is ${((ours.get(beside.database) ?? 0) / rate).toFixed(2)} of it`;
    note(
      bot.name,
      `${rate.toFixed(0)} turns/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${bot.rssMb()} MB${ratio}`,
      beside?.wanted ?? "",
    );
  }
  for (const { bot } of results) await bot.stop();
  for (const sink of sinks) await sink.close();
}
