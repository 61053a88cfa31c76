import { describe, expect, test } from "@jest/globals";
import {
  addDays,
  at,
  dayOf,
  fromIso,
  frozenAt,
  isoWeekOf,
  minutesOfDay,
  shortInstant,
  spokenDay,
  spokenInstant,
  startingAt,
  toIso,
  weekdayOf,
} from "../../../src/core/clock";

describe("time in Hà Nội", () => {
  test("turns at midnight there, not at midnight elsewhere", () => {
    expect(dayOf(at("2025-12-03", "00:00") - 1)).toBe("2025-12-02");
    expect(dayOf(at("2025-12-03", "00:00"))).toBe("2025-12-03");
    expect(minutesOfDay(at("2025-12-03", "17:30"))).toBe(17 * 60 + 30);
  });

  test("is spoken the way people say it", () => {
    expect(spokenInstant(at("2025-12-03", "17:00"))).toBe("17:00 thứ Tư 03/12/2025");
    expect(shortInstant(at("2025-12-07", "07:05"))).toBe("07:05 ngày 07/12/2025");
    expect(spokenDay("2025-12-03")).toBe("03/12/2025");
  });

  test.each([
    ["2025-12-03", "2025-W49"],
    ["2025-12-31", "2026-W01"],
    ["2026-01-01", "2026-W01"],
    ["2027-01-01", "2026-W53"],
  ])("%s lies in %s", (day, week) => {
    expect(isoWeekOf(day)).toBe(week);
  });

  test("counts days over months and years", () => {
    expect(addDays("2025-12-31", 1)).toBe("2026-01-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
    expect(weekdayOf("2025-12-07")).toBe(7);
  });

  test("is written and read with its offset", () => {
    const due = at("2025-12-03", "17:00");
    expect(toIso(due)).toBe("2025-12-03T17:00:00+07:00");
    expect(fromIso(toIso(due))).toBe(due);
    expect(fromIso("2025-12-03T10:00:00Z")).toBe(due);
  });

  test.each(["2025-12-03", "2025-12-03T17:00:00", "2025-02-31T00:00:00Z", "tomorrow", ""])(
    "%s is no instant",
    (text) => {
      expect(fromIso(text)).toBeNull();
    },
  );
});

describe("clocks", () => {
  test("never run backwards", () => {
    const frozen = frozenAt(1000);
    frozen.moveTo(500);
    expect(frozen.now()).toBe(1000);
    frozen.moveTo(2000);
    expect(frozen.now()).toBe(2000);
    const running = startingAt(at("2025-12-02", "08:00"));
    const later = at("2025-12-02", "09:00");
    running.moveTo(later);
    running.moveTo(later - 10_000);
    expect(running.now()).toBeGreaterThanOrEqual(later);
  });
});
