import { describe, expect, test } from "@jest/globals";
import { clip, fold, foldedWords, lengthOf, normalise } from "../../../src/core/text";

describe("Vietnamese text", () => {
  test.each([
    ["hoà", "hòa"],
    ["HOÀ", "HÒA"],
    ["thuỷ", "thủy"],
    ["quý", "quý"],
    ["toàn", "toàn"],
    ["khoẻ", "khỏe"],
  ])("%s is stored as %s", (typed, stored) => {
    expect(normalise(typed)).toBe(stored);
    expect(normalise(typed.normalize("NFD"))).toBe(stored);
  });

  test("keeps line breaks and drops what cannot be seen", () => {
    expect(normalise("a\u200b\u0000b\r\nc")).toBe("ab\n\nc");
  });

  test.each([
    ["Đường ĐẠI HỌC", "duong dai hoc"],
    ["Nghị quyết", "nghi quyet"],
  ])("%s folds to %s", (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(text.normalize("NFD"))).toBe(folded);
  });

  test("folded words are joined by single blanks", () => {
    expect(foldedWords("  Báo cáo:  tuần-này! ")).toBe("bao cao tuan nay");
  });

  test("is counted by letters, whichever way they are stored", () => {
    expect(lengthOf("Số".normalize("NFD"))).toBe(2);
  });

  test("is clipped between letters, and says so", () => {
    expect(clip("Nghị quyết", 5)).toBe("Nghị…");
    expect(clip("Nghị", 4)).toBe("Nghị");
    expect(lengthOf(clip("a b c d e f", 5))).toBeLessThanOrEqual(5);
  });
});
