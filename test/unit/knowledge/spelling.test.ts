import { describe, expect, test } from "@jest/globals";
import { createSpeller } from "../../../src/knowledge/spelling";

const speller = createSpeller(
  new Map([
    ["gia", 5],
    ["gan", 50],
    ["tham", 4],
    ["nghi", 9],
    ["quyet", 9],
    ["thanh", 7],
    ["pho", 7],
  ]),
);

describe("corrections", () => {
  test("swapped letters are the likeliest slip", () => {
    expect(speller.corrections("gai")[0]).toBe("gia");
  });
  test("a letter too few or too many", () => {
    expect(speller.corrections("thah")).toContain("thanh");
    expect(speller.corrections("quyett")).toContain("quyet");
  });
  test("two slips are too many", () => {
    expect(speller.corrections("kuiet")).toEqual([]);
  });
  test("short words are left alone", () => {
    expect(speller.corrections("ga")).toEqual([]);
  });
});

describe("words run together", () => {
  test("are taken apart", () => {
    expect(speller.split("nghiquyet")).toEqual(["nghi", "quyet"]);
    expect(speller.split("thamgiathanhpho")).toEqual(["tham", "gia", "thanh", "pho"]);
  });
  test("only when every part is known", () => {
    expect(speller.split("nghixyz")).toBeNull();
  });
});
