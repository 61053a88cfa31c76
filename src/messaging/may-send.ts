/** Whether a message may go to its person now, decided before any request is spent on it. Pure. */
import { addDays, at, DAY_MS, dayOf, HOUR_MS, minutesOfDay, type Instant } from "../core/clock";
import type { TemplateName } from "../conversation/message";
import type { Claimed } from "./outbox";
import type { SendLane } from "./ports";

/** The platform's rules: free within 48 hours of the person's last action, paid up to 7 days, then not at all. */
export const FREE_WINDOW_MS = 48 * HOUR_MS;
export const PAID_WINDOW_MS = 7 * DAY_MS;

export interface SendingPolicy {
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly maxWavesPerDay: number;
  readonly paidReplies: boolean;
  /** Templates the platform has approved for this account. */
  readonly templates: ReadonlySet<TemplateName>;
}

export type Permission =
  | { readonly kind: "yes"; readonly lane: SendLane }
  /** Not before this instant. */
  | { readonly kind: "later"; readonly notBefore: Instant; readonly reason: string }
  /** Only once the person has written again. */
  | { readonly kind: "when-they-write"; readonly reason: string }
  | { readonly kind: "never"; readonly reason: string };

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The end of the quiet hours that `now` lies in; null outside them. */
export function quietUntil(now: Instant, { quietFrom, quietTo }: SendingPolicy): Instant | null {
  const minutes = minutesOfDay(now);
  if (minutes >= minutesOf(quietFrom)) return at(addDays(dayOf(now), 1), quietTo);
  return minutes < minutesOf(quietTo) ? at(dayOf(now), quietTo) : null;
}

/** What is looked at before a message may go. */
export type Sendable = Pick<
  Claimed,
  "kind" | "message" | "optedOut" | "unreachable" | "lastInteractionAt" | "repliesLeft" | "wavesToday"
>;

/** The cheapest way on which this message may go now, or why it may not. */
export function maySend(delivery: Sendable, policy: SendingPolicy, now: Instant): Permission {
  if (delivery.unreachable !== null) return { kind: "never", reason: delivery.unreachable };
  const asked = delivery.kind === "reply" || delivery.kind === "notice";
  if (delivery.kind !== "reply") {
    const quiet = quietUntil(now, policy);
    if (quiet !== null) return { kind: "later", notBefore: quiet, reason: "quiet-hours" };
  }
  if (!asked && delivery.optedOut) return { kind: "never", reason: "opted-out" };
  if (!asked && delivery.wavesToday >= policy.maxWavesPerDay)
    return { kind: "never", reason: "daily-ceiling" };
  const sinceMs = delivery.lastInteractionAt === null ? Infinity : now - delivery.lastInteractionAt;
  const spent = sinceMs > FREE_WINDOW_MS || delivery.repliesLeft === 0;
  if (!spent) return { kind: "yes", lane: "free" };
  if (sinceMs <= PAID_WINDOW_MS && policy.paidReplies) return { kind: "yes", lane: "paid" };
  const { template } = delivery.message;
  if (template !== undefined && policy.templates.has(template.name)) return { kind: "yes", lane: "template" };
  const reason = sinceMs > PAID_WINDOW_MS ? "window-closed" : "free-replies-spent";
  return asked ? { kind: "when-they-write", reason } : { kind: "never", reason };
}
