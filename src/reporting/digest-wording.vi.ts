/** Words that the chat text, the documents and the spreadsheet of a digest share. */
import { shortInstant, type Instant } from "../core/clock";
import type { Change, Correction, DigestContent, DigestCounts, UnitRow } from "./digest-content";

/** The measures and what each counts; frozen with the figures they explain. */
export const DEFINITIONS: DigestContent["definitions"] = [
  {
    name: "Đã nhận",
    text: "Đơn vị đã gửi báo cáo, kể cả báo cáo không phát sinh, tính đến lúc chốt, trên số đơn vị phải báo cáo; đơn vị được miễn không tính.",
  },
  { name: "Đầy đủ", text: "Báo cáo trả lời hết các mục bắt buộc, hoặc báo cáo không phát sinh." },
  {
    name: "Đúng hạn",
    text: "Báo cáo gửi lần đầu không sau hạn của đơn vị, kể cả hạn đã được gia hạn; điều chỉnh về sau không làm báo cáo thành muộn.",
  },
  { name: "Hợp lý", text: "Báo cáo không có số liệu nào mang dấu cần kiểm tra." },
  {
    name: "Không gửi được tin",
    text: "Đơn vị chưa nộp mà hệ thống không gửi được tin cho đầu mối nào; không phải lỗi của đơn vị.",
  },
];

export const NOT_REACHED_UNKNOWN = "chưa có đầu mối nhận tin";
export const TO_CHECK = "cần kiểm tra";

const GROUPING = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });

/** `1.234.567` */
export const numberText = (value: number): string => GROUPING.format(value);

/** `tuần 49/2025` */
export function periodText(period: string): string {
  const week = /^(\d{4})-W(\d{2})$/.exec(period);
  return week === null ? `kỳ ${period}` : `tuần ${Number(week[2])}/${week[1] ?? ""}`;
}

/** Rounded down, so that only all of them are 100 %; null where there is nothing to take a part of. */
export const percentOf = (part: number, whole: number): number | null =>
  whole <= 0 ? null : Math.floor((Math.min(part, whole) * 100) / whole);

/** `200/230 (86%)` */
export function shareText(part: number, whole: number): string {
  const percent = percentOf(part, whole);
  return `${numberText(part)}/${numberText(whole)}${percent === null ? "" : ` (${percent}%)`}`;
}

export const receivedText = (counts: DigestCounts): string => shareText(counts.received, counts.expected);

/** `tăng 3`, `giảm 2`, `như tuần trước` */
export function movedText(by: number): string {
  if (by === 0) return "như tuần trước";
  return by > 0 ? `tăng ${numberText(by)}` : `giảm ${numberText(-by)}`;
}

/** `+3`, `−2`, `0`: for table cells. */
export const signedText = (by: number): string =>
  by === 0 ? "0" : by > 0 ? `+${numberText(by)}` : `−${numberText(-by)}`;

export function stateText(unit: UnitRow): string {
  switch (unit.state) {
    case "on-time":
      return unit.nil ? "Đúng hạn, không phát sinh" : "Đúng hạn";
    case "late":
      return unit.nil ? "Nộp muộn, không phát sinh" : "Nộp muộn";
    case "missing":
      return "Chưa nộp";
    case "exempt":
      return "Được miễn";
  }
}

/** What has to be known about a unit beside its state; empty where there is nothing. */
export function noteText(unit: UnitRow): string {
  return [
    unit.missingTwice ? "hai kỳ liền chưa nộp" : null,
    unit.notReached === null ? null : `không gửi được tin (${unit.notReached})`,
    unit.extendedUntil === null ? null : extendedText(unit.extendedUntil),
    unit.exemptReason,
  ]
    .filter((note) => note !== null)
    .join("; ");
}

export const extendedText = (until: Instant): string => `được gia hạn đến ${shortInstant(until)}`;

/** A digest later than this after the deadline says so: the schedule itself takes less than a minute or two. */
const PUNCTUAL_MS = 10 * 60_000;

/** Said when downtime kept the digest from being frozen at the deadline; null when it was punctual. */
export const lateFreezeText = (content: DigestContent): string | null =>
  content.frozenAt - content.period.dueAt <= PUNCTUAL_MS
    ? null
    : `Bản tổng hợp được chốt muộn hơn hạn (${shortInstant(content.period.dueAt)}) do hệ thống gián đoạn; số liệu tính đến lúc chốt.`;

const valueText = (value: number | string | null): string =>
  value === null ? "chưa có" : typeof value === "number" ? numberText(value) : `“${value}”`;

/** `Phòng Kinh tế, tuần 49/2025, Số tin, bài đăng 41: “Có nhầm không?” Trả lời: “Là 14.”` */
export function clarificationText(
  asked: NonNullable<DigestContent["clarifications"]>[number],
  labelOf: (field: string) => string,
): string {
  const { unitName, period, field, value, question, answer } = asked;
  const about =
    field === null ? "" : `, ${labelOf(field)}${typeof value === "number" ? ` ${numberText(value)}` : ""}`;
  const answered = answer === null ? "Đơn vị chưa trả lời." : `Trả lời: “${answer}”`;
  return `${unitName}, ${periodText(period)}${about}: “${question}” ${answered}`;
}

/** `Số tin, bài đăng: đã điều chỉnh 41 → 14`; of a text only that it was changed. */
export function changeText(change: Change, label: string): string {
  if (typeof change.from === "string" || typeof change.to === "string") return `${label}: đã sửa nội dung`;
  return `${label}: đã điều chỉnh ${valueText(change.from)} → ${valueText(change.to)}`;
}

/** One correction in words, the unit first. */
export function correctionText(correction: Correction, labelOf: (field: string) => string): string {
  const { unitName, period, kind, changes } = correction;
  if (kind === "amended")
    return `${unitName}, ${periodText(period)}: ${changes.map((change) => changeText(change, labelOf(change.field))).join("; ")}`;
  const figures = changes
    .filter(({ to }) => typeof to === "number")
    .map(({ field, to }) => `${labelOf(field)} ${valueText(to)}`);
  const held = figures.length === 0 ? "không phát sinh" : figures.join("; ");
  return `${unitName}, ${periodText(period)}: nhận sau khi đã gửi bản tổng hợp (${held})`;
}
