/**
 * Rows as spreadsheets save them: quotes, separators and line breaks inside quotes, a byte-order mark. Where a
 * comma stands before decimals, as in Việt Nam, spreadsheets part the cells with a semicolon.
 */

export interface CsvRow {
  /** The line on which the row begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a text; empty lines and lines that begin with `#` are left out. */
export function readCsv(text: string): readonly CsvRow[] {
  const reader = new CsvReader(text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  const rows: CsvRow[] = [];
  for (let row = reader.next(); row !== null; row = reader.next()) {
    const isEmpty = row.cells.every((cell) => cell === "");
    if (!isEmpty) rows.push(row);
  }
  return rows;
}

const SEPARATORS = [",", ";", "\t"];

/** What the first row of several cells has most of: a title may stand alone above it. */
function separatorOf(text: string): string {
  const isParted = (line: string): boolean => SEPARATORS.some((separator) => line.includes(separator));
  const header = text.split("\n").find((line) => !line.startsWith("#") && isParted(line)) ?? "";
  const counts = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

class CsvReader {
  private offset = 0;
  private line = 1;
  private readonly separator: string;

  constructor(private readonly text: string) {
    this.separator = separatorOf(text);
  }

  next(): CsvRow | null {
    while (this.text[this.offset] === "#") this.skipLine();
    if (this.offset >= this.text.length) return null;
    const { line } = this;
    const cells = [this.cell()];
    while (this.text[this.offset] === this.separator) {
      this.offset++;
      cells.push(this.cell());
    }
    this.skipLine();
    return { line, cells };
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.offset);
    this.offset = end < 0 ? this.text.length : end + 1;
    this.line++;
  }

  private cell(): string {
    if (this.text[this.offset] === '"') return this.quoted();
    const start = this.offset;
    while (
      this.offset < this.text.length &&
      this.text[this.offset] !== "\n" &&
      this.text[this.offset] !== this.separator
    )
      this.offset++;
    return this.text.slice(start, this.offset).trim();
  }

  private quoted(): string {
    let cell = "";
    for (this.offset++; this.offset < this.text.length; this.offset++) {
      const char = this.text[this.offset] ?? "";
      if (char === "\n") this.line++;
      if (char === '"') {
        this.offset++;
        // A doubled quote stands for one.
        if (this.text[this.offset] !== '"') return cell.trim();
      }
      cell += char;
    }
    return cell.trim();
  }
}
