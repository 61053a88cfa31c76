/** The account's grant in table `oa_tokens`: sealed, with the pair before kept for diagnosis. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import type { Db } from "../store/database";
import { oaTokens } from "../store/tables";
import type { Seal } from "./seal";

const pairSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  issuedAt: z.number(),
  /** Hashes of the refresh tokens that came by setting: each is used once, however often it is read again. */
  seeds: z.array(z.string()),
});

export interface Grant extends z.infer<typeof pairSchema> {
  readonly expiresAt: Instant;
  /** When the platform refused to renew this grant; only a person can help then. */
  readonly refusedAt: Instant | null;
}

export interface TokenStore {
  /** Null when there is none, or none that opens with the present secret. */
  read(): Promise<Grant | null>;
  /** Replaces the grant and clears a refusal; what stood there becomes the previous pair. */
  save(grant: Omit<Grant, "refusedAt">, now: Instant): Promise<void>;
  /** Notes that this grant was refused; true for the first to say so, false also when it was replaced meanwhile. */
  markRefused(grant: Grant, now: Instant): Promise<boolean>;
}

export function createTokenStore(db: Db, seal: Seal, oaId: string): TokenStore {
  async function readRow() {
    const [row] = await db.select().from(oaTokens).where(eq(oaTokens.oaId, oaId));
    const plain = row === undefined ? null : seal.open(row.sealed);
    if (row === undefined || plain === null) return null;
    const pair = pairSchema.parse(JSON.parse(plain));
    return { sealed: row.sealed, grant: { ...pair, expiresAt: row.expiresAt, refusedAt: row.refusedAt } };
  }

  return {
    read: async () => (await readRow())?.grant ?? null,
    async save({ expiresAt, ...pair }, now) {
      const fresh = {
        sealed: seal.close(JSON.stringify(pairSchema.parse(pair))),
        expiresAt,
        refusedAt: null,
        updatedAt: now,
      };
      await db
        .insert(oaTokens)
        .values({ oaId, ...fresh })
        .onConflictDoUpdate({
          target: oaTokens.oaId,
          set: { ...fresh, previousSealed: sql`${oaTokens.sealed}` },
        });
    },
    async markRefused(grant, now) {
      const row = await readRow();
      if (row?.grant.refreshToken !== grant.refreshToken) return false;
      const marked = await db
        .update(oaTokens)
        .set({ refusedAt: now })
        .where(and(eq(oaTokens.oaId, oaId), eq(oaTokens.sealed, row.sealed), isNull(oaTokens.refusedAt)))
        .returning({ oaId: oaTokens.oaId });
      return marked.length > 0;
    },
  };
}
