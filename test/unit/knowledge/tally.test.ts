import { describe, expect, test } from "@jest/globals";
import { wilson } from "../../../src/tools/tally";

describe("wilson", () => {
  test("ten of ten is not certainty", () => {
    const { low, high } = wilson({ passed: 10, judged: 10 });
    expect(low).toBeCloseTo(0.722, 2);
    expect(high).toBe(1);
  });
  test("half of a hundred", () => {
    const { low, high } = wilson({ passed: 50, judged: 100 });
    expect(low).toBeCloseTo(0.404, 2);
    expect(high).toBeCloseTo(0.596, 2);
  });
  test("nothing judged says nothing", () => {
    expect(wilson({ passed: 0, judged: 0 })).toEqual({ low: 0, high: 1 });
  });
});
