/** What the program itself says, outside any flow. */
export const appWording = {
  apology:
    "Xin lỗi, tin nhắn vừa rồi chưa xử lý được. Đã báo người phụ trách; phần anh/chị đã nhập vẫn được giữ. Gõ menu để tiếp tục.",
  parked: (reason: string) => `⚠️ Một tin nhắn không xử lý được và đang tạm giữ: ${reason}`,
  extensionGranted: (unit: string, until: string) =>
    `Đề nghị gia hạn của ${unit} đã được đồng ý: hạn mới là ${until}.`,
  extensionRefused: (unit: string) =>
    `Đề nghị gia hạn của ${unit} chưa được chấp thuận. Hạn nộp giữ nguyên; nộp muộn vẫn được ghi nhận.`,
  forwarded: (unit: string, digestId: string, receiver: string, at: string) =>
    `Báo cáo của ${unit} đã vào bản tổng hợp ${digestId} gửi ${receiver} lúc ${at}.`,
  /** Why the platform did not deliver a reminder, for the office's call list. */
  notDelivered: {
    "window-closed": "đã quá 7 ngày chưa tương tác với Zalo OA",
    "free-replies-spent": "đã hết lượt tin miễn phí, chiến dịch không dùng tin trả phí",
    "opted-out": "đã tắt tin nhắc",
    "daily-ceiling": "đã đủ số tin nhắc trong ngày",
    "too-old": "tin nhắc không còn đúng lúc",
  },
  unknown: {
    line: (id: string) => `Không có dòng báo cáo "${id}".`,
    period: (id: string) => `Không có kỳ báo cáo "${id}".`,
    unit: (code: string) => `Không có đơn vị nào mang mã "${code}".`,
    template: (id: string) => `Không có mẫu báo cáo "${id}".`,
    report: "Đơn vị không có báo cáo trong kỳ này.",
    digest: (id: string) => `Không có bản tổng hợp "${id}".`,
    ticket: (code: string) => `Không có phiếu "${code}".`,
  },
  notDeliveredOtherwise: "Zalo không chuyển được tin",
} as const;
