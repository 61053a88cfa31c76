/** The plan of a wave as an operator reads it on a terminal. */
import { inDigits } from "../core/number-words";

export const WAVES = {
  notRunning: "Chương trình chưa chạy ở máy này; khởi động rồi chạy lại.",
  wrongToken:
    "Chương trình đang chạy không nhận mã truy cập. Đặt ADMIN_TOKEN đúng với chương trình rồi chạy lại.",
  busy: "Chương trình đang rà lịch; xin chạy lại sau ít giây.",
  none: "Chưa có đợt nhắc nào sắp tới: chưa ai liên kết với đơn vị còn phải báo cáo, hoặc chiến dịch đã hết.",
} as const;

const LANES = {
  free: "Trả lời miễn phí (48 giờ)",
  paid: "Trả lời trả phí (đến 7 ngày)",
  template: "Mẫu tin theo tài khoản",
  phone: "Mẫu tin theo số điện thoại",
  group: "Nhóm của cơ quan",
} as const;

const STEPS: Readonly<Record<string, string>> = {
  opening: "báo kỳ mở",
  "day-before": "trước hạn một ngày",
  "two-hours": "trước hạn hai giờ",
  due: "đến hạn",
  "next-morning": "sáng sau hạn",
};

export interface PlannedWave {
  /** ISO, Hà Nội's offset. */
  readonly at: string;
  readonly people: number;
  readonly about: readonly {
    readonly line: string;
    readonly period: string;
    readonly step: string;
    readonly units: number;
  }[];
  readonly lanes: readonly {
    readonly lane: keyof typeof LANES;
    readonly messages: number;
    readonly priceVnd: number | null;
    readonly costVnd: number | null;
  }[];
  readonly costVnd: number | null;
  readonly priceSource: string;
  readonly leftThisMonth: { readonly before: Purses; readonly after: Purses };
  readonly notReached: readonly {
    readonly unitName: string;
    readonly line: string;
    readonly period: string;
    readonly reason: string;
  }[];
}

interface Purses {
  readonly replies: number;
  readonly templates: number;
}

const NAME_WIDTH = 30;
const COUNT_WIDTH = 7;
/** A call list longer than a screen is read as JSON. */
const MAX_UNITS = 15;

const money = (vnd: number | null): string => (vnd === null ? "chưa có giá" : `${inDigits(vnd)} đ`);
/** `2025-12-02T15:00:00+07:00` → `15:00 ngày 02/12/2025` */
const when = (iso: string): string =>
  `${iso.slice(11, 16)} ngày ${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
const left = ({ before, after }: PlannedWave["leftThisMonth"]): string =>
  `Còn trong tháng: tin trả lời trả phí ${inDigits(before.replies)} → ${inDigits(after.replies)}, tin theo mẫu ${inDigits(before.templates)} → ${inDigits(after.templates)}.`;

export function waveText(wave: PlannedWave): string {
  const hidden = wave.notReached.length - MAX_UNITS;
  return [
    `Đợt nhắc kế tiếp: ${when(wave.at)}, ${inDigits(wave.people)} người`,
    "",
    ...wave.about.map(
      ({ line, period, step, units }) =>
        `  ${line}, kỳ ${period}: ${inDigits(units)} đơn vị (${STEPS[step] ?? step})`,
    ),
    "",
    `  ${"Đường gửi".padEnd(NAME_WIDTH)}${"Số tin".padStart(COUNT_WIDTH)}  Chi phí`,
    ...wave.lanes.map(
      ({ lane, messages, costVnd }) =>
        `  ${LANES[lane].padEnd(NAME_WIDTH)}${inDigits(messages).padStart(COUNT_WIDTH)}  ${money(costVnd)}`,
    ),
    `  ${"Cộng".padEnd(NAME_WIDTH)}${inDigits(wave.lanes.reduce((sum, { messages }) => sum + messages, 0)).padStart(COUNT_WIDTH)}  ${money(wave.costVnd)}`,
    "",
    `  ${left(wave.leftThisMonth)}`,
    `  Giá: ${wave.priceSource}`,
    "",
    ...(wave.notReached.length === 0
      ? ["  ✅ Không đơn vị nào ngoài tầm gửi."]
      : [
          `  ⚠️ ${inDigits(wave.notReached.length)} đơn vị không gửi được tin, cần gọi điện:`,
          ...wave.notReached.slice(0, MAX_UNITS).map(({ unitName, reason }) => `    ${unitName}: ${reason}`),
          ...(hidden > 0 ? [`    và ${inDigits(hidden)} đơn vị khác (xem GET /api/v1/waves/next).`] : []),
        ]),
  ].join("\n");
}
