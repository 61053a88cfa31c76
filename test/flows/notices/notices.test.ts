import { describe, expect, test } from "@jest/globals";
import { at } from "../../../src/core/clock";
import {
  aDigest,
  anExtension,
  aPerson,
  aReport,
  aTicket,
  OFFICE_STAFF,
  REPORTER,
  STAFF,
  WHOLE,
} from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { ReportView } from "../../../src/conversation/context";

const reporter = (reports: readonly ReportView[], now?: number) =>
  talkTo({
    ...(now === undefined ? {} : { now }),
    context: { person: aPerson({ memberships: [REPORTER] }), reports },
  });
const reminded = (step: string, ...ids: string[]) =>
  ({ kind: "reminder", steps: ids.map((obligationId) => ({ obligationId, step })) }) as const;

describe("a reminder", () => {
  test("when a period opens", () => {
    const talk = reporter([aReport()]).meets(reminded("opening", "OB1"));
    expect(talk.text).toBe(
      "📌 Đã mở kỳ báo cáo tuần 49 (27/11 - 03/12) của THPT Chu Văn An gửi Văn phòng Sở GD&ĐT, hạn 17:00 thứ Tư 03/12/2025.\n" +
        "Bấm Báo cáo để nộp, khoảng hai phút. Tuần này không có gì thì bấm Không phát sinh.",
    );
    expect(talk.titles).toEqual(["Báo cáo", "Không phát sinh", "Xin thêm thời gian"]);
    expect(talk.effectsOf("say")[0]?.kind).toBe("reminder");
  });

  test("before the due instant, and after it", () => {
    expect(reporter([aReport()]).meets(reminded("two-hours", "OB1")).text).toContain(
      "có hạn 17:00 thứ Tư 03/12/2025.",
    );
    const late = reporter([aReport({ status: "missing" })], at("2025-12-04", "08:00"));
    expect(late.meets(reminded("next-morning", "OB1")).text).toContain(
      "⚠️ Báo cáo tuần 49 (27/11 - 03/12) của THPT Chu Văn An gửi Văn phòng Sở GD&ĐT đã đến hạn lúc 17:00 thứ Tư 03/12/2025 và chưa nhận được. Nộp muộn vẫn được ghi nhận đến 17:00 ngày 10/12/2025.",
    );
  });

  test("to somebody half way asks to go on", () => {
    const draft = {
      values: { tin_bai: 5, hoi_nghi: 2, luot_nguoi: 300 },
      marks: [],
      personId: "P1",
      updatedAt: 0,
    };
    const talk = reporter([aReport({ status: "drafting", draft })]).meets(reminded("day-before", "OB1"));
    expect(talk.text).toContain("Bản nháp đang nhập 3/5, bấm để làm tiếp.");
    expect(talk.titles[0]).toBe("Báo cáo tiếp (3/5)");
    expect(talk.taps("Báo cáo tiếp").text).toContain("(4/5)");
  });

  test("to somebody who has finished is not sent", () => {
    const sent = aReport({ status: "submitted", version: 1, submitted: WHOLE });
    expect(reporter([sent]).meets(reminded("due", "OB1")).effects).toEqual([]);
    expect(reporter([]).meets(reminded("due", "OB1")).effects).toEqual([]);
  });

  test("of several reports is one message for those unfinished", () => {
    const reports = [
      aReport(),
      aReport({ obligationId: "OB2", unitCode: "b", unitName: "THPT Tây Hồ" }),
      aReport({ obligationId: "OB3", unitCode: "c", version: 1 }),
    ];
    const talk = reporter(reports).meets(reminded("day-before", "OB1", "OB2", "OB3"));
    expect(talk.text).toBe(
      "📌 Anh/chị có các báo cáo chưa nộp:\n" +
        "• Tuần 49, THPT Chu Văn An gửi Văn phòng Sở GD&ĐT, hạn 17:00 thứ Tư 03/12/2025, chưa nộp.\n" +
        "• Tuần 49, THPT Tây Hồ gửi Văn phòng Sở GD&ĐT, hạn 17:00 thứ Tư 03/12/2025, chưa nộp.",
    );
    expect(talk.titles).toEqual([
      "Báo cáo tuần 49, THPT Chu Văn An",
      "Báo cáo tuần 49, THPT Tây Hồ",
      "Không phát sinh",
    ]);
  });

  test("in the middle of another conversation leaves it alone", () => {
    const talk = reporter([aReport()]).says("báo cáo").says("5");
    const before = talk.session;
    expect(talk.meets(reminded("day-before", "OB1")).session).toEqual(before);
    expect(talk.says("2").text).toContain("(3/5)");
  });

  test("starts nil and more time by its buttons", () => {
    expect(reporter([aReport()]).meets(reminded("opening", "OB1")).taps("Không phát sinh").text).toContain(
      "Xác nhận THPT",
    );
    expect(reporter([aReport()]).meets(reminded("opening", "OB1")).taps("Xin thêm").text).toContain(
      "gia hạn đến ngày nào",
    );
  });

  test("does not reach somebody who asked for silence", () => {
    const talk = reporter([aReport()]);
    talk.context = { ...talk.context, person: { ...talk.context.person, optedOut: true } };
    expect(talk.meets(reminded("opening", "OB1")).effects).toEqual([]);
  });
});

describe("to an office", () => {
  const officer = () =>
    talkTo({
      context: {
        person: aPerson({ memberships: [STAFF, OFFICE_STAFF] }),
        digests: [aDigest()],
        tickets: [aTicket()],
        extensions: [anExtension()],
      },
    });

  test("a digest comes with its picture and its buttons", () => {
    const talk = officer().meets({ kind: "digest", digestId: "TH-AAAAAAA" });
    expect(talk.effectsOf("say")[0]?.kind).toBe("digest");
    expect(talk.heard[0]).toMatchObject({ text: "TỔNG HỢP TUẦN 49", picture: "digest:TH-AAAAAAA" });
    expect(officer().meets({ kind: "digest", digestId: "TH-ZZZZZZZ" }).effects).toEqual([]);
  });

  test("a question comes with a way to answer, unless it has been", () => {
    const talk = officer().meets({ kind: "ticket-opened", ticketCode: "HD-ABCDEF1" });
    expect(talk.text).toBe("📌 Câu hỏi mới HD-ABCDEF1:\n“Bao giờ có mẫu đăng ký?”");
    expect(talk.taps("Trả lời").says("Tuần sau.").effectsOf("reply-ticket")).toHaveLength(1);
    const answered = officer();
    answered.context = { ...answered.context, tickets: [aTicket({ status: "answered" })] };
    expect(answered.meets({ kind: "ticket-opened", ticketCode: "HD-ABCDEF1" }).effects).toEqual([]);
  });

  test("a wish for more time comes with yes and no, unless it is decided", () => {
    const talk = officer().meets({ kind: "extension-asked", extensionId: "GH-1234567" });
    expect(talk.text).toBe(
      "📌 THPT Chu Văn An xin gia hạn (Báo cáo tuần gửi Sở GD&ĐT, tuần 49) đến 17:00 thứ Sáu 05/12/2025. Lý do: “Trường đang thi.”",
    );
    expect(talk.taps("Đồng ý").effectsOf("decide-extension")).toHaveLength(1);
    const decided = officer();
    decided.context = { ...decided.context, extensions: [anExtension({ state: "refused" })] };
    expect(decided.meets({ kind: "extension-asked", extensionId: "GH-1234567" }).effects).toEqual([]);
  });
});

describe("to whoever asked", () => {
  test("an answer comes with the question", () => {
    const tickets = [aTicket({ askedByMe: true })];
    const talk = talkTo({ context: { tickets } });
    talk.meets({ kind: "ticket-replied", ticketCode: "HD-ABCDEF1", text: "Tuần sau." });
    expect(talk.text).toBe("📌 Trả lời cho HD-ABCDEF1 (“Bao giờ có mẫu đăng ký?”):\nTuần sau.");
    talk.context = { ...talk.context, person: { ...talk.context.person, optedOut: true }, tickets: [] };
    expect(talk.meets({ kind: "ticket-replied", ticketCode: "HD-ABCDEF1", text: "Tuần sau." }).text).toBe(
      "📌 Trả lời cho HD-ABCDEF1:\nTuần sau.",
    );
  });

  test("a closing is said", () => {
    const talk = talkTo({ context: { tickets: [aTicket({ askedByMe: true })] } });
    expect(talk.meets({ kind: "ticket-closed", ticketCode: "HD-ABCDEF1" }).text).toBe(
      "Câu hỏi HD-ABCDEF1 đã được đóng. Cần thêm, anh/chị cứ nhắn lại.",
    );
  });

  test.each(["correction", "extension-decided", "alarm"] as const)("%s is passed on", (kind) => {
    const talk = talkTo().meets({ kind, text: "Đã vào bản tổng hợp." });
    expect(talk.effects).toEqual([
      { type: "say", kind: "notice", messages: [{ text: "Đã vào bản tổng hợp." }] },
    ]);
  });

  test("a report that has left can be looked at again, and the tap opens the window", () => {
    const report = aReport({ status: "submitted", version: 1, submitted: { tin_bai: 5 } });
    const talk = talkTo({ context: { person: aPerson({ memberships: [REPORTER] }), reports: [report] } });
    talk.meets({ kind: "report-forwarded", text: "Đã vào bản tổng hợp.", obligationId: "OB1" });
    expect([talk.text, talk.titles]).toEqual(["Đã vào bản tổng hợp.", ["Xem báo cáo đã nộp"]]);
    expect(talk.taps("Xem báo cáo đã nộp").text).toContain("đã nộp:\n• Số tin, bài đăng: 5");
    // Several that left together: the one to look at is chosen.
    talk.meets({ kind: "report-forwarded", text: "Đã vào bản tổng hợp." });
    expect(talk.taps("Xem báo cáo đã nộp").text).toContain("• Số tin, bài đăng: 5");
  });
});
