/** Letting somebody report in the unit's name: a deputy, or whoever stands in for some days. */
import { shortInstant, spokenDay, type Day, type Instant } from "../../src/core/clock";
import type { DelegationView } from "../../src/conversation/context";

/** `từ 05/12/2025 đến hết 20/12/2025`. */
export const spanText = (from: Day, to: Day | null): string =>
  to === null
    ? `từ ${spokenDay(from)}, đến khi anh/chị kết thúc`
    : from === to
      ? `trong ngày ${spokenDay(from)}`
      : `từ ${spokenDay(from)} đến hết ${spokenDay(to)}`;

export const titles = {
  days: (days: number, to: Day) => `${days} ngày, đến hết ${spokenDay(to)}`,
  standing: "Không thời hạn (cấp phó)",
  end: (place: number) => `Kết thúc ủy quyền ${place}`,
} as const;

interface Made {
  readonly code: string;
  readonly unitName: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly expiresAt: Instant;
}

const holderText = ({ holder, used }: DelegationView): string =>
  used ? (holder ?? "người đã nhận mã") : "mã chưa dùng";

export const wording = {
  notHead:
    "Ủy quyền dành cho đầu mối được cơ quan nhận báo cáo cấp mã liên kết. Người đang báo cáo thay không ủy quyền tiếp được.",
  which: (units: readonly string[]) =>
    ["Ủy quyền báo cáo của đơn vị nào?", ...units.map((unit, i) => `${i + 1}. ${unit}`)].join("\n"),
  span: (unit: string, standing: readonly DelegationView[]) =>
    [
      ...(standing.length === 0
        ? []
        : [
            `Đang ủy quyền báo cáo của ${unit}:`,
            ...standing.map((one, i) => `${i + 1}. ${holderText(one)}, ${spanText(one.from, one.to)}.`),
          ]),
      `Anh/chị cho người khác báo cáo thay ${unit} trong thời gian nào? Bấm chọn, hoặc gõ khoảng ngày, ví dụ: 05/12 đến 20/12.`,
    ].join("\n"),
  spanAgain: (maxDays: number) =>
    `Xin gõ khoảng ngày bắt đầu từ hôm nay trở đi, dài không quá ${maxDays} ngày, ví dụ: 05/12 đến 20/12.`,
  noFiles: "Bước này chỉ nhận chữ.",
  making: (unit: string, from: Day, to: Day | null) =>
    `Đã ghi ủy quyền báo cáo của ${unit} ${spanText(from, to)}. Mã cho người báo cáo thay ở tin ngay sau đây.`,
  made: ({ code, unitName, from, to, expiresAt }: Made) =>
    [
      `📌 Mã ủy quyền báo cáo của ${unitName}, ${spanText(from, to)}: ${code}`,
      `Anh/chị gửi mã này cho người báo cáo thay; người đó nhắn tới đây: liên kết ${code}`,
      `Mã dùng một lần, hết hạn lúc ${shortInstant(expiresAt)}. Muốn dừng sớm, anh/chị gõ “ủy quyền”.`,
    ].join("\n"),
  gone: "Ủy quyền này đã kết thúc.",
  ending: (unit: string) => `Đã kết thúc ủy quyền báo cáo của ${unit}. Người báo cáo thay được báo ngay.`,
  ended: (unit: string) =>
    `Ủy quyền báo cáo của ${unit} cho anh/chị đã kết thúc. Cảm ơn anh/chị đã báo cáo thay.`,
  left: "Đã dừng, chưa ủy quyền thêm cho ai.",
} as const;
