/**
 * The sender: claims deliveries, asks whether they may go, spends from the shared budget, sends, and writes
 * down how it ended. An outage of the platform delays words; it never loses or repeats a conversation.
 */
import type { Batcher } from "../core/batcher";
import { createBatcher } from "../core/batcher";
import { at, dayOf, HOUR_MS, MINUTE_MS, SECOND_MS, type Clock, type Instant } from "../core/clock";
import { messageOf } from "../core/errors";
import type { Log } from "../core/log";
import { createLoop, type Loop } from "../core/loop";
import type { Db, Store } from "../store/database";
import { maySend, type SendingPolicy } from "./may-send";
import {
  claim,
  recoverClaims,
  settle,
  UNCLEAR,
  UNTIL_THEY_WRITE,
  type Claimed,
  type Settled,
  type Settlement,
} from "./outbox";
import type { Channel, SendOutcome } from "./ports";

export type Budget = (
  lane: "reply" | "wave",
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }>;

export interface SenderParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly channel: Channel;
  readonly budget: Budget;
  readonly policy: SendingPolicy;
  /** Told of every settled delivery, in the transaction that settles it. */
  readonly onSettled: (db: Db, settlements: readonly Settlement[], now: Instant) => Promise<void>;
  /** True when no other process sends from this database: claims found at start are then nobody's. */
  readonly alone: boolean;
}

export interface Sender extends Loop {
  /** Resolves when no request is under way. */
  idle(): Promise<void>;
}

/** Requests under way at once: with 50 ms an answer this is far above the platform's 4,000 a minute. */
const MAX_UNDER_WAY = 24;
const POLL_MS = 250;
const RETRY_MS = 1_000;
/** Longer than any request may take, so a claim this old belongs to a sender that died. */
const CLAIM_LIFETIME_MS = MINUTE_MS;
/** After so many tries a message is given up and shown to operators. */
const MAX_ATTEMPTS = 8;
/** A reminder this old says nothing true any more. */
const MAX_REMINDER_AGE_MS = 12 * HOUR_MS;
const MAX_SETTLE_BATCH = 100;

export function createSender(parts: SenderParts): Sender {
  const { store, clock, log } = parts;
  const underWay = new Set<Promise<void>>();
  let recoveredAt = -Infinity;

  const settler: Batcher<Settlement, true> = createBatcher(MAX_SETTLE_BATCH, async (batch) => {
    const now = clock.now();
    await store.transaction(async (tx) => {
      await settle(tx, batch, now);
      await parts.onSettled(tx, batch, now);
    });
    return batch.map(() => true);
  });

  async function recover(now: Instant): Promise<void> {
    if (now - recoveredAt < CLAIM_LIFETIME_MS) return;
    const isFirst = recoveredAt === -Infinity;
    // At the start of the only process every claim found is a dead sender's; later, age alone tells.
    await recoverClaims(store.db, isFirst && parts.alone ? now : now - CLAIM_LIFETIME_MS);
    recoveredAt = now;
  }

  async function pass(): Promise<boolean> {
    const now = clock.now();
    await recover(now);
    const room = MAX_UNDER_WAY - underWay.size;
    if (room <= 0) {
      await Promise.race(underWay);
      return true;
    }
    const claimed = await claim(store.db, room, now, at(dayOf(now), "00:00"));
    for (const delivery of claimed) {
      const work = deliver(parts, delivery, settler)
        .catch((error: unknown) =>
          log.error("sender: a delivery could not be settled", { id: delivery.id, reason: messageOf(error) }),
        )
        .finally(() => {
          underWay.delete(work);
          loop.wake();
        });
      underWay.add(work);
    }
    return claimed.length > 0;
  }

  const loop = createLoop({ name: "sender", pollMs: POLL_MS, retryMs: RETRY_MS, log, pass });
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
    await settler.idle();
  };
  return {
    ...loop,
    idle,
    stop: async () => {
      await loop.stop();
      await idle();
    },
  };
}

async function deliver(
  parts: SenderParts,
  delivery: Claimed,
  settler: Batcher<Settlement, true>,
): Promise<void> {
  const settled = await attempt(parts, delivery);
  await settler.add({ delivery, settled });
}

async function attempt(parts: SenderParts, delivery: Claimed): Promise<Settled> {
  const now = parts.clock.now();
  const isWave = delivery.kind === "reminder" || delivery.kind === "digest";
  if (delivery.kind === "reminder" && now - delivery.createdAt > MAX_REMINDER_AGE_MS) {
    return { status: "never", reason: "too-old" };
  }
  const permission = maySend(delivery, parts.policy, now);
  switch (permission.kind) {
    case "later":
      return { status: "later", notBefore: permission.notBefore, reason: permission.reason, untried: true };
    case "when-they-write":
      return { status: "later", notBefore: UNTIL_THEY_WRITE, reason: permission.reason, untried: true };
    case "never":
      return { status: "never", reason: permission.reason };
    case "yes":
      break;
  }
  const budget = await parts.budget(isWave ? "wave" : "reply");
  if (!budget.ok)
    return { status: "later", notBefore: now + budget.retryAfterMs, reason: "rate-budget", untried: true };
  const { address, message, attempts } = delivery;
  const outcome = await parts.channel.send(address, message, attempts, permission.lane);
  return settledFrom(outcome, delivery, parts.clock.now());
}

/** What an outcome means for this kind of message: a reply may be repeated, a reminder or digest never. */
export function settledFrom(
  outcome: SendOutcome,
  delivery: Pick<Claimed, "kind" | "attempts">,
  now: Instant,
): Settled {
  const isWave = delivery.kind === "reminder" || delivery.kind === "digest";
  switch (outcome.kind) {
    case "sent":
      return { status: "sent", messageId: outcome.messageId, repliesLeft: outcome.repliesLeft };
    case "later": {
      const { reason, untried = false } = outcome;
      return delivery.attempts >= MAX_ATTEMPTS && !untried
        ? { status: "parked", reason }
        : { status: "later", notBefore: now + outcome.afterMs, reason, untried };
    }
    case "window-closed":
      return isWave
        ? { status: "never", reason: outcome.reason }
        : { status: "later", notBefore: UNTIL_THEY_WRITE, reason: outcome.reason };
    case "never":
      return { status: "never", reason: outcome.reason, personUnreachable: outcome.scope === "person" };
    case "unknown":
      if (isWave) return { status: "unknown", reason: outcome.reason };
      return delivery.attempts >= MAX_ATTEMPTS
        ? { status: "parked", reason: outcome.reason }
        : {
            status: "later",
            notBefore: now + delivery.attempts * SECOND_MS,
            reason: UNCLEAR + outcome.reason,
          };
  }
}
