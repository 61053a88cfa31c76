/**
 * The sender: claims deliveries, asks whether they may go, spends from the shared budget, sends, and writes
 * down how it ended. An outage of the platform delays words; it never loses or repeats a conversation.
 */
import type { Batcher } from "../core/batcher";
import { createBatcher } from "../core/batcher";
import { at, dayOf, MINUTE_MS, SECOND_MS, type Clock, type Instant } from "../core/clock";
import { messageOf } from "../core/errors";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import { createLoop, type Loop } from "../core/loop";
import type { Db, Store } from "../store/database";
import type { Presence } from "../store/presence";
import { attempt } from "./attempt";
import { createHands, type Hand } from "./hand";
import { LOOK_UP_AFTER_MS, lookUpUnknown } from "./look-up";
import type { Purse } from "./lanes";
import type { SendingPolicy } from "./may-send";
import {
  claim,
  countRows,
  freeUnheard,
  recoverClaims,
  settle,
  type Claimed,
  type OnFound,
  type Settlement,
} from "./outbox";
import type { Budget, Channel } from "./ports";
import { handToGroups, takeBackFromGroups } from "./stand-in";

export interface SenderParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly channel: Channel;
  readonly budget: Budget;
  readonly policy: SendingPolicy;
  /** The unit whose staff hear alarms: its chat group stands in for them. */
  readonly office: string;
  /** Told of every settled delivery: in the transaction that settles it, or after the write where it is an answer that went out. */
  readonly onSettled: (db: Db, settlements: readonly Settlement[], now: Instant) => Promise<void>;
  /** Told of messages of unknown fate that were found in the platform's history. */
  readonly onFound: OnFound;
  /** Told whenever a message finds the month's purse empty. */
  readonly onSpent: (purse: Purse) => void;
  /** Whose claims these are, and whether the others still count on it. */
  readonly presence: Pick<Presence, "id" | "isSure">;
}

export interface Sender extends Loop {
  /** For answers that come straight from a turn. */
  hand(): Hand;
  /** Resolves when no request is under way. */
  idle(): Promise<void>;
}

/** Requests under way at once: where the platform takes a second to answer, its 4,000 a minute are this many. */
const MAX_UNDER_WAY = 64;
/** The rest is kept for replies: a wave to a slow platform must not take every place. */
const MAX_WAVES_UNDER_WAY = 48;
const POLL_MS = 250;
const RETRY_MS = 1_000;
/** How often claims of the dead are looked for. */
const RECOVER_EVERY_MS = 2 * SECOND_MS;
/** Longer than any request may take, so a claim this old without a name belongs to a sender that died. */
const CLAIM_LIFETIME_MS = MINUTE_MS;
const COUNT_EVERY_MS = MINUTE_MS;
const MAX_SETTLE_BATCH = 100;
/** A stop waits this often for a database that is away; what is not settled then is for others to find. */
const TRIES_AT_STOP = 5;

/** Of an answer that went out there is nothing to note but that, and one write is no transaction. */
const concernsNobodyElse = ({ delivery, settled }: Settlement): boolean =>
  delivery.kind === "reply" && delivery.groupId === null && settled.status === "sent";

export function createSender(parts: SenderParts): Sender {
  const { store, clock, log } = parts;
  const underWay = new Map<string, { readonly personId: string; readonly work: Promise<void> }>();
  let wavesUnderWay = 0;
  /** The waves' share of this minute's calls is spent: none is claimed before the next. */
  let wavesPausedUntil = -Infinity;
  let recoveredAt = -Infinity;
  let lookedUpAt = -Infinity;
  let countedAt = -Infinity;
  let isRunning = false;
  /** Freeing claims that nobody heard of would free what an open hand is about to give. */
  let isRecovering = false;
  const hands = createHands();
  const works = () => [...underWay.values()].map(({ work }) => work);
  const isBusy = (personId: string) => [...underWay.values()].some((each) => each.personId === personId);
  /** People for whom more may wait than what is under way: the end of a request of theirs is worth a look. */
  const moreFor = new Set<string>();
  let isFull = false;

  const budget: Budget = async (lane) => {
    const taken = await parts.budget(lane);
    if (!taken.ok && lane === "wave") wavesPausedUntil = clock.now() + taken.retryAfterMs;
    return taken;
  };

  const settler: Batcher<Settlement, true> = createBatcher(MAX_SETTLE_BATCH, async (batch) => {
    const now = clock.now();
    const land = async (db: Db): Promise<void> => {
      await settle(db, batch, now, parts.presence.id);
      await handToGroups(db, batch, parts.ids, now);
      await takeBackFromGroups(db, batch, now);
      await parts.onSettled(db, batch, now);
    };
    await (batch.every(concernsNobodyElse) ? store.statement(land) : store.transaction(land));
    return batch.map(() => true);
  });

  async function recover(now: Instant): Promise<void> {
    if (now - recoveredAt < RECOVER_EVERY_MS) return;
    isRecovering = true;
    try {
      await hands.closed();
      await recoverClaims(store.db, parts.presence.id, now - CLAIM_LIFETIME_MS);
      await freeUnheard(store.db, parts.presence.id, underWay.keys());
    } finally {
      isRecovering = false;
    }
    recoveredAt = now;
  }

  async function count(now: Instant): Promise<void> {
    if (now - countedAt < COUNT_EVERY_MS) return;
    countedAt = now;
    await countRows(store.db);
  }

  async function lookUp(now: Instant): Promise<void> {
    if (now - lookedUpAt < LOOK_UP_AFTER_MS) return;
    lookedUpAt = now;
    await lookUpUnknown({ ...parts, budget }, now);
  }

  /** The one who sent it is the only one who knows how that ended: while the database is away, it remembers. */
  async function settleSurely(settlement: Settlement): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await settler.add(settlement);
        return;
      } catch (error) {
        if (!isRunning && tries >= TRIES_AT_STOP) throw error;
        log.warn("sender: settling failed", { id: settlement.delivery.id, reason: messageOf(error) });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async function pass(): Promise<boolean> {
    const now = clock.now();
    await recover(now);
    await count(now);
    await lookUp(now);
    const room = MAX_UNDER_WAY - underWay.size;
    if (room <= 0) {
      await Promise.race(works());
      return true;
    }
    if (!parts.presence.isSure()) return false;
    const forWaves = now < wavesPausedUntil ? 0 : MAX_WAVES_UNDER_WAY - wavesUnderWay;
    const waves = Math.min(room, Math.max(0, forWaves));
    const claimed = await claim(store.db, { all: room, waves }, now, {
      dayStart: at(dayOf(now), "00:00"),
      by: parts.presence.id,
      office: parts.office,
    });
    isFull = claimed.length === room;
    if (!isFull) for (const personId of moreFor) if (!isBusy(personId)) moreFor.delete(personId);
    for (const delivery of claimed) {
      moreFor.add(delivery.personId);
      begin(delivery);
    }
    return claimed.length > 0;
  }

  const loop = createLoop({ name: "sender", pollMs: POLL_MS, retryMs: RETRY_MS, log, pass });

  function begin(delivery: Claimed): void {
    const { id, personId } = delivery;
    const wave = delivery.kind === "reply" ? 0 : 1;
    wavesUnderWay += wave;
    const work = attempt({ ...parts, budget, db: store.db, isSure: parts.presence.isSure }, delivery)
      .then(settleSurely)
      .catch((error: unknown) =>
        log.error("sender: a delivery could not be settled", { id, reason: messageOf(error) }),
      )
      .finally(() => {
        underWay.delete(id);
        wavesUnderWay -= wave;
        if (isFull || moreFor.has(personId)) loop.wake();
      });
    underWay.set(id, { personId, work });
  }

  function hand(): Hand {
    const isReady = isRunning && !isRecovering && parts.presence.isSure();
    return hands.open({
      room: isReady ? Math.max(0, MAX_UNDER_WAY - underWay.size) : 0,
      by: parts.presence.id,
      give: (claimed, left) => {
        claimed.forEach(begin);
        for (const personId of left) moreFor.add(personId);
        if (left.length > 0) loop.wake();
      },
    });
  }
  const idle = async () => {
    await hands.closed();
    while (underWay.size > 0) await Promise.all(works());
    await settler.idle();
  };
  return {
    ...loop,
    hand,
    idle,
    start: () => {
      isRunning = true;
      loop.start();
    },
    stop: async () => {
      isRunning = false;
      await loop.stop();
      await idle();
    },
  };
}
