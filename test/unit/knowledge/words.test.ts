import { describe, expect, test } from "@jest/globals";
import { PieceBook, splitWords } from "../../../src/knowledge/pieces";

const words = (text: string): string =>
  splitWords(text)
    .map((word) => word.text)
    .join(" ");

describe("named papers", () => {
  test.each([
    ["NQ30"],
    ["nq 30"],
    ["NQ-30"],
    ["nghị quyết số 30"],
    ["nghi quyet 30"],
    ["Nghị quyết 30/2025/NQ-HĐND"],
    ["30/2025/NQ-HĐND"],
    ["30/2025"],
  ])("%s is one paper", (spelling) => {
    expect(splitWords(spelling).map((word) => word.text)).toContain("nq30");
  });

  test.each([
    ["459/NQ-HĐND", "nq459"],
    ["nq461", "nq461"],
    ["KH 316/KH-UBND", "kh316"],
    ["Nghị định 264/2025/NĐ-CP", "nđ264"],
    ["Quyết định 1442/QĐ-UBND", "qđ1442"],
    ["Luật Thủ đô 02/2026/QH16", "luật2"],
    ["nghị quyết 57-NQ/TW", "nq57"],
  ])("%s is %s", (spelling, token) => {
    expect(splitWords(spelling).map((word) => word.text)).toContain(token);
  });

  test.each([
    ["nghị quyết về quỹ mạo hiểm", "nq30"],
    ["nghi quyet ve he sinh thai khoi nghiep", "nq35"],
    ["nghị quyết về một số chính sách phát triển khoa học", "nq34"],
    ["nhiệm vụ số 6", "nv6"],
    ["nhiem vu 12", "nv12"],
  ])("%s is called by its subject or number: %s", (spelling, token) => {
    expect(splitWords(spelling).map((word) => word.text)).toContain(token);
  });
  test.each([["sáu nghị quyết về khởi nghiệp"], ["các nghị quyết về quỹ"], ["nghị quyết nào về sàn"]])(
    "%s means no one paper",
    (text) => {
      expect(splitWords(text).filter((word) => word.isFixed)).toEqual([]);
    },
  );

  test.each([
    ["kế hoạch 90 ngày", "kế hoạch 90 ngày"],
    ["luật 2024", "luật 2024"],
    ["nghị quyết ngày 29/9/2025", "nghị quyết ngày 29/9 2025"],
    ["tăng 30%", "tăng 30 phần trăm"],
  ])("%s names no paper", (text, read) => {
    expect(words(text)).toBe(read);
  });
});

describe("numbers and dates", () => {
  test.each([
    ["2.000 tỷ", "2000 tỷ"],
    ["2,34 triệu", "2.34 triệu"],
    ["ngày 03/02/2026", "ngày 3/2 2026"],
    ["ngày 3 tháng 2 năm 2026", "ngày 3/2 2026"],
    ["tháng 02/2026", "tháng 2 2026"],
    ["12-14/12", "12 14/12"],
    ["02 nhiệm vụ", "2 nhiệm vụ"],
  ])("%s", (text, read) => {
    expect(words(text)).toBe(read);
  });
});

describe("spelling of marks and case", () => {
  test("marks put together or apart are the same", () => {
    expect(words("Quỹ mạo hiểm".normalize("NFD"))).toBe("quỹ mạo hiểm");
  });
  test("the old and the new place of the mark are the same", () => {
    expect(words("thuỷ hoà khoẻ")).toBe(words("thủy hòa khỏe"));
  });
  test("'quý' keeps its mark on the y", () => {
    expect(words("quý")).toBe("quý");
  });
  test("letters drawn out are shortened", () => {
    expect(words("nhiềuuuu lắmmm")).toBe("nhiều lắm");
  });
  test("AI in capitals is not the question word", () => {
    expect(words("camera AI do ai làm")).toBe("camera trí tuệ nhân tạo do ai làm");
  });
});

describe("remembered pieces", () => {
  const texts = [
    "theo nghị quyết : 30 thì sao",
    "xin hỏi nghị quyết về quỹ mạo hiểm ra ngày 3 tháng 2 năm 2026, đúng không",
    "góp 459 tỷ hay kế hoạch 90 ngày của Kế hoạch số 316",
    "AI trong  nghị quyết 459 và NQ 461",
  ];

  test.each(texts)("%s is read the same again and as by itself", (text) => {
    const book = new PieceBook();
    for (const known of texts) splitWords(known, book);
    book.close();
    expect(splitWords(text, book)).toEqual(splitWords(text));
    expect(splitWords(`${text} ${text}`, book)).toEqual([...splitWords(text), ...splitWords(text)]);
  });

  test("a name is read as a whole, wherever it stands", () => {
    expect(texts.map(words)).toEqual([
      "theo nghị quyết nq30 thì sao",
      "xin hỏi nghị quyết về quỹ nghị quyết nq30 mạo hiểm ra ngày 3/2 2026 đúng không",
      "góp 459 tỷ hay kế hoạch 90 ngày của kế hoạch kh316",
      "trí tuệ nhân tạo trong nghị quyết nq459 và nghị quyết nq461",
    ]);
  });
});
