import { describe, expect, test } from "@jest/globals";
import { questionOfStory, splitQuestions } from "../../../src/knowledge/split-questions";

describe("splitQuestions", () => {
  test("at question marks", () => {
    expect(splitQuestions("Quỹ thí điểm mấy năm? Ngân sách góp bao nhiêu?")).toEqual({
      parts: ["Quỹ thí điểm mấy năm", "Ngân sách góp bao nhiêu"],
      isOneSubject: false,
    });
  });
  test("at words that add another question", () => {
    expect(splitQuestions("sàn ở đâu, với lại website là gì").parts).toHaveLength(2);
  });
  test("where one sentence asks twice, the later part is about the subject of the first", () => {
    expect(splitQuestions("Ai ký nghị quyết 29 và ký ngày nào?")).toEqual({
      parts: ["Ai ký nghị quyết 29", "ký ngày nào?"],
      isOneSubject: true,
    });
  });
  test("what does not ask stays with what comes next", () => {
    expect(splitQuestions("Với startup, sinh viên thì quỹ nào đầu tư").parts).toHaveLength(1);
  });
  test("the same of two papers", () => {
    expect(splitQuestions("nghị quyết 29 và 34 có mấy điều").parts).toEqual([
      "nghị quyết 29 có mấy điều",
      "nghị quyết 34 có mấy điều",
    ]);
  });
  test("two papers compared are one question", () => {
    expect(splitQuestions("nghị quyết 29 và 34 khác nhau thế nào").parts).toHaveLength(1);
  });
});

describe("questionOfStory", () => {
  const story = `${"Tôi mở xưởng đã mười năm nay, làm ăn cũng tạm. ".repeat(4)}Vậy xin hỏi sàn đặt ở đâu? Cảm ơn nhiều.`;
  test("the last sentence that asks", () => {
    expect(questionOfStory(story)?.question).toBe("Vậy xin hỏi sàn đặt ở đâu?");
  });
  test("what comes behind a formal preamble", () => {
    const asked = "Kính gửi quý cơ quan, để chuẩn bị tuyên truyền, đề nghị cho biết quỹ thí điểm mấy năm?";
    expect(questionOfStory(asked)?.question).toBe("quỹ thí điểm mấy năm?");
  });
  test("a short message is no story", () => {
    expect(questionOfStory("Sàn đặt ở đâu?")).toBeNull();
  });
});
