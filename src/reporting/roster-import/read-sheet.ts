/** A roster as an office sends it, spreadsheet or CSV, as rows of texts under columns that are known. */
import type { CellValue } from "exceljs";
import { refused } from "../../core/errors";
import { foldedWords, normalise } from "../../core/text";
import { readCsv, type CsvRow } from "../../core/csv";
import { HEADINGS, importWording, type Column } from "./wording.vi";

export interface SheetRow {
  /** As the spreadsheet counts it. */
  readonly row: number;
  /** Only the columns that the file has. */
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

export interface Sheet {
  readonly rows: readonly SheetRow[];
  /** Headings that mean nothing to us, such as a running number. */
  readonly ignored: readonly string[];
}

/** Offices put their own name and a title above the table. */
const HEADING_WITHIN_ROWS = 20;
const COLUMNS = new Map<string, Column>(
  columnNames().flatMap((column) =>
    HEADINGS[column].map((heading) => [foldedWords(heading), column] as const),
  ),
);

function columnNames(): readonly Column[] {
  return ["code", "name", "shortName", "group", "parent", "aliases", "validFrom", "validTo", "successor"];
}

/** Refuses what is no table of units; faults of single rows are not looked for. */
export async function readSheet(bytes: Uint8Array): Promise<Sheet> {
  const table = isZip(bytes) ? await xlsxRows(bytes) : readCsv(decoded(bytes));
  const at = table.slice(0, HEADING_WITHIN_ROWS).findIndex(isHeading);
  const heading = table[at];
  if (heading === undefined) throw refused("bad-roster", importWording.noHeading);
  const columns = heading.cells.map((cell) => COLUMNS.get(foldedWords(cell)));
  const twice = columns.findIndex((column, i) => column !== undefined && columns.indexOf(column) < i);
  if (twice >= 0) throw refused("bad-roster", importWording.headingTwice(heading.cells[twice] ?? ""));
  const rows = table.slice(at + 1).map(({ line, cells }) => ({ row: line, cells: named(columns, cells) }));
  if (rows.length === 0) throw refused("bad-roster", importWording.noRows);
  return {
    rows,
    ignored: heading.cells.filter((cell, i) => cell !== "" && columns[i] === undefined),
  };
}

function isHeading({ cells }: CsvRow): boolean {
  const known = new Set(cells.map((cell) => COLUMNS.get(foldedWords(cell))));
  known.delete(undefined);
  return known.has("code") && known.size > 1;
}

const named = (columns: readonly (Column | undefined)[], cells: readonly string[]): SheetRow["cells"] =>
  Object.fromEntries(
    columns.flatMap((column, i) =>
      column === undefined ? [] : [[column, normalise(cells[i] ?? "").trim()]],
    ),
  );

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);
/** A spreadsheet is a ZIP file, and no CSV begins so. */
const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

/** UTF-8, or the UTF-16 in which a spreadsheet saves "Unicode text". */
function decoded(bytes: Uint8Array): string {
  try {
    const encoding = startsWith(bytes, 0xff, 0xfe) ? "utf-16le" : "utf-8";
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw refused("bad-roster", importWording.notText);
  }
}

/** The first sheet that holds anything. */
async function xlsxRows(bytes: Uint8Array): Promise<readonly CsvRow[]> {
  const { default: exceljs } = await import("exceljs");
  const book = new exceljs.Workbook();
  try {
    await book.xlsx.load(new Uint8Array(bytes).buffer);
  } catch {
    throw refused("bad-roster", importWording.noSheet);
  }
  const rows: CsvRow[] = [];
  book.worksheets
    .find(({ actualRowCount }) => actualRowCount > 0)
    ?.eachRow((row, line) => {
      const cells = Array.from({ length: row.cellCount }, (_, i) => {
        const cell = row.getCell(i + 1);
        return cellText(cell.value, cell.text);
      });
      if (cells.some((cell) => cell !== "")) rows.push({ line, cells });
    });
  return rows;
}

const DAY_CHARS = "2026-02-05".length;

/** Days are kept as days; all else as it is shown. */
function cellText(value: CellValue, shown: string): string {
  if (value instanceof Date) return value.toISOString().slice(0, DAY_CHARS);
  return value === null ? "" : shown.trim();
}
