/** A unit's own record in words: thanks first, help where it is needed, and nobody else's name. */
import type { CardView } from "../../src/conversation/context";

export const titles = {
  link: "Liên kết đơn vị",
  sinceStart: "Kết quả từ đầu đợt",
} as const;

/** A median may lie between two weeks: `3,5`. */
const weeks = (count: number): string => `${String(count).replace(".", ",")} tuần`;

/** From two on it is a streak. */
const MIN_STREAK = 2;

function line({ unitName, lineName, owed, onTime, streak, median }: CardView): string {
  const head = `• ${unitName}${lineName === null ? "" : ` (${lineName})`}: đúng hạn ${onTime}/${weeks(owed)}`;
  return [
    `${head}${streak < MIN_STREAK ? "" : `, đang liền mạch ${weeks(streak)} đúng hạn`}.`,
    ...(median === null ? [] : [`Mức giữa của các đơn vị cùng nhóm: ${weeks(median)}.`]),
  ].join(" ");
}

function closing(cards: readonly CardView[]): string {
  if (cards.every(({ owed, onTime }) => onTime === owed))
    return "Cảm ơn anh/chị đã giữ nhịp, không lỡ tuần nào.";
  if (cards.some(({ onTime }) => onTime > 0))
    return "Cảm ơn anh/chị. Tuần nào bận, anh/chị gõ “gia hạn” trước giờ hạn là được.";
  return "Nếu đang vướng gì, anh/chị gõ “khó khăn” để cùng tháo gỡ.";
}

export const wording = {
  monthly: (month: string, cards: readonly CardView[]) =>
    [
      `Thẻ tháng ${month.slice(5)}/${month.slice(0, 4)}, chỉ gửi riêng anh/chị:`,
      ...cards.map(line),
      closing(cards),
    ].join("\n"),
  sinceStart: (cards: readonly CardView[]) =>
    [
      "Kết quả nộp báo cáo từ đầu đợt đến nay, chỉ anh/chị xem:",
      ...cards.map(line),
      "Tuần báo không phát sinh vẫn tính là đã nộp; tuần được miễn thì không tính.",
      closing(cards),
    ].join("\n"),
  nothingYet: "Đơn vị của anh/chị chưa có kỳ báo cáo nào đến hạn. Sau hạn đầu tiên, kết quả sẽ có ở đây.",
  notLinked:
    "Kết quả nộp báo cáo chỉ có cho đầu mối của đơn vị. Anh/chị bấm Liên kết đơn vị nếu được giao việc này.",
} as const;
