/** Which report is meant, whose draft it is, and what comes from below. */
import { describe, expect, test } from "@jest/globals";
import { at } from "../../../src/core/clock";
import { aPerson, aReport, FIELDS, REPORTER, STAFF, WHOLE } from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { ReportView } from "../../../src/conversation/context";

const reporter = (reports: readonly ReportView[], now?: number) =>
  talkTo({
    ...(now === undefined ? {} : { now }),
    context: { person: aPerson({ memberships: [REPORTER] }), reports },
  });

const other = aReport({ obligationId: "OB2", unitCode: "thpt-tay-ho", unitName: "THPT Tây Hồ" });

describe("báo cáo", () => {
  test("without a link says how to link", () => {
    const talk = talkTo({ context: { reports: [] } }).says("báo cáo");
    expect(talk.text).toContain("cần liên kết với đơn vị trước. Gõ “liên kết” kèm mã được cấp");
  });

  test("without an open report says when there will be one", () => {
    expect(reporter([]).says("báo cáo").text).toContain("Hiện chưa có báo cáo nào đang mở.");
  });

  test("with two open asks which, by button or number", () => {
    const talk = reporter([aReport(), other]).says("báo cáo");
    expect(talk.text).toBe(
      "Anh/chị muốn làm báo cáo nào?\n" +
        "1. THPT Chu Văn An, tuần 49, hạn thứ Tư 03/12 (Văn phòng Sở GD&ĐT)\n" +
        "2. THPT Tây Hồ, tuần 49, hạn thứ Tư 03/12 (Văn phòng Sở GD&ĐT)",
    );
    expect(talk.titles).toEqual([
      "THPT Chu Văn An, tuần 49, hạn thứ Tư 03/12",
      "THPT Tây Hồ, tuần 49, hạn thứ Tư 03/12",
    ]);
    expect(talk.says("2").text).toContain("THPT Tây Hồ");
    expect(reporter([aReport(), other]).says("báo cáo").taps("THPT Tây Hồ").text).toContain(
      "của THPT Tây Hồ gửi",
    );
    expect(reporter([aReport(), other]).says("báo cáo").says("9").text).toContain("Xin bấm một nút");
  });

  test("keeps what was wanted while asking which", () => {
    const talk = reporter([aReport(), other]).says("không phát sinh").says("2");
    expect(talk.text).toContain("Xác nhận THPT Tây Hồ không phát sinh");
  });

  test("opens the one that is still to be sent", () => {
    const sent = aReport({ version: 1, status: "submitted", submitted: WHOLE });
    expect(reporter([sent, other]).says("báo cáo").text).toContain("của THPT Tây Hồ gửi");
  });

  test("shows the one sent for this week, with a way to the week that was missed", () => {
    const sent = aReport({ version: 1, status: "submitted", submitted: WHOLE });
    const missed = aReport({
      obligationId: "OB0",
      period: "2025-W48",
      status: "missing",
      dueAt: at("2025-11-26", "17:00"),
    });
    const talk = reporter([sent, missed]).says("báo cáo");
    expect(talk.titles).toEqual(["Sửa", "Nộp tuần 48"]);
    expect(talk.taps("Nộp tuần 48").text).toContain("Báo cáo tuần 48");
  });

  test("opens the missed one while no other is open", () => {
    const missed = aReport({ status: "missing" });
    expect(reporter([missed], at("2025-12-04", "09:00")).says("báo cáo").text).toContain("(1/5)");
  });

  test("by a button of a period that is gone says whom to ask", () => {
    expect(reporter([aReport()]).says("#report.start OB9").text).toContain("Kỳ báo cáo này đã đóng");
  });

  test("by a reminder's button opens that report and no other", () => {
    expect(reporter([aReport(), other]).says("#report.start OB2").text).toContain("của THPT Tây Hồ gửi");
    expect(reporter([aReport(), other]).says("#report.nil OB2").text).toContain("Xác nhận THPT Tây Hồ");
  });

  test("in the middle of one report, another one's button leaves the first as a draft", () => {
    const talk = reporter([aReport(), other]).says("#report.start OB1").says("5").says("#report.start OB2");
    expect(talk.text).toContain("của THPT Tây Hồ gửi");
    expect(talk.says("#report.start OB1").text).toContain("đang nhập 1/5");
    expect(talk.says("#report.nil OB2").text).toContain("Xác nhận THPT Tây Hồ");
  });
});

describe("a colleague's draft", () => {
  const draft = {
    values: { tin_bai: 5, hoi_nghi: 2, luot_nguoi: 300 },
    marks: [],
    personId: "P2",
    updatedAt: at("2025-12-02", "07:30"),
  };
  const shared = () => reporter([aReport({ status: "drafting", draft })]).says("báo cáo");

  test("is announced before anything is overwritten", () => {
    expect(shared().text).toBe(
      "Đồng nghiệp đang nhập báo cáo tuần 49 của THPT Chu Văn An (3/5), cập nhật lúc 07:30 ngày 02/12/2025. Anh/chị có muốn làm tiếp từ bản này không?",
    );
    expect(shared().titles).toEqual(["Làm tiếp", "Để sau"]);
  });

  test("can be taken over, or left", () => {
    expect(shared().taps("Làm tiếp").text).toContain("(4/5)");
    const left = shared().taps("Để sau");
    expect(left.text).toBe("Báo cáo được để cho đồng nghiệp làm tiếp.");
    expect(left.session.frames).toEqual([]);
  });

  test("belongs to whoever took it over, at once", () => {
    const taken = shared().taps("Làm tiếp").effectsOf("save-draft");
    expect(taken).toEqual([
      {
        type: "save-draft",
        obligationId: "OB1",
        values: draft.values,
        marks: [],
        seen: { personId: "P2", updatedAt: draft.updatedAt },
      },
    ]);
  });

  test("taken over in the middle is told at the next answer, which is not mixed in", () => {
    const talk = reporter([aReport()]).says("báo cáo").says("5").says("2");
    const taken = { ...draft, values: { ...draft.values, tin_bai: 6 } };
    talk.context = { ...talk.context, reports: [{ ...talk.report, draft: taken }] };
    talk.says("450");
    expect(talk.effectsOf("save-draft")).toEqual([]);
    expect(talk.text).toContain("Nội dung vừa gửi chưa được ghi vào báo cáo.");
    expect(talk.text).toContain("Đồng nghiệp đang nhập báo cáo tuần 49 của THPT Chu Văn An (3/5)");
    talk.taps("Làm tiếp").says("1");
    expect(talk.effectsOf("save-draft")[0]?.values).toEqual({ ...taken.values, dang_ky_moi: 1 });
  });

  test("is not sent by the one it was taken from", () => {
    const talk = reporter([aReport()])
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành")
      .taps("Gửi luôn");
    expect(talk.titles).toContain("Gửi");
    talk.context = { ...talk.context, reports: [{ ...talk.report, draft }] };
    expect(talk.taps("Gửi").effectsOf("submit-report")).toEqual([]);
    expect(talk.titles).toEqual(["Làm tiếp", "Để sau"]);
  });

  test("is not overwritten by last week's figures unasked", () => {
    const lastWeek = { tin_bai: 9, hoi_nghi: 9, luot_nguoi: 9, dang_ky_moi: 9, hoan_thanh: 9 };
    const talk = reporter([aReport({ draft, lastWeek })]).says("như tuần trước");
    expect(talk.titles).toEqual(["Làm tiếp", "Để sau"]);
    expect(talk.taps("Làm tiếp").effectsOf("save-draft").at(-1)?.values).toEqual(lastWeek);
  });

  test("does not keep anybody from saying that there is nothing, nor lose it on second thought", () => {
    const talk = reporter([aReport({ draft })]).says("không phát sinh");
    expect(talk.text).toContain("Số liệu đã nhập sẽ không được gửi.");
    expect(talk.taps("Nhập số liệu").titles).toEqual(["Làm tiếp", "Để sau"]);
  });
});

describe("an office's report upward", () => {
  const upward = aReport({
    obligationId: "UP1",
    unitCode: "so-gddt",
    unitName: "Sở GD&ĐT",
    receiverName: "Sở KH&CN",
    prefill: WHOLE,
  });
  const office = () => talkTo({ context: { person: aPerson({ memberships: [STAFF] }), reports: [upward] } });

  test("is shown added up, ready to send", () => {
    const talk = office().says("báo cáo");
    expect(talk.text).toContain("Số liệu dưới đây được cộng sẵn từ báo cáo của các đơn vị.");
    expect(talk.titles).toEqual(["Gửi", "Sửa", "Để sau"]);
    expect(talk.taps("Gửi").effectsOf("submit-report")[0]).toMatchObject({
      obligationId: "UP1",
      values: WHOLE,
    });
  });

  describe("with texts of its units", () => {
    const passedOn = [
      { field: "kho_khan", text: "THPT Chu Văn An: Thiếu máy chiếu." },
      { field: "kho_khan", text: "THPT Tây Hồ: Thiếu tài liệu in." },
      { field: "kien_nghi", text: "THPT Việt Đức: Đề nghị cấp loa." },
    ];
    const all = { ...WHOLE, kho_khan: "tất cả", kien_nghi: "tất cả" };
    const choosing = (more: Partial<ReportView> = {}) =>
      talkTo({
        context: {
          person: aPerson({ memberships: [STAFF] }),
          reports: [{ ...upward, prefill: all, passedOn, ...more }],
        },
      })
        .says("báo cáo")
        .taps("Chọn ý đưa lên");

    test("sends up those that its staff name by number", () => {
      const talk = choosing();
      expect(talk.text).toContain("1. Khó khăn, vướng mắc, THPT Chu Văn An: Thiếu máy chiếu.");
      expect(talk.titles).toEqual(["Tất cả", "Không"]);
      talk.says("1, 3");
      expect(talk.text).toContain("Thiếu máy chiếu.");
      expect(talk.text).not.toContain("Thiếu tài liệu in.");
      expect(talk.taps("Gửi").effectsOf("submit-report")[0]?.values).toEqual({
        ...WHOLE,
        kho_khan: "THPT Chu Văn An: Thiếu máy chiếu.",
        kien_nghi: "THPT Việt Đức: Đề nghị cấp loa.",
      });
    });

    test("sends up all of them, or none", () => {
      expect(choosing().taps("Tất cả").taps("Gửi").effectsOf("submit-report")[0]?.values).toEqual({
        ...WHOLE,
        kho_khan: "THPT Chu Văn An: Thiếu máy chiếu.\nTHPT Tây Hồ: Thiếu tài liệu in.",
        kien_nghi: "THPT Việt Đức: Đề nghị cấp loa.",
      });
      expect(choosing().says("không").taps("Gửi").effectsOf("submit-report")[0]?.values).toEqual(WHOLE);
    });

    test("is told when a number is none of them, or the chosen are too long together", () => {
      expect(choosing().says("1,9").text).toContain("từ 1 đến 3");
      expect(choosing().says("quay lại").titles[0]).toBe("Gửi");
      const long = Array.from({ length: 3 }, () => ({ field: "kho_khan", text: "x".repeat(200) }));
      const talk = choosing({ passedOn: long }).says("1 2 3");
      expect(talk.text).toContain("Xin chọn ít ý hơn.");
      expect(talk.says("1 2").titles[0]).toBe("Gửi");
    });
  });

  test("with a gap asks for it before it is sent", () => {
    const partly = { ...upward, prefill: { tin_bai: 5, luot_nguoi: 300, dang_ky_moi: 1, hoan_thanh: 0 } };
    const talk = talkTo({ context: { person: aPerson({ memberships: [STAFF] }), reports: [partly] } });
    expect(talk.says("báo cáo").taps("Gửi").text).toContain("Còn thiếu Số hội nghị, buổi tuyên truyền.");
    expect(talk.says("2").taps("Gửi luôn").taps("Gửi").effectsOf("submit-report")).toHaveLength(1);
  });
});

test("a form whose fields are all required goes straight to the check", () => {
  const required = FIELDS.filter((field) => field.required);
  const talk = reporter([aReport({ fields: required })]).says("báo cáo");
  expect(talk.says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành").titles[0]).toBe("Gửi");
});
