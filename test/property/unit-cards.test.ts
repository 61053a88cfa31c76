/** What holds of every unit's record, whatever the weeks were like. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY_MS } from "../../src/core/clock";
import { cardsOf, medianOf, type OwedWeek } from "../../src/reporting/unit-card";
import { aCampaign } from "../support/a-campaign";

const campaign = aCampaign();
const SPAN = { from: 0, to: 1000 * DAY_MS };
const outcome = fc.constantFrom("time", "late", "none", "exempt");
type Outcome = "time" | "late" | "none" | "exempt";

const weeksOf = (outcomes: readonly Outcome[]): OwedWeek[] =>
  outcomes.map((said, i) => {
    const dueAt = (i + 1) * DAY_MS;
    const submittedAt = said === "time" ? dueAt - 1 : said === "late" ? dueAt + 1 : null;
    return {
      unitCode: "xa-a",
      line: "len-huyen",
      period: `${i}`,
      dueAt,
      exempt: said === "exempt",
      submittedAt,
    };
  });
const cardOf = (outcomes: readonly Outcome[]) => cardsOf(campaign, weeksOf(outcomes), SPAN)[0];

test("an exempt week changes nothing, wherever it falls", () => {
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 15 }), fc.nat(), (outcomes, where) => {
      const withExempt = outcomes.toSpliced(where % (outcomes.length + 1), 0, "exempt");
      expect(cardOf(withExempt)).toEqual(cardOf(outcomes));
    }),
  );
});

test("a streak is never longer than the weeks on time, grows by one on time, and ends with any other", () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 15 }), (outcomes) => {
      const before = cardOf(outcomes);
      expect(before?.streak ?? 0).toBeLessThanOrEqual(before?.onTime ?? 0);
      expect(before?.onTime ?? 0).toBeLessThanOrEqual(before?.owed ?? 0);
      expect(cardOf([...outcomes, "time"])?.streak).toBe((before?.streak ?? 0) + 1);
      expect(cardOf([...outcomes, "late"])?.streak).toBe(0);
      expect(cardOf([...outcomes, "none"])?.streak).toBe(0);
    }),
  );
});

test("the order of the rows is of no account", () => {
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 15 }), (outcomes) => {
      expect(cardsOf(campaign, weeksOf(outcomes).toReversed(), SPAN)).toEqual(
        cardsOf(campaign, weeksOf(outcomes), SPAN),
      );
    }),
  );
});

test("half of the group is at the median or under it, and half at or over", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 40 }), (figures) => {
      const median = medianOf(figures);
      expect(figures.filter((figure) => figure <= median).length * 2).toBeGreaterThanOrEqual(figures.length);
      expect(figures.filter((figure) => figure >= median).length * 2).toBeGreaterThanOrEqual(figures.length);
    }),
  );
});
