/** What can be wrong with a unit of a roster, by itself and beside the others; whoever reads rosters says it in words. */
import { dayText, idText, type Unit } from "./campaign";

export type UnitFault =
  | "code"
  | "name"
  | "short-name"
  | "group"
  | "from-day"
  | "to-day"
  | "days-order"
  | "successor-without-end"
  | "parent-unknown"
  | "parent-circle"
  | "successor-unknown"
  | "successor-circle";

const isDay = (day: string | null): boolean => day === null || dayText.safeParse(day).success;

/** What a unit shows by itself. */
export function faultsOfUnit(unit: Unit): readonly UnitFault[] {
  const { validFrom, validTo } = unit;
  const checks: readonly (readonly [UnitFault, boolean])[] = [
    ["code", !idText.safeParse(unit.code).success],
    ["name", unit.name === ""],
    ["short-name", unit.shortName === ""],
    ["group", unit.group === ""],
    ["from-day", !isDay(validFrom)],
    ["to-day", !isDay(validTo)],
    ["days-order", validFrom !== null && validTo !== null && validTo < validFrom],
    ["successor-without-end", unit.successorCode !== null && validTo === null],
  ];
  return checks.filter(([, isWrong]) => isWrong).map(([fault]) => fault);
}

/** What only shows beside the other units. */
export function faultsBeside(unit: Unit, units: ReadonlyMap<string, Unit>): readonly UnitFault[] {
  return [
    ...faultOfWay(unit, units, (at) => at.parentCode, ["parent-unknown", "parent-circle"]),
    ...faultOfWay(unit, units, (at) => at.successorCode, ["successor-unknown", "successor-circle"]),
  ];
}

function faultOfWay(
  unit: Unit,
  units: ReadonlyMap<string, Unit>,
  next: (unit: Unit) => string | null,
  [unknown, circle]: readonly [UnitFault, UnitFault],
): readonly UnitFault[] {
  const first = next(unit);
  if (first === null) return [];
  if (!units.has(first)) return [unknown];
  const seen = new Set<string>();
  for (let at: string | null = first; at !== null && !seen.has(at);) {
    if (at === unit.code) return [circle];
    seen.add(at);
    const there = units.get(at);
    at = there === undefined ? null : next(there);
  }
  return [];
}
