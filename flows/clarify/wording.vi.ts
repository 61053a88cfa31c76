/** An office asks a unit about a figure of its digest, and the unit answers. */
import type { ClarificationView } from "../../src/conversation/context";
import { inDigits } from "../../src/core/number-words";
import { periodName } from "../naming.vi";

export const titles = {
  start: "Cần làm rõ",
  whole: "Cả báo cáo",
  check: "Đề nghị kiểm tra lại",
  answer: "Trả lời",
  amend: "Xem, sửa báo cáo",
} as const;

/** `1.250`, `“Thiếu máy chiếu”` */
export const valueText = (value: number | string): string =>
  typeof value === "number" ? inDigits(value) : `“${value}”`;

type About = Pick<ClarificationView, "unitName" | "period" | "label" | "value">;

/** `THPT Chu Văn An, tuần 49, Số lượt người tham dự: 1.250` */
const aboutText = ({ unitName, period, label, value }: About): string =>
  `${unitName}, ${periodName(period)}${label === null ? "" : `, ${label}`}${value === null ? "" : `: ${valueText(value)}`}`;

export const wording = {
  onlyStaff: "Mục này dành cho cán bộ tổng hợp đã nhận bản tổng hợp.",
  pick: (digestId: string) =>
    `Anh/chị bấm nút bên dưới để hỏi lại một số liệu trong bản tổng hợp ${digestId}.`,
  nothing: "Không có số liệu nào cần làm rõ.",
  gone: "Bản tổng hợp này không còn trong danh sách của anh/chị.",
  nobody: "Bản tổng hợp này chưa có báo cáo nào để hỏi lại.",
  unit: (digestId: string) =>
    `Cần làm rõ số liệu của đơn vị nào trong bản tổng hợp ${digestId}? Anh/chị gõ tên hoặc mã đơn vị. Gõ “hủy” để thôi.`,
  several: (names: readonly string[]) =>
    ["Có nhiều đơn vị khớp, anh/chị chọn số:", ...names.map((name, i) => `${i + 1}. ${name}`)].join("\n"),
  tooMany: (count: number) => `Có ${count} đơn vị khớp. Xin gõ tên đầy đủ hơn, hoặc mã đơn vị.`,
  noUnit: (text: string) =>
    `Không thấy “${text}” trong các báo cáo đã nhận của bản tổng hợp này. Đơn vị chưa nộp thì anh/chị dùng nút nhắc.`,
  field: (unit: string, lines: readonly string[]) =>
    [`Báo cáo của ${unit}. Anh/chị gõ số của dòng cần làm rõ:`, ...lines].join("\n"),
  line: (place: number, label: string, value: number | string, doubtful: boolean) =>
    `${place}. ${label}: ${valueText(value)}${doubtful ? " (cần kiểm tra)" : ""}`,
  noField: "Xin gõ số của một dòng ở trên, hoặc bấm Cả báo cáo.",
  question: (unit: string, label: string | null) =>
    `Anh/chị gõ điều cần làm rõ về ${label === null ? `báo cáo của ${unit}` : `“${label}” của ${unit}`}; nội dung được gửi nguyên văn. Gõ “hủy” để thôi.`,
  pleaseCheck: "Đề nghị đơn vị kiểm tra lại số liệu này.",
  asked: (code: string, unit: string) =>
    `Đã gửi câu hỏi ${code} tới đầu mối của ${unit}. Câu trả lời sẽ được gửi lại tại đây và ghi vào bản tổng hợp kỳ sau.`,
  askedNobody: (code: string, unit: string) =>
    `Đã ghi câu hỏi ${code}, nhưng ${unit} chưa có ai nhận tin trên Zalo: xin gọi trực tiếp. Câu hỏi được ghi vào bản tổng hợp kỳ sau.`,
  tooLong: (max: number) => `Nội dung dài hơn ${max} ký tự. Xin rút gọn.`,
  noFiles: "Bước này chỉ nhận chữ.",
  left: "Đã dừng, chưa gửi gì.",

  request: (asked: ClarificationView) =>
    `📌 ${asked.officeName} cần làm rõ (${asked.code}):\n${aboutText(asked)}\n“${asked.question}”`,
  answer: (asked: ClarificationView) =>
    `${aboutText(asked)}\n“${asked.question}”\nAnh/chị gõ câu trả lời; nội dung được gửi nguyên văn tới ${asked.officeName}. Gõ “hủy” để thôi.`,
  answered: (asked: ClarificationView) =>
    `✅ Đã gửi câu trả lời ${asked.code} tới ${asked.officeName}. Nếu số liệu chưa đúng, anh/chị sửa ngay trong báo cáo.`,
  alreadyAnswered: (code: string) => `Câu hỏi ${code} đã được trả lời.`,
  unknown: (code: string) => `Không có câu hỏi ${code} chờ anh/chị trả lời.`,
  waiting: (items: readonly string[]) => ["Số liệu cần anh/chị làm rõ:", ...items].join("\n"),
  item: (asked: ClarificationView) => `• ${asked.code}: ${aboutText(asked)}`,
  answerTo: (code: string) => `Trả lời ${code}`,
  told: (asked: ClarificationView, answer: string) =>
    `📌 ${asked.unitName} trả lời ${asked.code}\n${aboutText(asked)}\nHỏi: “${asked.question}”\nTrả lời: “${answer}”`,
} as const;
