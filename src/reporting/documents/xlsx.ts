/** The digest as a spreadsheet: one row per unit, the sums, what was corrected, and what every column counts. */
import type { CellValue, Column, Workbook, Worksheet } from "exceljs";
import { asDate, shortInstant } from "../../core/clock";
import { lengthOf } from "../../core/text";
import type { DigestContent, UnitRow } from "../digest-content";
import { correctionsToTell, figuresOf, labelOf, movedSince, textsOf } from "../digest-views";
import { correctionText, noteText, percentOf, periodText, stateText } from "../digest-wording.vi";
import type { DocumentMeta } from "./official-report";

/** Spreadsheets run a text that begins so as a formula, at the latest when it is pasted or saved as CSV. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** The text as a text: an apostrophe keeps a spreadsheet from running it. */
export const inert = (text: string): string => (FORMULA_START.test(text) ? `'${text}` : text);

interface SheetColumn {
  readonly title: string;
  readonly width: number;
  readonly numeric?: boolean;
}

/** The workbook as bytes. */
export async function xlsxOf(content: DigestContent, meta: DocumentMeta): Promise<Uint8Array> {
  const { default: exceljs } = await import("exceljs");
  const book = new exceljs.Workbook();
  book.created = asDate(content.frozenAt);
  book.modified = asDate(content.frozenAt);
  book.title = content.id;
  unitsSheet(book, content);
  totalsSheet(book, content);
  if (correctionsToTell(content).length > 0) correctionsSheet(book, content);
  definitionsSheet(book, content, meta);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const NARROW = 12;
const MIDDLE = 20;
const WIDE = 44;
const LINE_HEIGHT_PT = 15;

/** Programs do not all give wrapped rows their height by themselves. */
const linesIn = (value: CellValue, width: number): number =>
  typeof value === "string" && value !== ""
    ? value.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(lengthOf(line) / width)), 0)
    : 1;

function addSheet(
  book: Workbook,
  name: string,
  columns: readonly SheetColumn[],
  rows: readonly (readonly CellValue[])[],
): Worksheet {
  const sheet = book.addWorksheet(name, {
    views: [{ state: "frozen", ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = columns.map(({ title, width, numeric }): Partial<Column> => ({
    header: title,
    width,
    style: {
      alignment: { vertical: "top", wrapText: true },
      ...(numeric === true ? { numFmt: "#,##0" } : {}),
    },
  }));
  const head = sheet.getRow(1);
  head.font = { bold: true };
  head.alignment = { vertical: "middle", horizontal: "center", wrapText: true };
  sheet.pageSetup.printTitlesRow = "1:1";
  for (const row of rows) {
    const added = sheet.addRow(row.map((value) => (typeof value === "string" ? inert(value) : value)));
    added.height =
      LINE_HEIGHT_PT * Math.max(...row.map((value, i) => linesIn(value, columns[i]?.width ?? NARROW)));
  }
  return sheet;
}

function unitsSheet(book: Workbook, content: DigestContent): void {
  const figures = figuresOf(content);
  const texts = textsOf(content).map(({ field }) => field);
  const label = labelOf(content);
  const columns: SheetColumn[] = [
    { title: "TT", width: 6 },
    { title: "Mã đơn vị", width: MIDDLE },
    { title: "Đơn vị", width: WIDE },
    { title: "Nhóm", width: MIDDLE },
    { title: "Tình hình nộp", width: MIDDLE },
    { title: "Thời điểm nộp", width: MIDDLE },
    { title: "Bản", width: 6, numeric: true },
    ...figures.map((field) => ({ title: field.label, width: NARROW, numeric: true })),
    ...texts.map((field) => ({ title: field.label, width: WIDE })),
    { title: "Số tệp minh chứng", width: NARROW, numeric: true },
    { title: "Cần kiểm tra", width: MIDDLE },
    { title: "Ghi chú", width: WIDE },
  ];
  const rowOf = (unit: UnitRow, i: number): CellValue[] => [
    i + 1,
    unit.code,
    unit.name,
    unit.group,
    stateText(unit),
    unit.submittedAt === null ? null : shortInstant(unit.submittedAt),
    unit.version === 0 ? null : unit.version,
    ...[...figures, ...texts].map((field) => unit.values[field.id] ?? null),
    unit.evidence === 0 ? null : unit.evidence,
    unit.marks.map(label).join("; "),
    noteText(unit),
  ];
  const sheet = addSheet(book, "Đơn vị", columns, content.units.map(rowOf));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
}

function totalsSheet(book: Workbook, content: DigestContent): void {
  const figures = figuresOf(content);
  const groups = [...content.groups, { group: "Tổng cộng", counts: content.counts, totals: content.totals }];
  const sheet = addSheet(
    book,
    "Tổng hợp",
    [
      { title: "Nhóm đơn vị", width: WIDE },
      ...["Phải nộp", "Đã nhận", "Tỷ lệ nhận (%)", "Đúng hạn", "Muộn", "Không phát sinh", "Chưa nộp"].map(
        (title) => ({
          title,
          width: NARROW,
          numeric: true,
        }),
      ),
      { title: "Không gửi được tin", width: NARROW, numeric: true },
      ...figures.map((field) => ({ title: field.label, width: NARROW, numeric: true })),
    ],
    groups.map(({ group, counts, totals }) => [
      group,
      counts.expected,
      counts.received,
      percentOf(counts.received, counts.expected),
      counts.onTime,
      counts.late,
      counts.nil,
      counts.missing,
      counts.notReached,
      ...figures.map(({ id }) => totals[id] ?? 0),
    ]),
  );
  sheet.getRow(groups.length + 1).font = { bold: true };
  const blanks: CellValue[] = Array.from({ length: 8 }, () => null);
  sheet.addRow([
    "Tăng, giảm so với tuần trước",
    ...blanks,
    ...figures.map(({ id }) => movedSince(content, id)),
  ]);
  sheet.addRow(["Lũy kế", ...blanks, ...figures.map(({ id }) => content.cumulative[id] ?? 0)]);
}

function correctionsSheet(book: Workbook, content: DigestContent): void {
  const label = labelOf(content);
  addSheet(
    book,
    "Điều chỉnh",
    [
      { title: "Kỳ", width: MIDDLE },
      { title: "Mã đơn vị", width: MIDDLE },
      { title: "Đơn vị", width: WIDE },
      { title: "Nội dung", width: 2 * WIDE },
    ],
    correctionsToTell(content).map((correction) => [
      periodText(correction.period),
      correction.unitCode,
      correction.unitName,
      correctionText(correction, label),
    ]),
  );
}

function definitionsSheet(book: Workbook, content: DigestContent, { sha256 }: DocumentMeta): void {
  addSheet(
    book,
    "Định nghĩa",
    [
      { title: "Mục", width: WIDE },
      { title: "Nghĩa", width: 2 * WIDE },
    ],
    [
      ["Bản tổng hợp", `${content.id}, ${content.line.name}, ${periodText(content.period.id)}`],
      ["Chốt lúc", shortInstant(content.frozenAt)],
      ["Mã kiểm SHA-256", sha256],
      ...content.definitions.map(({ name, text }) => [name, text]),
      ...content.fields.map(({ label, definition }) => [label, definition]),
    ],
  );
}
