import { describe, expect, test } from "@jest/globals";
import { addDays } from "../../../src/core/clock";
import { isWorkingDay, nextWorkingDay, workingDayBefore } from "../../../src/reporting/calendar";
import type { Holiday } from "../../../src/reporting/campaign";
import { aCampaign } from "../../support/a-campaign";

const { holidays } = aCampaign();

describe("a working day", () => {
  test.each([
    ["2025-12-31", true, "a Wednesday"],
    ["2026-01-01", false, "an official day off"],
    ["2026-01-03", false, "a Saturday"],
    ["2026-01-04", false, "a Sunday"],
    ["2026-01-10", true, "a Saturday worked in exchange"],
    ["2026-01-14", true, "a day off that is only proposed"],
    ["2026-01-15", true, "a day off that is only computed"],
  ])("%s: %s, %s", (day, expected) => {
    expect(isWorkingDay(holidays, day)).toBe(expected);
  });
});

test("the next working day is the day itself, or the first after a break", () => {
  expect(nextWorkingDay(holidays, "2025-12-31")).toBe("2025-12-31");
  expect(nextWorkingDay(holidays, "2026-01-01")).toBe("2026-01-05");
  expect(nextWorkingDay(holidays, "2026-01-10")).toBe("2026-01-10");
});

test("the working day before skips the same break backwards", () => {
  expect(workingDayBefore(holidays, "2026-01-05")).toBe("2025-12-31");
  expect(workingDayBefore(holidays, "2026-01-12")).toBe("2026-01-10");
});

test("a calendar without working days is a mistake in it, not an endless search", () => {
  const endless: Holiday[] = Array.from({ length: 100 }, (_, i) => ({
    day: addDays("2026-01-01", i),
    name: "nghỉ",
    kind: "off",
    status: "official",
  }));
  expect(() => nextWorkingDay(endless, "2026-01-01")).toThrow("no working day within 60 days of 2026-01-01");
});
