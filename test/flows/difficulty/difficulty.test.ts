import { describe, expect, test } from "@jest/globals";
import { aPerson, aReport, aTicket, REPORTER, STAFF } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const reporter = (reports = [aReport()]) =>
  talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports } });

describe("a difficulty", () => {
  test("is written, confirmed and sent to the office that receives the reports", () => {
    const talk = reporter().says("khó khăn");
    expect(talk.text).toContain("Anh/chị ghi khó khăn, vướng mắc");
    talk.says("Chưa có máy chiếu. Bao giờ được cấp?");
    expect(talk.text).toBe(
      "Gửi vướng mắc sau tới Văn phòng Sở GD&ĐT?\n“Chưa có máy chiếu. Bao giờ được cấp?”",
    );
    talk.taps("Gửi");
    const [ticket] = talk.effectsOf("open-ticket");
    expect(ticket).toMatchObject({
      kind: "difficulty",
      text: "Chưa có máy chiếu. Bao giờ được cấp?",
      unitCode: "thpt-chu-van-an",
      line: "so-gddt",
    });
    expect(ticket?.code).toMatch(/^VM-[0-9A-Z]{7}$/);
    expect(talk.text).toBe(
      `✅ Đã gửi vướng mắc tới Văn phòng Sở GD&ĐT. Mã: ${ticket?.code ?? ""}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
    );
  });

  test("comes with the word, marks and all", () => {
    expect(reporter().says("Khó khăn: thiếu máy chiếu").text).toContain("“thiếu máy chiếu”");
    expect(reporter().says("kho khan thieu may chieu").text).toContain("“thieu may chieu”");
  });

  test("can be rewritten", () => {
    const talk = reporter().says("khó khăn: thiếu máy").taps("Viết lại").says("thiếu loa").says("ok");
    expect(talk.effectsOf("open-ticket")[0]?.text).toBe("thiếu loa");
  });

  test("that is too long is refused", () => {
    expect(reporter().says("khó khăn").says("a".repeat(1001)).text).toContain("Nội dung dài hơn 1000 ký tự.");
  });

  test("shows those that are still open", () => {
    const talk = reporter();
    const mine = { kind: "difficulty", askedByMe: true } as const;
    talk.context = {
      ...talk.context,
      tickets: [
        aTicket({ ...mine, code: "VM-1111111", text: "Thiếu loa" }),
        aTicket({ ...mine, code: "VM-2222222", text: "Thiếu bàn", status: "answered" }),
        aTicket({ ...mine, code: "VM-3333333", status: "closed" }),
      ],
    };
    expect(talk.says("khó khăn").text).toContain(
      "Vướng mắc đang mở của anh/chị:\n• VM-1111111, chờ trả lời: Thiếu loa\n• VM-2222222, đã trả lời: Thiếu bàn",
    );
  });

  test("of somebody with two lines is routed first", () => {
    const talk = reporter([
      aReport(),
      aReport({ obligationId: "OB2", line: "thanh-pho", receiverName: "Sở KH&CN" }),
    ]);
    talk.says("khó khăn: thiếu loa");
    expect(talk.text).toContain("Vướng mắc này gửi tới đâu?");
    talk.says("2").taps("Gửi");
    expect(talk.effectsOf("open-ticket")[0]?.line).toBe("thanh-pho");
  });

  test("between two periods goes to the campaign's office", () => {
    const talk = reporter([]).says("khó khăn: thiếu loa");
    expect(talk.text).toContain("tới Sở KH&CN?");
    expect(talk.taps("Gửi").effectsOf("open-ticket")[0]).toMatchObject({
      unitCode: "thpt-chu-van-an",
      line: null,
    });
  });

  test("of somebody without a unit is told how to link", () => {
    expect(talkTo().says("khó khăn").text).toContain("Anh/chị gõ “liên kết” kèm mã được cấp để liên kết.");
  });

  test("is left unsent", () => {
    const talk = reporter().says("khó khăn").says("hủy");
    expect(talk.text).toBe("Đã dừng, chưa gửi gì.");
  });

  test("a question that begins with the word is a question", () => {
    expect(reporter().says("khó khăn về vốn thì vay ở đâu?").text).toContain("Chưa có câu trả lời.");
  });
});

describe("a difficulty that the office cannot settle", () => {
  const ticket = aTicket({
    code: "VM-ABCDEF2",
    kind: "difficulty",
    unitName: "THPT Tây Hồ",
    text: "Thiếu loa",
    receiverUnitCode: "so-gddt",
    above: "Sở Khoa học và Công nghệ",
  });
  const officer = (tickets = [ticket]) =>
    talkTo({ context: { person: aPerson({ memberships: [STAFF] }), tickets } });

  test("goes one level up with one tap", () => {
    const talk = officer().meets({ kind: "ticket-opened", ticketCode: "VM-ABCDEF2" });
    expect(talk.titles).toEqual(["Trả lời", "Chuyển cấp trên", "Đóng"]);
    talk.taps("Chuyển cấp trên");
    expect(talk.effectsOf("escalate-ticket")).toEqual([
      { type: "escalate-ticket", code: "VM-ABCDEF2", from: "so-gddt" },
    ]);
    expect(talk.text).toContain("Đã chuyển VM-ABCDEF2 lên Sở Khoa học và Công nghệ.");
  });

  test("stays at the top, where it is closed, and with whom it is not", () => {
    const top = officer([{ ...ticket, above: null }]);
    expect(top.meets({ kind: "ticket-opened", ticketCode: "VM-ABCDEF2" }).titles).toEqual([
      "Trả lời",
      "Đóng",
    ]);
    for (const change of [
      { above: null },
      { status: "closed" as const },
      { receiverUnitCode: "so-khcn" },
      { kind: "question" as const },
    ]) {
      const talk = officer([{ ...ticket, ...change }]).says("#difficulty.up VM-ABCDEF2");
      expect(talk.effectsOf("escalate-ticket")).toEqual([]);
      expect(talk.text).toContain("không còn chờ cơ quan của anh/chị");
    }
  });

  test("is told to whoever raised it", () => {
    const raised = { ...ticket, askedByMe: true };
    const talk = talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), tickets: [raised] } });
    talk.meets({ kind: "ticket-escalated", ticketCode: "VM-ABCDEF2", office: "Sở KH&CN" });
    expect(talk.text).toBe(
      "📌 Vướng mắc VM-ABCDEF2 (“Thiếu loa”) đã được chuyển lên Sở KH&CN. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.",
    );
  });
});
