/** Whether a message may go to its person now, decided before any request is spent on it. Pure. */
import { addDays, at, dayOf, minutesOfDay, type Instant } from "../core/clock";
import { lanesFor, type LanePolicy, type Reach } from "./lanes";
import type { Claimed } from "./outbox";
import type { SendLane } from "./ports";

export interface SendingPolicy extends LanePolicy {
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly maxWavesPerDay: number;
}

export type Permission =
  /** The lanes in the order in which they are tried; never empty. */
  | { readonly kind: "yes"; readonly lanes: readonly SendLane[] }
  /** Not before this instant. */
  | { readonly kind: "later"; readonly notBefore: Instant; readonly reason: string }
  /** Only once the person has written again. */
  | { readonly kind: "when-they-write"; readonly reason: string }
  | { readonly kind: "never"; readonly reason: string };

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The end of the quiet hours that `now` lies in; null outside them. */
export function quietUntil(
  now: Instant,
  { quietFrom, quietTo }: Pick<SendingPolicy, "quietFrom" | "quietTo">,
): Instant | null {
  const minutes = minutesOfDay(now);
  if (minutes >= minutesOf(quietFrom)) return at(addDays(dayOf(now), 1), quietTo);
  return minutes < minutesOf(quietTo) ? at(dayOf(now), quietTo) : null;
}

/** Free replies that are left alone: a short conversation's worth. */
const KEPT_FOR_ANSWERS = 3;

/** What is looked at before a message may go. */
export type Sendable = Reach &
  Pick<Claimed, "kind" | "message" | "optedOut" | "unreachable" | "wavesToday" | "refusedLanes" | "groupId">;

/** The ways on which this message may go now, the cheapest first, or why it may not. */
export function maySend(delivery: Sendable, policy: SendingPolicy, now: Instant): Permission {
  const asked = delivery.kind === "reply" || delivery.kind === "notice";
  if (delivery.kind !== "reply") {
    const quiet = quietUntil(now, policy);
    if (quiet !== null) return { kind: "later", notBefore: quiet, reason: "quiet-hours" };
  }
  // Addressed to a group: whoever the office's staff are, the group is there.
  if (delivery.groupId !== null) return { kind: "yes", lanes: ["group"] };
  const barred = barredBy(delivery, policy, asked);
  if (barred !== null) {
    const isOffice =
      barred !== "daily-ceiling" && delivery.hasGroup && !delivery.refusedLanes.includes("group");
    return isOffice ? { kind: "yes", lanes: ["group"] } : { kind: "never", reason: barred };
  }
  const { template } = delivery.message;
  const { lanes, closed } = lanesFor(delivery, template?.name ?? null, policy, now);
  const open = delivery.kind === "card" ? lanes.filter((lane) => isSpare(lane, delivery)) : lanes;
  const untried = open.filter((lane) => !delivery.refusedLanes.includes(lane));
  if (untried.length > 0) return { kind: "yes", lanes: untried };
  const reason = closed ?? "window-closed";
  return asked || delivery.kind === "card" ? { kind: "when-they-write", reason } : { kind: "never", reason };
}

/** A card that nobody asked for costs nothing, neither now nor by leaving no free reply for an answer later. */
const isSpare = (lane: SendLane, { repliesLeft }: Reach): boolean =>
  lane === "free" && (repliesLeft === null || repliesLeft > KEPT_FOR_ANSWERS);

/** What keeps a message from this person on whatever lane; null when nothing does. */
function barredBy(delivery: Sendable, policy: SendingPolicy, asked: boolean): string | null {
  if (delivery.unreachable !== null) return delivery.unreachable;
  if (asked) return null;
  if (delivery.optedOut) return "opted-out";
  if (delivery.kind === "card") return null;
  return delivery.wavesToday >= policy.maxWavesPerDay ? "daily-ceiling" : null;
}
