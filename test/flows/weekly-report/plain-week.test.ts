/** A week as most are: five figures, nothing to add, sent. */
import { describe, expect, test } from "@jest/globals";
import { at } from "../../../src/core/clock";
import { aPerson, aReport, REPORTER, WHOLE } from "../../support/builders";
import { talkTo, type TalkOptions } from "../../support/talk-to";

const reporter = (options: TalkOptions = {}) =>
  talkTo({
    ...options,
    context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport()], ...options.context },
  });

describe("a plain week", () => {
  test("is six short messages and one tap", () => {
    const talk = reporter();
    talk.says("báo cáo");
    expect(talk.text).toBe(
      "Báo cáo tuần 49 (27/11 - 03/12) của THPT Chu Văn An gửi Văn phòng Sở GD&ĐT, hạn 17:00 thứ Tư 03/12/2025. " +
        "Có thể nhập nhiều số một lần, ví dụ: 5 tin, 2 hội nghị, 300 lượt người tham dự.\n\n" +
        "(1/5) Số tin, bài đăng\nVí dụ: 5",
    );
    expect(talk.titles).toEqual(["Không phát sinh"]);
    expect(talk.says("5").text).toBe("(2/5) Số hội nghị, buổi tuyên truyền\nVí dụ: 2");
    expect(talk.says("2").text).toBe("(3/5) Số lượt người tham dự\nVí dụ: 300");
    expect(talk.says("300").text).toBe("(4/5) Số sản phẩm, mô hình, nhiệm vụ đăng ký mới\nVí dụ: 1");
    expect(talk.says("1").text).toBe("(5/5) Số nhiệm vụ hoàn thành\nVí dụ: 1");
    expect(talk.says("ko có").titles[0]).toBe("Gửi luôn");
    talk.taps("Gửi luôn");
    expect(talk.text).toBe(
      [
        "Kiểm tra báo cáo tuần 49 (27/11 - 03/12) của THPT Chu Văn An gửi Văn phòng Sở GD&ĐT:",
        "• Số tin, bài đăng: 5",
        "• Số hội nghị, buổi tuyên truyền: 2",
        "• Số lượt người tham dự: 300",
        "• Số sản phẩm, mô hình, nhiệm vụ đăng ký mới: 1",
        "• Số nhiệm vụ hoàn thành: 0",
        "Đúng rồi thì bấm Gửi.",
      ].join("\n"),
    );
    expect(talk.titles).toEqual(["Gửi", "Sửa", "Để sau"]);
    talk.taps("Gửi");
    const [submitted] = talk.effectsOf("submit-report");
    expect(submitted).toMatchObject({
      obligationId: "OB1",
      seenVersion: 0,
      values: WHOLE,
      marks: [],
      nil: false,
    });
    expect(talk.text).toBe(
      `✅ Đã nhận báo cáo tuần 49 của THPT Chu Văn An lúc 08:00 ngày 02/12/2025. Mã: ${submitted?.code ?? ""}.\n` +
        "Nộp đúng hạn. Bản tổng hợp gửi Văn phòng Sở GD&ĐT lúc 17:00 thứ Tư 03/12/2025.\n" +
        "Cần sửa, anh/chị gõ “báo cáo” trước 17:00 ngày 10/12/2025. Cảm ơn anh/chị, hẹn gặp lại kỳ sau.",
    );
    expect(submitted?.code).toMatch(/^BC-[0-9A-Z]{7}$/);
    expect(talk.titles).toEqual(["Sửa", "Xem báo cáo đã nộp"]);
    expect(talk.session.frames).toEqual([]);
  });

  test("takes every figure at once", () => {
    const talk = reporter()
      .says("bao cao")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
    expect(talk.titles[0]).toBe("Gửi luôn");
    talk.says("gửi luôn").says("gửi");
    expect(talk.effectsOf("submit-report")[0]?.values).toEqual(WHOLE);
  });

  test("takes some figures and asks for the others, naming what it could not tell", () => {
    const talk = reporter().says("báo cáo").says("5 tin, 300 lượt người, 7 bánh");
    expect(talk.text).toBe(
      "Đã ghi: Số tin, bài đăng 5; Số lượt người tham dự 300.\n\nChưa rõ “7 bánh” thuộc mục nào.\n\n" +
        "(2/5) Số hội nghị, buổi tuyên truyền\nVí dụ: 2",
    );
  });

  test("saves every answer in the draft", () => {
    const talk = reporter().says("báo cáo").says("5");
    expect(talk.effectsOf("save-draft")).toEqual([
      { type: "save-draft", obligationId: "OB1", values: { tin_bai: 5 }, marks: [], seen: null },
    ]);
  });

  test("shows large figures in words too", () => {
    const talk = reporter()
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 1.250 lượt người, 1 đăng ký mới, 0 hoàn thành");
    expect(talk.taps("Gửi luôn").text).toContain(
      "• Số lượt người tham dự: 1.250 (một nghìn hai trăm năm mươi)",
    );
  });

  test("takes optional fields by button, number, label and with a colon", () => {
    const talk = reporter()
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
    talk.taps("Khó khăn, vướng mắc");
    expect(talk.text).toBe("Khó khăn, vướng mắc\nVí dụ: Chưa có tài liệu bản ngắn.");
    talk.says("Khó khăn: thiếu máy chiếu");
    expect(talk.text).toContain("3. Khó khăn, vướng mắc (đã nhập)");
    expect(talk.says("1").text).toContain("Số lượt tiếp cận trên nền tảng số\nVí dụ: 1.250");
    talk.says("15k");
    expect(talk.says("ket qua").text).toContain("Kết quả nổi bật");
    talk.says("Mở chuyên mục.");
    talk.says("Kiến nghị: cấp infographic");
    talk.says("khó khăn");
    talk.says("không có");
    expect(talk.text).toContain("Đã bỏ trống Khó khăn, vướng mắc.");
    talk.says("xong").says("ok");
    expect(talk.effectsOf("submit-report")[0]?.values).toEqual({
      ...WHOLE,
      luot_tiep_can: 15_000,
      ket_qua: "Mở chuyên mục.",
      kien_nghi: "cấp infographic",
    });
  });

  test("is late after the due instant, and said so kindly before and after", () => {
    const talk = reporter({
      now: at("2025-12-04", "09:00"),
      context: { reports: [aReport({ status: "missing" })] },
    });
    expect(talk.says("báo cáo").text).toContain(
      "Đã quá hạn 17:00 thứ Tư 03/12/2025. Nộp bây giờ vẫn được ghi nhận, có ghi chú nộp muộn.",
    );
    talk.says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành").taps("Gửi luôn").taps("Gửi");
    expect(talk.text).toContain("Đã nhận");
    expect(talk.text).toContain(
      "Nộp muộn so với hạn 17:00 thứ Tư 03/12/2025, số liệu vẫn được ghi nhận và chuyển tới Văn phòng Sở GD&ĐT.",
    );
  });

  test("counts as on time at the due instant itself", () => {
    const talk = reporter({ now: at("2025-12-03", "17:00") });
    talk
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành")
      .says("gửi luôn");
    expect(talk.says("gửi").text).toContain("Nộp đúng hạn.");
  });
});
