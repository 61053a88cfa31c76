/** Digests at rest: frozen once for each line and period, read back as the bytes they were. */
import { and, desc, eq, sql } from "drizzle-orm";
import type { Instant } from "../core/clock";
import type { Db } from "../store/database";
import { digests } from "../store/tables";
import type { Campaign } from "./campaign";
import { canonicalJson, hashOf } from "./canonical-json";
import { compileDigest } from "./digest";
import {
  countsSchema,
  parseDigest,
  totalsSchema,
  type DigestContent,
  type DigestCounts,
  type Totals,
} from "./digest-content";
import { loadDigestInput, periodsToFreeze } from "./digest-input";
import { digestText } from "./digest-text";

export interface FrozenDigest {
  readonly id: string;
  readonly line: string;
  readonly period: string;
  readonly receiverUnitCode: string;
  /** Units whose report is in it. */
  readonly forwardedUnitCodes: readonly string[];
}

/**
 * Freezes the digest of every period that was due by `dueBy` and has none. Called again, or at the same time
 * by another replica, it freezes nothing twice and tells only the one whose digest landed.
 */
export async function freezeDueDigests(
  db: Db,
  campaign: Campaign,
  { dueBy, now }: { readonly dueBy: Instant; readonly now: Instant },
): Promise<readonly FrozenDigest[]> {
  const frozen: FrozenDigest[] = [];
  // One after the other: the digest of an office reads those frozen just before it from below.
  for (const { line: lineId, period } of await periodsToFreeze(db, dueBy)) {
    const line = campaign.lines.find(({ id }) => id === lineId);
    if (line === undefined) continue;
    const content = compileDigest(await loadDigestInput(db, campaign, line, { period, now }));
    if (await keep(db, content)) frozen.push(toldOf(content));
  }
  return frozen;
}

/** Whether this content became the digest; false when one was there already. */
async function keep(db: Db, content: DigestContent): Promise<boolean> {
  const canonical = canonicalJson(content);
  const added = await db
    .insert(digests)
    .values({
      id: content.id,
      line: content.line.id,
      period: content.period.id,
      receiverUnitCode: content.receiver.code,
      frozenAt: content.frozenAt,
      sha256: hashOf(canonical),
      canonical,
      text: digestText(content),
    })
    .onConflictDoNothing()
    .returning({ id: digests.id });
  return added.length > 0;
}

const toldOf = (content: DigestContent): FrozenDigest => ({
  id: content.id,
  line: content.line.id,
  period: content.period.id,
  receiverUnitCode: content.receiver.code,
  forwardedUnitCodes: content.units.filter(({ version }) => version > 0).map(({ code }) => code),
});

export interface StoredDigest {
  readonly content: DigestContent;
  readonly sha256: string;
  readonly text: string;
}

/** The digest with this code; null when there is none. */
export async function loadDigest(db: Db, id: string): Promise<StoredDigest | null> {
  const [row] = await db.select().from(digests).where(eq(digests.id, id));
  if (row === undefined) return null;
  return { content: parseDigest(row.canonical), sha256: row.sha256, text: row.text };
}

export interface ListedDigest {
  readonly id: string;
  readonly line: string;
  readonly period: string;
  readonly frozenAt: Instant;
  readonly sha256: string;
  readonly counts: DigestCounts;
  readonly totals: Totals;
  readonly text: string;
}

/** Digests, newest first, without opening their rows. */
export async function listDigests(
  db: Db,
  where: { readonly line?: string | undefined; readonly period?: string | undefined },
): Promise<readonly ListedDigest[]> {
  const rows = await db
    .select({
      id: digests.id,
      line: digests.line,
      period: digests.period,
      frozenAt: digests.frozenAt,
      sha256: digests.sha256,
      text: digests.text,
      counts: sql<unknown>`${digests.canonical}::jsonb -> 'counts'`,
      totals: sql<unknown>`${digests.canonical}::jsonb -> 'totals'`,
    })
    .from(digests)
    .where(
      and(
        where.line === undefined ? undefined : eq(digests.line, where.line),
        where.period === undefined ? undefined : eq(digests.period, where.period),
      ),
    )
    .orderBy(desc(digests.frozenAt), desc(digests.id));
  return rows.map((row) => ({
    ...row,
    counts: countsSchema.parse(row.counts),
    totals: totalsSchema.parse(row.totals),
  }));
}
