import { describe, expect, test } from "@jest/globals";
import { asksSomething } from "../../../src/core/question-words";

describe("a text that asks", () => {
  test.each([
    "quỹ là gì",
    "quy la gi",
    "ai được vay",
    "có mấy nghị quyết",
    "nộp ở đâu",
    "o dau",
    "được không",
    "5?",
    "cho hỏi chút",
  ])("%s", (text) => {
    expect(asksSomething(text)).toBe(true);
  });

  test.each([
    "thiếu máy chiếu",
    "5 may chieu",
    "ứng dụng AI vào dạy học",
    "không có hội nghị nào",
    "ko có gì",
    "đã xong",
    "300 người",
  ])("%s does not", (text) => {
    expect(asksSomething(text)).toBe(false);
  });
});
