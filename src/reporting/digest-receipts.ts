/** "Đã nhận": which officers have read which digest. */
import { asc, inArray } from "drizzle-orm";
import type { Instant } from "../core/clock";
import type { Db } from "../store/database";
import { digestReceipts } from "../store/tables";

export interface DigestReceipt {
  readonly digestId: string;
  readonly personId: string;
  readonly at: Instant;
}

/** Keeps the first time a person confirmed a digest; false when it was confirmed before. */
export async function acknowledgeDigest(db: Db, receipt: DigestReceipt): Promise<boolean> {
  const added = await db
    .insert(digestReceipts)
    .values(receipt)
    .onConflictDoNothing()
    .returning({ at: digestReceipts.at });
  return added.length > 0;
}

/** Who has confirmed these digests, in the order of time. */
export async function listReceipts(db: Db, digestIds: readonly string[]): Promise<readonly DigestReceipt[]> {
  if (digestIds.length === 0) return [];
  return db
    .select()
    .from(digestReceipts)
    .where(inArray(digestReceipts.digestId, [...digestIds]))
    .orderBy(asc(digestReceipts.at), asc(digestReceipts.personId));
}
