/**
 * A unit's own record: weeks on time of the weeks it owed, the streak it is in, and what the middle unit of its
 * group did. Pure, from rows of the ledger; nobody's name but the unit's own is in it.
 */
import { addDays, at, dayOf, type Day, type Instant } from "../core/clock";
import { nextWorkingDay } from "./calendar";
import type { Campaign, Unit } from "./campaign";
import { groupBy } from "./group-by";
import { allPeriods } from "./periods";
import { unitsByCode } from "./roster";
import { isLate } from "./status";

export interface OwedWeek {
  readonly unitCode: string;
  readonly line: string;
  readonly period: string;
  readonly dueAt: Instant;
  readonly exempt: boolean;
  /** First hand-in, nil or not; null while nothing came. */
  readonly submittedAt: Instant | null;
}

export interface UnitCard {
  readonly unitCode: string;
  readonly line: string;
  readonly owed: number;
  readonly onTime: number;
  /** Weeks on time one after the other up to now; a week of which the unit was exempt neither breaks nor adds. */
  readonly streak: number;
  /** Of the weeks on time in the unit's group; null where the group is so small that it would point at somebody. */
  readonly median: number | null;
}

/** Weeks due from the first instant up to, but without, the second. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** With fewer units than this, the middle one can be guessed by name. */
const MIN_PEERS = 5;

/** A card for each unit and line that owed anything in the span; weeks before it count for the streak alone. */
export function cardsOf(campaign: Campaign, rows: readonly OwedWeek[], span: Span): readonly UnitCard[] {
  const units = unitsByCode(campaign);
  const known = asOfToday(
    units,
    rows.filter(({ dueAt }) => dueAt < span.to),
    dayOf(span.to),
  );
  const cards = [...groupBy(known, ({ unitCode, line }) => `${unitCode} ${line}`).values()].flatMap((weeks) =>
    recordOf(weeks, span),
  );
  const groupOf = ({ unitCode, line }: Pick<UnitCard, "unitCode" | "line">): string =>
    `${line} ${units.get(unitCode)?.group ?? unitCode}`;
  const medians = new Map(
    [...groupBy(cards, groupOf)].map(([group, peers]) => [
      group,
      peers.length < MIN_PEERS ? null : medianOf(peers.map(({ onTime }) => onTime)),
    ]),
  );
  return cards.map((card) => ({ ...card, median: medians.get(groupOf(card)) ?? null }));
}

const isOnTime = ({ submittedAt, dueAt }: OwedWeek): boolean =>
  submittedAt !== null && !isLate(submittedAt, dueAt);

function recordOf(weeks: readonly OwedWeek[], { from }: Span): readonly Omit<UnitCard, "median">[] {
  const owed = weeks.filter(({ exempt }) => !exempt).toSorted((a, b) => b.dueAt - a.dueAt);
  const inSpan = owed.filter(({ dueAt }) => dueAt >= from);
  const [latest] = inSpan;
  if (latest === undefined) return [];
  const broken = owed.findIndex((week) => !isOnTime(week));
  return [
    {
      unitCode: latest.unitCode,
      line: latest.line,
      owed: inSpan.length,
      onTime: inSpan.filter(isOnTime).length,
      streak: broken === -1 ? owed.length : broken,
    },
  ];
}

/**
 * Weeks of units that were merged, as weeks of the unit they went into: its own week where it owed one, else one
 * week, on time where any of them was. So a merger is one unit among its peers, and no week counts twice.
 */
function asOfToday(
  units: ReadonlyMap<string, Unit>,
  rows: readonly OwedWeek[],
  today: Day,
): readonly OwedWeek[] {
  const heirs = groupBy(rows, (row) => `${heirOf(units, row.unitCode, today)} ${row.line} ${row.period}`);
  return [...heirs.values()].flatMap((weeks) => {
    const [first] = weeks;
    if (first === undefined) return [];
    const unitCode = heirOf(units, first.unitCode, today);
    const own = weeks.find((week) => week.unitCode === unitCode);
    const owing = weeks.filter(({ exempt }) => !exempt);
    const week = own ?? owing.find(isOnTime) ?? owing[0] ?? first;
    return [{ ...week, unitCode }];
  });
}

function heirOf(units: ReadonlyMap<string, Unit>, code: string, today: Day): string {
  const seen = new Set<string>();
  let heir = code;
  for (;;) {
    const unit = units.get(heir);
    if (unit?.validTo == null || unit.validTo >= today || unit.successorCode === null) return heir;
    if (seen.has(heir)) return code;
    seen.add(heir);
    heir = unit.successorCode;
  }
}

/** The middle one in order of size, or the mean of the two in the middle; of at least one figure. */
export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, figure) => sum + figure, 0) / middle.length;
}

export interface CardMonth extends Span {
  /** `2025-12`. */
  readonly month: string;
  readonly at: Instant;
}

/** After the mail of a first working day; every digest of the month before has left by then. */
const CARD_TIME = "09:00";
const MONTH_CHARS = "2025-12".length;
/** From the first of a month this is always in the next one. */
const INTO_NEXT_MONTH = 31;

/** When each month's cards are told: months in which any report fell due, in order. */
export function cardMonths(campaign: Campaign): readonly CardMonth[] {
  const due = [...allPeriods(campaign).values()].flat().map(({ dueAt }) => monthOf(dayOf(dueAt)));
  return [...new Set(due)].toSorted().map((month) => {
    const first = `${month}-01`;
    const next = `${monthOf(addDays(first, INTO_NEXT_MONTH))}-01`;
    return {
      month,
      from: at(first, "00:00"),
      to: at(next, "00:00"),
      at: at(nextWorkingDay(campaign.holidays, next), CARD_TIME),
    };
  });
}

const monthOf = (day: Day): string => day.slice(0, MONTH_CHARS);
