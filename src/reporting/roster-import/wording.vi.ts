/** How people head the columns of a roster, and what they read of an import. */
import { spokenDay } from "../../core/clock";
import type { Unit } from "../campaign";
import type { UnitFault } from "../unit-faults";

export type Column =
  "code" | "name" | "shortName" | "group" | "parent" | "aliases" | "validFrom" | "validTo" | "successor";

/** Compared without marks, case and punctuation. */
export const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  code: ["code", "mã", "mã đơn vị"],
  name: ["name", "tên", "tên đơn vị", "tên đầy đủ"],
  shortName: ["short name", "tên ngắn", "tên gọn", "tên viết tắt"],
  group: ["group", "nhóm", "nhóm đơn vị"],
  parent: ["parent", "trực thuộc", "cấp trên", "đơn vị cấp trên"],
  aliases: ["aliases", "tên khác", "tên gọi khác"],
  validFrom: ["valid from", "từ ngày", "ngày bắt đầu"],
  validTo: ["valid to", "đến ngày", "ngày kết thúc"],
  successor: ["successor", "đơn vị kế thừa", "kế thừa"],
};

const dayOr = (day: string | null): string => (day === null ? "không ghi ngày" : spokenDay(day));

export const importWording = {
  notText: "Tệp không phải bảng tính .xlsx hay CSV mã UTF-8. Xin lưu lại ở một trong hai dạng đó.",
  noSheet: "Không mở được bảng tính. Xin lưu lại ở dạng .xlsx rồi gửi lại.",
  noHeading: 'Không thấy dòng tiêu đề có cột "mã" cùng ít nhất một cột khác như "tên" hoặc "nhóm".',
  headingTwice: (heading: string) => `Cột "${heading}" có hai lần.`,
  noRows: "Dưới dòng tiêu đề chưa có đơn vị nào.",
  refused: "Danh sách còn dòng sai nên chưa ghi dòng nào. Chi tiết nêu từng dòng.",
  codeTwice: (code: string, row: number) => `Mã "${code}" đã có ở dòng ${row}.`,
  groupUnknown: (group: string) => `Chiến dịch chưa có nhóm "${group}". Xin ghi đúng tên nhóm đang dùng.`,
  several: (name: string) => `Có nhiều đơn vị tên "${name}". Xin ghi mã của đơn vị.`,
  lineBroken: (line: string) =>
    `Với danh sách này, báo cáo "${line}" không còn đủ nơi nhận hoặc đơn vị báo cáo, hoặc có đơn vị vừa gửi vừa nhận.`,
  new: (unit: Unit, parent: string | null) =>
    `Thêm ${unit.name}, nhóm "${unit.group}"${parent === null ? "" : `, trực thuộc ${parent}`}.`,
  renamed: (before: Unit, unit: Unit) =>
    before.name === unit.name
      ? `Tên ngắn đổi từ "${before.shortName}" thành "${unit.shortName}".`
      : `Tên đổi từ "${before.name}" thành "${unit.name}".`,
  group: (before: Unit, unit: Unit) => `Chuyển từ nhóm "${before.group}" sang nhóm "${unit.group}".`,
  parent: (before: string | null, now: string | null) =>
    `Trực thuộc ${now ?? "không đơn vị nào"}, trước là ${before ?? "không đơn vị nào"}.`,
  merged: (into: string, day: string | null) => `Sáp nhập vào ${into}, hoạt động đến hết ${dayOr(day)}.`,
  ended: (day: string) => `Hoạt động đến hết ${spokenDay(day)}.`,
  other: "Đổi tên gọi khác hoặc ngày hoạt động.",
} as const;

/** Why a row cannot stand. */
export function faultWords(unit: Unit, fault: UnitFault): string {
  switch (fault) {
    case "code":
      return unit.code === ""
        ? "Còn thiếu mã."
        : `Mã "${unit.code}" chỉ được có chữ thường không dấu, chữ số, dấu - và _.`;
    case "name":
      return "Còn thiếu tên.";
    case "short-name":
      return "Còn thiếu tên ngắn.";
    case "group":
      return "Còn thiếu nhóm.";
    case "from-day":
      return `"${unit.validFrom}" không phải ngày. Xin ghi như 05/02/2026.`;
    case "to-day":
      return `"${unit.validTo}" không phải ngày. Xin ghi như 05/02/2026.`;
    case "days-order":
      return "Đến ngày lại trước từ ngày.";
    case "successor-without-end":
      return "Có đơn vị kế thừa thì cần ghi đến ngày nào.";
    case "parent-unknown":
      return `Không có đơn vị cấp trên "${unit.parentCode}".`;
    case "parent-circle":
      return "Đơn vị thành cấp trên của chính mình.";
    case "successor-unknown":
      return `Không có đơn vị kế thừa "${unit.successorCode}".`;
    case "successor-circle":
      return "Đơn vị thành đơn vị kế thừa của chính mình.";
  }
}
