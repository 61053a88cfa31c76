/** What is kept about a person, and how they have it removed. */
import { dayOf, spokenDay } from "../../src/core/clock";
import { inDigits } from "../../src/core/number-words";
import { roleNames } from "../naming.vi";
import { wording as phoneWording } from "../phone/wording.vi";
import type { PersonView } from "../../src/conversation/context";

export const titles = {
  copy: "Nhận bản sao",
  remove: "Xóa dữ liệu",
  stop: "Dừng nhận tin",
  confirm: "Xác nhận xóa",
  keep: "Không xóa",
} as const;

export const wording = {
  kept: ({ displayName, memberships, kept, optedOut, consented, phone }: PersonView, office: string) =>
    [
      `Dữ liệu của anh/chị tại đây, do ${office} quản lý:`,
      `• Tên hiển thị: ${displayName ?? "chưa có"}; mã tài khoản Zalo.`,
      ...(memberships.length === 0
        ? ["• Chưa liên kết đơn vị nào."]
        : memberships.map(({ unitName, role }) => `• Liên kết: ${unitName}, ${roleNames[role]}.`)),
      `• Từ ${spokenDay(dayOf(kept.since))}: ${inDigits(kept.messages)} tin nhắn, ${inDigits(kept.reports)} lần nộp báo cáo, ${inDigits(kept.tickets)} câu hỏi và vướng mắc.`,
      ...(phone === null ? [] : [phoneWording.kept(phone)]),
      `• Đồng ý xử lý dữ liệu: ${consented ? "có" : "chưa"}. Nhận tin nhắc: ${optedOut ? "đã dừng" : "có"}.`,
      "Yêu cầu được phản hồi trong 2 ngày làm việc; xem, sửa thực hiện trong 10 ngày, rút đồng ý trong 15 ngày, xóa trong 20 ngày. Xóa tại đây có hiệu lực ngay.",
    ].join("\n"),
  copy: "Đây là bản sao đầy đủ dữ liệu của anh/chị tại đây, đến lúc này. Tệp có thông tin riêng, xin đừng chuyển tiếp.",
  confirm: (linked: boolean) =>
    [
      "Xóa tên, tài khoản, tin nhắn và đánh giá của anh/chị tại đây? Việc này không khôi phục được.",
      ...(linked
        ? [
            "Liên kết với đơn vị và bản nháp cũng mất. Báo cáo đã nộp vẫn được giữ nhưng không còn tên người nộp.",
          ]
        : []),
    ].join("\n"),
  confirmAgain: "Xin bấm Xác nhận xóa, hoặc Không xóa.",
  removed: (code: string) =>
    `Đã nhận yêu cầu và xóa dữ liệu của anh/chị. Mã xác nhận: ${code}. Tin này là tin cuối cùng.`,
  notRemoved: "Dữ liệu được giữ nguyên.",
} as const;
