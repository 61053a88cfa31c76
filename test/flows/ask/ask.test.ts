import { describe, expect, test } from "@jest/globals";
import { MINUTE_MS } from "../../../src/core/clock";
import type { KnowledgeView } from "../../../src/conversation/context";
import { aKnowledge, anEntry, aPerson, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const entries = [
  anEntry({
    id: "quy",
    question: "Quỹ là gì?",
    text: "Quỹ là nguồn vốn mồi.",
    more: "Chi tiết về quỹ.",
    related: ["a", "b", "c"].map((id) => ({ id, question: `Câu ${id}?` })),
  }),
  anEntry({
    id: "a",
    question: "Câu a?",
    related: ["quy", "b", "c", "d"].map((id) => ({ id, question: `Câu ${id}?` })),
  }),
  anEntry({ id: "b", question: "Câu b?" }),
  anEntry({ id: "g", related: ["a", "b", "quy"].map((id) => ({ id, question: `Câu ${id}?` })) }),
];
const knowledge = aKnowledge(
  {
    "quy la gi": { kind: "answer", text: "Quỹ là nguồn vốn mồi.", entryIds: ["quy"], score: 1 },
    "quỹ góp bao nhiêu": {
      kind: "choices",
      text: "Anh/chị muốn hỏi điều nào?\n1. Câu a?\n2. Câu b?",
      entryIds: ["a", "b"],
      score: 0.5,
    },
    "mẫu hồ sơ": { kind: "gap", text: "Mẫu hồ sơ chưa được công bố.", entryIds: ["g"], score: 0.8 },
    "chào bạn": { kind: "smalltalk", text: "Xin chào anh/chị.", entryIds: [], score: 1 },
  },
  entries,
);
const citizen = () => talkTo({ context: { knowledge } });

describe("a question", () => {
  test("is answered, with related questions, more, and a judgement", () => {
    const talk = citizen().says("quy la gi");
    expect(talk.text).toBe("Quỹ là nguồn vốn mồi.");
    expect(talk.titles).toEqual(["Câu a?", "Câu b?", "Xem thêm", "Hữu ích", "Chưa đúng"]);
    expect(talk.session).toEqual({ frames: [], asked: ["quy la gi"] });
  });

  test("leads on by its related questions, and tells the rest on demand", () => {
    const talk = citizen().says("quy la gi").taps("Câu a?");
    expect(talk.text).toBe("Trả lời a.");
    expect(talk.titles).toEqual(["Câu quy?", "Câu b?", "Câu c?", "Hữu ích", "Chưa đúng"]);
    expect(citizen().says("quy la gi").taps("Xem thêm").text).toBe("Chi tiết về quỹ.");
  });

  test("is judged", () => {
    const good = citizen().says("quy la gi").taps("Hữu ích");
    expect(good.effectsOf("feedback")).toEqual([{ type: "feedback", entryId: "quy", helpful: true }]);
    const bad = citizen().says("quy la gi").taps("Chưa đúng");
    expect(bad.effectsOf("feedback")[0]?.helpful).toBe(false);
    expect(bad.taps("Gửi câu hỏi cho cán bộ").effectsOf("open-ticket")[0]?.text).toBe("quy la gi");
  });

  test("refers to the one before", () => {
    const heard: (readonly string[])[] = [];
    const spying: KnowledgeView = {
      ...knowledge,
      ask: (text, after) => (heard.push(after), knowledge.ask(text, after)),
    };
    const talk = talkTo({ context: { knowledge: spying } })
      .says("quy la gi")
      .says("thế góp bao nhiêu")
      .says("chào bạn");
    expect(heard.slice(1)).toEqual([["quy la gi"], ["quy la gi"]]);
    expect(talk.session.asked).toEqual(["quy la gi"]);
  });

  test("that could mean several things is narrowed down by button or number", () => {
    const talk = citizen().says("quỹ góp bao nhiêu");
    expect(talk.text).toBe("Anh/chị muốn hỏi điều nào?\n1. Câu a?\n2. Câu b?");
    expect(talk.titles).toEqual(["Câu a?", "Câu b?", "Gửi câu hỏi cho cán bộ"]);
    expect(talk.says("2").text).toBe("Trả lời b.");
    expect(citizen().says("quỹ góp bao nhiêu").taps("Câu a?").text).toBe("Trả lời a.");
    expect(citizen().says("quỹ góp bao nhiêu").says("quy la gi").text).toBe("Quỹ là nguồn vốn mồi.");
  });

  test("on what nobody has published says so, and goes to an officer only when wanted", () => {
    const talk = citizen().says("mẫu hồ sơ");
    expect(talk.text).toBe(
      "Mẫu hồ sơ chưa được công bố.\n\nCần biết thêm, anh/chị bấm nút bên dưới để gửi câu hỏi cho cán bộ.",
    );
    expect(talk.effectsOf("open-ticket")).toEqual([]);
    expect(talk.titles).toEqual(["Gửi câu hỏi cho cán bộ", "Câu a?", "Câu b?", "Hữu ích", "Chưa đúng"]);
    expect(talk.taps("Chưa đúng").effectsOf("feedback")[0]).toMatchObject({ entryId: "g", helpful: false });
    expect(talk.taps("Gửi câu hỏi cho cán bộ").effectsOf("open-ticket")[0]?.text).toBe("mẫu hồ sơ");
  });

  test("that is small talk is met with small talk", () => {
    expect(citizen().says("chào bạn").text).toBe("Xin chào anh/chị.");
  });
});

describe("a question without an answer", () => {
  test("has one more chance, then goes to an officer with what was asked first", () => {
    const talk = citizen().says("bao giờ có xe?");
    expect(talk.text).toBe(
      "Chưa có câu trả lời.\n\nHỏi lại mà vẫn chưa có câu trả lời thì câu hỏi sẽ được chuyển cho cán bộ. Muốn chuyển ngay, anh/chị bấm nút bên dưới.",
    );
    expect(talk.titles).toEqual(["Gửi câu hỏi cho cán bộ", "Xem theo nghị quyết", "Menu"]);
    talk.says("xe buýt điện bao giờ chạy?");
    const [ticket] = talk.effectsOf("open-ticket");
    expect(ticket).toMatchObject({
      kind: "question",
      text: "bao giờ có xe?\nxe buýt điện bao giờ chạy?",
      unitCode: null,
      line: null,
    });
    expect(ticket?.code).toMatch(/^HD-[0-9A-Z]{7}$/);
    expect(talk.text).toBe(
      `Câu hỏi đã được chuyển cho Sở KH&CN. Mã câu hỏi: ${ticket?.code ?? ""}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
    );
    expect(talk.session.frames).toEqual([]);
  });

  test("goes to an officer at one tap", () => {
    const talk = citizen().says("bao giờ có xe?").taps("Gửi câu hỏi cho cán bộ");
    expect(talk.effectsOf("open-ticket")[0]?.text).toBe("bao giờ có xe?");
  });

  test("asked better is answered, without a ticket", () => {
    const talk = citizen().says("bao giờ có xe?").says("quy la gi");
    expect(talk.text).toBe("Quỹ là nguồn vốn mồi.");
    expect(talk.says("bao giờ có tàu?").effectsOf("open-ticket")).toEqual([]);
  });

  test("half an hour later begins anew", () => {
    const talk = citizen().says("bao giờ có xe?");
    talk.now += 31 * MINUTE_MS;
    expect(talk.says("bao giờ có tàu?").effectsOf("open-ticket")).toEqual([]);
  });

  test("names the unit of somebody who is linked", () => {
    const talk = talkTo({ context: { knowledge, person: aPerson({ memberships: [REPORTER] }) } });
    talk.says("bao giờ có xe?").taps("Gửi câu hỏi cho cán bộ");
    expect(talk.effectsOf("open-ticket")[0]?.unitCode).toBe("thpt-chu-van-an");
  });

  test("is not waited for once something else has begun", () => {
    const talk = citizen().says("bao giờ có xe?").says("liên kết").says("hủy");
    expect(talk.session.frames).toEqual([]);
  });

  test("is asked for when the button has lost it", () => {
    const talk = citizen().says("#ask.ticket");
    expect(talk.text).toBe("Anh/chị gõ câu hỏi muốn gửi cho cán bộ.");
    expect(talk.says("Khó khăn về vốn thì hỏi ai?").effectsOf("open-ticket")[0]?.text).toBe(
      "Khó khăn về vốn thì hỏi ai?",
    );
  });
});

describe("a question that waits already", () => {
  test("is not handed over again", () => {
    const talk = citizen().says("bao giờ có xe?").taps("Gửi câu hỏi cho cán bộ");
    const [ticket] = talk.effectsOf("open-ticket");
    talk.says("bao gio co xe").taps("Gửi câu hỏi cho cán bộ");
    expect(talk.effectsOf("open-ticket")).toEqual([]);
    expect(talk.text).toBe(
      `Câu hỏi này của anh/chị đang chờ Sở KH&CN trả lời, mã ${ticket?.code ?? ""}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
    );
  });
});

describe("what is no business of this channel", () => {
  const offTopic = aKnowledge({
    "đồ ngu": { kind: "abstain", text: "Rất tiếc.", entryIds: [], score: 0, offTopic: true },
  });

  test("gets one polite line and the menu, however often", () => {
    const talk = talkTo({ context: { knowledge: offTopic } });
    for (let i = 0; i < 3; i++) {
      talk.says("đồ ngu");
      expect([talk.text, talk.titles]).toEqual(["Rất tiếc.", ["Menu"]]);
      expect(talk.effects.filter(({ type }) => type !== "say")).toEqual([]);
    }
  });

  test("opens no ticket as the second try of a question either", () => {
    const talk = talkTo({ context: { knowledge: offTopic } })
      .says("bao giờ có xe?")
      .says("đồ ngu");
    expect(talk.effectsOf("open-ticket")).toEqual([]);
    expect(talk.session.frames).toEqual([]);
  });
});

describe("browsing", () => {
  test("goes from resolution to topic to question and back", () => {
    const talk = citizen().says("hỏi đáp");
    expect(talk.text).toBe("Anh/chị muốn hỏi về phần nào?\n1. Nghị quyết 30\n2. Nghị quyết 35");
    expect(talk.taps("Nghị quyết 30").text).toBe("Anh/chị quan tâm chủ đề nào?\n1. Quỹ");
    expect(talk.says("1").text).toContain("Anh/chị chọn câu hỏi:\n1. Quỹ là gì?");
    expect(talk.says("quay lại").text).toContain("chủ đề nào");
    expect(talk.says("1").taps("Quỹ là gì?").text).toBe("Quỹ là nguồn vốn mồi.");
    expect(talk.session.frames).toEqual([]);
  });

  test("leads back to the menu", () => {
    const talk = citizen().says("hỏi đáp").says("quay lại");
    expect(talk.titles).toEqual(["Hỏi đáp", "Liên kết đơn vị", "Dữ liệu của tôi"]);
    expect(talk.session.frames).toEqual([]);
  });

  test("turns pages of long lists", () => {
    const many = Array.from({ length: 13 }, (_, i) => anEntry({ id: `e${i + 1}` }));
    const talk = talkTo({ context: { knowledge: aKnowledge({}, many) } })
      .says("hỏi đáp")
      .says("1")
      .says("1");
    expect(talk.titles).toEqual(["Câu hỏi e1?", "Câu hỏi e2?", "Câu hỏi e3?", "Câu hỏi e4?", "Xem tiếp"]);
    talk.taps("Xem tiếp").says("xem tiếp");
    // Every line has its button, on the last page as well.
    expect(talk.titles).toEqual([9, 10, 11, 12, 13].map((i) => `Câu hỏi e${i}?`));
    expect(talk.says("9").text).toContain("Xin bấm một nút hoặc gõ số thứ tự.");
    expect(talk.says("5").text).toBe("Trả lời e13.");
  });

  test("gives way to a question", () => {
    expect(citizen().says("hỏi đáp").says("quy la gi").text).toBe("Quỹ là nguồn vốn mồi.");
  });
});
