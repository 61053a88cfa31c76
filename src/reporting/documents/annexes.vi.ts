/** The annexes of the report: figures by group, the state of each unit, what every measure counts. */
import { shortInstant } from "../../core/clock";
import type { DigestContent, UnitRow } from "../digest-content";
import { figuresOf, labelOf } from "../digest-views";
import { noteText, numberText, percentOf, stateText, TO_CHECK } from "../digest-wording.vi";
import {
  MAX_PRINTED_LINES,
  type Annex,
  type Block,
  type Column,
  type DocumentMeta,
  type Table,
} from "./official-report";
import { roman } from "./report-wording.vi";

/** More columns than this do not stand legibly on an upright page. */
const UPRIGHT_COLUMNS = 7;

export function annexesOf(content: DigestContent, meta: DocumentMeta): Annex[] {
  const groups = groupsTable(content);
  const annexes = [
    {
      title: "TỔNG HỢP SỐ LIỆU THEO NHÓM ĐƠN VỊ",
      landscape: groups.columns.length > UPRIGHT_COLUMNS,
      blocks: [groups],
    },
    { title: "TÌNH HÌNH NỘP BÁO CÁO CỦA CÁC ĐƠN VỊ", landscape: false, blocks: unitBlocks(content) },
    { title: "CÁCH TÍNH CÁC CHỈ TIÊU", landscape: false, blocks: definitionBlocks(content, meta) },
  ];
  return annexes.map((annex, i) => ({ ...annex, label: `Phụ lục ${roman(i + 1)}` }));
}

function groupsTable(content: DigestContent): Table {
  const figures = figuresOf(content);
  const rowOf = (name: string, { counts, totals }: Pick<DigestContent, "counts" | "totals">) => {
    const percent = percentOf(counts.received, counts.expected);
    return [
      name,
      numberText(counts.expected),
      numberText(counts.received),
      percent === null ? "" : `${percent}%`,
      ...figures.map(({ id }) => numberText(totals[id] ?? 0)),
    ];
  };
  const column = (title: string, share: number, align: Column["align"] = "right"): Column => ({
    title,
    share,
    align,
  });
  return {
    kind: "table",
    columns: [
      column("Nhóm đơn vị", 22, "left"),
      column("Phải nộp", 8),
      column("Đã nhận", 8),
      column("Tỷ lệ", 8),
      ...figures.map(({ label }) => column(label, 54 / Math.max(figures.length, 1))),
    ],
    rows: [...content.groups.map((group) => rowOf(group.group, group)), rowOf("Tổng cộng", content)],
    hasSum: true,
    compact: figures.length + 4 > UPRIGHT_COLUMNS,
  };
}

/** Those whom a reader looks for come first. */
const STATES: readonly UnitRow["state"][] = ["missing", "late", "exempt", "on-time"];

function unitBlocks(content: DigestContent): Block[] {
  const ordered = STATES.flatMap((state) => content.units.filter((unit) => unit.state === state));
  const shown = ordered.slice(0, MAX_PRINTED_LINES);
  const left = ordered.length - shown.length;
  const table: Table = {
    kind: "table",
    columns: [
      { title: "TT", share: 7, align: "center" },
      { title: "Đơn vị", share: 34, align: "left" },
      { title: "Tình hình nộp", share: 22, align: "left" },
      { title: "Ghi chú", share: 37, align: "left" },
    ],
    rows: shown.map((unit, i) => [String(i + 1), unit.name, handedInText(unit), notesOn(unit, content)]),
    hasSum: false,
    compact: true,
  };
  return left === 0
    ? [table]
    : [table, { kind: "note", text: `Còn ${numberText(left)} đơn vị nữa trong tệp bảng tính kèm theo.` }];
}

/** Leaves a line of a narrow table for each unit; the week above names the year. */
const YEAR = /\/\d{4}$/;

function handedInText(unit: UnitRow): string {
  return unit.submittedAt === null
    ? stateText(unit)
    : `${stateText(unit)}, ${shortInstant(unit.submittedAt).replace(" ngày ", " ").replace(YEAR, "")}`;
}

/** What an officer has to know before the phone is picked up. */
function notesOn(unit: UnitRow, content: DigestContent): string {
  const doubtful = unit.marks.map(labelOf(content)).join(", ");
  return [noteText(unit), doubtful === "" ? "" : `${TO_CHECK}: ${doubtful}`]
    .filter((note) => note !== "")
    .join("; ");
}

function definitionBlocks(content: DigestContent, { sha256 }: DocumentMeta): Block[] {
  const bullet = (name: string, text: string): Block => ({ kind: "bullet", text: `- ${name}: ${text}` });
  return [
    { kind: "clause", text: "1. Chế độ báo cáo" },
    ...content.definitions.map(({ name, text }) => bullet(name, text)),
    { kind: "clause", text: "2. Chỉ tiêu" },
    ...content.fields.map(({ label, definition }) => bullet(label, definition)),
    { kind: "clause", text: "3. Nguồn số liệu" },
    {
      kind: "paragraph",
      text: `Bản tổng hợp ${content.id}, chốt lúc ${shortInstant(content.frozenAt)}. ${content.period.rule} Tuần trước và tuần này cùng lấy số tại thời điểm chốt; lũy kế gồm cả báo cáo nộp muộn và điều chỉnh của các tuần trước.`,
    },
    { kind: "note", text: `Mã kiểm SHA-256: ${sha256}` },
  ];
}
