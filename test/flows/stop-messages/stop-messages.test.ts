import { describe, expect, test } from "@jest/globals";
import { talkTo } from "../../support/talk-to";

describe("messages", () => {
  test("are stopped and resumed by words", () => {
    const talk = talkTo().says("dung nhan tin");
    expect(talk.effectsOf("opt-out")).toHaveLength(1);
    expect(talk.text).toBe(
      "Đã dừng tin nhắc và bản tổng hợp gửi tới anh/chị. Câu trả lời cho điều anh/chị hỏi vẫn được gửi. Muốn nhận lại, gõ “nhận tin lại”.",
    );
    expect(talk.says("dừng nhận tin").effectsOf("opt-out")).toEqual([]);
    expect(talk.text).toContain("đã được dừng từ trước");
    expect(talk.says("nhận tin lại").effectsOf("opt-in")).toHaveLength(1);
    expect(talk.says("nhận tin lại").effectsOf("opt-in")).toEqual([]);
  });

  test("are resumed by the button", () => {
    expect(talkTo().says("dừng nhận tin").taps("Nhận tin lại").effectsOf("opt-in")).toHaveLength(1);
  });
});
