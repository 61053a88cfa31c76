/** Why a message did not go, in few enough words to be counted. */
import type { Instant } from "../core/clock";
import { UNCLEAR, type Settlement } from "../messaging/outbox";
import type { SettledDelivery } from "../web/metrics";
import { knownError } from "../zalo/error-table";

/** Reasons of our own policy: a handful of fixed words. */
const OWN_WORDS = /^[a-z]+(-[a-z]+){0,3}$/;
const PLATFORM_CODE = /^(-\d+) /;
const NETWORK_CODE = /^E[A-Z_]+$/;

export function reasonFamily(reason: string): string {
  const bare = reason.startsWith(UNCLEAR) ? reason.slice(UNCLEAR.length) : reason;
  const code = PLATFORM_CODE.exec(bare)?.[1];
  if (code !== undefined) return `zalo-${knownError("oa", Number(code)).kind}`;
  if (NETWORK_CODE.test(bare)) return "network";
  if (bare.startsWith("http-")) return "zalo-http";
  return OWN_WORDS.test(bare) ? bare : "other";
}

/** What is counted of one try to send. */
export const figuresOf = ({ delivery, settled }: Settlement, now: Instant): SettledDelivery => ({
  kind: delivery.kind,
  status: settled.status,
  reason: settled.status === "sent" ? "none" : reasonFamily(settled.reason),
  tookMs: now - delivery.createdAt,
});
