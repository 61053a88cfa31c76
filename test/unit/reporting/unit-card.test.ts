import { describe, expect, test } from "@jest/globals";
import { at, HOUR_MS, toIso } from "../../../src/core/clock";
import { cardMonths, cardsOf, medianOf, type OwedWeek } from "../../../src/reporting/unit-card";
import { aCampaign, aUnit } from "../../support/a-campaign";

const DECEMBER = { from: at("2025-12-01", "00:00"), to: at("2026-01-01", "00:00") };
const DUE = ["2025-12-03", "2025-12-10", "2025-12-17", "2025-12-24", "2025-12-31"].map((day) =>
  at(day, "17:00"),
);

/** One letter a week: on time, late, nothing, exempt. */
const weeks = (unitCode: string, said: string): OwedWeek[] =>
  Array.from(said, (letter, i) => {
    const dueAt = DUE[i] ?? 0;
    const submittedAt = letter === "t" ? dueAt - 1 : letter === "l" ? dueAt : null;
    return { unitCode, line: "len-huyen", period: `W${i}`, dueAt, exempt: letter === "x", submittedAt };
  });
const campaign = aCampaign();
const cardOf = (said: string) => cardsOf(campaign, weeks("xa-a", said), DECEMBER)[0];

describe("a unit's own record", () => {
  test.each([
    ["ttttt", 5, 5, 5],
    ["ltttt", 5, 4, 4],
    ["tttt-", 5, 4, 0],
    ["ttxtt", 4, 4, 4],
    ["t-xxt", 3, 2, 1],
    ["lxxxx", 1, 0, 0],
  ])("%s", (said, owed, onTime, streak) => {
    expect(cardOf(said)).toMatchObject({ owed, onTime, streak });
  });

  test("nothing is said of a unit that owed nothing", () => {
    expect(cardOf("xxxxx")).toBeUndefined();
  });

  test("a streak begins before the month, and what comes after it is not known yet", () => {
    const november = { ...DECEMBER, from: at("2025-12-20", "00:00"), to: at("2025-12-31", "00:00") };
    expect(cardsOf(campaign, weeks("xa-a", "tttt-"), november)[0]).toMatchObject({
      owed: 1,
      onTime: 1,
      streak: 4,
    });
  });

  test("the middle of the group, and none where it would point at somebody", () => {
    const codes = ["xa-a", "xa-b", "xa-c", "xa-d", "xa-e", "xa-g"];
    const many = aCampaign({ units: codes.map((code) => aUnit(code)) });
    const said = ["ttttt", "tttt-", "ttt--", "tt---", "t----", "xxxxx"];
    const rows = codes.flatMap((code, i) => weeks(code, said[i] ?? ""));
    expect(cardsOf(many, rows, DECEMBER).map(({ median }) => median)).toEqual([3, 3, 3, 3, 3]);
    const few = rows.filter(({ unitCode }) => unitCode !== "xa-e");
    expect(cardsOf(many, few, DECEMBER).map(({ median }) => median)).toEqual([null, null, null, null]);
  });

  test("merged units are one: a week is on time where any was, and its own week stands before theirs", () => {
    const into = (code: string) => aUnit(code, { validTo: "2025-12-20", successorCode: "xa-m" });
    const merged = aCampaign({
      units: [into("xa-a"), into("xa-b"), aUnit("xa-m", { validFrom: "2025-12-21" })],
    });
    const rows = [...weeks("xa-a", "t--"), ...weeks("xa-b", "-l-"), ...weeks("xa-m", "xxxtt").slice(3)];
    expect(cardsOf(merged, rows, DECEMBER)).toEqual([
      { unitCode: "xa-m", line: "len-huyen", owed: 5, onTime: 3, streak: 2, median: null },
    ]);
    const own = [...weeks("xa-a", "t"), ...weeks("xa-m", "-")];
    expect(cardsOf(merged, own, DECEMBER)[0]).toMatchObject({ owed: 1, onTime: 0 });
  });
});

test.each([
  [[4], 4],
  [[4, 1], 2.5],
  [[3, 1, 2], 2],
  [[4, 1, 3, 3], 3],
])("the median of %j is %d", (figures, median) => {
  expect(medianOf(figures)).toBe(median);
});

test("each month with a deadline has its card on the next one's first working morning, after the last digest", () => {
  const months = cardMonths(campaign);
  expect(months.map(({ month, at: when }) => `${month} ${toIso(when).slice(0, 16)}`)).toEqual([
    // 01/01 and 02/01 are days off, 03/01 is a Saturday.
    "2025-12 2026-01-05T09:00",
    "2026-01 2026-02-02T09:00",
  ]);
  expect(months.every(({ to, at: when }) => when - to >= 9 * HOUR_MS)).toBe(true);
});
