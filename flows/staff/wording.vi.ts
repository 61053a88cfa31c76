/** What officers see: digests, what waits for them, and their answers. */
import type { DigestView, TicketView } from "../../src/conversation/context";
import { periodName } from "../naming.vi";

export const titles = {
  remind: (missing: number) => `Nhắc ${missing} đơn vị chưa nộp`,
  read: "Đã nhận",
  pdf: "Gửi bản PDF",
  upward: (name: string) => `Gửi lên ${name}`,
  reply: (code: string) => `Trả lời ${code}`,
  close: "Đóng",
  closeIt: (code: string) => `Đóng ${code}`,
  waiting: "Việc chờ xử lý",
} as const;

const kinds: Readonly<Record<TicketView["kind"], string>> = { question: "Câu hỏi", difficulty: "Vướng mắc" };

const from = (ticket: TicketView): string => (ticket.unitName === null ? "" : ` của ${ticket.unitName}`);

export const wording = {
  onlyStaff: "Mục này dành cho cán bộ tổng hợp đã liên kết với cơ quan nhận báo cáo.",
  noDigest: "Chưa có bản tổng hợp nào. Bản đầu tiên được gửi khi đến hạn của kỳ này.",
  digestGone: "Bản tổng hợp này không còn trong danh sách của anh/chị.",
  read: ({ id, lineName, period }: DigestView) =>
    `✅ Đã ghi nhận anh/chị đã nhận bản tổng hợp ${id} (${lineName}, ${periodName(period)}).`,
  alreadyRead: (id: string) => `Anh/chị đã xác nhận bản tổng hợp ${id} rồi.`,
  reminded: (digest: DigestView) =>
    `Đã nhắc ${digest.missing} đơn vị chưa nộp ${periodName(digest.period)} (${digest.lineName}). Đơn vị vừa được nhắc không bị nhắc lại.`,
  nobodyMissing: (digest: DigestView) =>
    `Không còn đơn vị nào để nhắc ${periodName(digest.period)} (${digest.lineName}): đơn vị chưa nộp đã được nhắc, hoặc chưa có ai liên kết Zalo.`,
  nothingWaiting: "Không có câu hỏi, vướng mắc nào chờ trả lời.",
  waiting: (count: number, items: readonly string[]) => [`Có ${count} mục chờ trả lời:`, ...items].join("\n"),
  item: (ticket: TicketView, text: string) =>
    `• ${ticket.code}, ${kinds[ticket.kind].toLowerCase()}${from(ticket)}: ${text}`,
  opened: (ticket: TicketView) =>
    `📌 ${kinds[ticket.kind]} mới ${ticket.code}${from(ticket)}:\n“${ticket.text}”`,
  reply: (ticket: TicketView) =>
    `${kinds[ticket.kind]} ${ticket.code}${from(ticket)}:\n“${ticket.text}”\nAnh/chị gõ câu trả lời; nội dung được gửi nguyên văn cho người hỏi. Gõ “hủy” để thôi.`,
  tooLong: (max: number) => `Câu trả lời dài hơn ${max} ký tự. Xin rút gọn.`,
  noFiles: "Câu trả lời chỉ nhận chữ.",
  replied: (code: string) => `Đã gửi câu trả lời cho ${code}.`,
  closed: (code: string) => `Đã đóng ${code}.`,
  noTicket: (code: string) => `Không có mục ${code} chờ anh/chị trả lời.`,
  alreadyClosed: (code: string) => `Mục ${code} đã đóng.`,
  left: "Đã dừng, chưa gửi câu trả lời.",
} as const;
