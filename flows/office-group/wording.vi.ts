/** What is said in an office's chat group about the group itself. */
import { shortInstant, type Instant } from "../../src/core/clock";

export const wording = {
  bound: (office: string) =>
    `✅ Nhóm này đã liên kết với ${office}. Bản tổng hợp và cảnh báo sẽ gửi vào đây khi không nhắn riêng được cho cán bộ. Bot không trả lời tin nhắn khác trong nhóm. Muốn dừng, cán bộ gõ “bỏ liên kết nhóm”.`,
  ended: (office: string) =>
    `Đã bỏ liên kết nhóm này với ${office}. Bản tổng hợp và cảnh báo không gửi vào đây nữa.`,
  already: (office: string) => `Nhóm này đã liên kết với ${office} từ trước. Mã vẫn còn dùng được.`,
  taken: (office: string) =>
    `Nhóm này đang liên kết với ${office}. Cán bộ của ${office} gõ “bỏ liên kết nhóm” trước, rồi liên kết lại. Mã vẫn còn dùng được.`,
  notBound: "Nhóm này chưa liên kết với cơ quan nào.",
  notYours: (office: string) => `Chỉ cán bộ của ${office} bỏ liên kết nhóm này được.`,
  notStaff: "Mã này dành cho đầu mối báo cáo. Liên kết nhóm cần mã cán bộ tổng hợp của cơ quan.",
  used: "Mã này đã được sử dụng. Mỗi mã chỉ dùng một lần; xin hỏi cơ quan cấp mã để có mã mới.",
  expired: "Mã này đã hết hạn. Xin hỏi cơ quan cấp mã để có mã mới.",
  unknown: (left: number) => `Mã liên kết nhóm không đúng. Xin kiểm tra lại từng chữ, còn ${left} lần thử.`,
  blocked: (until: Instant) => `Đã nhập sai mã nhiều lần. Xin thử lại sau ${shortInstant(until)}.`,
} as const;
