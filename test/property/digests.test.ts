/** Whatever units hand in, and in whatever order, the frozen figures are those of an independent recount. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY_MS, HOUR_MS } from "../../src/core/clock";
import { lengthOf } from "../../src/core/text";
import { canonicalJson, hashOf } from "../../src/reporting/canonical-json";
import { compileDigest, type DigestInput, type ObligationRow } from "../../src/reporting/digest";
import { parseDigest, type DigestContent } from "../../src/reporting/digest-content";
import { untoldCorrections, type Revision } from "../../src/reporting/digest-corrections";
import { headingOf } from "../../src/reporting/digest-heading";
import { DIGEST_TEXT_MAX, digestText } from "../../src/reporting/digest-text";
import { percentOf } from "../../src/reporting/digest-wording.vi";
import { aRow, CAMPAIGN, dueOf, TEMPLATE } from "../support/digest-campaign";

const DUE = dueOf("so-gd", "2025-W49");

const figures = fc.record(
  { tin_bai: fc.nat(5000), luot_nguoi: fc.nat(5000), kho_khan: fc.string({ unit: "grapheme" }) },
  { requiredKeys: [] },
);

const row = fc
  .record({
    exempt: fc.boolean(),
    handedIn: fc.boolean(),
    nil: fc.boolean(),
    offsetMs: fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
    extendedMs: fc.constantFrom(0, 0, DAY_MS),
    reached: fc.boolean(),
    group: fc.constantFrom("Trường", "Trung tâm", "Cao đẳng"),
    values: figures,
    marks: fc.subarray(["tin_bai", "luot_nguoi"]),
    owesBefore: fc.boolean(),
  })
  .map(({ exempt, handedIn, offsetMs, extendedMs, nil, values, ...rest }): ObligationRow => {
    return {
      ...aRow("x"),
      ...rest,
      dueAt: DUE + extendedMs,
      exemptReason: exempt ? "được miễn" : null,
      version: handedIn && !exempt ? 1 : 0,
      submittedAt: handedIn && !exempt ? DUE + offsetMs : null,
      nil: handedIn && nil,
      values: handedIn && !nil ? values : {},
    };
  });

const rows = fc.array(row, { maxLength: 60 }).map((list) =>
  list.map((item, i): ObligationRow => ({
    ...item,
    unitCode: `u${i}`,
    unitName: `Trường ${i}`,
    position: i,
  })),
);

const shuffledRows = rows.chain((obligations) =>
  fc
    .shuffledSubarray(obligations, { minLength: obligations.length })
    .map((shuffled) => ({ obligations, shuffled })),
);

function compiled(
  obligations: readonly ObligationRow[],
  rest: Partial<DigestInput> = {},
  period = "2025-W49",
) {
  const line = CAMPAIGN.lines[0]!;
  const dueAt = dueOf("so-gd", period);
  return compileDigest({
    heading: {
      ...headingOf(CAMPAIGN, line, period),
      period: { id: period, startsOn: "2025-11-27", endsOn: "2025-12-03", dueAt, rule: "mục thử" },
    },
    template: TEMPLATE,
    frozenAt: dueAt,
    obligations,
    earlier: {},
    previous: null,
    corrections: [],
    below: [],
    tickets: [],
    ...rest,
  });
}

/** Counts in the plainest way, sharing nothing with the program. */
function recounted(obligations: readonly ObligationRow[]) {
  let expected = 0;
  let received = 0;
  let onTime = 0;
  let nil = 0;
  let notReached = 0;
  const totals = { tin_bai: 0, luot_nguoi: 0 };
  for (const o of obligations) {
    if (o.exemptReason !== null) continue;
    expected++;
    if (o.version === 0) {
      if (!o.reached) notReached++;
      continue;
    }
    received++;
    if ((o.submittedAt ?? 0) < o.dueAt) onTime++;
    if (o.nil) nil++;
    totals.tin_bai += Number(o.values["tin_bai"] ?? 0);
    totals.luot_nguoi += Number(o.values["luot_nguoi"] ?? 0);
  }
  const late = received - onTime;
  return {
    counts: { expected, received, onTime, late, nil, missing: expected - received, notReached },
    totals,
  };
}

describe("one digest", () => {
  test("has the figures of a recount, by group too, and no rate above 100 %", () => {
    fc.assert(
      fc.property(rows, (obligations) => {
        const content = compiled(obligations);
        expect({ counts: content.counts, totals: content.totals }).toEqual(recounted(obligations));
        for (const { group, counts, totals } of content.groups)
          expect({ counts, totals }).toEqual(recounted(obligations.filter((o) => o.group === group)));
        const { expected, received, missing, nil, notReached } = content.counts;
        expect(received + missing).toBe(expected);
        expect(nil).toBeLessThanOrEqual(received);
        expect(notReached).toBeLessThanOrEqual(missing);
        expect(percentOf(received, expected) ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });

  test("is the same bytes, however it was put together", () => {
    fc.assert(
      fc.property(shuffledRows, ({ obligations, shuffled }) => {
        const content = compiled(obligations);
        const canonical = canonicalJson(content);
        expect(canonicalJson(compiled(shuffled))).toBe(canonical);
        expect(hashOf(canonicalJson(reversedKeys(content)))).toBe(hashOf(canonical));
        expect(canonicalJson(parseDigest(canonical))).toBe(canonical);
      }),
    );
  });

  test("always fits one message and shows every count", () => {
    fc.assert(
      fc.property(rows, (obligations) => {
        const content = compiled(obligations);
        const text = digestText(content);
        expect(lengthOf(text)).toBeLessThanOrEqual(DIGEST_TEXT_MAX);
        expect(text).toContain(`Đã nhận ${content.counts.received}/${content.counts.expected}`);
        expect(text).toContain(`Chưa nộp ${content.counts.missing}`);
      }),
    );
  });
});

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => reversedKeys(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversedKeys(item)]),
  );
}

/** One report of one unit in one of the first two weeks, at some hour after that week's due instant (or before). */
const handIns = fc.array(
  fc.record({
    unit: fc.constantFrom("u1", "u2", "u3"),
    week: fc.constantFrom(0, 1),
    hoursAfterDue: fc.integer({ min: -20, max: 300 }),
    tin_bai: fc.nat(50),
  }),
  { maxLength: 14 },
);

test("what was frozen plus all corrections told since is what stands in the reports", () => {
  const weeks = ["2025-W49", "2025-W50", "2025-W51"];
  fc.assert(
    fc.property(handIns, (list) => {
      const revisions = versionsOf(list, weeks);
      const told = new Map<string, number>();
      let previous: DigestContent | null = null;
      for (const [i, period] of weeks.entries()) {
        const frozenAt = dueOf("so-gd", period);
        const visible = revisions.filter(({ at }) => at < frozenAt);
        const obligations = ["u1", "u2", "u3"].map((unit) => newestRow(visible, period, unit));
        const changed = visible.filter((r) => weeks.indexOf(r.period) < i);
        const content: DigestContent = compiled(
          obligations,
          { previous, corrections: untoldCorrections(previous, changed) },
          period,
        );
        told.set(period, content.totals["tin_bai"] ?? 0);
        for (const { period: of, changes } of content.corrections)
          for (const { from, to } of changes)
            told.set(of, (told.get(of) ?? 0) + Number(to ?? 0) - Number(from ?? 0));
        previous = content;
      }
      const end = revisions.filter(({ at }) => at < dueOf("so-gd", "2025-W51"));
      for (const period of weeks) {
        const standing = ["u1", "u2", "u3"].map((unit) =>
          Number(newestRow(end, period, unit).values["tin_bai"] ?? 0),
        );
        expect(told.get(period)).toBe(standing.reduce((a, b) => a + b, 0));
      }
    }),
  );
});

type HandIn = { unit: string; week: number; hoursAfterDue: number; tin_bai: number };

function versionsOf(list: readonly HandIn[], weeks: readonly string[]): Revision[] {
  const versions = new Map<string, number>();
  const timed = list.map((item) => {
    const period = weeks[item.week] ?? "";
    return { ...item, period, at: dueOf("so-gd", period) + item.hoursAfterDue * HOUR_MS - 1 };
  });
  return timed
    .toSorted((a, b) => a.at - b.at)
    .map(({ unit, period, at, tin_bai }) => {
      const version = (versions.get(period + unit) ?? 0) + 1;
      versions.set(period + unit, version);
      return { period, unitCode: unit, unitName: unit, version, at, values: { tin_bai } };
    });
}

function newestRow(visible: readonly Revision[], period: string, unit: string): ObligationRow {
  const own = visible.filter((r) => r.period === period && r.unitCode === unit);
  const newest = own.at(-1);
  return aRow(unit, {
    dueAt: dueOf("so-gd", period),
    version: newest?.version ?? 0,
    submittedAt: own[0]?.at ?? null,
    values: newest?.values ?? {},
  });
}
