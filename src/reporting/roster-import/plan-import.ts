/** What an imported roster would change, and what is wrong with it: nothing is written here. */
import { foldedWords } from "../../core/text";
import type { Campaign, Unit } from "../campaign";
import { checkCampaign } from "../check-campaign";
import { aliasesIn } from "../read-roster";
import { namesOf } from "../roster";
import { faultsBeside, faultsOfUnit } from "../unit-faults";
import type { Sheet, SheetRow } from "./read-sheet";
import { faultWords, importWording, type Column } from "./wording.vi";

export type ChangeKind = "new" | "renamed" | "moved" | "ended" | "merged" | "other";

export interface RosterChange {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly kind: ChangeKind;
  readonly text: string;
}

export interface RosterFault {
  /** Null where it is the list as a whole. */
  readonly row: number | null;
  readonly reason: string;
}

export interface RosterPlan {
  readonly changes: readonly RosterChange[];
  readonly faults: readonly RosterFault[];
  readonly unchanged: number;
  readonly ignoredColumns: readonly string[];
  /** The units that change, each as a whole. */
  readonly units: readonly Unit[];
}

/** Units of an administrative code have five digits; a spreadsheet drops the zeros in front. */
const ADMINISTRATIVE_DIGITS = 5;

/**
 * A row over a unit that exists changes the columns that the file has, and keeps name, short name and group
 * where the cell is empty. Units that the file does not name stay as they are.
 */
export function planImport(campaign: Campaign, sheet: Sheet): RosterPlan {
  const before = new Map(campaign.units.map((unit) => [unit.code, unit]));
  const faults: RosterFault[] = [];
  const inFile = new Set(sheet.rows.map(({ cells }) => codeIn(cells.code ?? "", before)));
  const drafts = sheet.rows.map((row) => ({ row: row.row, cells: row.cells, unit: unitOf(row, before) }));
  const all = new Map([...before, ...drafts.map(({ unit }) => [unit.code, unit] as const)]);
  const byName = codesByName([...all.values()]);
  const read = drafts.map(({ row, cells, unit }) => {
    const link = (column: Column, code: string | null) => {
      if (code === null || cells[column] === undefined) return code;
      const found = linked(code, before, inFile, byName);
      if (found === null) faults.push({ row, reason: importWording.several(code) });
      return found;
    };
    const parentCode = link("parent", unit.parentCode);
    return { row, unit: { ...unit, parentCode, successorCode: link("successor", unit.successorCode) } };
  });
  const after = new Map([...before, ...read.map(({ unit }) => [unit.code, unit] as const)]);
  const groups = new Set([
    ...campaign.units.map(({ group }) => group),
    ...campaign.lines.flatMap(({ reporters }) => reporters.groups),
  ]);
  const first = new Map<string, number>();
  for (const { row, unit } of read) {
    const fault = (reason: string) => faults.push({ row, reason });
    for (const each of [...faultsOfUnit(unit), ...faultsBeside(unit, after)]) fault(faultWords(unit, each));
    if (unit.group !== "" && !groups.has(unit.group)) fault(importWording.groupUnknown(unit.group));
    const earlier = first.get(unit.code);
    if (earlier === undefined) first.set(unit.code, row);
    else if (unit.code !== "") fault(importWording.codeTwice(unit.code, earlier));
  }
  if (faults.length === 0) faults.push(...linesBroken(campaign, [...after.values()]));
  const told = read.map((each) => changesOf(each, before, after));
  return {
    changes: told.flat(),
    faults: faults.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    unchanged: told.filter((changes) => changes.length === 0).length,
    ignoredColumns: sheet.ignored,
    units: read.flatMap(({ unit }, i) => (told[i]?.length === 0 ? [] : [unit])),
  };
}

function unitOf({ cells }: SheetRow, before: ReadonlyMap<string, Unit>): Unit {
  const code = codeIn(cells.code ?? "", before);
  const known = before.get(code);
  const name = cells.name || (known?.name ?? "");
  const orKnown = (cell: string | undefined, known: string | null): string | null =>
    cell === undefined ? known : cell || null;
  return {
    code,
    name,
    shortName: cells.shortName || (known?.shortName ?? name),
    group: cells.group || (known?.group ?? ""),
    parentCode: orKnown(cells.parent, known?.parentCode ?? null),
    aliases: cells.aliases === undefined ? (known?.aliases ?? []) : aliasesIn(cells.aliases),
    validFrom: dayIn(orKnown(cells.validFrom, known?.validFrom ?? null)),
    validTo: dayIn(orKnown(cells.validTo, known?.validTo ?? null)),
    successorCode: orKnown(cells.successor, known?.successorCode ?? null),
  };
}

function codeIn(cell: string, known: ReadonlyMap<string, Unit>): string {
  const code = cell.toLowerCase();
  const padded = code.padStart(ADMINISTRATIVE_DIGITS, "0");
  return /^\d+$/.test(code) && !known.has(code) && known.has(padded) ? padded : code;
}

/** 5/2/2026 as people write it; anything else as it stands. */
function dayIn(cell: string | null): string | null {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell ?? "") ?? [];
  return year === "" ? cell : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function codesByName(units: readonly Unit[]): ReadonlyMap<string, ReadonlySet<string>> {
  const codes = new Map<string, Set<string>>();
  for (const unit of units)
    for (const name of namesOf(unit)) codes.set(name, (codes.get(name) ?? new Set()).add(unit.code));
  return codes;
}

/** A unit may be named by its code or by any name it alone has; null where several have the name. */
function linked(
  cell: string,
  before: ReadonlyMap<string, Unit>,
  inFile: ReadonlySet<string>,
  byName: ReadonlyMap<string, ReadonlySet<string>>,
): string | null {
  const code = codeIn(cell, before);
  if (before.has(code) || inFile.has(code)) return code;
  const [only, ...others] = byName.get(foldedWords(cell)) ?? [];
  return others.length > 0 ? null : (only ?? cell);
}

/** The campaign's own check of its lines, for what was in order before. */
function linesBroken(campaign: Campaign, units: readonly Unit[]): RosterFault[] {
  const wrongWith = (of: readonly Unit[]): ReadonlySet<string> => {
    const wrong = new Set<string>();
    const around = {
      folder: campaign.id,
      templateIds: new Set(campaign.templates.keys()),
      rows: of.map((unit) => ({ unit })),
    };
    checkCampaign(campaign, around, ([, index]) => {
      wrong.add(typeof index === "number" ? (campaign.lines[index]?.name ?? "") : campaign.name);
    });
    return wrong;
  };
  const before = wrongWith(campaign.units);
  return [...wrongWith(units)]
    .filter((line) => !before.has(line))
    .map((line) => ({ row: null, reason: importWording.lineBroken(line) }));
}

function changesOf(
  { row, unit }: { readonly row: number; readonly unit: Unit },
  units: ReadonlyMap<string, Unit>,
  after: ReadonlyMap<string, Unit>,
): RosterChange[] {
  const before = units.get(unit.code);
  const nameOf = (code: string | null) => (code === null ? null : (after.get(code)?.name ?? code));
  const change = (kind: ChangeKind, text: string) => ({ row, code: unit.code, name: unit.name, kind, text });
  const changes: RosterChange[] = [];
  if (before === undefined) changes.push(change("new", importWording.new(unit, nameOf(unit.parentCode))));
  else {
    if (before.name !== unit.name || before.shortName !== unit.shortName)
      changes.push(change("renamed", importWording.renamed(before, unit)));
    if (before.group !== unit.group) changes.push(change("moved", importWording.group(before, unit)));
    if (before.parentCode !== unit.parentCode)
      changes.push(change("moved", importWording.parent(nameOf(before.parentCode), nameOf(unit.parentCode))));
  }
  if (unit.successorCode !== null && unit.successorCode !== before?.successorCode)
    changes.push(change("merged", importWording.merged(nameOf(unit.successorCode) ?? "", unit.validTo)));
  else if (unit.validTo !== null && unit.validTo !== before?.validTo)
    changes.push(change("ended", importWording.ended(unit.validTo)));
  if (before !== undefined && changes.length === 0 && !isSame(before, unit))
    changes.push(change("other", importWording.other));
  return changes;
}

const isSame = (a: Unit, b: Unit): boolean =>
  a.validFrom === b.validFrom &&
  a.validTo === b.validTo &&
  a.successorCode === b.successorCode &&
  a.aliases.join("|") === b.aliases.join("|");
