/** The few sentences the platform's own limits make necessary. */

import type { Kind } from "./error-table";

/** Over further buttons, where a message had more than fit under one text. */
export const MORE_CHOICES = "Các lựa chọn khác:";

/** What a file is called when neither the sender nor its address names it. */
export const UNNAMED = { image: "Ảnh", file: "Tệp đính kèm", audio: "Ghi âm", video: "Video" } as const;

export const GRANT_REFUSED =
  "⚠️ Zalo từ chối gia hạn quyền của OA: tin nhắn không gửi đi được khi mã hiện tại hết hạn. " +
  "Quản trị viên OA mở /zalo/authorize để cấp quyền lại.";

export const GRANT_MISSING =
  "⚠️ Chưa có quyền gửi tin của OA. Quản trị viên OA mở /zalo/authorize để cấp quyền, hoặc nhập mã làm mới (refresh token).";

export const TOKEN_EXPIRING =
  "⚠️ Mã truy cập Zalo sắp hết hạn mà chưa gia hạn được; hết hạn thì tin nhắn phải chờ. " +
  "Cần kiểm tra đường mạng tới Zalo, hoặc quản trị viên OA mở /zalo/authorize để cấp quyền lại.";

export const PERMISSION_REVOKED =
  "⚠️ OA đã thu hồi quyền của ứng dụng: không gửi được tin nữa. Quản trị viên OA mở /zalo/authorize để cấp quyền lại.";

export const ACCOUNT_QUOTA_CHANGED = (before: string, after: string): string =>
  `⚠️ Zalo đổi hạn mức tin trong ngày của OA từ ${before} thành ${after}.`;

export const TEMPLATE_QUOTA_CHANGED = (template: string, before: string, after: string): string =>
  `⚠️ Zalo đổi hạn mức trong ngày của mẫu tin ${template} từ ${before} thành ${after}.`;

export const TEMPLATE_QUALITY_CHANGED = (template: string, quality: string): string =>
  `⚠️ Zalo đổi mức chất lượng của mẫu tin ${template} thành ${quality}.`;

export const TEMPLATE_CHANGED = (template: string, status: string, reason: string | undefined): string =>
  `⚠️ Mẫu tin ${template} chuyển sang trạng thái ${status}${reason === undefined ? "" : `: ${reason}`}.`;

export const TOKEN_REJECTED =
  "⚠️ Zalo không nhận mã truy cập vừa được cấp. Cần kiểm tra xem có chương trình khác đang dùng chung OA này không.";

export const SETUP_TROUBLE = (code: string): string =>
  `⚠️ Zalo không cho gửi tin vì thiết lập của OA hoặc ứng dụng (mã ${code}). Chạy npm run doctor để biết cần sửa ở đâu trên trang quản trị Zalo.`;

export const QUOTA_TROUBLE = (code: string): string =>
  `⚠️ Hạn mức gửi tin của OA đã hết (mã ${code}). Tin còn lại chờ đến kỳ sau hoặc khi người nhận nhắn tin.`;

/** Why the platform did not deliver, for the office that calls the unit instead. */
export const NOT_DELIVERED: Readonly<Record<Kind, string>> = {
  window: "đã quá lâu chưa nhắn tin cho Zalo OA",
  "no-funds": "đã quá 48 giờ chưa nhắn tin, tài khoản trả phí của OA đã hết tiền hoặc chưa có",
  person: "tài khoản Zalo của người nhận không nhận tin từ OA",
  night: "Zalo không gửi tin vào ban đêm",
  rate: "OA gửi quá nhiều tin cùng lúc",
  "next-day": "đã hết hạn mức tin trong ngày của OA",
  token: "OA chưa được cấp lại quyền gửi tin",
  temporary: "Zalo tạm thời không nhận tin",
  setup: "thiết lập của OA chưa cho gửi loại tin này",
  request: "Zalo không nhận nội dung tin",
  unknown: "Zalo không chuyển được tin",
};
