/** Phone numbers given for reminders: sealed, agreed to for this purpose alone, and gone the moment they are taken back. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { recordConsent } from "./persons";
import { PHONE_PURPOSE } from "./purposes";

interface Agreement {
  readonly personId: string;
  readonly wordingVersion: string;
}

export const agreeToPhone = (db: Db, agreement: Agreement, now: Instant): Promise<void> =>
  recordConsent(db, { ...agreement, purpose: PHONE_PURPOSE, granted: true }, now);

/** Keeps a number that its owner has agreed to give; of any other nothing stays. */
export async function savePhone(
  db: Db,
  {
    personId,
    sealed,
    eventKey,
  }: { readonly personId: string; readonly sealed: string; readonly eventKey: string },
): Promise<void> {
  await rowsOf(
    db,
    sql`update persons p set phone_sealed = ${sealed} where p.id = ${personId}
      and (select c.granted from consents c where c.person_id = p.id and c.purpose = ${PHONE_PURPOSE}
        order by c.id desc limit 1) returning p.id`,
    z.object({ id: z.string() }),
  );
  // One copy is kept, where it can be taken back.
  await db.execute(sql`update inbox set payload = payload - 'phoneSealed' where event_key = ${eventKey}`);
}

export async function dropPhone(db: Db, agreement: Agreement, now: Instant): Promise<void> {
  await db.execute(sql`update persons set phone_sealed = null where id = ${agreement.personId}`);
  await recordConsent(db, { ...agreement, purpose: PHONE_PURPOSE, granted: false }, now);
}
