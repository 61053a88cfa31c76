/** What the program itself says, outside any flow. */
export const appWording = {
  apology:
    "Xin lỗi, tin nhắn vừa rồi chưa xử lý được. Đã báo người phụ trách; phần anh/chị đã nhập vẫn được giữ. Gõ menu để tiếp tục.",
  /** Said once when the answer is late. */
  received:
    "Cầu Nối đã nhận tin nhắn và đang xử lý. Đang có nhiều người nhắn cùng lúc, xin chờ ít phút; anh/chị không cần gửi lại.",
  parked: (reason: string) => `⚠️ Một tin nhắn không xử lý được và đang tạm giữ: ${reason}`,
  extensionGranted: (unit: string, until: string) =>
    `Đề nghị gia hạn của ${unit} đã được đồng ý: hạn mới là ${until}.`,
  extensionRefused: (unit: string) =>
    `Đề nghị gia hạn của ${unit} chưa được chấp thuận. Hạn nộp giữ nguyên; nộp muộn vẫn được ghi nhận.`,
  forwarded: (unit: string, digestId: string, receiver: string, at: string) =>
    `Báo cáo của ${unit} đã vào bản tổng hợp ${digestId} gửi ${receiver} lúc ${at}.`,
  scheduleBusy: "Lịch nhắc đang chạy, xin thử lại sau ít giây.",
  /** The month's purse is empty: said to the campaign's office. */
  spent: {
    replies: (limit: number) =>
      `⚠️ Đã dùng hết ${limit} tin trả lời trả phí của tháng này. Người đã quá 48 giờ chưa nhắn tin sẽ không nhận được tin nhắc, trừ khi có mẫu tin đã duyệt. Đơn vị không gửi được tin ghi trong bản tổng hợp.`,
    templates: (limit: number) =>
      `⚠️ Đã dùng hết ${limit} tin theo mẫu của tháng này. Người đã quá 7 ngày chưa nhắn tin sẽ không nhận được tin nhắc. Đơn vị không gửi được tin ghi trong bản tổng hợp.`,
  },
  /** Why the platform did not deliver a reminder, for the office's call list. */
  notDelivered: {
    "window-closed": "đã quá 7 ngày chưa tương tác với Zalo OA",
    "free-replies-spent": "đã hết lượt tin miễn phí, đợt này không dùng tin trả phí",
    "budget-spent": "đã hết số tin trả phí của tháng",
    "opted-out": "đã tắt tin nhắc",
    "daily-ceiling": "đã đủ số tin nhắc trong ngày",
    "too-old": "tin nhắc không còn đúng lúc",
  },
  rehearsalOver: "Khoảng thời gian xem trước phải kết thúc sau lúc bắt đầu và sau thời điểm hiện tại.",
  rehearsalTooLong: (days: number) => `Chỉ xem trước được ${days} ngày kể từ hiện tại.`,
  unknown: {
    line: (id: string) => `Không có dòng báo cáo "${id}".`,
    period: (id: string) => `Không có kỳ báo cáo "${id}".`,
    unit: (code: string) => `Không có đơn vị nào mang mã "${code}".`,
    template: (id: string) => `Không có mẫu báo cáo "${id}".`,
    report: "Đơn vị không có báo cáo trong kỳ này.",
    digest: (id: string) => `Không có bản tổng hợp "${id}".`,
  },
  notDeliveredOtherwise: "Zalo không chuyển được tin",
  backupRunning: "Đang có một lần sao lưu khác; xin thử lại sau.",
} as const;
