/**
 * The whole program among people who report, with everything breaking around it. What people were told and what
 * the platform was answered are counted on their own and compared with what the program has on record.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { at, DAY_MS, MINUTE_MS } from "../../src/core/clock";
import { openEmbedded, openServer, rowsOf, type Store } from "../../src/store/database";
import { relayTo } from "../support/cuttable";
import type { DatabaseKind } from "../support/program-databases";
import { openReplicas, type Replicas } from "../support/replicas";
import { digestsAnswer, invitationAnswer, reportAnswer, unitsAnswer } from "../support/story-answers";
import { LINE, PERIOD } from "../support/story";
import { createAdministrator } from "./administrator";
import { injure } from "./injuries";
import { createTalker, hasReceipt, report, type Figures, type Talker } from "./people";

export interface ChaosOptions {
  readonly database: DatabaseKind;
  readonly replicas: number;
  readonly forMs: number;
  readonly seed: number;
  readonly people: number;
  readonly redisUrl?: string | undefined;
}

export interface Outcome {
  /** How much of what was done, injuries included. */
  readonly counts: Readonly<Record<string, number>>;
  /** What should not be; empty when all holds. */
  readonly wrong: readonly string[];
}

const SCHOOLS_GROUP = "so-gddt";
const OFFICE_STAFF = "7000000000000000999";
const START = at("2025-12-03", "08:00");
const DUE = at("2025-12-03", "17:00");
/** How often two messages of a person overtake each other on the way. */
const CROSSED_SHARE = 0.2;
/** Between two messages of one person. */
const THINKING_MS = 400;
/** Answers that are under way arrive. */
const QUIET_MS = 2_000;
const LARGEST_FIGURE = 40;

/** A small generator whose whole future is its seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function runChaos(options: ChaosOptions): Promise<Outcome> {
  const { database, redisUrl, seed } = options;
  const random = seeded(seed);
  const counts: Record<string, number> = {};
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const redis = redisUrl === undefined ? null : await relayTo(redisUrl);
  const replicas = await openReplicas({ database, redisUrl: redis?.url, startsAt: START, relayed: true });
  const { relay } = replicas;
  const arrived: string[] = [];
  replicas.fake.zalo.onSent(({ messageId }) => arrived.push(messageId));
  try {
    for (let i = 0; i < options.replicas; i++) await replicas.start();
    const reporters = await link(replicas, options.people, random, count);
    let isOver = false;
    const administrator = createAdministrator(replicas);
    const injuring = injure({ replicas, database: relay, redis, administrator, random }, () => isOver);
    const said = new Map<string, Figures>();
    const talking = reporters.map(({ talker, unitCode }) =>
      live(talker, { random, isOver: () => isOver, onFigures: (figures) => said.set(unitCode, figures) }),
    );
    await sleep(options.forMs);
    isOver = true;
    Object.assign(counts, await injuring);
    await Promise.all(talking);
    await administrator.look();
    await untilCalm(replicas);
    const told = reporters.filter(({ talker }) => hasReceipt(talker));
    counts["reports"] = told.length;
    const sent = new Map(told.map(({ unitCode }) => [unitCode, said.get(unitCode)]));
    const wrong = [
      ...(await checkSurface(replicas, reporters, sent)),
      ...(await replicas.checkStored((url, dataDir) =>
        checkStore(url, dataDir, { events: counts["events"] ?? 0, arrived }),
      )),
    ];
    return { counts, wrong };
  } finally {
    await replicas.end();
    await redis?.close();
  }
}

interface Reporter {
  readonly talker: Talker;
  readonly unitCode: string;
}

/** Links a person with each of the first schools, and the office's staff; everything is calm yet. */
async function link(
  replicas: Replicas,
  people: number,
  random: () => number,
  count: (what: string) => void,
): Promise<Reporter[]> {
  const [first] = replicas.living;
  if (first === undefined) throw new Error("nothing runs");
  const units = await first.read(`/units?parent=${SCHOOLS_GROUP}`, unitsAnswer);
  const reporters: Reporter[] = [];
  const join = async (user: string, unitCode: string, role: "reporter" | "staff"): Promise<Talker> => {
    const talker = createTalker(replicas, user, random, count);
    const { body } = await first.api("POST", "/invitations", { unitCode, role });
    await talker.say(`liên kết ${invitationAnswer.parse(body).code}`);
    await first.settle();
    const offered = replicas.phones.offered(user, /^(?!khong).*dong y/);
    if (offered !== null) await talker.say(replicas.phones.tapOf(user, offered));
    await first.settle();
    return talker;
  };
  await join(OFFICE_STAFF, SCHOOLS_GROUP, "staff");
  for (const [i, { code }] of units.slice(0, people).entries())
    reporters.push({ talker: await join(`7000000000000000${100 + i}`, code, "reporter"), unitCode: code });
  return reporters;
}

interface Life {
  readonly random: () => number;
  readonly isOver: () => boolean;
  readonly onFigures: (figures: Figures) => void;
}

/** Reports once, then asks until all is over. */
async function live(talker: Talker, { random, isOver, onFigures }: Life): Promise<void> {
  const figure = () => Math.floor(random() * LARGEST_FIGURE);
  const figures: Figures = {
    tin_bai: figure(),
    hoi_nghi: figure(),
    luot_nguoi: figure(),
    dang_ky_moi: figure(),
    hoan_thanh: figure(),
  };
  onFigures(figures);
  await report(talker, figures);
  while (!isOver()) {
    if (random() < CROSSED_SHARE) await talker.sayCrossed("menu", "trợ giúp");
    else await talker.say("menu");
    await sleep(THINKING_MS * (1 + random()));
  }
}

/** What must be tried again falls due within minutes. */
async function untilCalm(replicas: Replicas): Promise<void> {
  await sleep(QUIET_MS);
  for (let i = 0; i < 3; i++) await moveAll(replicas, replicas.fake.clock.now() + MINUTE_MS);
}

async function moveAll(replicas: Replicas, to: number): Promise<void> {
  replicas.fake.clock.moveTo(to);
  for (const replica of replicas.living) await replica.moveClock(to);
}

/** What the program shows, against what people were told. */
async function checkSurface(
  replicas: Replicas,
  reporters: readonly Reporter[],
  sent: ReadonlyMap<string, Figures | undefined>,
): Promise<string[]> {
  const wrong: string[] = [];
  const [first] = replicas.living;
  if (first === undefined) return ["nobody runs"];
  for (const [unitCode, figures] of sent) {
    const stored = await first.read(`/reports/${LINE}/${PERIOD}/${unitCode}`, reportAnswer);
    if (stored.version !== 1) wrong.push(`${unitCode}: version ${stored.version}`);
    for (const [id, value] of Object.entries(figures ?? {}))
      if (stored.values[id] !== value)
        wrong.push(`${unitCode}: ${id} is ${String(stored.values[id])}, said ${String(value)}`);
  }
  await moveAll(replicas, Math.max(DUE + MINUTE_MS, replicas.fake.clock.now()));
  const digests = await first.read(`/digests?line=${LINE}&period=${PERIOD}`, digestsAnswer);
  if (digests.length !== 1) wrong.push(`${digests.length} digests`);
  const total = [...sent.values()].reduce((sum, figures) => sum + (figures?.tin_bai ?? 0), 0);
  if (digests[0]?.counts.received !== sent.size || (digests[0].totals["tin_bai"] ?? 0) !== total)
    wrong.push(
      `digest: ${JSON.stringify(digests[0]?.counts)} ${JSON.stringify(digests[0]?.totals)}, counted ${sent.size} and ${total}`,
    );
  for (const { user } of [...reporters.map(({ talker }) => talker), { user: OFFICE_STAFF }]) {
    const waves = replicas.phones
      .heard(user)
      .map(({ text }) => text)
      .filter((text) => /^(Nhắc|📌|.*TH-)/.test(text));
    const twice = waves.filter((text, i) => waves.indexOf(text) !== i);
    if (twice.length > 0) wrong.push(`${user} got twice: ${twice[0] ?? ""}`);
  }
  return wrong;
}

const countsRow = z.object({ what: z.string(), n: z.coerce.number() });

const answerRow = z.object({
  personId: z.string(),
  messageId: z.string().nullable(),
  at: z.coerce.number(),
  id: z.coerce.number(),
});

/**
 * Answers of one person that came in another order than their questions: at the turn (the earlier question was there
 * first and is answered second) or on the way (the later answer arrived first).
 */
async function outOfOrder(store: Store, arrived: readonly string[]): Promise<string[]> {
  const answers = await rowsOf(
    store.db,
    sql`select d.person_id as "personId", d.message_id as "messageId", i.occurred_at as at, i.id
      from deliveries d join inbox i on i.event_key = d.event_key where d.kind = 'reply' order by d.person_id, d.seq`,
    answerRow,
  );
  const places = new Map(arrived.map((messageId, place) => [messageId, place]));
  const placeOf = ({ messageId }: { messageId: string | null }) => places.get(messageId ?? "");
  return answers.flatMap((answer, i) => {
    const before = answers[i - 1];
    if (before?.personId !== answer.personId) return [];
    const [earlier, later] = [placeOf(before), placeOf(answer)];
    return [
      ...(before.id > answer.id && before.at > answer.at
        ? [`event ${answer.id} answered after ${before.id}`]
        : []),
      ...(earlier !== undefined && later !== undefined && earlier > later
        ? [`the answer to event ${answer.id} arrived before that to ${before.id}`]
        : []),
    ];
  });
}

interface Counted {
  /** Events answered with 200. */
  readonly events: number;
  /** Ids of the messages that reached a phone, in their order. */
  readonly arrived: readonly string[];
}

/** What lies in the tables once everything has stopped. */
async function checkStore(
  url: string | undefined,
  dataDir: string,
  { events, arrived }: Counted,
): Promise<string[]> {
  const store: Store = url === undefined ? await openEmbedded(dataDir) : await openServer(url);
  try {
    const states = await rowsOf(
      store.db,
      sql`select state as what, count(*) as n from inbox group by 1`,
      countsRow,
    );
    const statuses = await rowsOf(
      store.db,
      sql`select status || coalesce(': ' || last_error, '') as what, count(*) as n from deliveries where not (status = 'later' and not_before > ${START + DAY_MS})
          and not (status = 'unknown' and kind in ('reminder', 'digest')) group by 1`,
      countsRow,
    );
    const texts = await rowsOf(
      store.db,
      sql`select 'texts' as what, count(*) as n from inbox where kind = 'user_send_text'`,
      countsRow,
    );
    const doubled = await rowsOf(
      store.db,
      sql`select event_key as what, count(*) as n from deliveries where kind = 'reply'
          and message->>'text' like '%menu%' group by event_key, message having count(*) > 1`,
      countsRow,
    );
    return [
      ...states
        .filter(({ what }) => what === "waiting" || what === "parked")
        .map(({ what, n }) => `${n} events ${what}`),
      ...statuses
        .filter(({ what }) => !/^(sent|never)/.test(what))
        .map(({ what, n }) => `${n} messages ${what}`),
      ...texts
        .filter(({ n }) => n !== events)
        .map(({ n }) => `${n} events on record, ${events} answered with 200`),
      ...(await outOfOrder(store, arrived)),
      ...doubled.map(({ what, n }) => `${n} answers to ${what}`),
    ];
  } finally {
    await store.close();
  }
}
