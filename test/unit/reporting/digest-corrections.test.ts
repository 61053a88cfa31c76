import { expect, test } from "@jest/globals";
import { DAY_MS } from "../../../src/core/clock";
import { compileDigest } from "../../../src/reporting/digest";
import type { Correction, DigestContent } from "../../../src/reporting/digest-content";
import {
  correctionsBelow,
  untoldCorrections,
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

test("an office that has amended its own report is not corrected a second time from below", () => {
  const lower = digestWith([amendedBy("thpt-a", "2025-W48"), amendedBy("thpt-b", "2025-W47")]);
  expect(correctionsBelow([lower], []).map(({ period, moved }) => [period, moved])).toEqual([
    ["2025-W47", { tin_bai: -27 }],
    ["2025-W48", { tin_bai: -27 }],
  ]);
  const own = [amendedBy("so-gd", "2025-W48")];
  expect(correctionsBelow([lower], own).map(({ period }) => period)).toEqual(["2025-W47"]);
});

test("what an office was told from below goes on to the office above it", () => {
  const told = correctionsBelow([digestWith([amendedBy("thpt-a", "2025-W48")])], []);
  const middle: DigestContent = { ...digestWith([amendedBy("b", "2025-W48")]), below: told };
  expect(correctionsBelow([middle], [])).toMatchObject([
    { unitCode: "so-gd", period: "2025-W48", late: 0, amended: 2, moved: { tin_bai: -54 } },
  ]);
  expect(correctionsBelow([middle], [amendedBy("so-gd", "2025-W48")])).toEqual([]);
});
