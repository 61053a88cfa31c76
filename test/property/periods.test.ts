/** Whatever the calendar and the plan: periods keep their order and their names. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addDays, dayOf, isoWeekOf, minutesOfDay } from "../../src/core/clock";
import { isWorkingDay } from "../../src/reporting/calendar";
import type { Campaign, Holiday } from "../../src/reporting/campaign";
import { periodsOf } from "../../src/reporting/periods";
import { statusOf } from "../../src/reporting/status";
import { aCampaign, aLine, upwardLine } from "../support/a-campaign";

const FIRST_DAY = "2025-11-20";
const SPAN_DAYS = 90;

const holidays: fc.Arbitrary<Holiday[]> = fc.uniqueArray(
  fc.record({
    day: fc.nat(SPAN_DAYS).map((days) => addDays(FIRST_DAY, days)),
    name: fc.constant("nghỉ"),
    kind: fc.constantFrom("off" as const, "off" as const, "work" as const),
    status: fc.constantFrom(
      "official" as const,
      "official" as const,
      "computed" as const,
      "proposed" as const,
    ),
  }),
  { selector: ({ day }) => day, maxLength: 40 },
);

const campaigns: fc.Arbitrary<Campaign> = fc
  .record({
    holidays,
    weekday: fc.integer({ min: 1, max: 7 }),
    upwardWeekday: fc.integer({ min: 1, max: 7 }),
    onHoliday: fc.constantFrom("next-working-day" as const, "keep" as const),
    dueTime: fc.constantFrom("08:00", "12:00", "17:00", "23:59"),
  })
  .map(({ holidays: days, weekday, upwardWeekday, onHoliday, dueTime }) =>
    aCampaign({
      holidays: days,
      lines: [aLine({ weekday, onHoliday, dueTime }), upwardLine({ weekday: upwardWeekday, dueTime })],
    }),
  );

const lines = ["len-huyen", "len-tinh"];

describe("the periods of a line", () => {
  test("have ids of their own, in order, each the week of its nominal day", () => {
    fc.assert(
      fc.property(campaigns, (campaign) => {
        for (const line of lines) {
          const periods = periodsOf(campaign, line);
          const ids = periods.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toEqual(periods.map(({ endsOn }) => isoWeekOf(endsOn)));
          expect(periods.map(({ startsOn }) => startsOn)).toEqual(
            periods.map(({ endsOn }) => addDays(endsOn, -6)),
          );
        }
      }),
    );
  });

  test("open before they are due, are due before they close, and never overlap before they are due", () => {
    fc.assert(
      fc.property(campaigns, (campaign) => {
        for (const line of lines) {
          periodsOf(campaign, line).forEach((period, i, all) => {
            expect(period.opensAt).toBeLessThan(period.dueAt);
            expect(period.dueAt).toBeLessThan(period.closesAt);
            const next = all[i + 1];
            if (next !== undefined) expect(period.dueAt).toBeLessThan(next.opensAt);
          });
        }
      }),
    );
  });

  test("are due on a working day at the line's time, never before the nominal day, and open when quiet hours end", () => {
    fc.assert(
      fc.property(campaigns, (campaign) => {
        for (const line of campaign.lines) {
          for (const { dueAt, endsOn, opensAt } of periodsOf(campaign, line.id)) {
            expect(dayOf(dueAt) >= endsOn).toBe(true);
            if (line.onHoliday === "keep") expect(dayOf(dueAt)).toBe(endsOn);
            else expect(isWorkingDay(campaign.holidays, dayOf(dueAt))).toBe(true);
            expect(minutesOfDay(opensAt)).toBe(7 * 60);
          }
        }
      }),
    );
  });

  test("of a line above come later than those that flow into it, where the plan has it so", () => {
    fc.assert(
      fc.property(campaigns, (campaign) => {
        const [below, above] = campaign.lines;
        if (below === undefined || above === undefined || above.weekday <= below.weekday) return;
        const due = new Map(periodsOf(campaign, below.id).map(({ id, dueAt }) => [id, dueAt]));
        for (const { id, dueAt } of periodsOf(campaign, above.id))
          expect(dueAt).toBeGreaterThan(due.get(id) ?? 0);
      }),
    );
  });
});

test("every row of the ledger has exactly one state, and reports never go missing", () => {
  const instant = fc.nat(100);
  fc.assert(
    fc.property(
      fc.record({
        dueAt: instant,
        exemptReason: fc.option(fc.constant("nghỉ")),
        version: fc.nat(3),
        nil: fc.boolean(),
        submittedAt: instant,
        draftStartedAt: fc.option(instant),
      }),
      instant,
      (row, now) => {
        const isIn = row.version > 0;
        const status = statusOf({ ...row, submittedAt: isIn ? row.submittedAt : null }, now);
        expect(["waiting", "drafting", "submitted", "nil", "late", "missing", "exempt"]).toContain(status);
        expect(["submitted", "nil", "late"].includes(status)).toBe(isIn && row.exemptReason === null);
      },
    ),
  );
});
