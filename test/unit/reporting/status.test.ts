import { describe, expect, test } from "@jest/globals";
import { statusOf, type LedgerRow } from "../../../src/reporting/status";
import { usualOf } from "../../../src/reporting/usual";

const DUE = 1_000;
const row = (over: Partial<LedgerRow> = {}): LedgerRow => ({
  dueAt: DUE,
  exemptReason: null,
  version: 0,
  nil: false,
  submittedAt: null,
  draftStartedAt: null,
  ...over,
});

describe("the state of an obligation", () => {
  test.each([
    ["nothing yet", row(), DUE - 1, "waiting"],
    ["begun", row({ draftStartedAt: 5 }), DUE - 1, "drafting"],
    ["nothing at the due instant", row(), DUE, "missing"],
    ["only begun at the due instant", row({ draftStartedAt: 5 }), DUE, "missing"],
    ["handed in", row({ version: 1, submittedAt: DUE - 1 }), DUE + 9, "submitted"],
    ["nil", row({ version: 1, submittedAt: DUE - 1, nil: true }), DUE + 9, "nil"],
    ["at the due instant itself", row({ version: 1, submittedAt: DUE }), DUE + 9, "late"],
    ["nil, but late", row({ version: 1, submittedAt: DUE + 1, nil: true }), DUE + 9, "late"],
    ["an amendment under way", row({ version: 1, submittedAt: 5, draftStartedAt: 6 }), 7, "submitted"],
    ["exempt", row({ exemptReason: "nghỉ" }), DUE + 9, "exempt"],
  ] as const)("%s", (_name, ledgerRow, now, expected) => {
    expect(statusOf(ledgerRow, now)).toBe(expected);
  });
});

describe("what is usual for a unit", () => {
  test("is unknown with fewer than four weeks", () => {
    expect(usualOf([1, 2, 3])).toBeNull();
  });

  test("lies around the median, as wide as the weeks differ", () => {
    expect(usualOf([300, 320, 280, 310, 290])).toEqual({ low: 150, high: 450 });
    expect(usualOf([100, 400, 100, 400])).toEqual({ low: 0, high: 1029 });
  });

  test("is not thrown off by one odd week", () => {
    expect(usualOf([10, 11, 9, 10, 10, 5000])).toEqual({ low: 5, high: 15 });
  });

  test("leaves small figures room", () => {
    expect(usualOf([1, 1, 1, 1])).toEqual({ low: 0, high: 6 });
  });
});
