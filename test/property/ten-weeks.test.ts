/** Ten weeks of the whole campaign: whatever happens in them, every digest says what the raw reports say. */
import { describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { addDays, isoWeekOf } from "../../src/core/clock";
import type { Campaign, Unit } from "../../src/reporting/campaign";
import { loadCampaign } from "../../src/reporting/load-campaign";
import { periodsOf } from "../../src/reporting/periods";
import { parseDigest, type DigestContent } from "../../src/reporting/digest-content";
import { rowsOf, type Db } from "../../src/store/database";
import { eachStore } from "../support/stores";
import { playCampaign } from "../support/ten-weeks";

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
  units: [
    ...BUNDLED.units.map((unit) => (MERGED.includes(unit.code) ? { ...unit, validTo: LAST_DAY } : unit)),
    NEW_WARD,
  ],
};
/** One plays some 3,500 obligations; `TEN_WEEKS_SEEDS=20` plays twenty campaigns more. */
const MORE_SEEDS = Number(process.env["TEN_WEEKS_SEEDS"] ?? 0);
const SEEDS = [316, ...Array.from({ length: MORE_SEEDS }, (_, i) => i + 1)];
/** Generous: on a machine with much else to do one has taken two minutes. */
const SEED_TIMEOUT_MS = 300_000;
/** Units that owe the city's line, as the roster's own test counts them. */
const EXPECTED = 184;
const LINES = { "so-gddt": 9, "xa-chuong-duong": 9, "thanh-pho": 10, "ubnd-tp": 10 };

const instant = z.coerce.number();
const values = z.record(z.string(), z.union([z.number(), z.string()]));
const rawReport = z.object({
  obligationId: z.string(),
  version: z.number(),
  nil: z.boolean(),
  at: instant,
  values,
});
type RawReport = z.infer<typeof rawReport>;
const rawOwed = z.object({
  id: z.string(),
  line: z.string(),
  period: z.string(),
  unitCode: z.string(),
  dueAt: instant,
  exemptReason: z.string().nullable(),
});
type RawOwed = z.infer<typeof rawOwed>;

interface Raw {
  readonly owed: readonly RawOwed[];
  readonly reports: ReadonlyMap<string, readonly RawReport[]>;
  readonly digests: readonly DigestContent[];
}

async function readRaw(db: Db): Promise<Raw> {
  const owed = await rowsOf(
    db,
    sql`select id, line, period, unit_code as "unitCode", due_at as "dueAt", exempt_reason as "exemptReason" from obligations`,
    rawOwed,
  );
  const all = await rowsOf(
    db,
    sql`select obligation_id as "obligationId", version, nil, at, values from reports order by version`,
    rawReport,
  );
  const reports = new Map<string, RawReport[]>();
  for (const report of all)
    reports.set(report.obligationId, [...(reports.get(report.obligationId) ?? []), report]);
  const stored = await rowsOf(
    db,
    sql`select canonical from digests order by frozen_at`,
    z.object({ canonical: z.string() }),
  );
  return { owed, reports, digests: stored.map(({ canonical }) => parseDigest(canonical)) };
}

const plus = (totals: Record<string, number>, added: Readonly<Record<string, number | string>>): void => {
  for (const [field, value] of Object.entries(added))
    if (typeof value === "number") totals[field] = (totals[field] ?? 0) + value;
};
const withoutZeros = (totals: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== 0));

/** Counts one period as it stood just before an instant, in the plainest way. */
function recount({ owed, reports }: Raw, line: string, period: string, before: number) {
  const counts = { expected: 0, received: 0, onTime: 0, late: 0, nil: 0, missing: 0 };
  const totals: Record<string, number> = {};
  for (const one of owed) {
    if (one.line !== line || one.period !== period || one.exemptReason !== null) continue;
    counts.expected++;
    const seen = (reports.get(one.id) ?? []).filter(({ at }) => at < before);
    const [first, newest] = [seen[0], seen.at(-1)];
    if (first === undefined || newest === undefined) {
      counts.missing++;
      continue;
    }
    counts.received++;
    if (first.at < one.dueAt) counts.onTime++;
    else counts.late++;
    if (newest.nil) counts.nil++;
    plus(totals, newest.values);
  }
  return { counts, totals: withoutZeros(totals) };
}

eachStore((store) => {
  describe("ten weeks of four lines and all their units", () => {
    test.each(SEEDS)(
      "have digests that a recount agrees with (seed %i)",
      async (seed) => {
        const played = await playCampaign(store(), CAMPAIGN, seed);
        const raw = await readRaw(store().db);
        expect(played.extensions).toBeGreaterThan(10);
        expect(played.exemptions).toBeGreaterThan(10);
        expect(played.amendments).toBeGreaterThan(50);
        expect(played.prefilled.length).toBeGreaterThan(5);
        for (const [line, periods] of Object.entries(LINES))
          expect(raw.digests.filter((digest) => digest.line.id === line)).toHaveLength(periods);

        // Merged wards are expected as two up to their last day, and as one from then on.
        const owing = (day: string, code: string) =>
          raw.owed.some(
            (one) => one.line === "thanh-pho" && one.period === isoWeekOf(day) && one.unitCode === code,
          );
        for (const { endsOn } of periodsOf(CAMPAIGN, "thanh-pho")) {
          expect(MERGED.map((code) => owing(endsOn, code))).toEqual(MERGED.map(() => endsOn <= LAST_DAY));
          expect(owing(endsOn, NEW_WARD.code)).toBe(endsOn > LAST_DAY);
        }
        const excused = raw.owed.filter(({ exemptReason }) => exemptReason !== null);
        for (const { line, period, counts } of raw.digests.filter(({ line: { id } }) => id === "thanh-pho")) {
          const valid = period.endsOn <= LAST_DAY ? EXPECTED : EXPECTED - MERGED.length + 1;
          const excusedHere = excused.filter((one) => one.line === line.id && one.period === period.id);
          expect(counts.expected).toBe(valid - excusedHere.length);
        }

        const told = new Map<string, Record<string, number>>();
        for (const digest of raw.digests) {
          const { line, period, frozenAt } = digest;
          const expected = recount(raw, line.id, period.id, frozenAt);
          expect(digest.counts).toMatchObject(expected.counts);
          expect(withoutZeros(digest.totals)).toEqual(expected.totals);

          // What was sent and every correction told since add up to what stands in the reports.
          told.set(`${line.id} ${period.id}`, { ...digest.totals });
          for (const { period: of, changes } of digest.corrections)
            for (const { field, from, to } of changes)
              plus(told.get(`${line.id} ${of}`) ?? {}, { [field]: Number(to ?? 0) - Number(from ?? 0) });
          const own = [...told].filter(([key]) => key.startsWith(`${line.id} `));
          const all: Record<string, number> = {};
          for (const [key, totals] of own) {
            const standing = recount(raw, line.id, key.slice(line.id.length + 1), frozenAt).totals;
            expect(withoutZeros(totals)).toEqual(standing);
            plus(all, standing);
          }
          expect(withoutZeros(digest.cumulative)).toEqual(all);
        }

        // An office sends up the sum of a digest of its own, and no digest goes up twice.
        const sentUp = new Set<string>();
        for (const { unitCode, values: sent } of played.prefilled) {
          const own = raw.digests.find(
            (d) => d.receiver.code === unitCode && !sentUp.has(d.id) && hasTotals(d, sent),
          );
          expect(own).toBeDefined();
          sentUp.add(own?.id ?? "");
        }
      },
      SEED_TIMEOUT_MS,
    );
  });
});

/** Whether the figures sent up are those of this digest. */
const hasTotals = ({ totals }: DigestContent, sent: Readonly<Record<string, number | string>>): boolean =>
  Object.entries(totals).every(([field, total]) => (sent[field] ?? 0) === total);
