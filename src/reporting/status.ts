/** What one row of the ledger says at an instant. */
import type { Instant } from "../core/clock";

export type ObligationStatus = "waiting" | "drafting" | "submitted" | "nil" | "late" | "missing" | "exempt";

export interface LedgerRow {
  readonly dueAt: Instant;
  readonly exemptReason: string | null;
  readonly version: number;
  readonly nil: boolean;
  readonly submittedAt: Instant | null;
  readonly draftStartedAt: Instant | null;
}

/** At the due instant itself the digest is frozen: what comes then no longer is in it. */
export const isLate = (submittedAt: Instant, dueAt: Instant): boolean => submittedAt >= dueAt;

/**
 * The one state of an obligation. A report that came late is `late` whatever it says; after the due instant
 * a report that is only begun is `missing` like one that is not.
 */
export function statusOf(row: LedgerRow, now: Instant): ObligationStatus {
  if (row.exemptReason !== null) return "exempt";
  if (row.version > 0 && row.submittedAt !== null) {
    if (isLate(row.submittedAt, row.dueAt)) return "late";
    return row.nil ? "nil" : "submitted";
  }
  if (now >= row.dueAt) return "missing";
  return row.draftStartedAt === null ? "waiting" : "drafting";
}
