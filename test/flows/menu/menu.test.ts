import { describe, expect, test } from "@jest/globals";
import { aPerson, aReport, aTicket, OFFICE_STAFF, REPORTER, STAFF, WHOLE } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

describe("the menu", () => {
  test.each(["menu", "MENU", "Bắt đầu", "trợ giúp"])("comes for %s", (word) => {
    expect(talkTo().says(word).titles).toEqual(["Hỏi đáp", "Liên kết đơn vị", "Dữ liệu của tôi"]);
  });

  test("of a reporter names what is owed", () => {
    const talk = talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport()] } });
    talk.says("menu");
    expect(talk.text).toBe(
      "Anh/chị đang liên kết với THPT Chu Văn An.\n" +
        "📌 Báo cáo tuần 49 của THPT Chu Văn An: hạn 17:00 thứ Tư 03/12/2025, chưa nộp.\n" +
        "Anh/chị bấm nút bên dưới, hoặc gõ câu hỏi.",
    );
    expect(talk.titles).toEqual(["Báo cáo", "Không phát sinh", "Khó khăn", "Gia hạn", "Hỏi đáp"]);
    expect(talk.taps("Báo cáo").text).toContain("(1/5)");
  });

  test("does not name what has been handed in", () => {
    const reports = [aReport({ version: 1, status: "submitted", submitted: WHOLE })];
    const talk = talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports } }).says("menu");
    expect(talk.text).not.toContain("📌");
  });

  test("of an officer counts what waits", () => {
    const context = {
      person: aPerson({ memberships: [OFFICE_STAFF] }),
      tickets: [aTicket(), aTicket({ code: "HD-2", status: "closed" })],
    };
    const talk = talkTo({ context }).says("menu");
    expect(talk.text).toContain("Có 1 câu hỏi, vướng mắc chờ trả lời.");
    expect(talk.titles).toEqual(["Bản tổng hợp mới nhất", "Việc chờ xử lý", "Hỏi đáp"]);
  });

  test("of an office that reports upward has both", () => {
    const talk = talkTo({
      context: { person: aPerson({ memberships: [STAFF] }), reports: [aReport()] },
    }).says("menu");
    expect(talk.titles).toEqual([
      "Bản tổng hợp mới nhất",
      "Việc chờ xử lý",
      "Báo cáo",
      "Khó khăn",
      "Hỏi đáp",
    ]);
  });
});
