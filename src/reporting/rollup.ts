/**
 * The digest of an office becomes the beginning of its own report upward. Each digest flows into one report
 * only: that of its own period, or, where it came too late for that, the one that follows.
 */
import { and, inArray } from "drizzle-orm";
import { clip } from "../core/text";
import type { Db } from "../store/database";
import { digests, obligations } from "../store/tables";
import type { Campaign, Field, Line } from "./campaign";
import { parseDigest, type DigestContent } from "./digest-content";
import { textsOf } from "./digest-views";
import { templateOf } from "./digest-input";
import { feedersOf, lineOf, periodBeside } from "./periods";
import type { Values } from "./values";

export interface ObligationKey {
  readonly obligationId: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

interface Source {
  readonly key: ObligationKey;
  /** The line below whose receiver owes this report. */
  readonly feeder: string;
  readonly period: string;
  /** The period before on the feeding line, taken when this period has no digest and it was not used yet. */
  readonly fallback: string | null;
}

/** What comes from below: the sums, with every text joined, and the same texts one by one. */
export interface Prefill {
  readonly values: Values;
  readonly texts: readonly { readonly field: string; readonly text: string }[];
}

/** By obligation id, for those whose unit receives digests from below: their sums and texts. */
export async function prefillFor(
  db: Db,
  campaign: Campaign,
  keys: readonly ObligationKey[],
): Promise<ReadonlyMap<string, Prefill>> {
  const sources = keys.flatMap((key) => sourcesOf(campaign, key));
  if (sources.length === 0) return new Map();
  const frozen = await frozenDigests(db, sources);
  const used = await handedInBefore(db, sources);
  const contents = new Map<ObligationKey, DigestContent[]>();
  for (const source of sources) {
    const digest = chosen(source, frozen, used);
    if (digest !== null) contents.set(source.key, [...(contents.get(source.key) ?? []), digest]);
  }
  return new Map(
    [...contents].map(([key, digestsBelow]) => [
      key.obligationId,
      prefillFrom(templateOf(campaign, lineOf(campaign, key.line)).fields, digestsBelow),
    ]),
  );
}

function sourcesOf(campaign: Campaign, key: ObligationKey): Source[] {
  const line = campaign.lines.find(({ id }) => id === key.line);
  if (line === undefined) return [];
  return feedersOf(campaign, line)
    .filter(({ receiver }: Line) => receiver === key.unitCode)
    .map(({ id }) => ({
      key,
      feeder: id,
      period: key.period,
      fallback: periodBeside(campaign, id, key.period, -1)?.id ?? null,
    }));
}

const at = (line: string, period: string): string => `${line} ${period}`;

async function frozenDigests(
  db: Db,
  sources: readonly Source[],
): Promise<ReadonlyMap<string, { readonly canonical: string; readonly frozenAt: number }>> {
  const wanted = sources.flatMap(({ period, fallback }) =>
    fallback === null ? [period] : [period, fallback],
  );
  const rows = await db
    .select()
    .from(digests)
    .where(
      and(
        inArray(digests.line, [...new Set(sources.map(({ feeder }) => feeder))]),
        inArray(digests.period, [...new Set(wanted)]),
      ),
    );
  return new Map(rows.map((row) => [at(row.line, row.period), row]));
}

/** When the office last handed in its own report of the fallback period, by line, period and unit. */
async function handedInBefore(db: Db, sources: readonly Source[]): Promise<ReadonlyMap<string, number>> {
  const earlier = sources.flatMap(({ fallback }) => (fallback === null ? [] : [fallback]));
  if (earlier.length === 0) return new Map();
  const rows = await db
    .select()
    .from(obligations)
    .where(
      and(
        inArray(obligations.unitCode, [...new Set(sources.map(({ key }) => key.unitCode))]),
        inArray(obligations.period, [...new Set(earlier)]),
      ),
    );
  return new Map(
    rows.map(({ line, period, unitCode, lastSubmittedAt }) => [
      at(`${line} ${unitCode}`, period),
      lastSubmittedAt ?? 0,
    ]),
  );
}

function chosen(
  { key, feeder, period, fallback }: Source,
  frozen: ReadonlyMap<string, { readonly canonical: string; readonly frozenAt: number }>,
  used: ReadonlyMap<string, number>,
): DigestContent | null {
  const own = frozen.get(at(feeder, period));
  if (own !== undefined) return withReports(parseDigest(own.canonical));
  const earlier = fallback === null ? undefined : frozen.get(at(feeder, fallback));
  if (fallback === null || earlier === undefined) return null;
  // Handed in after the digest was there: its figures have gone up already.
  const handedIn = used.get(at(`${key.line} ${key.unitCode}`, fallback)) ?? 0;
  return handedIn >= earlier.frozenAt ? null : withReports(parseDigest(earlier.canonical));
}

/** Zeros that nobody reported are no figures to send on. */
const withReports = (content: DigestContent): DigestContent | null =>
  content.counts.received === 0 ? null : content;

/** Sums of the figures that both forms ask for; texts with the name of who wrote them. */
function prefillFrom(fields: readonly Field[], below: readonly DigestContent[]): Prefill {
  const values: Record<string, number | string> = {};
  const texts = fields
    .filter(({ type }) => type === "text")
    .flatMap(({ id }) => wordsBelow(id, below).map((text) => ({ field: id, text })));
  for (const { id, type, maxLength } of fields) {
    if (type === "integer") {
      const sums = below.flatMap(({ totals }) => totals[id] ?? []);
      if (sums.length > 0) values[id] = sums.reduce((a, b) => a + b, 0);
    } else if (type === "text") {
      const lines = texts.filter(({ field }) => field === id).map(({ text }) => text);
      if (lines.length > 0) values[id] = clip(lines.join("\n"), maxLength ?? Number.MAX_SAFE_INTEGER);
    }
  }
  return { values, texts };
}

/** `THPT Chu Văn An: Thiếu máy chiếu.` */
const wordsBelow = (fieldId: string, below: readonly DigestContent[]): string[] =>
  below
    .flatMap((content) => textsOf(content).filter(({ field }) => field.id === fieldId))
    .flatMap(({ items }) => items.map(({ unit, text }) => `${unit.name}: ${text}`));
