/**
 * Officers' answers that were approved for everybody. What is published is a question an officer has looked
 * over, never the asker's own words.
 */
import { asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { refused } from "../core/errors";
import { rowsOf, type Db } from "../store/database";
import { generalAnswers, ticketReplies } from "../store/tables";
import { holdLead } from "./tickets";
import { wording } from "./wording.vi";

export type GeneralAnswer = typeof generalAnswers.$inferSelect;

export interface Approval {
  readonly code: string;
  /** In words that name nobody. */
  readonly question: string;
  /** The words for everybody, where they are not those of the last reply. */
  readonly answer?: string | undefined;
  /** The entry that says so far that nobody has published it. */
  readonly fills: string | null;
  readonly by: string;
  readonly at: Instant;
}

/** Approves an answer for everybody; approved again, the later words count. Refuses what has not been answered. */
export async function approveAnswer(
  db: Db,
  { code, question, answer, fills, by, at }: Approval,
): Promise<GeneralAnswer> {
  const lead = await holdLead(db, code);
  if (lead.kind !== "question") throw refused("not-a-question", wording.notAQuestion(code));
  const [reply] = await db
    .select({ text: ticketReplies.text })
    .from(ticketReplies)
    .where(eq(ticketReplies.ticketCode, lead.code))
    .orderBy(sql`${ticketReplies.id} desc`)
    .limit(1);
  const words = answer ?? reply?.text;
  if (words === undefined) throw refused("not-answered", wording.notAnswered(code));
  const approved: GeneralAnswer = {
    ticketCode: lead.code,
    question,
    answer: words,
    officeUnitCode: lead.receiverUnitCode,
    fills,
    approvedBy: by,
    approvedAt: at,
    withdrawnAt: null,
  };
  await db
    .insert(generalAnswers)
    .values(approved)
    .onConflictDoUpdate({ target: generalAnswers.ticketCode, set: approved });
  await raiseVersion(db, at);
  return approved;
}

/** Takes an answer back; refuses one that is not published. */
export async function withdrawAnswer(db: Db, code: string, at: Instant): Promise<string> {
  const lead = await holdLead(db, code);
  const withdrawn = await rowsOf(
    db,
    sql`update general_answers set withdrawn_at = ${at} where ticket_code = ${lead.code} and withdrawn_at is null
      returning ticket_code as code`,
    z.object({ code: z.string() }),
  );
  if (withdrawn.length === 0) throw refused("not-published", wording.notPublished(code));
  await raiseVersion(db, at);
  return lead.code;
}

/** Those in force, in the order in which they were approved. */
export const listGeneralAnswers = (db: Db): Promise<GeneralAnswer[]> =>
  db
    .select()
    .from(generalAnswers)
    .where(isNull(generalAnswers.withdrawnAt))
    .orderBy(asc(generalAnswers.approvedAt), asc(generalAnswers.ticketCode));

const MARK = "knowledge.general-answers";

/** Tells every replica that what is published has changed. */
async function raiseVersion(db: Db, now: Instant): Promise<void> {
  await db.execute(sql`insert into marks (name, value, updated_at) values (${MARK}, '1'::jsonb, ${now})
    on conflict (name) do update set value = to_jsonb((marks.value)::bigint + 1), updated_at = excluded.updated_at`);
}

const versionRow = z.object({ value: z.coerce.number() });

/** Raised by every approval and withdrawal; one row read by its key. */
export async function generalAnswersVersion(db: Db): Promise<number> {
  const [row] = await rowsOf(db, sql`select value from marks where name = ${MARK}`, versionRow);
  return row?.value ?? 0;
}
