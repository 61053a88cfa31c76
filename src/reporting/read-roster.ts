/** Rosters: one unit a row, in files that an office keeps as a spreadsheet. */
import { normalise } from "../core/text";
import { readCsv, type CsvRow } from "../core/csv";
import type { Unit } from "./campaign";
import type { Problem } from "./problems";
import { faultsOfUnit, type UnitFault } from "./unit-faults";

const REQUIRED = ["code", "name", "short_name", "group", "parent", "aliases"] as const;
const OPTIONAL = ["valid_from", "valid_to", "successor"] as const;
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

/** Several in one cell, parted by `|`. */
export const aliasesIn = (cell: string): readonly string[] =>
  cell
    .split("|")
    .map((alias) => alias.trim())
    .filter((alias) => alias !== "");

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
    aliases: aliasesIn(cell("aliases")),
    validFrom: cell("valid_from") || null,
    validTo: cell("valid_to") || null,
    successorCode: cell("successor") || null,
  };
  faultsOfUnit(unit).forEach((fault) => note(faultText(unit, fault)));
  // Kept in spite of its faults, so that whatever names it is not called wrong as well.
  return unit;
}

/** In the words of whoever keeps the files. */
export function faultText(
  { code, validFrom, validTo, parentCode, successorCode }: Unit,
  fault: UnitFault,
): string {
  switch (fault) {
    case "code":
      return `the code "${code}" must have small letters, digits, - and _`;
    case "name":
      return "the name is missing";
    case "short-name":
      return "the short name is missing";
    case "group":
      return "the group is missing";
    case "from-day":
      return `"${validFrom}" is not a day (YYYY-MM-DD)`;
    case "to-day":
      return `"${validTo}" is not a day (YYYY-MM-DD)`;
    case "days-order":
      return "valid_to is before valid_from";
    case "successor-without-end":
      return "there is a successor but no valid_to";
    case "parent-unknown":
      return `the parent "${parentCode}" is on no roster`;
    case "parent-circle":
      return `the unit "${code}" stands above itself`;
    case "successor-unknown":
      return `the successor "${successorCode}" is on no roster`;
    case "successor-circle":
      return `the unit "${code}" succeeds itself`;
  }
}
