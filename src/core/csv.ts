/** Comma-separated rows as spreadsheets save them: quotes, commas and line breaks inside quotes, a byte-order mark. */

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

class CsvReader {
  private offset = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  next(): CsvRow | null {
    while (this.text[this.offset] === "#") this.skipLine();
    if (this.offset >= this.text.length) return null;
    const { line } = this;
    const cells = [this.cell()];
    while (this.text[this.offset] === ",") {
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
    const end = this.offset + this.text.slice(this.offset).search(/[,\n]|$/);
    const cell = this.text.slice(this.offset, end);
    this.offset = end;
    return cell.trim();
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
