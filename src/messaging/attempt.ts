/**
 * One attempt at one delivery: may it go, on which lane, and what became of it. A lane the platform refuses is
 * followed by the next one, each once; what may have gone out already is looked for before it is said again.
 */
import { HOUR_MS, SECOND_MS, type Clock, type Instant } from "../core/clock";
import type { Db } from "../store/database";
import { purseOf, type Purse } from "./lanes";
import { maySend, type SendingPolicy } from "./may-send";
import { UNCLEAR, UNTIL_THEY_WRITE, type Claimed, type Settled, type Settlement } from "./outbox";
import type { Budget, Channel, SendLane, SendOutcome, Standing } from "./ports";
import { foundInHistory } from "./look-up";
import { giveBack, spend } from "./spending";
import { IN_OFFICE_GROUP } from "./stand-in";

export interface AttemptParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly channel: Channel;
  readonly budget: Budget;
  readonly policy: SendingPolicy;
  /** Told whenever a message finds the month's purse empty. */
  readonly onSpent: (purse: Purse) => void;
  /** Whether this replica is still counted on: taken for dead, what it holds may be another's by now. */
  readonly isSure: () => boolean;
}

/** After so many tries a message is given up and shown to operators. */
const MAX_ATTEMPTS = 8;
/** A reminder this old says nothing true any more. */
const MAX_REMINDER_AGE_MS = 12 * HOUR_MS;

/** Said of our own accord: it waits behind answers, and is never said twice. */
const isWave = ({ kind }: Pick<Claimed, "kind">): boolean => kind !== "reply" && kind !== "notice";

export async function attempt(parts: AttemptParts, delivery: Claimed): Promise<Settlement> {
  const now = parts.clock.now();
  const ends = (settled: Settled): Settlement => ({ delivery, settled });
  if (delivery.unclear) {
    const found = await lookUp(parts, delivery);
    if (found !== null) return ends(found);
  }
  if (delivery.kind === "reminder" && now - delivery.createdAt > MAX_REMINDER_AGE_MS)
    return ends({ status: "never", reason: "too-old" });
  const hasPhone = delivery.phone !== null;
  const permission = maySend(
    { ...delivery, hasPhone, hasGroup: delivery.officeGroup !== null },
    parts.policy,
    now,
  );
  switch (permission.kind) {
    case "later":
      return ends({
        status: "later",
        notBefore: permission.notBefore,
        reason: permission.reason,
        untried: true,
      });
    case "when-they-write":
      return ends({
        status: "later",
        notBefore: UNTIL_THEY_WRITE,
        reason: permission.reason,
        untried: true,
      });
    case "never":
      return ends({ status: "never", reason: permission.reason });
    case "yes":
      return throughLanes(parts, delivery, permission.lanes);
  }
}

/** An answer of which nobody knows whether it went out: the platform's history tells. Null where it is to be sent. */
async function lookUp(parts: AttemptParts, delivery: Claimed): Promise<Settled | null> {
  const messageId = await foundInHistory(parts, delivery, "reply");
  return messageId === null ? null : { status: "sent", lane: "free", messageId, repliesLeft: null };
}

async function throughLanes(
  parts: AttemptParts,
  delivery: Claimed,
  lanes: readonly SendLane[],
): Promise<Settlement> {
  const { channel, clock } = parts;
  const refused: SendLane[] = [];
  let reason = "budget-spent";
  let standing: Standing | null = null;
  const ends = (settled: Settled): Settlement => ({
    delivery,
    settled,
    refused,
    ...(standing === null ? {} : { standing }),
  });
  for (const lane of lanes) {
    if (lane === "group" && delivery.groupId === null && delivery.officeGroup !== null)
      return ends({ status: "never", reason: IN_OFFICE_GROUP, handTo: delivery.officeGroup });
    const paid = await payFor(parts, lane);
    if (paid === "empty") continue;
    const budget = await parts.budget(isWave(delivery) ? "wave" : "reply");
    if (!budget.ok) {
      await paid.takeBack();
      const notBefore = clock.now() + budget.retryAfterMs;
      return ends({ status: "later", notBefore, reason: "rate-budget", untried: true });
    }
    if (!parts.isSure()) {
      await paid.takeBack();
      return ends({ status: "later", notBefore: clock.now(), reason: "not-sure", untried: true });
    }
    const by = { lane, attempt: delivery.attempts, key: delivery.id };
    const outcome = await channel.send(delivery, delivery.message, by);
    // What may have gone out stays paid for.
    if (outcome.kind !== "sent" && outcome.kind !== "unknown") await paid.takeBack();
    if (outcome.kind !== "lane-closed") return ends(settledFrom(outcome, delivery, lane, clock.now()));
    refused.push(lane);
    reason = outcome.reason;
    // Our books said otherwise: the platform's own stand in for them from now on.
    if (lane === "free" || lane === "paid") standing = await channel.standing(delivery);
  }
  return ends(settledFrom({ kind: "lane-closed", reason }, delivery, "free", clock.now()));
}

type Paid = "empty" | { takeBack(): Promise<void> };

async function payFor({ db, policy, clock, onSpent }: AttemptParts, lane: SendLane): Promise<Paid> {
  const purse = purseOf(lane);
  if (purse === null) return { takeBack: () => Promise.resolve() };
  const now = clock.now();
  if (await spend(db, purse, policy.limits, now)) return { takeBack: () => giveBack(db, purse, now) };
  onSpent(purse);
  return "empty";
}

/** What an outcome means for this kind of message: a reply may be repeated, a reminder or digest never. */
export function settledFrom(
  outcome: SendOutcome,
  delivery: Pick<Claimed, "kind" | "attempts">,
  lane: SendLane,
  now: Instant,
): Settled {
  switch (outcome.kind) {
    case "sent": {
      const { messageId, repliesLeft, charged = false } = outcome;
      return { status: "sent", lane: charged && lane === "free" ? "paid" : lane, messageId, repliesLeft };
    }
    case "later": {
      const { reason, untried = false } = outcome;
      return delivery.attempts >= MAX_ATTEMPTS && !untried
        ? { status: "parked", reason }
        : { status: "later", notBefore: now + outcome.afterMs, reason, untried };
    }
    case "lane-closed":
      return isWave(delivery) && delivery.kind !== "card"
        ? { status: "never", reason: outcome.reason }
        : { status: "later", notBefore: UNTIL_THEY_WRITE, reason: outcome.reason };
    case "never":
      return { status: "never", reason: outcome.reason, personUnreachable: outcome.scope === "person" };
    case "unknown":
      if (isWave(delivery)) return { status: "unknown", reason: outcome.reason };
      return delivery.attempts >= MAX_ATTEMPTS
        ? { status: "parked", reason: outcome.reason }
        : {
            status: "later",
            notBefore: now + delivery.attempts * SECOND_MS,
            reason: UNCLEAR + outcome.reason,
          };
  }
}
