import { describe, expect, test } from "@jest/globals";
import { toIso } from "../../../src/core/clock";
import { feedersOf, lineOf, periodBeside, periodsOf } from "../../../src/reporting/periods";
import { aCampaign, aLine, upwardLine } from "../../support/a-campaign";

const campaign = aCampaign();

function periodIn(line: string, id: string, of = campaign) {
  const period = periodsOf(of, line).find((candidate) => candidate.id === id);
  if (period === undefined) throw new Error(`no period ${id}`);
  const { opensAt, dueAt, closesAt, startsOn, endsOn } = period;
  return { startsOn, endsOn, opens: toIso(opensAt), due: toIso(dueAt), closes: toIso(closesAt) };
}

describe("a week without holidays", () => {
  test("opens on Monday, is due on the plan's day, closes with the next deadline", () => {
    expect(periodIn("len-huyen", "2025-W49")).toEqual({
      startsOn: "2025-11-27",
      endsOn: "2025-12-03",
      opens: "2025-12-01T07:00:00+07:00",
      due: "2025-12-03T17:00:00+07:00",
      closes: "2025-12-10T17:00:00+07:00",
    });
  });

  test("has one period for each nominal day of the line", () => {
    expect(periodsOf(campaign, "len-huyen").map(({ id }) => id)).toEqual([
      "2025-W49",
      "2025-W50",
      "2025-W51",
      "2025-W52",
      "2026-W01",
      "2026-W02",
      "2026-W03",
      "2026-W04",
      "2026-W05",
    ]);
  });

  test("names the rule it was made by", () => {
    expect(periodsOf(campaign, "len-huyen")[0]?.rule).toBe("Hạn: thứ Tư hằng tuần, 17:00 (mục 1).");
  });
});

describe("a due day off", () => {
  const thursday = aCampaign({ lines: [aLine({ weekday: 4 })] });

  test("moves to the next working day and keeps the week's id", () => {
    expect(periodIn("len-huyen", "2026-W01", thursday)).toEqual({
      startsOn: "2025-12-26",
      endsOn: "2026-01-01",
      opens: "2025-12-29T07:00:00+07:00",
      due: "2026-01-05T17:00:00+07:00",
      closes: "2026-01-12T17:00:00+07:00",
    });
  });

  test("is told in the rule", () => {
    expect(periodsOf(thursday, "len-huyen").find(({ id }) => id === "2026-W01")?.rule).toBe(
      "Hạn: thứ Năm hằng tuần, 17:00 (mục 1). Ngày 01/01/2026 nghỉ (Tết Dương lịch), hạn chuyển sang ngày làm việc kế tiếp: thứ Hai 05/01/2026.",
    );
  });

  test("lets the next period open only after it", () => {
    expect(periodIn("len-huyen", "2026-W02", thursday).opens).toBe("2026-01-06T07:00:00+07:00");
  });

  test("stays where the line says so", () => {
    const keeping = aCampaign({ lines: [aLine({ weekday: 4, onHoliday: "keep" })] });
    expect(periodIn("len-huyen", "2026-W01", keeping).due).toBe("2026-01-01T17:00:00+07:00");
  });

  test("that stays in a long break still opens before it is due", () => {
    const days = ["2026-01-08", "2026-01-09", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15"];
    const keeping = aCampaign({
      lines: [aLine({ onHoliday: "keep" })],
      holidays: days.map((day) => ({ day, name: "nghỉ", kind: "off", status: "official" })),
    });
    expect(periodIn("len-huyen", "2026-W03", keeping)).toMatchObject({
      opens: "2026-01-14T07:00:00+07:00",
      due: "2026-01-14T17:00:00+07:00",
    });
  });

  test("that is only proposed or computed moves nothing", () => {
    expect(periodIn("len-huyen", "2026-W03").due).toBe("2026-01-14T17:00:00+07:00");
    expect(periodIn("len-tinh", "2026-W03").due).toBe("2026-01-15T17:00:00+07:00");
  });

  test("in a break of more than a week leaves each period its own day", () => {
    const days = ["2026-01-14", "2026-01-15", "2026-01-16", "2026-01-19", "2026-01-20", "2026-01-21"];
    const long = aCampaign({
      lines: [aLine()],
      holidays: days.map((day) => ({ day, name: "nghỉ", kind: "off", status: "official" })),
    });
    expect(periodIn("len-huyen", "2026-W03", long).due).toBe("2026-01-22T17:00:00+07:00");
    expect(periodIn("len-huyen", "2026-W04", long)).toMatchObject({
      opens: "2026-01-23T07:00:00+07:00",
      due: "2026-01-23T17:00:00+07:00",
    });
  });
});

describe("a line's own calendar", () => {
  const closed = [{ day: "2025-12-10", name: "Đại hội" }];

  test("moves its deadline, and no other line's", () => {
    const own = aCampaign({ lines: [aLine({ daysOff: closed }), aLine({ id: "khac", receiver: "tinh" })] });
    expect(periodIn("len-huyen", "2025-W50", own).due).toBe("2025-12-11T17:00:00+07:00");
    expect(periodIn("khac", "2025-W50", own).due).toBe("2025-12-10T17:00:00+07:00");
    expect(periodsOf(own, "len-huyen")[1]?.rule).toContain("Ngày 10/12/2025 nghỉ (Đại hội)");
  });

  test("counts before a Saturday that the country works", () => {
    const saturday = aLine({ weekday: 6, daysOff: [{ day: "2026-01-10", name: "nghỉ riêng" }] });
    expect(periodIn("len-huyen", "2026-W02", aCampaign({ lines: [saturday] })).due).toBe(
      "2026-01-12T17:00:00+07:00",
    );
  });

  test("has its own phases, or the campaign's; of two on one day the later one", () => {
    const december = { name: "Tăng tốc", startsOn: "2025-12-01", endsOn: "2025-12-31" };
    const phases = [
      { name: "Hành động", startsOn: "2025-12-01", endsOn: "2025-12-10" },
      { ...december, startsOn: "2025-12-10" },
    ];
    const both = aCampaign({ phases: [december], lines: [aLine({ phases }), upwardLine()] });
    const ruleOf = (line: string, i: number) => periodsOf(both, line)[i]?.rule;
    expect(ruleOf("len-huyen", 0)).toContain("Giai đoạn: Hành động.");
    expect(ruleOf("len-huyen", 1)).toContain("Giai đoạn: Tăng tốc.");
    expect(ruleOf("len-tinh", 0)).toContain("Giai đoạn: Tăng tốc.");
    expect(ruleOf("len-tinh", 6)).not.toContain("Giai đoạn");
  });
});

describe("a line that others flow into", () => {
  const lines = [aLine({ weekday: 4 }), upwardLine({ weekday: 5 })];
  const stacked = aCampaign({ lines });

  test("is due after them even where a holiday would put both on one instant", () => {
    expect(periodIn("len-huyen", "2026-W01", stacked).due).toBe("2026-01-05T17:00:00+07:00");
    expect(periodIn("len-tinh", "2026-W01", stacked).due).toBe("2026-01-06T17:00:00+07:00");
  });

  test("keeps its own day where the plan has it come first", () => {
    const early = aCampaign({ lines: [aLine({ weekday: 5 }), upwardLine({ weekday: 2 })] });
    expect(periodIn("len-tinh", "2025-W50", early).due).toBe("2025-12-09T17:00:00+07:00");
  });

  test("knows them", () => {
    expect(feedersOf(stacked, lineOf(stacked, "len-tinh")).map(({ id }) => id)).toEqual(["len-huyen"]);
    expect(feedersOf(stacked, lineOf(stacked, "len-huyen"))).toEqual([]);
  });
});

test("a line due early in the week still opens two working days before", () => {
  const monday = aCampaign({ lines: [aLine({ weekday: 1 })] });
  expect(periodIn("len-huyen", "2025-W50", monday).opens).toBe("2025-12-04T07:00:00+07:00");
});

test("nothing opens before the campaign begins", () => {
  const late = aCampaign({ startsOn: "2025-12-02" });
  expect(periodIn("len-huyen", "2025-W49", late).opens).toBe("2025-12-02T07:00:00+07:00");
});

test("neighbours of a period", () => {
  expect(periodBeside(campaign, "len-huyen", "2025-W50", -1)?.id).toBe("2025-W49");
  expect(periodBeside(campaign, "len-huyen", "2025-W50", 1)?.id).toBe("2025-W51");
  expect(periodBeside(campaign, "len-huyen", "2025-W49", -1)).toBeUndefined();
  expect(periodBeside(campaign, "len-huyen", "2030-W01", 1)).toBeUndefined();
});
