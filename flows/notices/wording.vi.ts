/** What the program has to tell of its own accord. */
import { dayOf, shortInstant, spokenDay, spokenInstant, type Instant } from "../../src/core/clock";
import type { DigestView, ExtensionView, ReportView, TicketView } from "../../src/conversation/context";
import { capitalised, dueText, periodName, periodWithDays } from "../naming.vi";

export const titles = {
  report: "Báo cáo",
  goOn: (filled: number, all: number) => `Báo cáo tiếp (${filled}/${all})`,
  reportOf: (report: ReportView) => `Báo cáo ${periodName(report.period)}, ${report.unitName}`,
  nil: "Không phát sinh",
  moreTime: "Xin thêm thời gian",
  seeReport: "Xem báo cáo đã nộp",
  reply: "Trả lời",
  grant: "Đồng ý",
  refuse: "Từ chối",
} as const;

interface Progress {
  readonly filled: number;
  readonly all: number;
}

/** An officer's answer as its asker hears it. */
interface Answered {
  readonly code: string;
  readonly text: string;
  readonly from: { readonly office: string; readonly at: Instant } | null;
}

const progressText = (progress: Progress | null): string =>
  progress === null ? "chưa nộp" : `đang nhập ${progress.filled}/${progress.all}`;

export const wording = {
  opening: (report: ReportView) =>
    `📌 Đã mở kỳ báo cáo ${periodWithDays(report)} của ${report.unitName} gửi ${report.receiverName}, ${dueText(report)}.`,
  ahead: (report: ReportView) =>
    `📌 Báo cáo ${periodWithDays(report)} của ${report.unitName} gửi ${report.receiverName} có ${dueText(report)}.`,
  overdue: (report: ReportView) =>
    `⚠️ Báo cáo ${periodWithDays(report)} của ${report.unitName} gửi ${report.receiverName} đã đến hạn lúc ${spokenInstant(report.dueAt)} và chưa nhận được. Nộp muộn vẫn được ghi nhận đến ${shortInstant(report.closesAt)}.`,
  drafting: ({ filled, all }: Progress) => `Bản nháp đang nhập ${filled}/${all}, bấm để làm tiếp.`,
  start: "Bấm Báo cáo để nộp, khoảng hai phút. Tuần này không có gì thì bấm Không phát sinh.",
  several: (lines: readonly string[]) => ["📌 Anh/chị có các báo cáo chưa nộp:", ...lines].join("\n"),
  line: (report: ReportView, progress: Progress | null) =>
    `• ${capitalised(periodName(report.period))}, ${report.unitName} gửi ${report.receiverName}, ${dueText(report)}, ${progressText(progress)}.`,
  /** What Zalo's approved template for reminders is filled with. */
  reminderTemplate: (first: ReportView, others: number) => ({
    don_vi: first.unitName,
    bao_cao: `${capitalised(periodName(first.period))} gửi ${first.receiverName}${others === 0 ? "" : ` và ${others} báo cáo khác`}`,
    han_nop: shortInstant(first.dueAt),
  }),
  digestTemplate: ({ id, lineName, period }: DigestView) => ({
    ma: id,
    bao_cao: `${lineName}, ${periodName(period)}`,
  }),
  replied: (ticket: TicketView | null, { code, text, from }: Answered) =>
    [
      `📌 Trả lời cho ${code}${ticket === null ? "" : ` (“${ticket.text}”)`}:`,
      text,
      ...(from === null ? [] : [`${from.office}, ngày ${spokenDay(dayOf(from.at))}.`]),
    ].join("\n"),
  declined: (code: string, question: string | null) =>
    `Câu hỏi ${code}${question === null ? "" : ` (“${question}”)`} không thuộc phạm vi của kênh này nên chưa trả lời được ở đây. Mong anh/chị thông cảm và liên hệ cơ quan phụ trách lĩnh vực này.`,
  ticketClosed: (code: string, kind: TicketView["kind"] | null) =>
    `${kind === "difficulty" ? "Vướng mắc" : kind === "question" ? "Câu hỏi" : "Mục"} ${code} đã được đóng. Cần thêm, anh/chị cứ nhắn lại.`,
  extensionAsked: ({ unitName, lineName, period, until, reason }: ExtensionView) =>
    `📌 ${unitName} xin gia hạn (${lineName}, ${periodName(period)}) đến ${spokenInstant(until)}. Lý do: “${reason}”`,
} as const;
