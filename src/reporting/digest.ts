/**
 * Compiles the digest of one line and period. Pure: what it is given decides every figure, and the order in
 * which rows arrive does not.
 */
import type { Instant } from "../core/clock";
import type { Template } from "./campaign";
import type {
  Correction,
  CorrectionBelow,
  DigestContent,
  DigestCounts,
  GroupRow,
  Totals,
  UnitRow,
} from "./digest-content";
import { DEFINITIONS, NOT_REACHED_UNKNOWN } from "./digest-wording.vi";
import { isLate } from "./status";
import type { Values } from "./values";

/** One row of the ledger with the newest version handed in for it. */
export interface ObligationRow {
  readonly unitCode: string;
  readonly unitName: string;
  readonly group: string;
  /** Place on the roster: offices read their units in the order they know. */
  readonly position: number;
  readonly dueAt: Instant;
  readonly exemptReason: string | null;
  readonly version: number;
  readonly nil: boolean;
  readonly submittedAt: Instant | null;
  readonly reached: boolean;
  readonly notReachedReason: string | null;
  readonly values: Values;
  readonly marks: readonly string[];
  readonly evidence: number;
  /** The report of the period before is still owed. */
  readonly owesBefore: boolean;
}

export interface DigestInput {
  readonly heading: Pick<DigestContent, "id" | "campaign" | "line" | "period" | "receiver" | "letterhead">;
  readonly template: Template;
  readonly frozenAt: Instant;
  readonly obligations: readonly ObligationRow[];
  /** Sums of all earlier periods of the line, as they stand now. */
  readonly earlier: Totals;
  readonly previous: DigestContent | null;
  readonly corrections: readonly Correction[];
  readonly below: readonly CorrectionBelow[];
  readonly tickets: DigestContent["tickets"];
  readonly clarifications?: NonNullable<DigestContent["clarifications"]>;
}

/** As many weeks as a phone shows legibly. */
const TREND_PERIODS = 12;

/** The frozen content; the same input always gives the same content. */
export function compileDigest(input: DigestInput): DigestContent {
  const { heading, template, frozenAt, previous } = input;
  const units = [...input.obligations]
    .sort((a, b) => a.position - b.position || (a.unitCode < b.unitCode ? -1 : 1))
    .map((row) => unitRowOf(row, template, frozenAt));
  const figures = template.fields.filter(({ type }) => type === "integer").map(({ id }) => id);
  const counts = countsOf(units);
  const totals = totalsOf(units, figures);
  const received = units.filter(isReceived);
  const { expected, onTime } = counts;
  return {
    form: 1,
    ...heading,
    frozenAt,
    fields: template.fields.map(({ id, label, type, definition, needsAction }) => ({
      id,
      label,
      type,
      definition,
      needsAction: needsAction ?? false,
    })),
    counts,
    measures: {
      complete: received.filter(({ complete }) => complete).length,
      plausible: received.filter(({ marks }) => marks.length === 0).length,
      evidence: received.reduce((sum, { evidence }) => sum + evidence, 0),
    },
    definitions: DEFINITIONS,
    totals,
    cumulative: Object.fromEntries(figures.map((id) => [id, (input.earlier[id] ?? 0) + (totals[id] ?? 0)])),
    groups: groupsOf(units, figures),
    units,
    previous:
      previous === null
        ? null
        : {
            id: previous.id,
            period: previous.period.id,
            counts: previous.counts,
            totals: previous.totals,
          },
    trend: [
      ...(previous?.trend ?? []),
      { period: heading.period.id, expected, received: counts.received, onTime },
    ].slice(-TREND_PERIODS),
    corrections: [...input.corrections],
    below: [...input.below],
    tickets: [...input.tickets],
    clarifications: [...(input.clarifications ?? [])],
  };
}

const isReceived = (unit: UnitRow): boolean => unit.state === "on-time" || unit.state === "late";

function unitRowOf(row: ObligationRow, template: Template, frozenAt: Instant): UnitRow {
  const state = stateOf(row);
  const received = state === "on-time" || state === "late";
  const missing = state === "missing";
  return {
    code: row.unitCode,
    name: row.unitName,
    group: row.group,
    state,
    nil: received && row.nil,
    version: received ? row.version : 0,
    submittedAt: received ? row.submittedAt : null,
    values: received ? row.values : {},
    marks: received ? [...row.marks].sort() : [],
    complete:
      received && (row.nil || template.fields.every(({ id, required }) => !required || id in row.values)),
    evidence: received ? row.evidence : 0,
    notReached: missing && !row.reached ? (row.notReachedReason ?? NOT_REACHED_UNKNOWN) : null,
    missingTwice: missing && row.owesBefore,
    extendedUntil: missing && row.dueAt > frozenAt ? row.dueAt : null,
    exemptReason: row.exemptReason,
  };
}

function stateOf(row: ObligationRow): UnitRow["state"] {
  if (row.exemptReason !== null) return "exempt";
  if (row.version === 0 || row.submittedAt === null) return "missing";
  return isLate(row.submittedAt, row.dueAt) ? "late" : "on-time";
}

/** The counts of some units, exempt ones left out. */
export function countsOf(units: readonly UnitRow[]): DigestCounts {
  const having = (test: (unit: UnitRow) => boolean) => units.filter(test).length;
  const onTime = having(({ state }) => state === "on-time");
  const late = having(({ state }) => state === "late");
  const missing = having(({ state }) => state === "missing");
  return {
    expected: onTime + late + missing,
    received: onTime + late,
    onTime,
    late,
    nil: having(({ nil }) => nil),
    missing,
    notReached: having(({ notReached }) => notReached !== null),
  };
}

/** Sums per field over the newest version of each unit; a field that nobody filled in is 0. */
export function totalsOf(units: readonly UnitRow[], figures: readonly string[]): Totals {
  const totals = new Map(figures.map((id) => [id, 0]));
  for (const { values } of units) {
    for (const [id, value] of Object.entries(values)) {
      const sum = totals.get(id);
      if (sum !== undefined && typeof value === "number") totals.set(id, sum + value);
    }
  }
  return Object.fromEntries(totals);
}

function groupsOf(units: readonly UnitRow[], figures: readonly string[]): GroupRow[] {
  const members = new Map<string, UnitRow[]>();
  for (const unit of units) {
    const group = members.get(unit.group);
    if (group === undefined) members.set(unit.group, [unit]);
    else group.push(unit);
  }
  return [...members].map(([group, own]) => ({
    group,
    counts: countsOf(own),
    totals: totalsOf(own, figures),
  }));
}
