/**
 * Ten weeks of the bundled campaign, all four lines and all units, by chat alone; then every figure of every digest
 * is counted again from what people typed and tapped.
 */
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { addDays, isoWeekOf } from "../../src/core/clock";
import type { Campaign, Unit } from "../../src/reporting/campaign";
import { loadCampaign } from "../../src/reporting/load-campaign";
import { parseDigest, type DigestContent } from "../../src/reporting/digest-content";
import { rowsOf, type Db, type Store } from "../../src/store/database";
import { freshEmbedded, freshServer } from "../support/stores";
import { deadlinesOf, keyOf } from "../support/ten-weeks/plan-rules";
import { playTenWeeks } from "../support/ten-weeks/play";
import type { Names } from "../support/ten-weeks/read-chats";
import { recount } from "../support/ten-weeks/recount";

const BUNDLED = loadCampaign(join(__dirname, "..", "..", "config"), "kh-316");
/** The last day of two wards that are one from the next day on. */
const LAST_DAY = "2025-12-20";
const MERGED = ["00004", "00008"];
const NEW_WARD: Unit = {
  ...{ code: "phuong-moi", name: "UBND phường Mới", shortName: "Phường Mới", group: "Phường" },
  ...{ parentCode: "ubnd-tp", aliases: [], validFrom: addDays(LAST_DAY, 1), validTo: null },
  successorCode: null,
};
const CAMPAIGN: Campaign = {
  ...BUNDLED,
  // One is enough to find out who cannot be reached; the others have tests of their own.
  lines: BUNDLED.lines.map((line) => ({ ...line, reminders: ["day-before"] })),
  units: [
    ...BUNDLED.units.map((unit) => (MERGED.includes(unit.code) ? { ...unit, validTo: LAST_DAY } : unit)),
    NEW_WARD,
  ],
};
/** One campaign is some 20,000 messages; `TEN_WEEKS_SEEDS=20` plays twenty more. */
const MORE_SEEDS = Number(process.env["TEN_WEEKS_SEEDS"] ?? 0);
const SEEDS = [316, ...Array.from({ length: MORE_SEEDS }, (_, i) => i + 1)];
/** Generous: a machine with much else to do takes several times as long. */
const SEED_TIMEOUT_MS = 600_000;
const PERIODS = { "so-gddt": 9, "xa-chuong-duong": 9, "thanh-pho": 10, "ubnd-tp": 10 };

const namesRow = z.object({ id: z.string(), line: z.string(), period: z.string(), unitCode: z.string() });
const requestRow = z.object({ id: z.string(), reportId: z.string() });

/** The ids that stand in buttons, and nothing of what happened under them. */
async function namesOf(db: Db): Promise<Names> {
  const reports = await rowsOf(
    db,
    sql`select id, line, period, unit_code as "unitCode" from obligations`,
    namesRow,
  );
  const requests = await rowsOf(db, sql`select id, obligation_id as "reportId" from extensions`, requestRow);
  return {
    reports: new Map(reports.map((report) => [report.id, report])),
    requests: new Map(requests.map(({ id, reportId }) => [id, reportId])),
  };
}

async function digestsOf(db: Db): Promise<readonly DigestContent[]> {
  const stored = await rowsOf(
    db,
    sql`select canonical from digests order by frozen_at, id`,
    z.object({ canonical: z.string() }),
  );
  return stored.map(({ canonical }) => parseDigest(canonical));
}

type Totals = Readonly<Record<string, number>>;
const withoutZeros = (totals: Totals): Totals =>
  Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== 0));
function add(totals: Record<string, number>, field: string, value: number): void {
  totals[field] = (totals[field] ?? 0) + value;
}

const SERVER_URL = process.env["TEST_DATABASE_URL"];

describe("ten weeks of four lines and all their units, by chat", () => {
  /** One of the twins in turn, the faster one first: each campaign takes its time. */
  const kinds: [string, number, () => Promise<Store>][] = SEEDS.map((seed, i) =>
    SERVER_URL !== undefined && i % 2 === 0
      ? ["PostgreSQL", seed, () => freshServer(SERVER_URL)]
      : ["PGlite", seed, freshEmbedded],
  );
  let store: Store | undefined;
  afterAll(async () => store?.close());

  test.each(kinds)(
    "have digests that a recount of the chats agrees with (%s, seed %i)",
    async (_name, seed, open) => {
      await store?.close();
      store = await open();
      const played = await playTenWeeks(store, CAMPAIGN, seed);
      const { books, count } = recount(CAMPAIGN, played, await namesOf(store.db));
      const digests = await digestsOf(store.db);

      // Enough of everything has happened.
      const versions = [...books.values()].flatMap((book) => book.versions);
      const extended = [...books.values()].filter(
        (book) =>
          book.dueAt >
          (deadlinesOf(CAMPAIGN, book.line).find(({ period }) => period === book.period)?.dueAt ?? 0),
      );
      expect(versions.length).toBeGreaterThan(2_500);
      expect(versions.filter(({ nil }) => nil).length).toBeGreaterThan(200);
      expect(versions.filter(({ late }) => late).length).toBeGreaterThan(200);
      expect([...books.values()].filter((book) => book.versions.length > 1).length).toBeGreaterThan(150);
      expect(extended.length).toBeGreaterThan(40);
      expect(played.exempted.length).toBeGreaterThan(30);
      expect(played.silent.size).toBeGreaterThan(0);
      for (const [line, periods] of Object.entries(PERIODS))
        expect(digests.filter((digest) => digest.line.id === line)).toHaveLength(periods);

      const told = new Map<string, Record<string, number>>();
      for (const digest of digests) {
        const { line, period, frozenAt } = digest;
        const about = `${line.id} ${period.id}`;
        const due = deadlinesOf(CAMPAIGN, line.id).find((one) => one.period === period.id)?.dueAt;
        expect([about, frozenAt, period.dueAt]).toEqual([about, due, due]);
        const again = count(line.id, period.id, frozenAt);
        expect([about, digest.counts]).toEqual([about, again.counts]);
        expect([about, withoutZeros(digest.totals)]).toEqual([about, again.totals]);
        const words = digest.units.flatMap(({ code, values }) =>
          code in again.words || typeof values["kho_khan"] === "string" ? [[code, values["kho_khan"]]] : [],
        );
        if (line.id === "so-gddt" || line.id === "xa-chuong-duong")
          expect([about, Object.fromEntries(words)]).toEqual([about, again.words]);

        // What was sent, and every correction told since, add up to what the chats say by now.
        told.set(about, { ...digest.totals });
        for (const { period: of, changes } of digest.corrections)
          for (const { field, from, to } of changes)
            if (typeof from === "number" || typeof to === "number")
              add(told.get(`${line.id} ${of}`) ?? {}, field, Number(to ?? 0) - Number(from ?? 0));
        const all: Record<string, number> = {};
        for (const [key, totals] of told) {
          if (!key.startsWith(`${line.id} `)) continue;
          const standing = count(line.id, key.slice(line.id.length + 1), frozenAt).totals;
          expect([about, key, withoutZeros(totals)]).toEqual([about, key, standing]);
          for (const [field, value] of Object.entries(standing)) add(all, field, value);
        }
        expect([about, withoutZeros(digest.cumulative)]).toEqual([about, withoutZeros(all)]);
      }

      // Merged wards are expected as two up to their last day, and as one from then on.
      const owed = new Set([...(await namesOf(store.db)).reports.values()].map(keyOf));
      for (const { day } of deadlinesOf(CAMPAIGN, "thanh-pho"))
        for (const unitCode of [...MERGED, NEW_WARD.code])
          expect(owed.has(keyOf({ line: "thanh-pho", period: isoWeekOf(day), unitCode }))).toBe(
            MERGED.includes(unitCode) === day <= LAST_DAY,
          );

      // An office has sent up what stood in its digest in most weeks.
      const sentUp = [...books.values()].filter(
        ({ unitCode, line }) => ["10237", "so-gddt", "so-khcn"].includes(unitCode) && line !== "so-gddt",
      );
      expect(sentUp.filter((book) => book.versions.length > 0).length).toBeGreaterThan(12);
    },
    SEED_TIMEOUT_MS,
  );
});
