/** What an office asked about figures of earlier digests, as its next digest tells it. */
import { and, asc, eq, gt, isNull, or } from "drizzle-orm";
import type { Db } from "../store/database";
import { clarifications } from "../store/tables";
import type { Campaign } from "./campaign";
import type { DigestContent } from "./digest-content";
import { unseenAfter } from "./digest-corrections";
import { unitName } from "./roster";

type Told = NonNullable<DigestContent["clarifications"]>[number];

/** What the line's next digest tells of questions about figures: open ones, and those answered since the last. */
export async function clarificationsToTell(
  db: Db,
  campaign: Campaign,
  line: string,
  previous: DigestContent | null,
): Promise<readonly Told[]> {
  if (previous === null) return [];
  const rows = await db
    .select()
    .from(clarifications)
    .where(
      and(
        eq(clarifications.line, line),
        or(isNull(clarifications.answer), gt(clarifications.answeredAt, unseenAfter(previous))),
      ),
    )
    .orderBy(asc(clarifications.askedAt), asc(clarifications.code));
  const answeredBefore = new Set(
    (previous.clarifications ?? []).flatMap(({ code, answer }) => (answer === null ? [] : [code])),
  );
  return rows
    .filter(({ code }) => !answeredBefore.has(code))
    .map(({ code, period, unitCode, field, value, version, question, askedAt, answer, answeredAt }) => ({
      ...{ code, period, unitCode, field, value, version, question, askedAt, answer, answeredAt },
      unitName: unitName(campaign, unitCode),
    }));
}
