import { describe, expect, test } from "@jest/globals";
import { codeFrom, seededIds, sha256Hex, systemIds } from "../../../src/core/ids";

describe("ids", () => {
  test("sort by the time of their making", () => {
    const ids = seededIds();
    expect([ids.next(3), ids.next(1), ids.next(2)].toSorted().map((id) => id.slice(0, 10))).toEqual([
      "0000000001",
      "0000000002",
      "0000000003",
    ]);
  });

  test("are alike for one seed and different for another", () => {
    expect(seededIds(7).next(1)).toBe(seededIds(7).next(1));
    expect(seededIds(7).next(1)).not.toBe(seededIds(8).next(1));
  });

  test("of the machine are never the same, and hold no letters that are mistaken for others", () => {
    const codes = Array.from({ length: 200 }, () => systemIds.secretCode(8));
    expect(new Set(codes).size).toBe(200);
    expect(codes.join("")).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
    const chance = systemIds.random();
    expect(chance >= 0 && chance < 1).toBe(true);
  });
});

describe("the code of an event", () => {
  test("follows from the event alone", () => {
    expect(codeFrom("BC", "event", "OB1")).toBe(codeFrom("BC", "event", "OB1"));
    expect(codeFrom("BC", "event", "OB1")).not.toBe(codeFrom("BC", "event", "OB2"));
    expect(codeFrom("BC", "a", "b")).not.toBe(codeFrom("BC", "ab"));
    expect(codeFrom("BC", "x")).toMatch(/^BC-[0-9A-HJKMNP-TV-Z]{7}$/);
  });
});

test("a hash is SHA-256", () => {
  expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
