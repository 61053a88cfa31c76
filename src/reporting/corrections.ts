/** A report that lands after its digest has been sent: what the office that has seen the old figures is told. */
import { and, asc, eq, gte, isNull, sql } from "drizzle-orm";
import { shortInstant } from "../core/clock";
import type { Db } from "../store/database";
import { digests, obligations, reports } from "../store/tables";
import type { Campaign } from "./campaign";
import { changesBetween, newChanges } from "./digest-corrections";
import { templateOf } from "./digest-input";
import { changeText, numberText, periodText, shareText } from "./digest-wording.vi";
import { lineOf } from "./periods";
import { unitName } from "./roster";
import { isLate } from "./status";
import { loadToldBelow } from "./told-below";
import { valuesSchema, type Values } from "./values";

export interface CorrectionNews {
  readonly receiverUnitCode: string;
  /** One for each version of a report, so that staff are told once. */
  readonly key: string;
  readonly text: string;
}

interface Landed {
  readonly obligation: typeof obligations.$inferSelect;
  readonly digest: { readonly id: string; readonly frozenAt: number; readonly receiverUnitCode: string };
  readonly before: Values | null;
  readonly after: Values;
}

/**
 * What to tell staff about the version just stored; null when no digest has been frozen yet, or when nothing
 * that they saw is different now. The digest of the next period lists it again, and so does the one above.
 */
export async function correctionsAfter(
  db: Db,
  campaign: Campaign,
  submission: { readonly obligationId: string; readonly version: number },
): Promise<CorrectionNews | null> {
  const landed = await load(db, submission);
  if (landed === null) return null;
  const text =
    landed.before === null
      ? await lateText(db, campaign, landed)
      : await amendedText(db, campaign, landed, landed.before);
  if (text === null) return null;
  return {
    receiverUnitCode: landed.digest.receiverUnitCode,
    key: `correction:${submission.obligationId}:${submission.version}`,
    text,
  };
}

async function load(
  db: Db,
  { obligationId, version }: { readonly obligationId: string; readonly version: number },
): Promise<Landed | null> {
  const rows = await db
    .select({
      obligation: obligations,
      digest: { id: digests.id, frozenAt: digests.frozenAt, receiverUnitCode: digests.receiverUnitCode },
      version: reports.version,
      values: reports.values,
    })
    .from(obligations)
    .innerJoin(digests, and(eq(digests.line, obligations.line), eq(digests.period, obligations.period)))
    .innerJoin(reports, eq(reports.obligationId, obligations.id))
    .where(and(eq(obligations.id, obligationId), gte(reports.version, version - 1)))
    .orderBy(asc(reports.version));
  const after = rows.find((row) => row.version === version);
  if (after === undefined) return null;
  const before = rows.find((row) => row.version === version - 1);
  return {
    obligation: after.obligation,
    digest: after.digest,
    before: before === undefined ? null : valuesSchema.parse(before.values),
    after: valuesSchema.parse(after.values),
  };
}

const labelsOf = (campaign: Campaign, line: string): ReadonlyMap<string, string> =>
  new Map(templateOf(campaign, lineOf(campaign, line)).fields.map(({ id, label }) => [id, label]));

async function lateText(db: Db, campaign: Campaign, { obligation, digest, after }: Landed): Promise<string> {
  const { line, period, unitCode, dueAt, submittedAt } = obligation;
  const labels = labelsOf(campaign, line);
  const figures = [...labels].flatMap(([field, label]) => {
    const value = after[field];
    return typeof value === "number" ? [`${label}: ${numberText(value)}`] : [];
  });
  const late = submittedAt === null || isLate(submittedAt, dueAt);
  const how = late ? "vừa nộp muộn" : "vừa nộp trong thời gian gia hạn";
  const { expected, received } = await countsNow(db, line, period);
  return [
    `${unitName(campaign, unitCode)} ${how} báo cáo ${periodText(period)}, sau khi bản tổng hợp ${digest.id} được chốt lúc ${shortInstant(digest.frozenAt)}.`,
    figures.length === 0 ? "Không phát sinh." : figures.map((figure) => `• ${figure}`).join("\n"),
    `Đến nay đã nhận ${shareText(received, expected)}. Bản tổng hợp đã gửi giữ nguyên; kỳ sau sẽ ghi điều chỉnh này.`,
  ].join("\n");
}

async function amendedText(
  db: Db,
  campaign: Campaign,
  { obligation, digest, after }: Landed,
  before: Values,
): Promise<string | null> {
  const { line, period, unitCode } = obligation;
  const labels = labelsOf(campaign, line);
  const toldBelow = (await loadToldBelow(db, line)).get(`${period} ${unitCode}`);
  const changes = newChanges({
    changes: changesBetween(before, after),
    ...(toldBelow === undefined ? {} : { toldBelow }),
  });
  if (changes.length === 0) return null;
  const place = [...labels.keys()];
  const lines = changes
    .toSorted((a, b) => place.indexOf(a.field) - place.indexOf(b.field))
    .map((change) => `• ${changeText(change, labels.get(change.field) ?? change.field)}`);
  return [
    `${unitName(campaign, unitCode)} đã sửa báo cáo ${periodText(period)} có trong bản tổng hợp ${digest.id}:`,
    ...lines,
    "Bản tổng hợp đã gửi giữ nguyên; kỳ sau sẽ ghi điều chỉnh này.",
  ].join("\n");
}

async function countsNow(
  db: Db,
  line: string,
  period: string,
): Promise<{ readonly expected: number; readonly received: number }> {
  const [row] = await db
    .select({
      expected: sql<number>`count(*)::int`,
      received: sql<number>`(count(*) filter (where ${obligations.version} > 0))::int`,
    })
    .from(obligations)
    .where(and(eq(obligations.line, line), eq(obligations.period, period), isNull(obligations.exemptReason)));
  return row ?? { expected: 0, received: 0 };
}
