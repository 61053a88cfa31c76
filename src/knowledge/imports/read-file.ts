/** The files offices send, as tables or as text. What reads them is loaded with the first file of its kind. */
import { readFileSync, statSync } from "node:fs";
import { basename, extname } from "node:path";
import type { CellValue } from "exceljs";
import { dayOf } from "../../core/clock";
import { readCsv } from "../../core/csv";
import { AppError, messageOf, refused } from "../../core/errors";
import { normalise } from "../../core/text";
import type { Place } from "./report";
import { importWording as say } from "./wording.vi";

export interface Row {
  readonly place: Place;
  /** Null: a formula without a value, or an error. */
  readonly cells: readonly (string | null)[];
}

/** One sheet. */
export type Table = readonly Row[];

export type Contents =
  | { readonly kind: "tables"; readonly tables: readonly Table[] }
  | { readonly kind: "text"; readonly text: string };

const MEGABYTE = 1024 ** 2;
/** The longest resolution with its annexes has three; anything far above is not text. */
const MOST_MEGABYTES = 20;

const READERS: Readonly<Record<string, (path: string) => Promise<Contents> | Contents>> = {
  ".xlsx": async (path) => ({ kind: "tables", tables: await sheetsOf(path) }),
  ".csv": (path) => ({ kind: "tables", tables: [rowsOf(textIn(path))] }),
  ".docx": async (path) => ({ kind: "text", text: await wordText(path) }),
  ".pdf": async (path) => ({ kind: "text", text: await pdfText(path) }),
  ".txt": (path) => ({ kind: "text", text: textIn(path) }),
};

export async function readFileOf(path: string): Promise<Contents> {
  const name = basename(path);
  const read = READERS[extname(path).toLowerCase()];
  if (read === undefined) throw refused("unknown-kind", say.unknownKind(name));
  try {
    if (statSync(path).size > MOST_MEGABYTES * MEGABYTE) throw refused("too-big", say.tooBig(MOST_MEGABYTES));
    return await read(path);
  } catch (error) {
    throw refused(
      "unreadable",
      say.unreadable(name, error instanceof AppError ? error.message : messageOf(error)),
    );
  }
}

/** UTF-8, or UTF-16 with its byte-order mark, as Windows saves "Unicode text". */
function textIn(path: string): string {
  const bytes = readFileSync(path);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw refused("not-text", say.notText);
  }
}

const rowsOf = (text: string): Table =>
  readCsv(text).map(({ line, cells }) => ({
    place: { sheet: null, row: line },
    cells: cells.map((cell) => normalise(cell).trim()),
  }));

async function sheetsOf(path: string): Promise<Table[]> {
  const { default: exceljs } = await import("exceljs");
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  const filled = book.worksheets.filter((sheet) => sheet.actualRowCount > 0);
  return filled.map((sheet) => {
    const rows: Row[] = [];
    sheet.eachRow((row, number) => {
      const cells = Array.from({ length: row.cellCount }, (_, i) => cellText(row.getCell(i + 1).value));
      if (cells.some((cell) => cell !== ""))
        rows.push({ place: { sheet: filled.length > 1 ? sheet.name : null, row: number }, cells });
    });
    return rows;
  });
}

/** Formulas count by the value that was saved with them; nothing is computed here. */
function cellText(value: CellValue | undefined): string | null {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return dayOf(value.getTime());
  if (typeof value !== "object") return normalise(String(value)).trim();
  if ("richText" in value) return normalise(value.richText.map(({ text }) => text).join("")).trim();
  if ("hyperlink" in value) return cellText(value.text);
  if ("formula" in value || "sharedFormula" in value)
    return value.result === undefined ? null : cellText(value.result);
  return null;
}

async function wordText(path: string): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  return (await mammoth.extractRawText({ path })).value;
}

async function pdfText(path: string): Promise<string> {
  const { extractText } = await import("unpdf");
  const { text: pages } = await extractText(new Uint8Array(readFileSync(path)));
  const text = pages.map(withoutPageNumber).join("\n");
  if (text.trim() === "") throw refused("no-text", say.noText);
  return text;
}

/** The number of a page stands alone in its first or last line. */
function withoutPageNumber(page: string, index: number): string {
  const number = String(index + 1);
  const lines = page.trim().split("\n");
  if (lines[0]?.trim() === number) lines.shift();
  if (lines.at(-1)?.trim() === number) lines.pop();
  return lines.join("\n");
}
