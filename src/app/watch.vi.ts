/** Alarms about things that did not happen, and the all-clear of each. */
export const WATCH = {
  silent: (minutes: number) =>
    `⚠️ Đã ${minutes} phút trong giờ làm việc không nhận được tin nào từ Zalo. Nhắn thử cho OA; nếu bot không trả lời, chạy npm run doctor.`,
  heardAgain: "✅ Đã nhận lại tin từ Zalo.",
  granted: "✅ OA đã cấp quyền; tin nhắn đang chờ sẽ được gửi.",
  packageLow: (percent: number) =>
    `⚠️ Gói tin của OA chỉ còn ${percent}%. Cần mua thêm hoặc giảm tin trả phí trước khi hết.`,
  packageFine: "✅ Gói tin của OA đã đủ trở lại.",
  inboxBehind: (minutes: number) =>
    `⚠️ Có tin nhắn chờ xử lý đã ${minutes} phút. Người dùng và lời nhắc đang bị chậm; xem nhật ký chương trình.`,
  inboxFine: "✅ Tin nhắn chờ đã được xử lý hết.",
  outboxBehind: (minutes: number) =>
    `⚠️ Có tin đã sẵn sàng mà ${minutes} phút chưa gửi được. Kiểm tra đường tới Zalo, rồi chạy npm run doctor.`,
  outboxFine: "✅ Tin chờ gửi đã được gửi.",
  agendaLate: (minutes: number) =>
    `⚠️ Lịch nhắc việc đã ${minutes} phút không chạy: lời nhắc và bản tổng hợp có thể bị trễ. Khởi động lại chương trình nếu vẫn vậy.`,
  agendaFine: "✅ Lịch nhắc việc đã chạy lại; phần bị trễ đã được làm bù.",
  remindersMissing: (line: string, at: string, units: number) =>
    `⚠️ Đợt nhắc ${at} của dòng "${line}" không gửi cho ai, dù còn ${units} đơn vị phải nhắc. Xem nhật ký chương trình; cán bộ có thể bấm "Nhắc" dưới bản tổng hợp.`,
  digestLate: (line: string, period: string) =>
    `⚠️ Bản tổng hợp của dòng "${line}", kỳ ${period} đã quá hạn 15 phút mà chưa chốt.`,
  digestsFine: "✅ Các bản tổng hợp bị trễ đã được chốt.",
  deliveryParked: (reason: string) =>
    `⚠️ Có tin gửi nhiều lần không được và đã tạm giữ (${reason}). Xem GET /api/v1/deliveries?status=parked.`,
  groupLost: (office: string) =>
    `⚠️ Zalo báo OA không còn trong nhóm chat của ${office}: bản tổng hợp trở lại gửi cho từng cán bộ. Muốn dùng nhóm, đưa OA vào nhóm rồi gõ "liên kết nhóm <mã>".`,
  withoutRedis: (programs: number) =>
    `⚠️ ${programs} bản chương trình đang chạy mà không có Redis: quyền của OA có thể bị mất, tin có thể gửi hai lần. Đặt REDIS_URL hoặc tắt bớt.`,
  onlyOne: "✅ Chỉ còn một bản chương trình đang chạy.",
} as const;
