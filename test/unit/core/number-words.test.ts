import { describe, expect, test } from "@jest/globals";
import { inDigits, inWords } from "../../../src/core/number-words";

describe("a number read out", () => {
  test.each<[number, string]>([
    [0, "không"],
    [4, "bốn"],
    [10, "mười"],
    [15, "mười lăm"],
    [21, "hai mươi mốt"],
    [25, "hai mươi lăm"],
    [40, "bốn mươi"],
    [105, "một trăm linh năm"],
    [110, "một trăm mười"],
    [111, "một trăm mười một"],
    [1000, "một nghìn"],
    [1002, "một nghìn không trăm linh hai"],
    [1250, "một nghìn hai trăm năm mươi"],
    [10_015, "mười nghìn không trăm mười lăm"],
    [1_000_200, "một triệu không nghìn hai trăm"],
    [2_000_000_005, "hai tỷ không triệu không nghìn không trăm linh năm"],
    [1_200_000_000_000, "một nghìn hai trăm tỷ"],
  ])("%d is %s", (value, words) => {
    expect(inWords(value)).toBe(words);
  });

  test("has points between its thousands", () => {
    expect(inDigits(1_234_567)).toBe("1.234.567");
  });
});
