/** What an officer does with questions: answers for all who asked, puts likes together, declines, publishes. */
import { describe, expect, test } from "@jest/globals";
import type { TicketView } from "../../../src/conversation/context";
import { aKnowledge, aPerson, aTicket, OFFICE_STAFF } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const FORM = "HD-ABCDEF1";
const LIKE = "HD-ABCDEF2";
const OTHER = "HD-ABCDEF3";

const waiting = [
  aTicket({ code: FORM, text: "Bao giờ có mẫu đăng ký?", askers: 3 }),
  aTicket({ code: LIKE, text: "mẫu đăng ký bao giờ có vậy" }),
  aTicket({ code: OTHER, text: "Hội chợ tổ chức ở đâu?" }),
];
const officer = (tickets: readonly TicketView[] = waiting, knowledge = aKnowledge()) =>
  talkTo({ context: { person: aPerson({ memberships: [OFFICE_STAFF] }), tickets, knowledge } });

describe("a new question", () => {
  test("comes with everything that can be done about it", () => {
    const talk = officer().meets({ kind: "ticket-opened", ticketCode: FORM });
    expect(talk.titles).toEqual(["Trả lời", "Gộp", "Không thuộc phạm vi"]);
  });

  test("is answered for everybody who asked it", () => {
    const talk = officer().meets({ kind: "ticket-opened", ticketCode: FORM }).taps("Trả lời");
    expect(talk.text).toContain("Câu hỏi HD-ABCDEF1 (3 người hỏi):\n“Bao giờ có mẫu đăng ký?”");
    expect(talk.titles).toEqual(["Gộp", "Không thuộc phạm vi"]);
    talk.says("Mẫu có từ tuần sau.");
    expect(talk.text).toBe("Đã gửi câu trả lời cho HD-ABCDEF1 (3 người hỏi).");
    expect(talk.titles).toEqual(["Dùng làm câu trả lời chung", "Đóng HD-ABCDEF1"]);
  });

  test("that others asked before is worked on where they wait", () => {
    const talk = officer([...waiting, aTicket({ code: "HD-ABCDEF4", leadCode: FORM })]);
    expect(talk.says("việc chờ").text).toMatch(/^Có 3 mục/);
    expect(talk.says("trả lời HD-ABCDEF4").text).toContain("Câu hỏi HD-ABCDEF1 (3 người hỏi)");
  });
});

describe("merging", () => {
  test("offers the likeliest first, by button or number", () => {
    const talk = officer().meets({ kind: "ticket-opened", ticketCode: LIKE }).taps("Gộp");
    expect(talk.text).toContain("1. HD-ABCDEF1 (3 người hỏi): Bao giờ có mẫu đăng ký?\n2. HD-ABCDEF3");
    expect(talk.titles).toEqual(["Gộp vào HD-ABCDEF1", "Gộp vào HD-ABCDEF3"]);
    talk.taps("Gộp vào HD-ABCDEF1");
    expect(talk.effectsOf("merge-ticket")).toEqual([{ type: "merge-ticket", code: LIKE, into: FORM }]);
    expect(talk.text).toContain("Câu trả lời cho HD-ABCDEF1 sẽ tới tất cả người hỏi.");
    expect(officer().says(`#ticket.merge ${LIKE}`).says("2").effectsOf("merge-ticket")[0]?.into).toBe(OTHER);
  });

  test("takes a code that is typed, at once or when asked", () => {
    const asked = officer().says("Gộp hd-abcdef2");
    expect(asked.says("hd abcdef3").effectsOf("merge-ticket")[0]).toMatchObject({ code: LIKE, into: OTHER });
    const atOnce = officer().says("gộp HD-ABCDEF2 vào HD-ABCDEF1");
    expect(atOnce.effectsOf("merge-ticket")[0]).toMatchObject({ code: LIKE, into: FORM });
  });

  test("refuses itself, what is answered, and what is no question", () => {
    const answered = aTicket({ code: "HD-ABCDEF5", status: "answered" });
    const difficulty = aTicket({ code: "VM-ABCDEF6", kind: "difficulty" });
    const talk = officer([...waiting, answered, difficulty]).says("gộp HD-ABCDEF2");
    for (const code of [LIKE, "HD-ABCDEF5", "VM-ABCDEF6", "HD-ZZZZZZZ"])
      expect(talk.says(code).text).toContain(`Không gộp vào ${code} được`);
    expect(talk.says("quay lại").text).toBe("Đã dừng, chưa gộp.");
    expect(talk.says("gộp VM-ABCDEF6").text).toContain("là vướng mắc của đơn vị");
    expect(talk.says("gộp HD-ABCDEF5").text).toContain("không gộp được nữa");
    expect(officer([aTicket()]).says("gộp HD-ABCDEF1").text).toContain("Không có câu hỏi nào khác");
  });
});

describe("what is no business of the office", () => {
  test("is closed, by button or in words", () => {
    const talk = officer().meets({ kind: "ticket-opened", ticketCode: OTHER }).taps("Không thuộc phạm vi");
    expect(talk.effectsOf("decline-ticket")).toEqual([{ type: "decline-ticket", code: OTHER }]);
    expect(talk.text).toContain("Đã đóng HD-ABCDEF3.");
    expect(talk.says("không thuộc phạm vi HD-ABCDEF3").text).toBe("Mục HD-ABCDEF3 đã đóng.");
  });

  test("is told to its asker in one line, with their question", () => {
    const asker = talkTo({ context: { tickets: [aTicket({ askedByMe: true, status: "closed" })] } });
    asker.meets({ kind: "ticket-closed", ticketCode: FORM, offTopic: true });
    expect(asker.text).toMatch(/^Câu hỏi HD-ABCDEF1 \(“Bao giờ có mẫu đăng ký\?”\) không thuộc phạm vi/);
    expect(asker.titles).toEqual(["Menu"]);
  });
});

describe("an answer for everybody", () => {
  const answered = [aTicket({ status: "answered", reply: "Mẫu có từ tuần sau." })];

  test("is published only after the officer has looked the question over", () => {
    const talk = officer().says(`trả lời ${FORM}: Mẫu có từ tuần sau.`).taps("Dùng làm câu trả lời chung");
    expect(talk.effectsOf("approve-answer")).toEqual([]);
    expect(talk.text).toContain("“Bao giờ có mẫu đăng ký?”\nMẫu có từ tuần sau.");
    talk.says("Khi nào có mẫu đăng ký?");
    expect(talk.text).toContain("“Khi nào có mẫu đăng ký?”");
    talk.taps("Đăng");
    expect(talk.effectsOf("approve-answer")).toEqual([
      { type: "approve-answer", code: FORM, question: "Khi nào có mẫu đăng ký?" },
    ]);
    talk.taps("Gỡ HD-ABCDEF1");
    expect(talk.effectsOf("withdraw-answer")).toEqual([{ type: "withdraw-answer", code: FORM }]);
    expect(talk.taps("Gỡ HD-ABCDEF1").text).toBe("HD-ABCDEF1 hiện không có câu trả lời chung.");
  });

  test.each([
    ["Tôi tên Nguyễn Văn An, bao giờ có mẫu?", "tên người hỏi"],
    ["Em là Hoa, bao giờ có mẫu?", "tên người hỏi"],
    ["Gọi 0912 345 678 giúp, bao giờ có mẫu?", "số điện thoại"],
    ["Gửi về an.nguyen@example.com nhé", "địa chỉ email"],
    ["Nhà tôi ở số nhà 5 phố Huế", "địa chỉ nhà"],
  ])("is not published while the question says “%s”", (text, what) => {
    const talk = officer([aTicket({ text, status: "answered", reply: "Tuần sau." })]);
    talk.says(`#ticket.general ${FORM}`);
    expect(talk.text).toContain(`⚠️ Câu hỏi còn có ${what}`);
    expect(talk.titles).toEqual(["Không đăng"]);
    expect(talk.says("đăng").effectsOf("approve-answer")).toEqual([]);
    expect(talk.says("Bao giờ có mẫu?").says("đăng").effectsOf("approve-answer")).toHaveLength(1);
  });

  test("says when it takes the place of what was called unpublished", () => {
    const gap = { kind: "gap", text: "Chưa công bố.", entryIds: ["g"], score: 1 } as const;
    const talk = officer(answered, aKnowledge({ "Bao giờ có mẫu đăng ký?": gap }));
    expect(talk.says(`#ticket.general ${FORM}`).text).toContain("câu trả lời này sẽ thay vào chỗ đó");
  });

  test("needs an answer, and a question that can be read", () => {
    expect(officer().says(`#ticket.general ${FORM}`).text).toContain("chưa có câu trả lời");
    const talk = officer(answered).says(`#ticket.general ${FORM}`);
    expect(talk.says("a".repeat(201)).text).toContain("Câu hỏi dài hơn 200 ký tự.");
    expect(talk.taps("Không đăng").text).toContain("Đã dừng, chưa đăng.");
  });

  test("stands in a list, each with its way back", () => {
    const published = aTicket({ status: "answered", reply: "x", generalQuestion: "Khi nào có mẫu?" });
    const talk = officer([published]).says("câu trả lời chung");
    expect(talk.text).toBe("Có 1 câu trả lời chung đang dùng:\n• HD-ABCDEF1: Khi nào có mẫu?");
    expect(talk.says("gỡ HD-ABCDEF1").effectsOf("withdraw-answer")).toHaveLength(1);
    expect(officer().says("câu trả lời chung").text).toBe("Chưa có câu trả lời chung nào.");
  });
});
