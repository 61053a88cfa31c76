/** Going back, correcting, sending again, reporting nothing, copying last week. */
import { describe, expect, test } from "@jest/globals";
import { aPerson, aReport, CLOSES, REPORTER, WHOLE } from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { ReportView } from "../../../src/conversation/context";

const reporter = (changes: Partial<ReportView> = {}) =>
  talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport(changes)] } });
const ALL = "5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành";

describe("quay lại", () => {
  test("asks the field before, with what stands there", () => {
    const talk = reporter().says("báo cáo").says("5").says("2").says("quay lai");
    expect(talk.text).toBe("(2/5) Số hội nghị, buổi tuyên truyền\nHiện tại: 2.\nVí dụ: 2");
    expect(talk.says("3").text).toContain("(3/5)");
    expect(talk.report.draft?.values).toEqual({ tin_bai: 5, hoi_nghi: 3 });
  });

  test("at the first field says so", () => {
    expect(reporter().says("báo cáo").says("quay lại").text).toContain("Đây là mục đầu tiên.");
  });

  test("from the extras leads to the last figure, from the check to the extras", () => {
    const talk = reporter().says("báo cáo").says(ALL).says("quay lại");
    expect(talk.text).toContain("(5/5) Số nhiệm vụ hoàn thành");
    talk.says("0").taps("Gửi luôn").says("quay lại");
    expect(talk.titles[0]).toBe("Gửi luôn");
  });
});

describe("sửa", () => {
  const checked = () => reporter().says("báo cáo").says(ALL).taps("Gửi luôn");

  test.each(["3", "Số lượt người tham dự", "lượt người"])(
    "a field chosen by %s leads back to the check",
    (chosen) => {
      const talk = checked().taps("Sửa").says(chosen);
      expect(talk.text).toBe("Số lượt người tham dự\nHiện tại: 300.\nVí dụ: 300");
      talk.says("540");
      expect(talk.text).toContain("• Số lượt người tham dự: 540");
      expect(talk.titles).toEqual(["Gửi", "Sửa", "Để sau"]);
    },
  );

  test("by button, and at once with the figure", () => {
    expect(checked().taps("Sửa").taps("Số tin, bài đăng").says("6").text).toContain("• Số tin, bài đăng: 6");
    expect(checked().says("sửa lượt người 540").text).toContain("• Số lượt người tham dự: 540");
    expect(checked().says("540 lượt người").text).toContain("• Số lượt người tham dự: 540");
  });

  test("and quay lại leads to the check", () => {
    expect(checked().taps("Sửa").taps("Số lượt người").says("quay lại").titles).toEqual([
      "Gửi",
      "Sửa",
      "Để sau",
    ]);
  });

  test("of a field nobody knows asks again", () => {
    expect(checked().taps("Sửa").says("abc").text).toContain("Chưa rõ mục cần sửa.");
  });
});

describe("a report already sent", () => {
  const sent = { status: "submitted", version: 1, submitted: WHOLE } as const;

  test("shows the check with Sửa and nothing to send", () => {
    const talk = reporter(sent).says("báo cáo");
    expect(talk.text).toContain("đã nộp:\n• Số tin, bài đăng: 5");
    expect(talk.titles).toEqual(["Sửa"]);
    expect(talk.says("gửi").text).toContain("Báo cáo đã nộp và chưa có gì thay đổi.");
    expect(talk.effectsOf("submit-report")).toEqual([]);
  });

  test("is sent again as a new version", () => {
    const talk = reporter(sent)
      .says("báo cáo")
      .taps("Sửa")
      .says("Số lượt người tham dự")
      .says("540")
      .taps("Gửi");
    expect(talk.effectsOf("submit-report")[0]).toMatchObject({
      seenVersion: 1,
      values: { ...WHOLE, luot_nguoi: 540 },
    });
    expect(talk.text).toContain("✅ Đã nhận bản sửa 2 của báo cáo tuần 49 của THPT Chu Văn An");
    expect(talk.text).toContain(
      "Nếu số cũ đã vào bản tổng hợp, Văn phòng Sở GD&ĐT sẽ được báo phần điều chỉnh.",
    );
  });

  test("is not sent twice by a second tap", () => {
    const talk = reporter().says("báo cáo").says(ALL).taps("Gửi luôn").taps("Gửi").taps("Gửi");
    expect(talk.effectsOf("submit-report")).toEqual([]);
    expect(talk.text).toContain("đã nộp");
  });

  test("by a colleague in between is shown before anything is sent over it", () => {
    const talk = reporter().says("báo cáo").says(ALL).taps("Gửi luôn");
    talk.context = { ...talk.context, reports: [{ ...talk.report, ...sent }] };
    talk.taps("Gửi");
    expect(talk.text).toContain("Đồng nghiệp vừa nộp bản 1 của báo cáo này.");
    expect(talk.effectsOf("submit-report")).toEqual([]);
    expect(talk.taps("Gửi").effectsOf("submit-report")[0]?.seenVersion).toBe(1);
  });
});

describe("không phát sinh", () => {
  test("is one tap and one confirmation", () => {
    const talk = reporter().says("khong phat sinh");
    expect(talk.text).toBe(
      "Xác nhận THPT Chu Văn An không phát sinh nội dung nào trong tuần 49 (27/11 - 03/12)?",
    );
    talk.taps("Xác nhận gửi");
    expect(talk.effectsOf("submit-report")[0]).toMatchObject({ nil: true, values: {}, seenVersion: 0 });
    expect(talk.text).toContain("✅ Đã nhận báo cáo không phát sinh tuần 49 của THPT Chu Văn An");
  });

  test.each(["xác nhận", "có", "không phát sinh", "gửi"])("is confirmed by %s", (words) => {
    expect(reporter().says("không phát sinh").says(words).effectsOf("submit-report")).toHaveLength(1);
  });

  test("from within the form, and back to the figures", () => {
    const talk = reporter().says("báo cáo").says("5").says("không phát sinh");
    expect(talk.text).toContain("Số liệu đã nhập sẽ không được gửi.");
    expect(talk.taps("Nhập số liệu").text).toContain("(2/5)");
  });

  test("said twice shows that it is there, and may be replaced by figures", () => {
    const nil = { status: "nil", version: 1, submitted: {} } as const;
    const talk = reporter(nil).says("không phát sinh");
    expect(talk.text).toContain(
      "THPT Chu Văn An đã báo không phát sinh cho tuần 49. Có số liệu thì bấm Sửa.",
    );
    talk.taps("Sửa").says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
    talk.says("gửi");
    expect(talk.effectsOf("submit-report")[0]).toMatchObject({ nil: false, values: WHOLE, seenVersion: 1 });
  });
});

describe("như tuần trước", () => {
  test("copies last week's values to the check", () => {
    const talk = reporter({ lastWeek: WHOLE }).says("báo cáo");
    expect(talk.titles).toEqual(["Không phát sinh", "Như tuần trước"]);
    talk.taps("Như tuần trước");
    expect(talk.text).toContain("Đã chép số liệu tuần trước.");
    expect(talk.text).toContain("• Số lượt người tham dự: 300");
    expect(talk.report.draft?.values).toEqual(WHOLE);
    expect(talk.says("310 lượt người").taps("Gửi").effectsOf("submit-report")[0]?.values).toEqual({
      ...WHOLE,
      luot_nguoi: 310,
    });
  });

  test("without a last week goes on with the form", () => {
    const talk = reporter().says("như tuần trước");
    expect(talk.text).toContain("Chưa có báo cáo tuần trước để chép lại.");
    expect(talk.text).toContain("(1/5)");
  });
});

describe("leaving", () => {
  test("keeps the draft, and the report goes on where it was", () => {
    const talk = reporter().says("báo cáo").says("5").says("2").says("hủy");
    expect(talk.text).toBe(
      "Đã giữ bản nháp báo cáo tuần 49 đến 17:00 ngày 10/12/2025. Gõ “báo cáo” để làm tiếp.",
    );
    expect(talk.says("báo cáo").text).toBe(
      "Báo cáo tuần 49 của THPT Chu Văn An đang nhập 2/5. Mời anh/chị làm tiếp.\n\n(3/5) Số lượt người tham dự\nVí dụ: 300",
    );
  });

  test("by Để sau does the same", () => {
    expect(reporter().says("báo cáo").says(ALL).taps("Gửi luôn").taps("Để sau").text).toContain(
      "Đã giữ bản nháp",
    );
  });

  test("a report closed meanwhile is refused plainly, with whom to ask", () => {
    const talk = reporter().says("báo cáo").says("5");
    talk.now = CLOSES + 1;
    expect(talk.says("2").text).toBe(
      "Báo cáo tuần 49 của THPT Chu Văn An đã đóng lúc 17:00 ngày 10/12/2025 nên không nhận thêm được. Cần bổ sung, xin liên hệ Văn phòng Sở GD&ĐT.",
    );
    expect(talk.session.frames).toEqual([]);
  });
});
