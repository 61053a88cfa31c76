import { describe, expect, test } from "@jest/globals";
import { aPerson, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

describe("somebody begins to follow", () => {
  test("and reads who runs this, that it is a machine, and what it can do", () => {
    const talk = talkTo().meets({ kind: "follow" });
    expect(talk.text).toBe(
      "Xin chào Minh! Đây là kênh trả lời tự động (bot) do Sở KH&CN phụ trách, phục vụ Đợt cao điểm 90 ngày. " +
        "Câu trả lời lấy từ bộ hỏi đáp có ghi nguồn; câu nào chưa có sẽ được chuyển cho cán bộ.\n\n" +
        "Anh/chị gõ câu hỏi bất kỳ về Đợt cao điểm 90 ngày, có dấu hay không dấu đều được, hoặc bấm Hỏi đáp để xem theo từng nghị quyết. " +
        "Đầu mối của đơn vị bấm Liên kết đơn vị để nộp báo cáo.",
    );
    expect(talk.heard).toHaveLength(1);
  });

  test("without a name is greeted all the same", () => {
    const talk = talkTo({ context: { person: aPerson({ displayName: null }) } }).meets({ kind: "follow" });
    expect(talk.text).toMatch(/^Xin chào! Đây là/);
  });

  test("again, linked, and sees the unit", () => {
    const person = aPerson({ memberships: [REPORTER] });
    expect(talkTo({ context: { person } }).meets({ kind: "follow" }).text).toContain(
      "liên kết với THPT Chu Văn An",
    );
  });

  test("and leaves: nothing is said", () => {
    expect(talkTo().meets({ kind: "unfollow" }).effects).toEqual([]);
  });
});
