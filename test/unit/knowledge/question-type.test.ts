import { describe, expect, test } from "@jest/globals";
import { questionTypes, typeNames } from "../../../src/knowledge/question-type";
import { splitWords } from "../../../src/knowledge/pieces";

const types = (text: string, hasMarks = true): string[] =>
  typeNames(questionTypes(splitWords(text), hasMarks));

describe("questionTypes", () => {
  test.each([
    ["ngân sách góp bao nhiêu", "amount"],
    ["ra mắt khi nào", "when"],
    ["cơ quan nào chủ trì", "who"],
    ["trụ sở ở đâu", "where"],
    ["vì sao chọn công ty cổ phần", "why"],
    ["khác nhau thế nào", "compare"],
  ])("%s asks for %s", (text, type) => {
    expect(types(text)).toContain(type);
  });

  test("'đầu tư' does not ask where, not even without marks", () => {
    expect(types("quỹ đầu tư")).not.toContain("where");
    expect(types("quy dau tu mao hiem", false)).not.toContain("where");
    expect(types("san o dau", false)).toContain("where");
  });
});
