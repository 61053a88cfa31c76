import { describe, expect, test } from "@jest/globals";
import { questionOfStory, splitQuestions } from "../../../src/knowledge/split-questions";

describe("splitQuestions", () => {
  test("at question marks", () => {
    expect(splitQuestions("Quỹ thí điểm mấy năm? Ngân sách góp bao nhiêu?")).toEqual([
      "Quỹ thí điểm mấy năm",
      "Ngân sách góp bao nhiêu",
    ]);
  });
  test("at words that add another question", () => {
    expect(splitQuestions("sàn ở đâu, với lại website là gì")).toHaveLength(2);
  });
  test("one question stays whole", () => {
    expect(splitQuestions("Ai ký nghị quyết 29 và ngày nào?")).toHaveLength(1);
  });
});

describe("questionOfStory", () => {
  const story = `${"Tôi mở xưởng đã mười năm nay, làm ăn cũng tạm. ".repeat(4)}Vậy xin hỏi sàn đặt ở đâu? Cảm ơn nhiều.`;
  test("the last sentence that asks", () => {
    expect(questionOfStory(story)?.question).toBe("Vậy xin hỏi sàn đặt ở đâu?");
  });
  test("a short message is no story", () => {
    expect(questionOfStory("Sàn đặt ở đâu?")).toBeNull();
  });
});
