/** Sentences of the ledger that people read: why something was refused, why a unit was not reached. */
import { shortInstant, type Instant } from "../core/clock";

export const ledgerWording = {
  unknownObligation: "Đơn vị không có báo cáo trong kỳ này.",
  closed: (closesAt: Instant) =>
    `Kỳ báo cáo đã đóng lúc ${shortInstant(closesAt)}. Anh/chị có thể xin gia hạn với cơ quan tổng hợp.`,
  exempt: "Đơn vị được miễn báo cáo trong kỳ này.",
  notLater: (dueAt: Instant) => `Hạn mới phải sau hạn đang có (${shortInstant(dueAt)}).`,
  notWaiting: "Yêu cầu gia hạn này đã được xử lý.",
  alreadyReported: "Đơn vị đã gửi báo cáo của kỳ này nên không miễn được nữa.",
  nobodyLinked: "Chưa có ai của đơn vị liên kết Zalo",
  allOptedOut: "Đầu mối của đơn vị đã dừng nhận tin",
  allUnreachable: "Zalo không chuyển được tin tới đầu mối của đơn vị",
} as const;
