/** Our program on a campaign made for the measurement: as many units as asked, one linked person each. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { at, dayOf, startingAt, type Instant, type MovableClock } from "../../src/core/clock";
import { systemIds } from "../../src/core/ids";
import { ROOT } from "../../src/core/root";
import { syncUnits } from "../../src/reporting/ledger";
import type { Campaign } from "../../src/reporting/campaign";
import { loadCampaign } from "../../src/reporting/load-campaign";
import { PretendZalo } from "../../src/simulator/pretend-zalo";
import { openEmbedded, openServer, type Store } from "../../src/store/database";
import { startChild, type Child } from "./child";
import { post, postJson } from "./http";
import type { Sink } from "./sink";

export type Database = "embedded" | "PostgreSQL";
export const SERVER_URL = process.env["BENCH_DATABASE_URL"] ?? process.env["TEST_DATABASE_URL"];
export const DATABASES: readonly Database[] =
  SERVER_URL === undefined ? ["embedded"] : ["embedded", "PostgreSQL"];

/** Tuesday: the week's report is open and no reminder falls due before the afternoon. */
export const START: Instant = at("2025-12-02", "10:00");
const CAMPAIGN = "do-tai";
export const LINE = "tuan";
const ADMIN_TOKEN = "bench-admin-token";
const HTTP_OK = 200;
const HTTP_UNAVAILABLE = 503;
const MAX_TRIES = 5;
/** So many calls a minute that the budget stops nobody; what the budget does is measured by the wave. */
const NO_BUDGET = 9_999_999;
const PEOPLE_PER_INSERT = 5_000;

export const ACCOUNT = { appId: "1", appSecret: "bench-app", oaId: "2", oaSecretKey: "bench-oa" } as const;

const campaignText = ({ reminders = "", hasYearBehind = false }: Made) => `id: ${CAMPAIGN}
name: Chiến dịch đo tải
title: Chiến dịch đo tải
document: Kế hoạch đo tải
office: van-phong
consentVersion: v1
startsOn: ${hasYearBehind ? "2024-11-25" : "2025-12-01"}
endsOn: 2026-11-30
quietHours: { from: "21:00", to: "07:00" }
maxWavesPerDay: 4
extensionMaxDays: 3
paidMessages:
  repliesPerMonth: 100000
  templatesPerMonth: 0
  byPhone: false
  prices: { reply: 55, template: null, phoneTemplate: null, source: đo tải }
lines:
  - id: ${LINE}
    name: Báo cáo tuần
    receiver: van-phong
    reporters: { groups: [Đơn vị] }
    weekday: 3
    dueTime: "17:00"
    closesAfterHours: 168
    template: bao-cao-tuan
    startsOn: ${hasYearBehind ? "2024-11-27" : "2025-12-03"}
    endsOn: 2026-11-25
    reminders: [${reminders}]
    source: đo tải
`;

interface Made {
  readonly units: number;
  /** The steps of the line, separated by commas. */
  readonly reminders?: string | undefined;
  /** The campaign began a year before the measurement. */
  readonly hasYearBehind?: boolean | undefined;
}

const codeOf = (i: number): string => `don-vi-${i}`;
export const userOf = (i: number): string => String(7_000_000_000_000 + i);

/** A folder that looks like the installed program, with the campaign of the measurement. */
function makeRoot(made: Made): string {
  const root = mkdtempSync(join(tmpdir(), "cau-noi-bench-"));
  for (const path of ["package.json", "dist", join("src", "store", "migrations"), join("config", "calendar")])
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  symlinkSync(join(ROOT, "config", "knowledge"), join(root, "config", "knowledge"));
  const folder = join(root, "config", "campaigns", CAMPAIGN);
  mkdirSync(join(folder, "rosters"), { recursive: true });
  cpSync(join(ROOT, "config", "campaigns", "kh-316", "templates"), join(folder, "templates"), {
    recursive: true,
  });
  writeFileSync(join(folder, "campaign.yaml"), campaignText(made));
  const rows = Array.from(
    { length: made.units },
    (_, i) => `${codeOf(i)},Đơn vị số ${i},Đơn vị ${i},Đơn vị,van-phong,,,`,
  );
  writeFileSync(
    join(folder, "rosters", "units.csv"),
    [
      "code,name,short_name,group,parent,aliases,valid_from,valid_to",
      "van-phong,Văn phòng,VP,Văn phòng,,,,",
      ...rows,
      "",
    ].join("\n"),
  );
  return root;
}

/** Links one person to each of the first units, as an invitation and two taps would have done. */
async function linkPeople(store: Store, people: number, now: Instant): Promise<void> {
  for (let from = 0; from < people; from += PEOPLE_PER_INSERT) {
    const count = Math.min(PEOPLE_PER_INSERT, people - from);
    const range = sql`generate_series(${from}::int, ${from + count - 1}::int) as i`;
    await store.db.execute(sql`insert into persons (id, address, created_at, last_interaction_at)
      select 'p-' || i, (7000000000000 + i)::text, ${now}::bigint, ${now}::bigint from ${range}`);
    await store.db.execute(sql`insert into memberships (person_id, unit_code, role, linked_at)
      select 'p-' || i, 'don-vi-' || i, 'reporter', ${now}::bigint from ${range}
      where exists (select 1 from units where code = 'don-vi-' || i)`);
    await store.db.execute(sql`insert into consents (person_id, purpose, wording_version, granted, at)
      select 'p-' || i, 'reporting', 'v1', true, ${now}::bigint from ${range}`);
  }
}

async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `bench_${process.pid}_${process.hrtime.bigint()}`;
  const admin = new Client({ connectionString: SERVER_URL });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(SERVER_URL ?? "");
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: async () => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** The same campaign with its database in this process; what is measured there needs no program around it. */
export async function openOurs(
  made: Made,
): Promise<{ store: Store; campaign: Campaign; remove: () => void }> {
  const root = makeRoot(made);
  const store = await openEmbedded(join(root, "data"));
  const campaign = loadCampaign(join(root, "config"), CAMPAIGN);
  await store.transaction((tx) => syncUnits(tx, campaign));
  return { store, campaign, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export interface OurProgram {
  readonly child: Child;
  readonly clock: MovableClock;
  /** The people who are linked, first to last. */
  readonly users: readonly string[];
  send(user: string, text: string): Promise<void>;
  /** A GET of the API; the answer is read whole. */
  get(path: string): Promise<void>;
  moveClock(to: Instant): Promise<unknown>;
  stop(): Promise<void>;
}

export interface ProgramOptions extends Made {
  readonly database: Database;
  readonly sink: Sink;
  /** Linked people; as many as units where not told. More than units: they follow and speak for nobody. */
  readonly people?: number;
  readonly callsPerMinute?: number;
  /** Puts more into the database before the program starts. */
  readonly prepare?: (store: Store, campaign: Campaign) => Promise<void>;
}

export async function startOurs(options: ProgramOptions): Promise<OurProgram> {
  const { database, sink, units, people = units, callsPerMinute = NO_BUDGET } = options;
  const root = makeRoot(options);
  const dataDir = join(root, "data");
  const server = database === "PostgreSQL" ? await freshDatabase() : null;
  const store = server === null ? await openEmbedded(dataDir) : await openServer(server.url);
  const campaign = loadCampaign(join(root, "config"), CAMPAIGN);
  await store.transaction((tx) => syncUnits(tx, campaign));
  await linkPeople(store, people, START);
  await options.prepare?.(store, campaign);
  await store.db.execute(sql`analyze`);
  await store.close();

  const clock = startingAt(START);
  const child = await startChild(
    join(root, "dist", "main.js"),
    {
      PORT: "0",
      DATA_DIR: dataDir,
      ...(server === null ? {} : { DATABASE_URL: server.url }),
      CAMPAIGN,
      ADMIN_TOKEN,
      ZALO_APP_ID: ACCOUNT.appId,
      ZALO_APP_SECRET: ACCOUNT.appSecret,
      ZALO_OA_ID: ACCOUNT.oaId,
      ZALO_OA_SECRET_KEY: ACCOUNT.oaSecretKey,
      ZALO_REFRESH_TOKEN: "first",
      ZALO_API_URL: sink.url,
      ZALO_ZBS_URL: sink.url,
      ZALO_OAUTH_URL: sink.url,
      ZALO_CALLS_PER_MINUTE: String(callsPerMinute),
      CLOCK: new Date(clock.now()).toISOString(),
      DEV_CONTROL: "1",
      LOG_LEVEL: "info",
    },
    (output) => {
      const port = /"port":(\d+)/.exec(output)?.[1];
      return port === undefined ? null : `http://127.0.0.1:${port}`;
    },
  );
  // The first question builds the index, as the program itself does a moment after its start.
  await postJson(`${child.url}/api/v1/ask`, { text: "menu" }, { authorization: `Bearer ${ADMIN_TOKEN}` });
  const zalo = new PretendZalo({ settings: ACCOUNT, clock, ids: systemIds, baseUrl: () => "" });
  return {
    child,
    clock,
    users: Array.from({ length: Math.min(people, units) }, (_, i) => userOf(i)),
    send: async (from, text) => {
      const { rawBody, headers } = zalo.signedWebhook({ kind: "text", from, text });
      // Not stored in time: the platform sends it again, and so does this.
      for (let tries = 1; ; tries++) {
        const { status } = await post(`${child.url}/webhook/zalo`, rawBody, headers);
        if (status === HTTP_OK) return;
        if (status !== HTTP_UNAVAILABLE || tries === MAX_TRIES)
          throw new Error(`the webhook answered ${status}`);
      }
    },
    get: async (path) => {
      const answer = await fetch(child.url + path, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    },
    moveClock: async (to) => {
      const { status, body } = await postJson(`${child.url}/dev/clock`, { now: new Date(to).toISOString() });
      clock.moveTo(to);
      if (status !== HTTP_OK) throw new Error(`/dev/clock answered ${status} on ${dayOf(to)}`);
      return JSON.parse(body.toString("utf8")) as unknown;
    },
    stop: async () => {
      await child.stop();
      await server?.drop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
