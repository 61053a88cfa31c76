/**
 * On which ways a message can reach its person, the cheapest first. Pure: the sender asks before it sends, and
 * whoever plans ahead asks the same function what will happen.
 */
import { DAY_MS, HOUR_MS, type Instant } from "../core/clock";
import type { TemplateName } from "../conversation/message";
import type { SendLane } from "./ports";

/** The platform's rules: free within 48 hours of the person's last action, paid up to 7 days, then not at all. */
export const FREE_WINDOW_MS = 48 * HOUR_MS;
export const PAID_WINDOW_MS = 7 * DAY_MS;

/** Two purses: replies outside the free window, and templates by either address. */
export type Purse = "replies" | "templates";
/** How many messages a month may be paid for; 0 spends nothing. */
export type MonthlyLimits = Readonly<Record<Purse, number>>;

export interface LanePolicy {
  readonly limits: MonthlyLimits;
  /** Templates the platform has approved for this account. */
  readonly templates: ReadonlySet<TemplateName>;
  /** Whether templates may go to phone numbers that people gave for it. */
  readonly byPhone: boolean;
}

/** What our books say about a person. */
export interface Reach {
  readonly lastInteractionAt: Instant | null;
  /** Free replies left in the window as the platform last told; null when it has not: as many as there are. */
  readonly repliesLeft: number | null;
  readonly hasPhone: boolean;
  /** Whether this message may go to the chat group of the person's office. */
  readonly hasGroup: boolean;
}

export type NoLane = "window-closed" | "free-replies-spent";

export interface Lanes {
  /** In the order in which they are tried; the next only when the platform has refused the one before. */
  readonly lanes: readonly SendLane[];
  /** Why the conversation itself is closed to us; null while it is open. */
  readonly closed: NoLane | null;
}

/** Which purse a lane draws on; null where a message costs nothing. */
export const purseOf = (lane: SendLane): Purse | null =>
  lane === "paid" ? "replies" : lane === "template" || lane === "phone" ? "templates" : null;

/** The ways to a person at this instant. `template`: the form text that can stand in for the message. */
export function lanesFor(
  reach: Reach,
  template: TemplateName | null,
  policy: LanePolicy,
  now: Instant,
): Lanes {
  const sinceMs = reach.lastInteractionAt === null ? Infinity : now - reach.lastInteractionAt;
  const isFree = sinceMs <= FREE_WINDOW_MS && reach.repliesLeft !== 0;
  const isOpen = isFree || (sinceMs <= PAID_WINDOW_MS && policy.limits.replies > 0);
  const isApproved = template !== null && policy.templates.has(template) && policy.limits.templates > 0;
  const lanes: SendLane[] = [
    // One and the same request: what the platform charges for it depends on the window.
    ...(isOpen ? [isFree ? ("free" as const) : ("paid" as const)] : []),
    ...(isApproved ? ["template" as const] : []),
    ...(isApproved && policy.byPhone && reach.hasPhone ? ["phone" as const] : []),
    ...(reach.hasGroup ? ["group" as const] : []),
  ];
  const closed = isOpen ? null : sinceMs > PAID_WINDOW_MS ? "window-closed" : "free-replies-spent";
  return { lanes, closed };
}
