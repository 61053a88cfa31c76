/** Figures of a digest that an office has to have made clear: asked of the unit, answered, kept with the figure. */
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { stale } from "../core/errors";
import { rowsOf, type Db } from "../store/database";
import { anyOf } from "../store/lists";
import { clarifications } from "../store/tables";
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

const clarificationRow = z.object({
  code: z.string(),
  digestId: z.string(),
  line: z.string(),
  period: z.string(),
  unitCode: z.string(),
  officeUnitCode: z.string(),
  field: z.string().nullable(),
  value: z.union([z.number(), z.string()]).nullable(),
  question: z.string(),
  answer: z.string().nullable(),
  askedBy: z.string().nullable(),
  obligationId: z.string().nullable(),
});

/** What these units have been asked, and what these people asked. */
export async function loadClarificationViews(
  db: Db,
  campaign: Campaign,
  of: { readonly unitCodes: readonly string[]; readonly personIds: readonly string[] },
): Promise<readonly OpenClarification[]> {
  if (of.unitCodes.length === 0) return [];
  const rows = await rowsOf(
    db,
    sql`select c.code, c.digest_id as "digestId", c.line, c.period, c.unit_code as "unitCode",
        c.office_unit_code as "officeUnitCode", c.field, c.value, c.question, c.answer, c.asked_by as "askedBy",
        o.id as "obligationId"
      from clarifications c
      left join obligations o on o.line = c.line and o.period = c.period and o.unit_code = c.unit_code
      where c.unit_code = ${anyOf(of.unitCodes)} or c.asked_by = ${anyOf(of.personIds)}
      order by c.asked_at desc, c.code desc limit ${MAX_LOADED}`,
    clarificationRow,
  );
  return rows.flatMap((row) => {
    const line = campaign.lines.find(({ id }) => id === row.line);
    if (line === undefined) return [];
    const { code, digestId, unitCode, officeUnitCode, period, field, value, question, answer, askedBy } = row;
    const { obligationId } = row;
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
