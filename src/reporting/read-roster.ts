/** Rosters: one unit a row, in files that an office keeps as a spreadsheet. */
import { normalise } from "../core/text";
import { dayText, idText, type Unit } from "./campaign";
import { readCsv, type CsvRow } from "../core/csv";
import type { Problem } from "./problems";

const REQUIRED = ["code", "name", "short_name", "group", "parent", "aliases"] as const;
const OPTIONAL = ["valid_from", "valid_to"] as const;
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** A unit together with the place it was read from. */
export interface RosterRow {
  readonly file: string;
  readonly line: number;
  readonly unit: Unit;
}

/** The units of one file, null when it cannot be read at all; what is wrong with it is added to `problems`. */
export function readRoster(file: string, text: string, problems: Problem[]): readonly RosterRow[] | null {
  const [header, ...rows] = readCsv(text);
  if (header === undefined) {
    problems.push({ file, line: 1, message: "the roster is empty" });
    return null;
  }
  const known: readonly string[] = [...REQUIRED, ...OPTIONAL];
  const wrong = [
    ...header.cells.filter((cell) => !known.includes(cell)).map((cell) => `unknown column "${cell}"`),
    ...REQUIRED.filter((column) => !header.cells.includes(column)).map((c) => `the column "${c}" is missing`),
  ];
  problems.push(...wrong.map((message) => ({ file, line: header.line, message })));
  if (wrong.length > 0) return null;
  return rows.flatMap((row) => {
    const note = (message: string) => problems.push({ file, line: row.line, message });
    const unit = unitOf(header, row, note);
    return unit === null ? [] : [{ file, line: row.line, unit }];
  });
}

function unitOf(header: CsvRow, row: CsvRow, note: (message: string) => void): Unit | null {
  if (row.cells.length !== header.cells.length) {
    note(`${row.cells.length} cells where the header has ${header.cells.length}`);
    return null;
  }
  const cell = (column: Column) => normalise(row.cells[header.cells.indexOf(column)] ?? "");
  const unit: Unit = {
    code: cell("code"),
    name: cell("name"),
    shortName: cell("short_name"),
    group: cell("group"),
    parentCode: cell("parent") || null,
    aliases: cell("aliases")
      .split("|")
      .map((alias) => alias.trim())
      .filter((alias) => alias !== ""),
    validFrom: cell("valid_from") || null,
    validTo: cell("valid_to") || null,
  };
  faultsOf(unit).forEach(note);
  // Kept in spite of its faults, so that whatever names it is not called wrong as well.
  return unit;
}

function faultsOf(unit: Unit): string[] {
  const faults: string[] = [];
  if (!idText.safeParse(unit.code).success)
    faults.push(`the code "${unit.code}" must have small letters, digits, - and _`);
  if (unit.name === "") faults.push("the name is missing");
  if (unit.shortName === "") faults.push("the short name is missing");
  if (unit.group === "") faults.push("the group is missing");
  for (const day of [unit.validFrom, unit.validTo])
    if (day !== null && !dayText.safeParse(day).success) faults.push(`"${day}" is not a day (YYYY-MM-DD)`);
  if (unit.validFrom !== null && unit.validTo !== null && unit.validTo < unit.validFrom)
    faults.push("valid_to is before valid_from");
  return faults;
}
