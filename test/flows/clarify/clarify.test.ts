import { describe, expect, test } from "@jest/globals";
import {
  aClarification,
  aDigest,
  aPerson,
  aReport,
  FIELDS,
  REPORTER,
  STAFF,
  WHOLE,
} from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { DigestUnits, TurnContext } from "../../../src/conversation/context";

const unit = (code: string, name: string, rest: Partial<DigestUnits["units"][number]> = {}) => ({
  code,
  name,
  values: { ...WHOLE, kho_khan: "Thiếu máy chiếu." },
  marks: [],
  linked: true,
  ...rest,
});

const UNITS: DigestUnits = {
  digestId: "TH-AAAAAAA",
  fields: FIELDS.filter(({ type }) => type !== "files"),
  units: [
    unit("thpt-chu-van-an", "THPT Chu Văn An"),
    unit("thpt-tay-ho", "THPT Tây Hồ", { marks: ["luot_nguoi"], values: { ...WHOLE, luot_nguoi: 30_000 } }),
    unit("gdnn-tay-ho", "Trung tâm GDNN-GDTX Tây Hồ", { values: {} }),
    unit("thpt-viet-duc", "THPT Việt Đức", { linked: false }),
  ],
};

const officer = (context: Partial<TurnContext> = {}) =>
  talkTo({
    context: {
      person: aPerson({ memberships: [STAFF] }),
      digests: [aDigest()],
      digestUnits: new Map([[UNITS.digestId, UNITS]]),
      ...context,
    },
  });

describe("an officer", () => {
  test("picks the unit and the figure, and asks with one tap", () => {
    const talk = officer().says("tổng hợp").taps("Cần làm rõ");
    expect(talk.titles[0]).toBe("THPT Tây Hồ");
    talk.taps("THPT Tây Hồ");
    expect(talk.text).toContain("3. Số lượt người tham dự: 30.000 (cần kiểm tra)");
    expect(talk.titles).toEqual(["Số lượt người tham dự", "Cả báo cáo"]);
    talk.taps("Số lượt người tham dự").taps("Đề nghị kiểm tra lại");
    expect(talk.effectsOf("ask-clarification")).toMatchObject([
      {
        digestId: "TH-AAAAAAA",
        unitCode: "thpt-tay-ho",
        field: "luot_nguoi",
        question: "Đề nghị đơn vị kiểm tra lại số liệu này.",
      },
    ]);
    expect(talk.text).toMatch(/Đã gửi câu hỏi LR-[0-9A-Z]{7} tới đầu mối của THPT Tây Hồ/);
  });

  test("types the name without accents, picks among several by number, and asks in own words", () => {
    const talk = officer().says("#clarify.start TH-AAAAAAA").says("tay ho");
    expect(talk.text).toContain("1. THPT Tây Hồ\n2. Trung tâm GDNN-GDTX Tây Hồ");
    talk.says("1").says("lượt người").says("Có nhập thừa một số 0 không?");
    expect(talk.effectsOf("ask-clarification")).toMatchObject([
      { unitCode: "thpt-tay-ho", field: "luot_nguoi", question: "Có nhập thừa một số 0 không?" },
    ]);
  });

  test("knows a unit by its initials, and offers those that share them", () => {
    const talk = officer().says("#clarify.start TH-AAAAAAA").says("THPT CVA");
    expect(talk.text).toContain("THPT Chu Văn An");
    expect(talk.text).toContain("3. Số lượt người tham dự");
    const several = officer().says("#clarify.start TH-AAAAAAA").says("TH");
    expect(several.text).toContain("1. THPT Tây Hồ\n2. Trung tâm GDNN-GDTX Tây Hồ");
  });

  test("asks about a whole report, and about one without figures", () => {
    const whole = officer().says("#clarify.start TH-AAAAAAA").says("thpt-chu-van-an").taps("Cả báo cáo");
    expect(whole.text).toContain("làm rõ về báo cáo của THPT Chu Văn An");
    const nil = officer().says("#clarify.start TH-AAAAAAA").says("gdnn gdtx tay ho");
    expect(nil.says("Vì sao không phát sinh?").effectsOf("ask-clarification")).toMatchObject([
      { unitCode: "gdnn-tay-ho", field: null },
    ]);
  });

  test("hears when nobody of the unit can be told", () => {
    const talk = officer().says("#clarify.start TH-AAAAAAA").says("viet duc").says("1").says("Sai?");
    expect(talk.text).toContain("THPT Việt Đức chưa có ai nhận tin trên Zalo: xin gọi trực tiếp.");
    expect(talk.effectsOf("ask-clarification")).toHaveLength(1);
  });

  test("is told when no unit is meant, goes back, and leaves", () => {
    const talk = officer().says("#clarify.start TH-AAAAAAA").says("Trường Không Có");
    expect(talk.text).toContain("Không thấy “Trường Không Có” trong các báo cáo đã nhận");
    talk.says("tay ho").says("2").says("quay lại");
    expect(talk.text).toContain("của đơn vị nào");
    expect(talk.says("hủy").text).toContain("Đã dừng, chưa gửi gì.");
    const back = officer().says("#clarify.start TH-AAAAAAA").says("chu van an").says("1").says("quay lại");
    expect(back.text).toContain("gõ số của dòng cần làm rõ");
    expect(back.says("quay lại").text).toContain("của đơn vị nào");
    expect(back.says("quay lại").text).toBe("Đã dừng, chưa gửi gì.");
  });

  test("cannot ask about a digest of somebody else, nor an outsider about any", () => {
    expect(officer().says("#clarify.start TH-ZZZZZZZ").text).toContain("không còn trong danh sách");
    expect(talkTo().says("#clarify.start TH-AAAAAAA").text).toContain("Mục này dành cho cán bộ tổng hợp");
  });

  test("reads the answer with the question and the figure", () => {
    const answered = aClarification({ answer: "Đúng là 3.000, nhập thừa số 0.", askedBy: "P1" });
    const talk = officer({ clarifications: [answered] }).meets({
      kind: "clarification-answered",
      code: answered.code,
    });
    expect(talk.text).toBe(
      "📌 THPT Chu Văn An trả lời LR-ABCDEF1\nTHPT Chu Văn An, tuần 49, Số lượt người tham dự: 30.000\nHỏi: “Trường có nhập thừa số 0 không?”\nTrả lời: “Đúng là 3.000, nhập thừa số 0.”",
    );
  });
});

describe("the unit", () => {
  const reporter = (context: Partial<TurnContext> = {}) =>
    talkTo({
      context: {
        person: aPerson({ memberships: [REPORTER] }),
        reports: [aReport({ version: 1, submitted: WHOLE, status: "submitted" })],
        clarifications: [aClarification()],
        ...context,
      },
    });

  test("is asked with figure and question, and answers in its own words", () => {
    const talk = reporter().meets({ kind: "clarification-asked", code: "LR-ABCDEF1" });
    expect(talk.text).toBe(
      "📌 Văn phòng Sở GD&ĐT cần làm rõ (LR-ABCDEF1):\nTHPT Chu Văn An, tuần 49, Số lượt người tham dự: 30.000\n“Trường có nhập thừa số 0 không?”",
    );
    expect(talk.titles).toEqual(["Trả lời", "Xem, sửa báo cáo"]);
    talk.taps("Trả lời").says("Báo cáo nhập thừa số 0, đúng là 3.000.");
    expect(talk.effectsOf("answer-clarification")).toEqual([
      { type: "answer-clarification", code: "LR-ABCDEF1", text: "Báo cáo nhập thừa số 0, đúng là 3.000." },
    ]);
    expect(talk.titles).toEqual(["Xem, sửa báo cáo"]);
    expect(talk.taps("Trả lời").text).toBe("Câu hỏi LR-ABCDEF1 đã được trả lời.");
  });

  test("finds what waits by saying so, and goes to its report", () => {
    const talk = reporter().says("làm rõ");
    expect(talk.text).toContain("• LR-ABCDEF1: THPT Chu Văn An, tuần 49, Số lượt người tham dự: 30.000");
    expect(talk.taps("Trả lời LR-ABCDEF1").titles).toEqual(["Xem, sửa báo cáo"]);
    expect(talk.taps("Xem, sửa báo cáo").titles).toContain("Sửa");
  });

  test("is not asked twice, and answers only what it was asked", () => {
    const answered = aClarification({ answer: "Đúng." });
    expect(
      reporter({ clarifications: [answered] }).meets({ kind: "clarification-asked", code: answered.code })
        .heard,
    ).toEqual([]);
    const foreign = aClarification({ unitCode: "thpt-viet-duc", askedBy: "P1" });
    const talk = reporter({ clarifications: [foreign] });
    expect(talk.says("#clarify.answer LR-ABCDEF1").text).toContain("Không có câu hỏi LR-ABCDEF1");
    expect(talk.says("cần làm rõ").text).toBe("Không có số liệu nào cần làm rõ.");
  });
});
