/** Questions, commands, files and old buttons in the middle of a form. */
import { describe, expect, test } from "@jest/globals";
import { aKnowledge, anEntry, aPerson, aReport, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const knowledge = aKnowledge(
  {
    "quỹ đầu tư mạo hiểm là gì": {
      kind: "answer",
      text: "Quỹ là nguồn vốn mồi.",
      entryIds: ["quy"],
      score: 1,
    },
    "xin chào": { kind: "smalltalk", text: "Xin chào anh/chị.", entryIds: ["chao"], score: 1 },
    "quỹ nào?": { kind: "choices", text: "Anh/chị muốn hỏi điều nào?", entryIds: ["quy"], score: 0.5 },
  },
  [anEntry({ id: "quy", question: "Quỹ là gì?", text: "Quỹ là nguồn vốn mồi." })],
);
const reporter = () =>
  talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport()], knowledge } });
const PENDING = "(2/5) Số hội nghị, buổi tuyên truyền\nVí dụ: 2";

describe("in the middle of a form", () => {
  test("a question is answered and the pending field asked again", () => {
    const talk = reporter().says("báo cáo").says("5").says("quỹ đầu tư mạo hiểm là gì");
    expect(talk.text).toBe(`Quỹ là nguồn vốn mồi.\n\nMời anh/chị làm tiếp:\n\n${PENDING}`);
    expect(talk.says("2").text).toContain("(3/5)");
  });

  test("a greeting is no refused figure", () => {
    const talk = reporter().says("báo cáo").says("5").says("xin chào");
    expect(talk.text).toContain("Xin chào anh/chị.");
    expect(talk.text).toContain(PENDING);
  });

  test.each(["không biết", "chưa rõ ạ", "ok"])("%s is no question, whatever it resembles", (words) => {
    const smalltalk = { kind: "smalltalk", text: "Chúc anh/chị vui.", entryIds: [], score: 1 } as const;
    const talk = reporter().says("báo cáo").says("5");
    talk.context = { ...talk.context, knowledge: aKnowledge({ [words]: smalltalk }) };
    expect(talk.says(words).text).toBe(`Chưa đọc được số trong tin này.\n\n${PENDING}`);
  });

  test("a topic with a number in it is no figure", () => {
    const answer = { kind: "answer", text: "Nghị quyết 30 lập Quỹ.", entryIds: ["quy"], score: 1 } as const;
    const talk = reporter().says("báo cáo").says("5");
    talk.context = { ...talk.context, knowledge: aKnowledge({ "nghị quyết 30": answer }) };
    expect(talk.says("nghị quyết 30").text).toContain("Nghị quyết 30 lập Quỹ.");
  });

  test("a question that has no answer offers an officer, whose ticket leaves the form where it was", () => {
    const talk = reporter().says("báo cáo").says("5").says("bao giờ có máy chiếu?");
    expect(talk.text).toContain("Chưa có câu trả lời.");
    expect(talk.text).toContain(PENDING);
    talk.taps("Gửi câu hỏi cho cán bộ");
    expect(talk.effectsOf("open-ticket")[0]).toMatchObject({
      kind: "question",
      text: "bao giờ có máy chiếu?",
    });
    expect(talk.text).toContain(PENDING);
  });

  test("choices are buttons; a number is the form's", () => {
    const talk = reporter().says("báo cáo").says("5").says("quỹ nào?");
    expect(talk.titles).toContain("Quỹ là gì?");
    expect(talk.says("1").text).toContain("(3/5)");
  });

  test("a difficulty is reported and the form goes on", () => {
    const talk = reporter().says("báo cáo").says("5").says("khó khăn: thiếu máy chiếu").taps("Gửi");
    expect(talk.effectsOf("open-ticket")[0]).toMatchObject({ kind: "difficulty", text: "thiếu máy chiếu" });
    expect(talk.text).toContain(PENDING);
  });

  test("the menu leaves it, with the draft in sight", () => {
    const talk = reporter().says("báo cáo").says("5").says("menu");
    expect(talk.text).toContain("đang nhập 1/5");
    expect(talk.session.frames).toEqual([]);
  });

  test("a sticker is no answer", () => {
    const talk = reporter().says("báo cáo").says("5").meets({ kind: "unreadable", what: "sticker" });
    expect(talk.text).toBe(`Tin này chưa đọc được. Anh/chị gõ bằng chữ giúp.\n\n${PENDING}`);
  });

  test("a button of an older check does not send what is being changed", () => {
    const talk = reporter()
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
    talk.taps("Gửi luôn").taps("Sửa").taps("Số tin, bài đăng").says("#report.send OB1");
    expect(talk.effectsOf("submit-report")).toEqual([]);
    expect(talk.titles).toEqual(["Gửi", "Sửa", "Để sau"]);
  });

  test("the words of the person in a text field are never taken for a command that merely begins them", () => {
    const talk = reporter()
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
    talk.taps("Kết quả nổi bật").says("Khó khăn đã được tháo gỡ hết.");
    expect(talk.report.draft?.values["ket_qua"]).toBe("Khó khăn đã được tháo gỡ hết.");
  });

  test("two days of silence and a new form version are said aloud, with the draft intact", () => {
    const talk = reporter().says("báo cáo").says("5");
    const { session } = talk;
    const frames = session.frames.map((frame) => ({ ...frame, version: 0 }));
    const later = talkTo({ context: talk.context, session: { ...session, frames } });
    expect(later.says("xin chào").text).toContain("Mẫu nhập đã thay đổi");
    expect(later.says("báo cáo").text).toContain("đang nhập 1/5");
  });
});

describe("files", () => {
  test("at any field are kept as evidence and the field asked again", () => {
    const talk = reporter().says("báo cáo").says("5").sends({}, { kind: "file", name: "ke-hoach.pdf" });
    expect(talk.text).toBe(`Đã nhận 2 tệp minh chứng, tổng cộng 2 tệp.\n\n${PENDING}`);
    expect(talk.effectsOf("keep-evidence").map(({ obligationId, name }) => [obligationId, name])).toEqual([
      ["OB1", "anh-0.jpg"],
      ["OB1", "ke-hoach.pdf"],
    ]);
  });

  test("in the evidence step are counted until Xong", () => {
    const talk = reporter()
      .says("báo cáo")
      .says("5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
    talk.says("minh chứng");
    expect(talk.text).toContain("chưa có tệp nào");
    expect(talk.sends({}).titles).toEqual(["Xong"]);
    talk.sends({}).taps("Xong").taps("Gửi luôn");
    expect(talk.text).toContain("• Tài liệu, hình ảnh minh chứng: 2 tệp");
  });

  test("that are sound or film are refused", () => {
    const talk = reporter().says("báo cáo").sends({ kind: "audio" });
    expect(talk.text).toContain("Minh chứng cần là ảnh hoặc tệp văn bản");
    expect(talk.effectsOf("keep-evidence")).toEqual([]);
  });

  test("outside the form belong to the one open report", () => {
    const talk = reporter().sends({});
    expect(talk.text).toBe(
      "Đã nhận 1 tệp minh chứng cho báo cáo tuần 49 của THPT Chu Văn An, tổng cộng 1 tệp.",
    );
    expect(talk.effectsOf("keep-evidence")).toHaveLength(1);
  });

  test("outside the form with two open reports wait for a choice", () => {
    const talk = reporter();
    talk.context = { ...talk.context, reports: [aReport(), aReport({ obligationId: "OB2", unitCode: "b" })] };
    expect(talk.sends({}).text).toContain("chưa rõ tệp này thuộc báo cáo nào");
    expect(talk.effectsOf("keep-evidence")).toEqual([]);
  });

  test("of somebody without a unit, or without an open report, are explained", () => {
    expect(talkTo().sends({}).text).toContain("Tệp chỉ nhận kèm báo cáo của đơn vị.");
    const talk = reporter();
    talk.context = { ...talk.context, reports: [] };
    expect(talk.sends({}).text).toContain("Hiện anh/chị chưa có báo cáo nào đang mở.");
  });
});
