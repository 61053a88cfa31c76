import { describe, expect, test } from "@jest/globals";
import { aDigest, aPerson, aReport, aTicket, OFFICE_STAFF, STAFF, WHOLE } from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { TurnContext } from "../../../src/conversation/context";

const officer = (context: Partial<TurnContext> = {}) =>
  talkTo({ context: { person: aPerson({ memberships: [OFFICE_STAFF, STAFF] }), ...context } });

describe("a digest", () => {
  test("is shown with what can be done about it", () => {
    const upward = { upwardObligationId: "UP1", upwardName: "Sở KH&CN" };
    const reports = [aReport({ obligationId: "UP1", prefill: WHOLE })];
    const talk = officer({ digests: [aDigest(upward)], reports }).says("tổng hợp");
    expect(talk.heard).toEqual([
      expect.objectContaining({ text: "TỔNG HỢP TUẦN 49", picture: "digest:TH-AAAAAAA" }),
    ]);
    expect(talk.titles).toEqual([
      "Gửi lên Sở KH&CN",
      "Đã nhận",
      "Cần làm rõ",
      "Nhắc 3 đơn vị chưa nộp",
      "Gửi bản PDF",
    ]);
    expect(talk.taps("Gửi lên").text).toContain("Số liệu dưới đây được cộng sẵn");
  });

  test("is confirmed once, and then offers what else can be done", () => {
    const talk = officer({ digests: [aDigest()] }).says("tổng hợp");
    expect(talk.taps("Đã nhận").effectsOf("acknowledge-digest")).toEqual([
      { type: "acknowledge-digest", digestId: "TH-AAAAAAA" },
    ]);
    expect(talk.text).toContain("✅ Đã ghi nhận anh/chị đã nhận bản tổng hợp TH-AAAAAAA");
    expect(talk.taps("Đã nhận").effectsOf("acknowledge-digest")).toEqual([]);
    expect(talk.text).toBe("Anh/chị đã xác nhận bản tổng hợp TH-AAAAAAA rồi.");
    expect(talk.says("tổng hợp").titles).toEqual([
      "Cần làm rõ",
      "Nhắc 3 đơn vị chưa nộp",
      "Gửi bản PDF",
      "Việc chờ xử lý",
    ]);
    expect(talk.says("#staff.read TH-ZZZZZZZ").text).toContain("không còn trong danh sách");
  });

  test("comes as a document to be passed on", () => {
    const talk = officer({ digests: [aDigest()] }).says("tổng hợp");
    expect(talk.taps("Gửi bản PDF").heard).toEqual([{ text: "", file: "digest:TH-AAAAAAA" }]);
    expect(talk.says("#staff.pdf TH-ZZZZZZZ").text).toContain("không còn trong danh sách");
  });

  test("reminds those who are missing", () => {
    const talk = officer({ digests: [aDigest()] })
      .says("bản tổng hợp")
      .taps("Nhắc 3");
    expect(talk.effectsOf("remind-missing")).toEqual([{ type: "remind-missing", digestId: "TH-AAAAAAA" }]);
    expect(talk.text).toContain("Đã nhắc 3 đơn vị chưa nộp tuần 49");
  });

  test("without anybody missing reminds nobody", () => {
    const talk = officer({ digests: [aDigest({ missing: 0 })] }).says("#staff.remind TH-AAAAAAA");
    expect(talk.text).toContain("Không còn đơn vị nào để nhắc tuần 49");
    expect(talk.effectsOf("remind-missing")).toEqual([]);
  });

  test("that is not there is said to be not there", () => {
    expect(officer().says("tổng hợp").text).toContain("Chưa có bản tổng hợp nào.");
    expect(officer().says("#staff.remind TH-ZZZZZZZ").text).toContain("không còn trong danh sách");
  });
});

describe("what waits", () => {
  test("is listed and answered", () => {
    const talk = officer({
      tickets: [
        aTicket(),
        aTicket({
          code: "VM-ABCDEF2",
          kind: "difficulty",
          unitName: "THPT Tây Hồ",
          text: "Thiếu loa",
          receiverUnitCode: "so-gddt",
        }),
      ],
    });
    talk.says("câu hỏi chờ");
    expect(talk.text).toBe(
      "Có 2 mục chờ trả lời:\n• HD-ABCDEF1, câu hỏi: Bao giờ có mẫu đăng ký?\n• VM-ABCDEF2, vướng mắc của THPT Tây Hồ: Thiếu loa",
    );
    talk.taps("Trả lời VM-ABCDEF2");
    expect(talk.text).toContain("Vướng mắc VM-ABCDEF2 của THPT Tây Hồ:\n“Thiếu loa”");
    talk.says("Khó khăn này sẽ được giải quyết trong tuần. Anh chị liên hệ ai? Phòng KHTC.");
    expect(talk.effectsOf("reply-ticket")).toEqual([
      {
        type: "reply-ticket",
        code: "VM-ABCDEF2",
        text: "Khó khăn này sẽ được giải quyết trong tuần. Anh chị liên hệ ai? Phòng KHTC.",
      },
    ]);
    talk.taps("Đóng VM-ABCDEF2");
    expect(talk.effectsOf("close-ticket")).toEqual([{ type: "close-ticket", code: "VM-ABCDEF2" }]);
    expect(talk.taps("Đóng VM-ABCDEF2").text).toBe("Mục VM-ABCDEF2 đã đóng.");
  });

  test("is answered in one message by its code", () => {
    const talk = officer({ tickets: [aTicket()] }).says("Trả lời HD-ABCDEF1: Mẫu có từ tuần sau.");
    expect(talk.effectsOf("reply-ticket")).toEqual([
      { type: "reply-ticket", code: "HD-ABCDEF1", text: "Mẫu có từ tuần sau." },
    ]);
    expect(
      officer({ tickets: [aTicket()] })
        .says("đóng hd-abcdef1")
        .effectsOf("close-ticket"),
    ).toHaveLength(1);
  });

  test("of another office, or unknown, cannot be answered", () => {
    const talk = officer({ tickets: [aTicket({ receiverUnitCode: "ubnd-tp", askedByMe: true })] });
    expect(talk.says("trả lời HD-ABCDEF1: abc").text).toBe("Không có mục HD-ABCDEF1 chờ anh/chị trả lời.");
    expect(talk.effectsOf("reply-ticket")).toEqual([]);
  });

  test("is nothing", () => {
    expect(officer().says("việc chờ xử lý").text).toBe("Không có câu hỏi, vướng mắc nào chờ trả lời.");
  });

  test("is not answered by hủy, a file or a novel", () => {
    const waiting = () => officer({ tickets: [aTicket()] }).says("#ticket.reply HD-ABCDEF1");
    expect(waiting().says("hủy").text).toBe("Đã dừng, chưa gửi câu trả lời.");
    expect(waiting().sends({}).text).toContain("Câu trả lời chỉ nhận chữ.");
    expect(waiting().says("a".repeat(1501)).text).toContain("Câu trả lời dài hơn 1500 ký tự.");
  });
});

test("is for staff only", () => {
  expect(talkTo().says("tổng hợp").text).toContain("Mục này dành cho cán bộ tổng hợp");
});
