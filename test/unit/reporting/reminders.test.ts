import { describe, expect, test } from "@jest/globals";
import { at, toIso, type Instant } from "../../../src/core/clock";
import type { Campaign } from "../../../src/reporting/campaign";
import { periodsOf } from "../../../src/reporting/periods";
import { afterQuiet, isQuiet, stepsOf } from "../../../src/reporting/reminder-steps";
import {
  planReminders,
  wavesBetween,
  type OwedReport,
  type RecordedStep,
} from "../../../src/reporting/reminders";
import { aCampaign, aLine, upwardLine } from "../../support/a-campaign";

const campaign = aCampaign();
const LONG_AGO = at("2025-11-01", "08:00");

function owed(unitCode: string, over: Partial<OwedReport> = {}, of: Campaign = campaign): OwedReport {
  const line = over.line ?? "len-huyen";
  const wanted = over.period ?? "2025-W49";
  const period = periodsOf(of, line).find(({ id }) => id === wanted);
  if (period === undefined) throw new Error("no such period");
  const { opensAt, dueAt, closesAt } = period;
  const id = `${line}-${wanted}-${unitCode}`;
  return {
    id,
    line,
    period: wanted,
    unitCode,
    opensAt,
    dueAt,
    closesAt,
    finished: false,
    drafter: null,
    ...over,
  };
}

const linked = (personId: string, unitCode: string, linkedAt: Instant = LONG_AGO) => ({
  personId,
  unitCode,
  linkedAt,
});

const spoken = (waves: ReturnType<typeof wavesBetween>) =>
  waves.map(({ personId, at: when, steps }) =>
    [
      toIso(when).slice(5, 16),
      personId,
      ...steps.map(({ obligationId, step }) => `${step} ${obligationId}`),
    ].join(" "),
  );

const whole = {
  campaign,
  recorded: [] as RecordedStep[],
  from: at("2025-11-30", "00:00"),
  to: at("2025-12-07", "00:00"),
};

describe("the steps of one obligation", () => {
  const stepsIn = (of: Campaign, period: string) =>
    stepsOf(of, owed("xa-a", { period }, of)).map(
      ({ step, at: when }) => `${toIso(when).slice(5, 16)} ${step}`,
    );

  test("run from the opening to the morning after", () => {
    expect(stepsIn(campaign, "2025-W49")).toEqual([
      "12-01T07:00 opening",
      "12-02T15:00 day-before",
      "12-03T15:00 two-hours",
      "12-03T17:00 due",
      "12-04T08:00 next-morning",
    ]);
  });

  test("follow a deadline that a holiday moved", () => {
    const thursday = aCampaign({ lines: [aLine({ weekday: 4 })] });
    expect(stepsIn(thursday, "2026-W01")).toEqual([
      "12-29T07:00 opening",
      "12-31T15:00 day-before",
      "01-05T15:00 two-hours",
      "01-05T17:00 due",
    ]);
  });

  test("speak of the old week no more once the new one is open", () => {
    const friday = aCampaign({ lines: [aLine({ weekday: 5 })] });
    expect(stepsIn(friday, "2025-W49").at(-1)).toBe("12-05T17:00 due");
  });

  test("never fall into the quiet hours, and of two that come close the later one stays", () => {
    const late = aCampaign({ lines: [aLine({ dueTime: "23:30" })] });
    expect(stepsIn(late, "2025-W49")).toEqual([
      "12-01T07:00 opening",
      "12-02T15:00 day-before",
      "12-04T08:00 next-morning",
    ]);
    const early = aCampaign({ lines: [aLine({ dueTime: "08:00" })] });
    expect(stepsIn(early, "2025-W49")).toEqual([
      "12-01T07:00 opening",
      "12-02T15:00 day-before",
      "12-03T08:00 due",
      "12-04T08:00 next-morning",
    ]);
  });

  test("are those that the line names", () => {
    expect(stepsIn(aCampaign({ lines: [aLine({ reminders: ["due"] })] }), "2025-W49")).toEqual([
      "12-03T17:00 due",
    ]);
  });
});

describe("who is reminded", () => {
  test("everybody of an unfinished unit, the usual one alone in between", () => {
    const people = [linked("phó", "xa-a", LONG_AGO + 1), linked("chính", "xa-a"), linked("khác", "xa-b")];
    const waves = spoken(wavesBetween({ ...whole, obligations: [owed("xa-a")], people }));
    expect(waves).toEqual([
      "12-01T07:00 chính opening len-huyen-2025-W49-xa-a",
      "12-01T07:00 phó opening len-huyen-2025-W49-xa-a",
      "12-02T15:00 chính day-before len-huyen-2025-W49-xa-a",
      "12-03T15:00 chính two-hours len-huyen-2025-W49-xa-a",
      "12-03T17:00 chính due len-huyen-2025-W49-xa-a",
      "12-03T17:00 phó due len-huyen-2025-W49-xa-a",
      "12-04T08:00 chính next-morning len-huyen-2025-W49-xa-a",
      "12-04T08:00 phó next-morning len-huyen-2025-W49-xa-a",
    ]);
  });

  test("whoever has begun the draft, in place of the usual one", () => {
    const people = [linked("chính", "xa-a"), linked("phó", "xa-a", LONG_AGO + 1)];
    const waves = wavesBetween({ ...whole, obligations: [owed("xa-a", { drafter: "phó" })], people });
    expect(spoken(waves.filter(({ steps }) => steps[0]?.step === "two-hours"))).toEqual([
      "12-03T15:00 phó two-hours len-huyen-2025-W49-xa-a",
    ]);
  });

  test("nobody who has finished", () => {
    const people = [linked("p", "xa-a")];
    expect(wavesBetween({ ...whole, obligations: [owed("xa-a", { finished: true })], people })).toEqual([]);
  });

  test("nobody of what came before they were linked", () => {
    const people = [linked("mới", "xa-a", at("2025-12-03", "15:30"))];
    expect(spoken(wavesBetween({ ...whole, obligations: [owed("xa-a")], people }))).toEqual([
      "12-03T17:00 mới due len-huyen-2025-W49-xa-a",
      "12-04T08:00 mới next-morning len-huyen-2025-W49-xa-a",
    ]);
  });

  test("nobody of a step that is on record", () => {
    const step = { personId: "p", obligationId: "len-huyen-2025-W49-xa-a", plannedAt: LONG_AGO };
    const recorded = ["opening", "day-before", "two-hours", "due"].map((name) => ({ ...step, step: name }));
    const people = [linked("p", "xa-a")];
    expect(spoken(wavesBetween({ ...whole, obligations: [owed("xa-a")], people, recorded }))).toEqual([
      "12-04T08:00 p next-morning len-huyen-2025-W49-xa-a",
    ]);
  });

  test("of what falls due after the beginning of the stretch, up to and including its end", () => {
    const due = at("2025-12-03", "17:00");
    const input = { ...whole, obligations: [owed("xa-a")], people: [linked("p", "xa-a")] };
    expect(wavesBetween({ ...input, from: due - 1, to: due })).toHaveLength(1);
    expect(wavesBetween({ ...input, from: due, to: due + 1 })).toEqual([]);
  });

  test("once for all their units, and once where they are linked in two roles", () => {
    const people = [linked("p", "xa-a"), linked("p", "xa-b"), linked("p", "xa-b", LONG_AGO + 5)];
    const waves = wavesBetween({ ...whole, obligations: [owed("xa-a"), owed("xa-b")], people });
    expect(spoken(waves)[0]).toBe(
      "12-01T07:00 p opening len-huyen-2025-W49-xa-a opening len-huyen-2025-W49-xa-b",
    );
    expect(waves).toHaveLength(5);
  });
});

describe("after a stop", () => {
  const people = [linked("p", "xa-a")];
  const obligations = [owed("xa-a")];
  const plan = (from: Instant, now: Instant) =>
    spoken(planReminders({ ...whole, obligations, people, from, to: now }, now));

  test("only the newest step is told", () => {
    expect(plan(at("2025-11-30", "00:00"), at("2025-12-03", "16:00"))).toEqual([
      "12-03T15:00 p two-hours len-huyen-2025-W49-xa-a",
    ]);
  });

  test("what is out of date is not told at all", () => {
    const early = aCampaign({ lines: [aLine({ reminders: ["opening", "day-before", "two-hours"] })] });
    const input = { ...whole, campaign: early, obligations, people, to: at("2025-12-03", "17:30") };
    expect(planReminders(input, input.to)).toEqual([]);
  });

  test("a step that has become due meanwhile replaces those before", () => {
    expect(plan(at("2025-12-02", "12:00"), at("2025-12-05", "09:00"))).toEqual([
      "12-04T08:00 p next-morning len-huyen-2025-W49-xa-a",
    ]);
  });

  test("two obligations make one message", () => {
    const both = [owed("xa-a"), owed("huyen", { line: "len-tinh" })];
    const now = at("2025-12-04", "18:00");
    const input = { ...whole, obligations: both, people: [...people, linked("p", "huyen")], to: now };
    expect(spoken(planReminders(input, now))).toEqual([
      "12-04T17:00 p next-morning len-huyen-2025-W49-xa-a due len-tinh-2025-W49-huyen",
    ]);
  });
});

describe("a full day", () => {
  const people = [linked("p", "xa-a")];
  const now = at("2025-12-03", "17:00");
  const before = (times: readonly string[]): RecordedStep[] =>
    times.map((time) => ({
      personId: "p",
      obligationId: time,
      step: "due",
      plannedAt: at("2025-12-03", time),
    }));
  const plan = (recorded: readonly RecordedStep[]) =>
    planReminders({ ...whole, obligations: [owed("xa-a")], people, recorded, from: now - 1, to: now }, now);

  test("takes no more", () => {
    expect(plan(before(["08:00", "09:00", "10:00"]))).toHaveLength(1);
    expect(plan(before(["08:00", "09:00", "10:00", "11:00"]))).toEqual([]);
  });

  test("counts merged messages once, and other days not at all", () => {
    expect(plan([...before(["08:00", "09:00", "10:00"]), ...before(["10:00"])])).toHaveLength(1);
    const yesterday = before(["08:00", "09:00", "10:00", "11:00"]).map((step) => ({
      ...step,
      plannedAt: step.plannedAt - 24 * 3_600_000,
    }));
    expect(plan(yesterday)).toHaveLength(1);
  });
});

describe("the quiet hours", () => {
  const quiet = campaign.quietHours;

  test.each([
    ["20:59", false],
    ["21:00", true],
    ["23:59", true],
    ["00:00", true],
    ["06:59", true],
    ["07:00", false],
  ])("at %s: %s", (time, expected) => {
    expect(isQuiet(quiet, at("2025-12-03", time))).toBe(expected);
  });

  test("end in the morning", () => {
    expect(toIso(afterQuiet(quiet, at("2025-12-03", "22:00")))).toBe("2025-12-04T07:00:00+07:00");
    expect(toIso(afterQuiet(quiet, at("2025-12-03", "03:00")))).toBe("2025-12-03T07:00:00+07:00");
    expect(toIso(afterQuiet(quiet, at("2025-12-03", "12:00")))).toBe("2025-12-03T12:00:00+07:00");
  });

  test("may lie within one day", () => {
    expect(isQuiet({ from: "12:00", to: "13:00" }, at("2025-12-03", "12:30"))).toBe(true);
    expect(isQuiet({ from: "12:00", to: "13:00" }, at("2025-12-03", "13:00"))).toBe(false);
  });
});

describe("an office that passes on what it receives", () => {
  const upward = { people: [linked("p", "huyen")], obligations: [owed("huyen", { line: "len-tinh" })] };

  test("is reminded only once its own digest is there", () => {
    expect(spoken(wavesBetween({ ...whole, ...upward }))).toEqual([
      "12-04T15:00 p two-hours len-tinh-2025-W49-huyen",
      "12-04T17:00 p due len-tinh-2025-W49-huyen",
      "12-05T08:00 p next-morning len-tinh-2025-W49-huyen",
    ]);
  });

  test("is reminded like anybody else where nothing flows into its report", () => {
    const campaign = aCampaign({ lines: [upwardLine()] });
    expect(wavesBetween({ ...whole, campaign, ...upward })).toHaveLength(5);
  });
});

describe("the posts of a unit's people", () => {
  const told = (people: readonly ReturnType<typeof linked>[], drafter: string | null = null) =>
    spoken(wavesBetween({ ...whole, obligations: [owed("xa-a", { drafter })], people })).map((line) =>
      line.split(" ").slice(1, 3).join(" "),
    );
  const deputy = { ...linked("deputy", "xa-a", LONG_AGO - 1), post: "deputy" as const };
  const acting = { ...linked("acting", "xa-a", LONG_AGO + 1), post: "acting" as const };
  const head = linked("head", "xa-a");

  test("ask a deputy only once the due instant has passed", () => {
    expect(told([deputy, head])).toEqual([
      "head opening",
      "head day-before",
      "head two-hours",
      "deputy due",
      "head due",
      "deputy next-morning",
      "head next-morning",
    ]);
  });

  test("put whoever stands in for the head first", () => {
    expect(told([head, acting]).slice(0, 4)).toEqual([
      "acting opening",
      "head opening",
      "acting day-before",
      "acting two-hours",
    ]);
  });

  test("follow a deputy who has begun", () => {
    expect(told([deputy, head], "deputy").slice(0, 3)).toEqual([
      "head opening",
      "deputy day-before",
      "deputy two-hours",
    ]);
  });

  test("ask a deputy from the opening where nobody else is linked", () => {
    expect(told([deputy])[0]).toBe("deputy opening");
  });
});

test("a full week holds no more reminders than the campaign allows", () => {
  const few = aCampaign({ maxWavesPerWeek: 2 });
  const input = { ...whole, campaign: few, obligations: [owed("xa-a")], people: [linked("p", "xa-a")] };
  const recorded: RecordedStep[] = [];
  for (const day of ["2025-12-01", "2025-12-02", "2025-12-03", "2025-12-04"]) {
    const [from, to] = [at(day, "00:00"), at(day, "23:59")];
    for (const { personId, at: plannedAt, steps } of planReminders({ ...input, recorded, from, to }, to))
      recorded.push(...steps.map(({ obligationId, step }) => ({ personId, obligationId, step, plannedAt })));
  }
  expect(recorded.map(({ step }) => step)).toEqual(["opening", "day-before"]);
});
