import { describe, expect, test } from "@jest/globals";
import { DAY_MS, HOUR_MS } from "../../../src/core/clock";
import { compileDigest } from "../../../src/reporting/digest";
import type { Correction, DigestContent } from "../../../src/reporting/digest-content";
import {
  correctionsBelow,
  newCorrections,
  toldBelowIn,
  untoldCorrections,
  type Amended,
  type Revision,
} from "../../../src/reporting/digest-corrections";
import { headingOf } from "../../../src/reporting/digest-heading";
import { aRow, CAMPAIGN, dueOf, TEMPLATE } from "../../support/digest-campaign";

const DUE = dueOf("so-gd", "2025-W49");

/** The digest of so-gd in which unit `a` stood with version 1. */
const digestWith = (corrections: readonly Correction[]): DigestContent =>
  compileDigest({
    heading: {
      ...headingOf(CAMPAIGN, CAMPAIGN.lines[0]!, "2025-W49"),
      period: { id: "2025-W49", startsOn: "2025-11-27", endsOn: "2025-12-03", dueAt: DUE, rule: "mục thử" },
    },
    template: TEMPLATE,
    frozenAt: DUE,
    obligations: [aRow("a")],
    earlier: {},
    previous: null,
    corrections,
    below: [],
    tickets: [],
  });

const revision = (version: number, values: Revision["values"]): Revision => ({
  period: "2025-W49",
  unitCode: "a",
  unitName: "Trường a",
  version,
  at: DUE + (version - 1) * DAY_MS - 1,
  values,
});

const amendedBy = (unitCode: string, period: string): Correction => ({
  period,
  unitCode,
  unitName: unitCode,
  kind: "amended",
  version: 2,
  changes: [{ field: "tin_bai", from: 41, to: 14 }],
});

test("a report sent again without a change is no correction", () => {
  const first = revision(1, { tin_bai: 1 });
  expect(untoldCorrections(digestWith([]), [first, revision(2, { tin_bai: 1 })])).toEqual([]);
  expect(untoldCorrections(digestWith([]), [first, revision(2, { tin_bai: 2 })])).toMatchObject([
    { kind: "amended", changes: [{ field: "tin_bai", from: 1, to: 2 }] },
  ]);
});

test("nothing is corrected before the first digest", () => {
  expect(untoldCorrections(null, [revision(1, {}), revision(2, { tin_bai: 1 })])).toEqual([]);
});

/** The office's report upward of the week, amended at this instant. */
const amendedUpward = (period: string, at: number): Amended => ({ unitCode: "so-gd", period, at });

test("an office that has amended its own report is not corrected a second time from below", () => {
  const lower = digestWith([amendedBy("thpt-a", "2025-W48"), amendedBy("thpt-b", "2025-W47")]);
  expect(correctionsBelow([lower], []).map(({ period, moved }) => [period, moved])).toEqual([
    ["2025-W47", { tin_bai: -27 }],
    ["2025-W48", { tin_bai: -27 }],
  ]);
  const own = [amendedUpward("2025-W48", DUE)];
  expect(correctionsBelow([lower], own).map(({ period }) => period)).toEqual(["2025-W47"]);
});

test("what an office could not know when it amended its report still goes up", () => {
  const lower = digestWith([
    { ...amendedBy("thpt-a", "2025-W48"), at: DUE - DAY_MS },
    { ...amendedBy("thpt-b", "2025-W48"), at: DUE - 1 },
  ]);
  expect(correctionsBelow([lower], [amendedUpward("2025-W48", DUE - HOUR_MS)])).toMatchObject([
    { amended: 1, moved: { tin_bai: -27 } },
  ]);
});

test("what an office was told from below goes on to the office above it", () => {
  const told = correctionsBelow([digestWith([amendedBy("thpt-a", "2025-W48")])], []);
  const middle: DigestContent = { ...digestWith([amendedBy("b", "2025-W48")]), below: told };
  expect(correctionsBelow([middle], [])).toMatchObject([
    { unitCode: "so-gd", period: "2025-W48", late: 0, amended: 2, moved: { tin_bai: -54 } },
  ]);
  expect(correctionsBelow([middle], [amendedUpward("2025-W48", DUE)])).toEqual([]);
});

describe("an amendment upward after its correction has passed through from below", () => {
  const below = correctionsBelow([digestWith([amendedBy("thpt-a", "2025-W48")])], []);
  const told = toldBelowIn([{ corrections: [], below }]);
  const upward = (values: Record<string, number>) =>
    untoldCorrections(
      digestWith([]),
      [
        { ...revision(1, { tin_bai: 41 }), unitCode: "so-gd", period: "2025-W48", at: DUE - DAY_MS },
        { ...revision(2, values), unitCode: "so-gd", period: "2025-W48", at: DUE + DAY_MS },
      ],
      told,
    );

  test("keeps the whole change on record and tells nothing again", () => {
    const corrections = upward({ tin_bai: 14 });
    expect(corrections).toMatchObject([{ changes: [{ from: 41, to: 14 }], toldBelow: { tin_bai: -27 } }]);
    expect(newCorrections(corrections)).toEqual([]);
    expect(correctionsBelow([digestWith(corrections)], [])).toEqual([]);
  });

  test("tells what is new about it, once", () => {
    const corrections = upward({ tin_bai: 10, luot_nguoi: 5 });
    expect(newCorrections(corrections)).toMatchObject([
      {
        changes: [
          { field: "luot_nguoi", from: null, to: 5 },
          { field: "tin_bai", from: 14, to: 10 },
        ],
      },
    ]);
    expect(correctionsBelow([digestWith(corrections)], [])).toMatchObject([
      { moved: { tin_bai: -4, luot_nguoi: 5 } },
    ]);
    expect(
      toldBelowIn([
        { corrections: [], below },
        { corrections, below: [] },
      ]).size,
    ).toBe(0);
  });
});
