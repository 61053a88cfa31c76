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
  merge: "Gộp",
  mergeInto: (code: string) => `Gộp vào ${code}`,
  decline: "Không thuộc phạm vi",
  general: "Dùng làm câu trả lời chung",
  publish: "Đăng",
  notGeneral: "Không đăng",
  withdraw: (code: string) => `Gỡ ${code}`,
} as const;

const kinds: Readonly<Record<TicketView["kind"], string>> = { question: "Câu hỏi", difficulty: "Vướng mắc" };

/** ` (3 người hỏi)`, where it is more than one. */
const askedBy = (askers: number): string => (askers > 1 ? ` (${askers} người hỏi)` : "");

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
    `• ${ticket.code}, ${kinds[ticket.kind].toLowerCase()}${from(ticket)}${askedBy(ticket.askers)}: ${text}`,
  opened: (ticket: TicketView) =>
    `📌 ${kinds[ticket.kind]} mới ${ticket.code}${from(ticket)}:\n“${ticket.text}”`,
  reply: (ticket: TicketView) =>
    `${kinds[ticket.kind]} ${ticket.code}${from(ticket)}${askedBy(ticket.askers)}:\n“${ticket.text}”\nAnh/chị gõ câu trả lời; nội dung được gửi nguyên văn cho người hỏi. Gõ “hủy” để thôi.`,
  tooLong: (max: number) => `Câu trả lời dài hơn ${max} ký tự. Xin rút gọn.`,
  noFiles: "Câu trả lời chỉ nhận chữ.",
  replied: (code: string, askers: number) => `Đã gửi câu trả lời cho ${code}${askedBy(askers)}.`,
  closed: (code: string) => `Đã đóng ${code}.`,
  noTicket: (code: string) => `Không có mục ${code} chờ anh/chị trả lời.`,
  alreadyClosed: (code: string) => `Mục ${code} đã đóng.`,
  left: "Đã dừng, chưa gửi câu trả lời.",
  onlyQuestions: (code: string) => `${code} là vướng mắc của đơn vị: anh/chị trả lời hoặc đóng.`,
  onlyOpen: (code: string) => `${code} đã được trả lời, không gộp được nữa.`,
  declined: (code: string, askers: number) =>
    `Đã đóng ${code}${askedBy(askers)}. Người hỏi được báo là câu hỏi không thuộc phạm vi của kênh.`,
  mergeInto: (ticket: TicketView, items: readonly string[]) =>
    [
      `Gộp ${ticket.code} (“${ticket.text}”) vào câu hỏi nào?`,
      ...items.map((item, i) => `${i + 1}. ${item}`),
      "Anh/chị bấm nút, gõ số thứ tự, hoặc gõ mã câu hỏi khác.",
    ].join("\n"),
  offered: (ticket: TicketView, text: string) => `${ticket.code}${askedBy(ticket.askers)}: ${text}`,
  nothingToMerge: (code: string) => `Không có câu hỏi nào khác đang chờ để gộp ${code} vào.`,
  noTarget: (code: string) => `Không gộp vào ${code} được: chỉ gộp vào một câu hỏi khác đang chờ trả lời.`,
  merged: (code: string, into: TicketView) =>
    `Đã gộp ${code} vào ${into.code}. Câu trả lời cho ${into.code} sẽ tới tất cả người hỏi.`,
  leftMerge: "Đã dừng, chưa gộp.",
  answerFirst: (code: string) =>
    `${code} chưa có câu trả lời. Anh/chị trả lời trước, rồi dùng làm câu trả lời chung.`,
  lookOver: (question: string, answer: string, notes: readonly string[]) =>
    [
      "Câu hỏi và câu trả lời sau sẽ hiện với mọi người:",
      `“${question}”`,
      answer,
      "",
      ...notes,
      "Anh/chị kiểm tra câu hỏi không còn thông tin riêng của người hỏi rồi bấm Đăng, hoặc gõ lại câu hỏi.",
    ].join("\n"),
  personal: (what: string) => `⚠️ Câu hỏi còn có ${what}. Anh/chị gõ lại câu hỏi, bỏ phần này.`,
  fillsGap: "Bộ hỏi đáp đang trả lời là chưa có công bố; câu trả lời này sẽ thay vào chỗ đó.",
  questionTooLong: (max: number) => `Câu hỏi dài hơn ${max} ký tự. Xin rút gọn.`,
  published: (code: string) =>
    `✅ Đã đăng câu trả lời ${code}. Từ bây giờ ai hỏi cũng nhận được, ghi rõ cơ quan và ngày trả lời.`,
  leftGeneral: "Đã dừng, chưa đăng. Câu trả lời đã gửi cho người hỏi vẫn giữ nguyên.",
  withdrawn: (code: string) => `Đã gỡ câu trả lời chung ${code}. Người đã nhận không được báo lại.`,
  notGeneral: (code: string) => `${code} hiện không có câu trả lời chung.`,
  noneGeneral: "Chưa có câu trả lời chung nào.",
  generals: (count: number, items: readonly string[]) =>
    [`Có ${count} câu trả lời chung đang dùng:`, ...items].join("\n"),
  general: (code: string, question: string) => `• ${code}: ${question}`,
} as const;
