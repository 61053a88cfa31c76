/** The menu in words: what each kind of person can do here. */
import type { ReportView } from "../../src/conversation/context";
import { dueText, periodName } from "../naming.vi";

export const titles = {
  browse: "Hỏi đáp",
  link: "Liên kết đơn vị",
  myData: "Dữ liệu của tôi",
  report: "Báo cáo",
  nil: "Không phát sinh",
  difficulty: "Khó khăn",
  extension: "Gia hạn",
  digest: "Bản tổng hợp mới nhất",
  waiting: "Việc chờ xử lý",
} as const;

export const wording = {
  citizen: (campaign: string) =>
    `Anh/chị gõ câu hỏi bất kỳ về ${campaign}, có dấu hay không dấu đều được, hoặc bấm Hỏi đáp để xem theo từng nghị quyết. Đầu mối của đơn vị bấm Liên kết đơn vị để nộp báo cáo.`,
  member: (units: readonly string[]) => `Anh/chị đang liên kết với ${units.join(", ")}.`,
  owed: (report: ReportView) =>
    `📌 Báo cáo ${periodName(report.period)} của ${report.unitName}: ${dueText(report)}, chưa nộp.`,
  drafting: (report: ReportView, filled: number, all: number) =>
    `📌 Báo cáo ${periodName(report.period)} của ${report.unitName}: ${dueText(report)}, đang nhập ${filled}/${all}.`,
  waiting: (count: number) => `Có ${count} câu hỏi, vướng mắc chờ trả lời.`,
  card: "Gõ “thẻ tháng” để xem đơn vị đã nộp đúng hạn bao nhiêu tuần.",
  hint: "Anh/chị bấm nút bên dưới, hoặc gõ câu hỏi.",
} as const;
