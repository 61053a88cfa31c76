/** Who decided what, and when: rows are added, never changed. */
import { and, desc, eq, gte, lt } from "drizzle-orm";
import type { Instant } from "../core/clock";
import type { Db } from "./database";
import { audit } from "./tables";

export interface Decision {
  readonly at: Instant;
  /** Person id, `api` or `clock`. */
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  /** Codes and ids; never what people wrote. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

export async function recordDecision(db: Db, { details = {}, ...decision }: Decision): Promise<void> {
  await db.insert(audit).values({ ...decision, details });
}

export interface AuditFilter {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly actor?: string | undefined;
  /** Rows older than this one. */
  readonly before?: number | undefined;
}

/** A page that a person can still read; `before` leads to the next. */
export const MAX_AUDIT_ROWS = 500;

/** The newest first. */
export async function listAudit(
  db: Db,
  { from, to, actor, before }: AuditFilter,
): Promise<readonly (typeof audit.$inferSelect)[]> {
  return db
    .select()
    .from(audit)
    .where(
      and(
        from === undefined ? undefined : gte(audit.at, from),
        to === undefined ? undefined : lt(audit.at, to),
        actor === undefined ? undefined : eq(audit.actor, actor),
        before === undefined ? undefined : lt(audit.id, before),
      ),
    )
    .orderBy(desc(audit.id))
    .limit(MAX_AUDIT_ROWS);
}
