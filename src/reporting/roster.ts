/** Who is on the roster, who owes a report, and finding a unit by whatever people call it. */
import type { Day } from "../core/clock";
import { meantBy } from "../core/names";
import { foldedWords } from "../core/text";
import type { Campaign, Line, Unit } from "./campaign";

/** By the units themselves: an import gives a campaign others. */
const byCode = new WeakMap<readonly Unit[], ReadonlyMap<string, Unit>>();

/** Every unit of the roster by its code. */
export function unitsByCode(campaign: Campaign): ReadonlyMap<string, Unit> {
  let units = byCode.get(campaign.units);
  if (units === undefined) {
    units = new Map(campaign.units.map((unit) => [unit.code, unit]));
    byCode.set(campaign.units, units);
  }
  return units;
}

/** The unit's full name; its code where the roster no longer has it. */
export const unitName = (campaign: Campaign, code: string): string =>
  unitsByCode(campaign).get(code)?.name ?? code;

/** Whom a report goes to, as people call it: the desk that the document names, else the receiving unit. */
export const receiverName = (campaign: Campaign, line: Line): string =>
  line.receiverDesk ?? unitName(campaign, line.receiver);

/** The units that owe the line a report; with `day`, only those that exist on it. */
export function unitsOwing(campaign: Campaign, line: Line, day?: Day): readonly Unit[] {
  const { groups, units, except } = line.reporters;
  return campaign.units.filter(
    (unit) =>
      (groups.includes(unit.group) || units.includes(unit.code)) &&
      !except.includes(unit.code) &&
      (day === undefined || existsOn(unit, day)),
  );
}

const existsOn = (unit: Unit, day: Day): boolean =>
  (unit.validFrom === null || unit.validFrom <= day) && (unit.validTo === null || unit.validTo >= day);

export interface UnitSearch {
  readonly query?: string | undefined;
  readonly group?: string | undefined;
  readonly parent?: string | undefined;
}

/** Units in the order of the roster, those that match the query best first; marks and case do not matter. */
export function searchUnits(campaign: Campaign, { query, group, parent }: UnitSearch): readonly Unit[] {
  const wanted = foldedWords(query ?? "");
  const foldedGroup = foldedWords(group ?? "");
  const found = campaign.units.filter(
    (unit) =>
      (foldedGroup === "" || foldedWords(unit.group) === foldedGroup) &&
      (parent === undefined || unit.parentCode === parent),
  );
  if (wanted === "") return found;
  return found
    .map((unit) => ({ unit, score: meantBy(namesOf(unit), wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ unit }) => unit);
}

/** Everything a unit is called, folded. */
export const namesOf = (unit: Unit): readonly string[] => [
  ...new Set([unit.name, unit.shortName, unit.code, ...unit.aliases].map(foldedWords)),
];
