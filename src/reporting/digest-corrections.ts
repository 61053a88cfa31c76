/**
 * Which figures sent before have changed since. What a digest told is read from the digest itself, not from
 * clocks: a report that was being written while the digest was frozen is found by the next one.
 */
import { MINUTE_MS, type Instant } from "../core/clock";
import type { Change, Correction, CorrectionBelow, DigestContent, Totals } from "./digest-content";
import type { Values } from "./values";

/** One version of a report of an earlier period. */
export interface Revision {
  readonly period: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly version: number;
  readonly at: Instant;
  readonly values: Values;
}

/** Longer than any turn takes to land: a version given its instant before a digest may become visible after it. */
const LANDING_MARGIN_MS = 10 * MINUTE_MS;

/** Reports that came after this instant may be unknown to the digest. */
export const unseenAfter = (digest: Pick<DigestContent, "frozenAt">): Instant =>
  digest.frozenAt - LANDING_MARGIN_MS;

/** By unit and period: what the digests of a line have told of corrections further below. */
export type ToldBelow = ReadonlyMap<string, Totals>;

const keyOf = ({ period, unitCode }: { readonly period: string; readonly unitCode: string }): string =>
  `${period} ${unitCode}`;

/**
 * Sums what was told of lower levels, in the order of the digests. A version that a digest told itself holds
 * what was told below before it, so the count begins anew.
 */
export function toldBelowIn(digests: readonly Pick<DigestContent, "corrections" | "below">[]): ToldBelow {
  const told = new Map<string, Totals>();
  for (const { corrections, below } of digests) {
    for (const correction of corrections) told.delete(keyOf(correction));
    for (const row of below) told.set(keyOf(row), totalled([told.get(keyOf(row)) ?? {}, row.moved]));
  }
  return told;
}

/** What `toldBelow` does not explain of a correction's changes: a figure told below counts as known by then. */
export function newChanges({ changes, toldBelow = {} }: Pick<Correction, "changes" | "toldBelow">): Change[] {
  return changes
    .map((change) => {
      const known = toldBelow[change.field] ?? 0;
      return known === 0 || typeof change.from === "string"
        ? change
        : { ...change, from: (change.from ?? 0) + known };
    })
    .filter(({ from, to }) => from !== to);
}

/** The corrections with what is new about them; left out where everything was told as one of a lower level. */
export const newCorrections = (corrections: readonly Correction[]): Correction[] =>
  corrections.flatMap((correction) => {
    const changes = newChanges(correction);
    return correction.kind === "amended" && changes.length === 0 ? [] : [{ ...correction, changes }];
  });

/** The corrections that `previous`, the last digest of the line, could not tell yet; none without one. */
export function untoldCorrections(
  previous: DigestContent | null,
  revisions: readonly Revision[],
  toldBelow: ToldBelow = new Map(),
): Correction[] {
  if (previous === null) return [];
  const corrections: Correction[] = [];
  for (const versions of byObligation(revisions)) {
    const newest = versions.at(-1);
    if (newest === undefined) continue;
    const told = toldVersion(previous, versions);
    const before = versions.find(({ version }) => version === told);
    const changes = changesBetween(before?.values ?? {}, newest.values);
    if (told > 0 && changes.length === 0) continue;
    const { period, unitCode, unitName, version, at } = newest;
    const below = toldBelow.get(keyOf(newest));
    corrections.push({
      ...{ period, unitCode, unitName, version, at, changes },
      ...(told === 0
        ? { kind: "late" }
        : { kind: "amended", ...(below === undefined ? {} : { toldBelow: below }) }),
    });
  }
  return corrections;
}

function byObligation(revisions: readonly Revision[]): Revision[][] {
  const groups = new Map<string, Revision[]>();
  for (const revision of revisions)
    groups.set(keyOf(revision), [...(groups.get(keyOf(revision)) ?? []), revision]);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, versions]) => versions.sort((a, b) => a.version - b.version));
}

/** The newest version that readers of the line's digests have been told of. */
function toldVersion(previous: DigestContent, versions: readonly Revision[]): number {
  const [first] = versions;
  if (first === undefined) return 0;
  const { period, unitCode } = first;
  if (previous.period.id === period)
    return previous.units.find(({ code }) => code === unitCode)?.version ?? 0;
  const listed = previous.corrections.find((c) => c.period === period && c.unitCode === unitCode);
  const seen = versions.filter(({ at }) => at <= unseenAfter(previous)).map(({ version }) => version);
  return Math.max(0, listed?.version ?? 0, ...seen);
}

/** What differs between two versions, by field id. */
export function changesBetween(before: Values, after: Values): Change[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** An office's report of a period upward that it has amended, and when it last did. */
export interface Amended {
  readonly period: string;
  readonly unitCode: string;
  readonly at: Instant;
}

/**
 * Corrections that the offices below have told in their own digests since, those that came to them from further
 * below included: one row per office and period. An office hears of a correction at once, so an amendment of
 * its own report upward stands for every correction that it had heard of by then: those are left out.
 */
export function correctionsBelow(
  lower: readonly DigestContent[],
  amended: readonly Amended[],
): CorrectionBelow[] {
  const rows: CorrectionBelow[] = [];
  for (const digest of lower) {
    const { code, name } = digest.receiver;
    const numeric = new Set(digest.fields.filter(({ type }) => type === "integer").map(({ id }) => id));
    const told = newCorrections(digest.corrections);
    const periods = [...told, ...digest.below].map(({ period }) => period);
    for (const period of [...new Set(periods)].sort()) {
      const amendedAt = amended.find((own) => own.unitCode === code && own.period === period)?.at ?? null;
      const isNew = (heardAt: Instant) => amendedAt === null || heardAt > amendedAt;
      const corrections = told.filter((c) => c.period === period && isNew(c.at ?? 0));
      const passedOn = digest.below.filter((row) => row.period === period && isNew(digest.frozenAt));
      if (corrections.length === 0 && passedOn.length === 0) continue;
      rows.push({
        unitCode: code,
        unitName: name,
        period,
        digestId: digest.id,
        late:
          corrections.filter(({ kind }) => kind === "late").length + sum(passedOn.map(({ late }) => late)),
        amended:
          corrections.filter(({ kind }) => kind === "amended").length +
          sum(passedOn.map(({ amended }) => amended)),
        moved: totalled([movedBy(corrections, numeric), ...passedOn.map(({ moved }) => moved)]),
      });
    }
  }
  return rows;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function totalled(moves: readonly Totals[]): Totals {
  const fields = [...new Set(moves.flatMap((moved) => Object.keys(moved)))];
  const all = fields.map((field) => [field, sum(moves.map((moved) => moved[field] ?? 0))] as const);
  return Object.fromEntries(all.filter(([, by]) => by !== 0));
}

function movedBy(corrections: readonly Correction[], numeric: ReadonlySet<string>): Record<string, number> {
  const moved = new Map<string, number>();
  for (const { field, from, to } of corrections.flatMap(({ changes }) => changes)) {
    if (!numeric.has(field)) continue;
    const by = (typeof to === "number" ? to : 0) - (typeof from === "number" ? from : 0);
    moved.set(field, (moved.get(field) ?? 0) + by);
  }
  return Object.fromEntries([...moved].filter(([, by]) => by !== 0));
}
