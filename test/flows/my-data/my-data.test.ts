import { describe, expect, test } from "@jest/globals";
import { aPerson, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

describe("my data", () => {
  test("is shown whole", () => {
    const talk = talkTo({ context: { person: aPerson({ memberships: [REPORTER], consented: true }) } });
    expect(talk.says("dữ liệu của tôi").text).toBe(
      [
        "Dữ liệu của anh/chị tại đây, do Sở KH&CN quản lý:",
        "• Tên hiển thị: Minh; mã tài khoản Zalo.",
        "• Liên kết: THPT Chu Văn An, đầu mối báo cáo.",
        "• Từ 01/12/2025: 3 tin nhắn, 0 lần nộp báo cáo, 0 câu hỏi và vướng mắc.",
        "• Đồng ý xử lý dữ liệu: có. Nhận tin nhắc: có.",
        "Yêu cầu được phản hồi trong 2 ngày làm việc; xem, sửa thực hiện trong 10 ngày, rút đồng ý trong 15 ngày, xóa trong 20 ngày. Xóa tại đây có hiệu lực ngay.",
      ].join("\n"),
    );
    expect(talk.titles).toEqual(["Nhận bản sao", "Xóa dữ liệu", "Rút đồng ý", "Dừng nhận tin", "Menu"]);
  });

  test.each(["bản sao dữ liệu", "ban sao du lieu"])("is given whole as a file: %s", (words) => {
    const [said] = talkTo().says(words).heard;
    expect(said?.file).toBe(`own-data:${aPerson().id}`);
    expect(said?.text).toContain("xin đừng chuyển tiếp");
  });

  test("is removed after one question, with a receipt", () => {
    const talk = talkTo({ context: { person: aPerson({ memberships: [REPORTER] }) } }).says("xóa dữ liệu");
    expect(talk.text).toContain("Liên kết với đơn vị và bản nháp cũng mất.");
    expect(talk.effectsOf("forget-person")).toEqual([]);
    talk.taps("Xác nhận xóa");
    expect(talk.effectsOf("forget-person")).toHaveLength(1);
    expect(talk.text).toMatch(/^Đã nhận yêu cầu và xóa dữ liệu của anh\/chị\. Mã xác nhận: XD-[0-9A-Z]{7}\./);
  });

  test.each(["không", "quay lại", "hủy"])("is kept after %s", (words) => {
    const talk = talkTo().says("xóa dữ liệu").says(words);
    expect(talk.text).toContain("Dữ liệu được giữ nguyên.");
    expect(talk.effectsOf("forget-person")).toEqual([]);
  });

  test("is not removed by a button of last week, nor by something unclear", () => {
    expect(talkTo().says("#data.confirm").titles).toEqual(["Xác nhận xóa", "Không xóa"]);
    expect(talkTo().says("xóa dữ liệu").says("abc").text).toContain("Xin bấm Xác nhận xóa, hoặc Không xóa.");
  });

  test("is removed when the platform passes the wish on", () => {
    expect(talkTo().meets({ kind: "withdraw" }).effects).toEqual([{ type: "forget-person" }]);
  });
});
