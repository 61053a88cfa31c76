/** Answers that cannot stand: explained with the label and an example, and never without end. */
import { describe, expect, test } from "@jest/globals";
import { aPerson, aReport, REPORTER, WHOLE } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const reporter = () =>
  talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport()] } });
const QUESTION = "(1/5) Số tin, bài đăng\nVí dụ: 5";

describe("a figure that is refused", () => {
  test.each([
    ["-5", "Số liệu không thể là số âm."],
    ["1e9", "Tin này có nhiều số. Xin nhập một số, hoặc ghi tên mục sau mỗi số."],
    ["1,5", "Mục này cần một số nguyên."],
    ["2-3", "Xin nhập một số, không nhập khoảng."],
    ["5/12", "Đây giống ngày giờ, chưa phải số liệu."],
    ["0912345678", "Đây giống số điện thoại, chưa phải số liệu."],
    ["nhiều lắm", "Chưa đọc được số trong tin này."],
    ["1.250 triệu", "Số này có thể hiểu theo nhiều cách. Xin ghi đủ các chữ số."],
    ["20000", "Số này ngoài giới hạn của mục. Giới hạn từ 0 đến 10.000."],
  ])("%s: %s", (typed, reason) => {
    const talk = reporter().says("báo cáo").says(typed);
    expect(talk.text).toBe(`${reason}\n\n${QUESTION}`);
    expect(talk.effectsOf("save-draft")).toEqual([]);
  });

  test("stands with a mark once it was refused three times for its size", () => {
    const talk = reporter().says("báo cáo").says("20000").says("20000").says("20000");
    expect(talk.text).toContain("Số này ngoài giới hạn");
    talk.says("20000");
    expect(talk.text).toContain("Đã ghi Số tin, bài đăng và đánh dấu “cần kiểm tra”.");
    expect(talk.report.draft).toMatchObject({ values: { tin_bai: 20_000 }, marks: ["tin_bai"] });
  });

  test("loses its mark when it is corrected", () => {
    const talk = reporter().says("báo cáo");
    for (let i = 0; i < 4; i++) talk.says("20000");
    talk.says("sửa tin 20");
    expect(talk.report.draft).toMatchObject({ values: { tin_bai: 20 }, marks: [] });
  });

  test("may be left blank once it could not be read three times", () => {
    const talk = reporter().says("báo cáo").says("để trống");
    expect(talk.titles).not.toContain("Để trống");
    talk.says("nhiều lắm").says("nhiều lắm").says("nhiều lắm");
    expect(talk.titles).toEqual(["Để trống"]);
    expect(talk.text).toContain("Chưa có số, anh/chị có thể để trống; mục này sẽ được ghi “cần kiểm tra”.");
    talk.taps("Để trống");
    expect(talk.text).toContain("Đã để trống Số tin, bài đăng và đánh dấu “cần kiểm tra”.");
    talk.says("2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành").taps("Gửi luôn");
    expect(talk.text).toContain("• Số tin, bài đăng: để trống ⚠️ cần kiểm tra");
    talk.taps("Gửi");
    const rest = { hoi_nghi: 2, luot_nguoi: 300, dang_ky_moi: 1, hoan_thanh: 0 };
    expect(talk.effectsOf("submit-report")[0]).toMatchObject({ values: rest, marks: ["tin_bai"] });
  });

  test("typed at the check or in place of an unusual one is explained at its field", () => {
    const talk = reporter().says("báo cáo").says("200").says("20000");
    expect(talk.text).toBe(
      `Số này ngoài giới hạn của mục. Giới hạn từ 0 đến 10.000.\n\n(1/5) Số tin, bài đăng\nHiện tại: 200.\nVí dụ: 5`,
    );
    talk.says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành").taps("Gửi luôn");
    expect(talk.says("20000 tin").text).toContain("Số tin, bài đăng\nHiện tại: 5.\nVí dụ: 5");
    expect(talk.says("6").titles).toEqual(["Gửi", "Sửa", "Để sau"]);
  });

  test("among several keeps the good ones and asks for the bad one", () => {
    const talk = reporter().says("báo cáo").says("20000 tin, 2 hội nghị");
    expect(talk.report.draft?.values).toEqual({ hoi_nghi: 2 });
    expect(talk.text).toContain("Số này ngoài giới hạn của mục.");
    expect(talk.text).toContain(QUESTION);
  });
});

describe("an unusual figure", () => {
  test("is asked about once", () => {
    const talk = reporter().says("báo cáo").says("200");
    expect(talk.text).toBe("Số tin, bài đăng: 200. Số thường gặp là từ 0 đến 80. Đúng không ạ?");
    expect(talk.titles).toEqual(["Đúng", "Nhập lại"]);
    expect(talk.taps("Nhập lại").text).toContain("(1/5) Số tin, bài đăng");
    expect(talk.says("210").text).toContain("(2/5)");
    expect(talk.report.draft).toMatchObject({ values: { tin_bai: 210 }, marks: [] });
  });

  test.each(["dung", "đúng rồi", "vâng", "200"])("is confirmed by %s", (words) => {
    const talk = reporter().says("báo cáo").says("200").says(words);
    expect(talk.text).toContain("(2/5)");
    expect(talk.report.draft?.values).toEqual({ tin_bai: 200 });
  });

  test("is replaced by another figure typed at once", () => {
    const talk = reporter().says("báo cáo").says("200").says("20");
    expect(talk.report.draft?.values).toEqual({ tin_bai: 20 });
    expect(talk.text).toContain("(2/5)");
  });

  test("waits for its turn among several", () => {
    const talk = reporter().says("báo cáo").says("200 tin, 2 hội nghị, 9000 lượt người");
    expect(talk.text).toContain("Số tin, bài đăng: 200.");
    talk.taps("Đúng");
    expect(talk.text).toContain("Số lượt người tham dự: 9.000 (chín nghìn).");
    expect(talk.taps("Đúng").text).toContain("(4/5)");
  });
});

describe("sums that contradict each other", () => {
  const contradicting = () =>
    reporter()
      .says("báo cáo")
      .says("5 tin, 0 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành")
      .taps("Gửi luôn");

  test("are spelt out at the check", () => {
    expect(contradicting().text).toContain(
      "⚠️ Có lượt người tham dự thì phải có ít nhất một hội nghị, buổi tuyên truyền.\nAnh/chị sửa lại, hoặc vẫn gửi",
    );
  });

  test("may be corrected there", () => {
    const talk = contradicting().says("2 hội nghị");
    expect(talk.text).not.toContain("⚠️");
    expect(talk.taps("Gửi").effectsOf("submit-report")[0]).toMatchObject({ values: WHOLE, marks: [] });
  });

  test("are sent with a mark", () => {
    expect(contradicting().taps("Gửi").effectsOf("submit-report")[0]?.marks).toEqual(["hoi_nghi"]);
  });
});

test("a text that is too long is refused", () => {
  const talk = reporter()
    .says("báo cáo")
    .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
  talk.taps("Kết quả nổi bật").says("a".repeat(501));
  expect(talk.text).toContain("Nội dung dài 501 ký tự, nhiều hơn mức 500. Xin rút gọn.");
  expect(talk.text).toContain("Kết quả nổi bật");
});
