/** More time for one report: asked for by a unit, decided by the office that receives it. */
import { shortInstant, spokenInstant, type Instant } from "../../src/core/clock";
import type { ExtensionView, ReportView } from "../../src/conversation/context";
import { capitalised, periodName, shortDay } from "../naming.vi";

export const titles = {
  until: (until: Instant) => capitalised(shortDay(until)),
  report: "Báo cáo",
} as const;

const what = ({ unitName, lineName, period }: ExtensionView): string =>
  `${lineName}, ${periodName(period)}, ${unitName}`;

export const wording = {
  notLinked: "Gia hạn dành cho đầu mối của đơn vị. Anh/chị gõ “liên kết” kèm mã được cấp để liên kết.",
  nothingOwed: "Hiện anh/chị không có báo cáo nào chờ nộp nên không cần gia hạn.",
  gone: "Báo cáo này không còn mở nên không gia hạn được.",
  submitted: (report: ReportView) =>
    `Báo cáo ${periodName(report.period)} của ${report.unitName} đã nộp nên không cần gia hạn.`,
  pending: (report: ReportView) =>
    `Đề nghị gia hạn báo cáo ${periodName(report.period)} của ${report.unitName} đang chờ ${report.receiverName} trả lời.`,
  tooLate: (report: ReportView) =>
    `Đã hết thời gian có thể gia hạn báo cáo ${periodName(report.period)}. Nộp muộn vẫn được nhận đến ${shortInstant(report.closesAt)}.`,
  which: (lines: readonly string[]) =>
    ["Gia hạn báo cáo nào?", ...lines.map((line, i) => `${i + 1}. ${line}`)].join("\n"),
  until: (report: ReportView) =>
    `Báo cáo ${periodName(report.period)} của ${report.unitName} có hạn ${spokenInstant(report.dueAt)}. Anh/chị xin gia hạn đến ngày nào?`,
  untilAgain: (last: Instant) =>
    `Xin chọn một ngày không muộn hơn ${shortDay(last)}, ví dụ gõ ${shortDay(last).split(" ").at(-1) ?? ""}.`,
  reason: (until: Instant) => `Gia hạn đến ${spokenInstant(until)}. Anh/chị cho biết lý do.`,
  reasonTooLong: (max: number) => `Lý do dài hơn ${max} ký tự. Xin rút gọn.`,
  noFiles: "Bước này chỉ nhận chữ.",
  asked: (report: ReportView, until: Instant) =>
    `Đã gửi đề nghị gia hạn đến ${spokenInstant(until)} tới ${report.receiverName}. Khi chưa có trả lời, hạn vẫn là ${spokenInstant(report.dueAt)}.`,
  left: "Đã dừng, chưa gửi đề nghị gia hạn.",

  unknown: "Đề nghị gia hạn này không còn chờ anh/chị trả lời.",
  decided: (extension: ExtensionView) => `Đề nghị gia hạn (${what(extension)}) đã được trả lời trước đó.`,
  granted: (extension: ExtensionView) =>
    `Đã đồng ý gia hạn (${what(extension)}) đến ${spokenInstant(extension.until)}. Đơn vị được báo ngay.`,
  refused: (extension: ExtensionView) => `Đã từ chối gia hạn (${what(extension)}). Đơn vị được báo ngay.`,
} as const;
