/**
 * Taking an agreement back ends what was done by it at once, well within the 15 days of Nghị định 356/2025, Điều 5.
 * The unit's reports and the person's messages stay; forgetting them is another wish.
 */
import { sql } from "drizzle-orm";
import type { Instant } from "../core/clock";
import { recordDecision } from "../store/audit";
import type { Db } from "../store/database";
import { recordConsent } from "./persons";
import { dropPhone } from "./phones";

export async function withdrawConsent(
  db: Db,
  {
    personId,
    purpose,
    wordingVersion,
  }: { readonly personId: string; readonly purpose: string; readonly wordingVersion: string },
  now: Instant,
): Promise<void> {
  await db.execute(sql`delete from memberships where person_id = ${personId}`);
  await db.execute(
    sql`update delegations set ended_at = coalesce(ended_at, ${now}) where person_id = ${personId}`,
  );
  await db.execute(sql`delete from drafts where person_id = ${personId}`);
  await dropPhone(db, { personId, wordingVersion }, now);
  await recordConsent(db, { personId, purpose, wordingVersion, granted: false }, now);
  await recordDecision(db, { at: now, actor: personId, action: "withdraw-consent", target: personId });
}
