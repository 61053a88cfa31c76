import { describe, expect, it } from "@jest/globals";
import { at, frozenAt, MINUTE_MS, SECOND_MS, type Day } from "../../../src/core/clock";
import { knownError, type Family } from "../../../src/zalo/error-table";
import { outcomeOf, alarmOf, type Failure } from "../../../src/zalo/failures";

const refused = (code: number, family: Family = "oa"): Failure => ({
  kind: "refused",
  family,
  code,
  message: "",
});
const moment = (attempt = 1, day: Day = "2025-12-03", time = "17:00", random = 0) => ({
  clock: frozenAt(at(day, time)),
  ids: { random: () => random },
  attempt,
});

describe("what becomes of a refused message", () => {
  it.each<[number, string]>([
    [-201, "never message"],
    [-210, "never message"],
    [-233, "never message"],
    [-240, "never message"],
    [-248, "never message"],
    [-100, "never message"],
    [-213, "never person"],
    [-217, "never person"],
    [-227, "never person"],
    [-244, "never person"],
    [-204, "never account"],
    [-209, "never account"],
    [-221, "never account"],
    [-223, "never account"],
    [-224, "never account"],
    [-242, "never account"],
    [-230, "lane-closed"],
    [-232, "lane-closed"],
    [-218, "lane-closed"],
    [-320, "lane-closed"],
    [-321, "lane-closed"],
    [-32, "later"],
    [-200, "later"],
    [-211, "later"],
    [-216, "later"],
    [-234, "later"],
    [-99999, "unknown"],
  ])("%i: %s", (code, expected) => {
    const outcome = outcomeOf(refused(code), moment());
    expect([outcome.kind, ...("scope" in outcome ? [outcome.scope] : [])].join(" ")).toBe(expected);
    expect("reason" in outcome ? outcome.reason : "").toMatch(new RegExp(`^${code} [A-Z0-9_]+$`));
  });

  it("keeps the hosts apart: -100 is an expired upload here, a passing fault there", () => {
    expect(outcomeOf(refused(-100, "oa"), moment()).kind).toBe("never");
    expect(outcomeOf(refused(-100, "zns"), moment()).kind).toBe("later");
    expect(knownError("oauth", -100).kind).toBe("unknown");
  });

  it("waits for the next minute after the rate limit", () => {
    const clock = frozenAt(at("2025-12-03", "17:00") + 42 * SECOND_MS);
    const wait = (random: number) =>
      outcomeOf(refused(-32), { clock, ids: { random: () => random }, attempt: 9 });
    expect(wait(0)).toMatchObject({ kind: "later", afterMs: 18 * SECOND_MS });
    expect(wait(1)).toMatchObject({ kind: "later", afterMs: 28 * SECOND_MS });
  });

  it("tries a passing fault five times, each time twice as late, with jitter", () => {
    const waits = [1, 2, 3, 4].map((attempt) => outcomeOf(refused(-200), moment(attempt)));
    expect(waits.map((outcome) => ("afterMs" in outcome ? outcome.afterMs : 0))).toEqual([
      2500, 5000, 10_000, 20_000,
    ]);
    expect(outcomeOf(refused(-200), moment(1, "2025-12-03", "17:00", 1))).toMatchObject({ afterMs: 5000 });
    expect(outcomeOf(refused(-200), moment(5))).toMatchObject({ kind: "never", scope: "message" });
  });

  it("waits for the morning where the night forbids", () => {
    const hours = (time: string) => {
      const outcome = outcomeOf(refused(-234), moment(1, "2025-12-03", time));
      return "afterMs" in outcome ? outcome.afterMs / (60 * MINUTE_MS) : 0;
    };
    expect(hours("22:00")).toBe(8);
    expect(hours("05:30")).toBe(0.5);
  });

  it("waits for the next day where a quota is used up", () => {
    expect(outcomeOf(refused(-211), moment())).toMatchObject({ kind: "later", afterMs: 14 * 60 * MINUTE_MS });
  });
});

describe("what becomes of a message whose call broke", () => {
  it("comes again when nothing left this machine", () => {
    expect(outcomeOf({ kind: "not-sent", reason: "ECONNREFUSED" }, moment(3))).toEqual({
      kind: "later",
      afterMs: 10_000,
      reason: "ECONNREFUSED",
    });
  });

  it("never waits longer than ten minutes", () => {
    const outcome = outcomeOf(
      { kind: "not-sent", reason: "ENOTFOUND" },
      moment(40, "2025-12-03", "17:00", 1),
    );
    expect(outcome).toMatchObject({ afterMs: 10 * MINUTE_MS });
  });

  it("is unknown when it may have arrived", () => {
    expect(outcomeOf({ kind: "unclear", reason: "ETIMEDOUT" }, moment())).toEqual({
      kind: "unknown",
      reason: "ETIMEDOUT",
    });
  });
});

describe("what operators hear", () => {
  it.each([-204, -221, -224, -320, -211, -216])("of %i", (code) => {
    expect(alarmOf(refused(code))?.text).toContain("⚠️");
  });

  it.each([-230, -227, -201, -32, -200])("nothing of %i", (code) => {
    expect(alarmOf(refused(code))).toBeNull();
  });
});
