/** Figures of a digest that an office has to have made clear: asked of the unit, answered, kept with the figure. */
import { and, asc, desc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Instant } from "../core/clock";
import { stale } from "../core/errors";
import type { Db } from "../store/database";
import { clarifications, obligations } from "../store/tables";
import type { Campaign } from "./campaign";
import { templateOf } from "./digest-input";
import { loadDigest } from "./digests";
import { receiverName, unitName } from "./roster";

export interface ClarificationAsked {
  readonly code: string;
  readonly digestId: string;
  readonly unitCode: string;
  /** Null for the whole report. */
  readonly field: string | null;
  readonly question: string;
  readonly personId: string;
  readonly at: Instant;
}

/** Keeps the question with the figure it is about; throws `stale` where the digest does not hold the unit's report. */
export async function askClarification(db: Db, asked: ClarificationAsked): Promise<void> {
  const { code, digestId, unitCode, field, question, personId, at } = asked;
  const digest = await loadDigest(db, digestId);
  const unit = digest?.content.units.find((row) => row.code === unitCode && row.version > 0);
  if (digest === null || unit === undefined) throw stale("digest-figure-gone");
  const { line, period, receiver } = digest.content;
  await db
    .insert(clarifications)
    .values({
      ...{ code, digestId, unitCode, field, question },
      line: line.id,
      period: period.id,
      value: field === null ? null : (unit.values[field] ?? null),
      version: unit.version,
      officeUnitCode: receiver.code,
      askedBy: personId,
      askedAt: at,
    })
    .onConflictDoNothing();
}

/** Keeps the first answer and says who waits for it; null for a later one, which changes nothing. */
export async function answerClarification(
  db: Db,
  answer: { readonly code: string; readonly text: string; readonly personId: string; readonly at: Instant },
): Promise<{ readonly askedBy: string | null } | null> {
  const [row] = await db
    .update(clarifications)
    .set({ answer: answer.text, answeredBy: answer.personId, answeredAt: answer.at })
    .where(and(eq(clarifications.code, answer.code), isNull(clarifications.answer)))
    .returning({ askedBy: clarifications.askedBy });
  return row ?? null;
}

/** Structurally the `ClarificationView` of a turn. */
export interface OpenClarification {
  readonly code: string;
  readonly digestId: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly officeUnitCode: string;
  readonly officeName: string;
  readonly period: string;
  /** Null for the whole report. */
  readonly label: string | null;
  readonly value: number | string | null;
  readonly question: string;
  readonly answer: string | null;
  readonly askedBy: string | null;
  /** The report it is about, to be amended where the figure was wrong. */
  readonly obligationId: string | null;
}

/** What a person can still act on is among the newest; older ones stand in the digests. */
const MAX_LOADED = 100;

/** What these units have been asked, and what these people asked. */
export async function loadClarificationViews(
  db: Db,
  campaign: Campaign,
  of: { readonly unitCodes: readonly string[]; readonly personIds: readonly string[] },
): Promise<readonly OpenClarification[]> {
  if (of.unitCodes.length === 0) return [];
  const rows = await db
    .select({ asked: clarifications, obligationId: obligations.id })
    .from(clarifications)
    .leftJoin(
      obligations,
      and(
        eq(obligations.line, clarifications.line),
        eq(obligations.period, clarifications.period),
        eq(obligations.unitCode, clarifications.unitCode),
      ),
    )
    .where(
      or(
        inArray(clarifications.unitCode, [...of.unitCodes]),
        inArray(clarifications.askedBy, [...of.personIds]),
      ),
    )
    .orderBy(desc(clarifications.askedAt), desc(clarifications.code))
    .limit(MAX_LOADED);
  return rows.flatMap(({ asked, obligationId }) => {
    const line = campaign.lines.find(({ id }) => id === asked.line);
    if (line === undefined) return [];
    const { code, digestId, unitCode, officeUnitCode, period, field, value, question, answer, askedBy } =
      asked;
    const label =
      field === null
        ? null
        : (templateOf(campaign, line).fields.find(({ id }) => id === field)?.label ?? field);
    return [
      {
        ...{ code, digestId, unitCode, officeUnitCode, period, label, value, question, answer, askedBy },
        unitName: unitName(campaign, unitCode),
        officeName: receiverName(campaign, line),
        obligationId,
      },
    ];
  });
}

export interface ListedClarification {
  readonly code: string;
  readonly digestId: string;
  readonly unitCode: string;
  readonly field: string | null;
  readonly question: string;
  readonly askedAt: Instant;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
}

/** Questions about figures of these digests, in the order asked. */
export async function listClarifications(
  db: Db,
  digestIds: readonly string[],
): Promise<readonly ListedClarification[]> {
  if (digestIds.length === 0) return [];
  const { code, digestId, unitCode, field, question, askedAt, answer, answeredAt } = clarifications;
  return db
    .select({ code, digestId, unitCode, field, question, askedAt, answer, answeredAt })
    .from(clarifications)
    .where(inArray(clarifications.digestId, [...digestIds]))
    .orderBy(asc(askedAt), asc(code));
}
