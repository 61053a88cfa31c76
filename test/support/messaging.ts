/** A small world for messaging: real inbox, worker, outbox and sender around a desk and a channel of the test's own. */
import { frozenAt, type Clock, type Instant, type MovableClock } from "../../src/core/clock";
import { seededIds, type Ids } from "../../src/core/ids";
import { silentLog } from "../../src/core/log";
import type { TurnContext } from "../../src/conversation/context";
import type { Message } from "../../src/conversation/message";
import type { Turn, TurnInput } from "../../src/conversation/turn";
import type { Hand } from "../../src/messaging/hand";
import { createInbox, type Inbox } from "../../src/messaging/inbox";
import type { OnFound, Settlement } from "../../src/messaging/outbox";
import type { SendingPolicy } from "../../src/messaging/may-send";
import type { Channel, Incoming, SendLane, SendOutcome, Standing } from "../../src/messaging/ports";
import { createSender, type Sender } from "../../src/messaging/sender";
import type { TurnDesk } from "../../src/messaging/landing";
import { createWorker, type Worker } from "../../src/messaging/worker";
import type { Store } from "../../src/store/database";
import type { Presence } from "../../src/store/presence";

export const NOON: Instant = Date.parse("2025-12-02T12:00:00+07:00");

export const aText = (address: string, text: string, over: Partial<Incoming> = {}): Incoming => ({
  eventKey: `k:${address}:${text}`,
  name: "user_send_text",
  address,
  input: { kind: "text", text },
  opensWindow: true,
  occurredAt: NOON,
  ...over,
});

/** Answers every text with `lại: <text>`; the context is not looked at. */
export const echoTurn = ({ session, event }: TurnInput): Turn => ({
  session: { ...session, asked: event.kind === "text" ? [...session.asked, event.text] : session.asked },
  effects:
    event.kind === "text" ? [{ type: "say", kind: "reply", messages: [{ text: `lại: ${event.text}` }] }] : [],
});

/** A worker whose answers all wait in the outbox. */
export const noHand = (): Hand => ({
  room: 0,
  by: "nobody",
  give: () => undefined,
  close: () => undefined,
});

/** An inbox that tells nobody. */
export const anInbox = (
  store: Store,
  clock: Clock,
  ids: Ids,
  onFound: OnFound = () => Promise.resolve(),
): Inbox => createInbox({ store, clock, ids, onFound, onWaiting: () => undefined });

export interface World {
  readonly clock: MovableClock;
  readonly inbox: Inbox;
  readonly worker: Worker;
  readonly sender: Sender;
  readonly sent: { address: string; text: string }[];
  readonly settlements: Settlement[];
  readonly parked: string[];
  /** The lane of every request, with the group it went to. */
  readonly lanes: string[];
  /** Every purse that was found empty. */
  readonly spent: string[];
  /** Runs worker passes until nothing waits. */
  work(): Promise<void>;
}

export interface WorldOptions {
  readonly takeTurn?: (input: TurnInput) => Turn;
  readonly apply?: TurnDesk["apply"];
  readonly outcome?: (
    address: string,
    message: Message,
    attempt: number,
    lane: SendLane,
  ) => Promise<SendOutcome> | SendOutcome;
  readonly policy?: Partial<SendingPolicy>;
  readonly standing?: Standing;
  /** The ids under which the platform's history holds these words. */
  readonly history?: (address: string, text: string) => readonly string[];
  readonly presence?: Pick<Presence, "id" | "isSure">;
}

const SENT: SendOutcome = { kind: "sent", messageId: "m", repliesLeft: null };

export function aWorld(store: Store, options: WorldOptions = {}): World {
  const clock = frozenAt(NOON);
  const ids = seededIds(Number(process.hrtime.bigint() % 1_000_000_007n));
  const sent: World["sent"] = [];
  const settlements: Settlement[] = [];
  const parked: string[] = [];
  const lanes: string[] = [];
  const spent: string[] = [];
  const context = {} as TurnContext;
  const channel: Channel = {
    fit: (message) => [message],
    standing: () => Promise.resolve(options.standing ?? null),
    findSaid: ({ address }, { text }) => Promise.resolve(options.history?.(address, text) ?? []),
    send: async ({ address, groupId }, message, { attempt, lane }) => {
      lanes.push(groupId === null ? lane : `${lane}:${groupId}`);
      const outcome = (await options.outcome?.(address, message, attempt, lane)) ?? SENT;
      if (outcome.kind === "sent") sent.push({ address, text: message.text });
      return outcome;
    },
  };
  const worker = createWorker({
    store,
    clock,
    ids,
    log: silentLog,
    desk: {
      load: (_db, waiting) => Promise.resolve(new Map(waiting.map(({ personId }) => [personId, context]))),
      apply: options.apply ?? (() => Promise.resolve()),
    },
    takeTurn: options.takeTurn ?? echoTurn,
    fit: (message) => channel.fit(message),
    apology: { text: "xin lỗi" },
    hand: () => sender.hand(),
    onTurns: () => undefined,
    onParked: (reason) => void parked.push(reason),
  });
  const sender = createSender({
    store,
    clock,
    ids,
    log: silentLog,
    channel,
    budget: () => Promise.resolve({ ok: true }),
    office: "so",
    policy: {
      quietFrom: "21:00",
      quietTo: "07:00",
      maxWavesPerDay: 3,
      limits: { replies: 100, templates: 100 },
      byPhone: true,
      templates: new Set(),
      ...options.policy,
    },
    onSpent: (purse) => void spent.push(purse),
    onFound: () => Promise.resolve(),
    onSettled: (_db, batch) => {
      settlements.push(...batch);
      return Promise.resolve();
    },
    presence: options.presence ?? { id: "this one", isSure: () => true },
  });
  return {
    clock,
    inbox: anInbox(store, clock, ids),
    worker,
    sender,
    sent,
    settlements,
    parked,
    lanes,
    spent,
    work: async () => {
      for (let i = 0; i < 20; i++) if ((await worker.pass()) === 0) return;
    },
  };
}
