/**
 * The program without its wires: the real flows, schedule, effects and ledger on a clock that stands still. Phones
 * take every message at once and keep what was said and heard, word for word.
 *
 * Offices and some of the units go the whole way, through inbox, worker and outbox. The others take their turns in
 * hand: what a person knows is loaded when they take up the phone, and what they did lands as it would.
 */
import { noHand } from "../messaging";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { house } from "../../../flows";
import { createAgenda } from "../../../src/app/agenda";
import { createLoad } from "../../../src/app/desk";
import { createApply, createHandlers } from "../../../src/app/effects";
import type { Rooms } from "../../../src/app/rooms";
import { frozenAt, MINUTE_MS, type Instant, type MovableClock } from "../../../src/core/clock";
import { seededIds, type Ids } from "../../../src/core/ids";
import { silentLog } from "../../../src/core/log";
import { messageSchema, type Message } from "../../../src/conversation/message";
import { takeTurn } from "../../../src/conversation/turn";
import { createInbox } from "../../../src/messaging/inbox";
import { createWorker } from "../../../src/messaging/worker";
import type { Campaign } from "../../../src/reporting/campaign";
import { createLocalLease } from "../../../src/store/leases";
import { rowsOf, type Store } from "../../../src/store/database";
import { aKnowledge } from "../builders";
import { createShortWay } from "./short-way";

export interface Spoken {
  readonly user: string;
  readonly text: string;
}

/** One message as it stands in a person's chat. */
export type ChatLine =
  | { readonly by: "person"; readonly at: Instant; readonly text: string }
  | { readonly by: "bot"; readonly kind: string; readonly message: Message };

export interface Town {
  readonly clock: MovableClock;
  readonly ids: Ids;
  readonly store: Store;
  /** People write at this instant, each once; everything this brings about is done when it resolves. */
  say(spoken: readonly Spoken[]): Promise<void>;
  /** People put their phones away. */
  leave(users: readonly string[]): Promise<void>;
  /** Moves the clock; what falls due on the way happens at its instant. */
  moveTo(instant: Instant): Promise<void>;
  chat(user: string): readonly ChatLine[];
  /** What a person has heard since they last spoke. */
  heard(user: string): readonly Message[];
  users(): readonly string[];
}

export interface TownOptions {
  readonly start: Instant;
  readonly seed: number;
}

/** How people are named whose turns are taken in hand. */
export const SHORT = "short-";
const isShort = (user: string): boolean => user.startsWith(SHORT);

/** What people do brings nothing forward: the schedule is asked anew this often. */
const LOOK_AHEAD_MS = 10 * MINUTE_MS;

const deliveredRow = z.object({ user: z.string(), kind: z.string(), message: messageSchema });

export function openTown(store: Store, campaign: Campaign, { start, seed }: TownOptions): Town {
  const clock = frozenAt(start);
  const ids = seededIds(seed);
  const rooms: Rooms = { store, clock, ids, log: silentLog, campaign, knowledge: aKnowledge() };
  const inbox = createInbox({
    store,
    clock,
    ids,
    onWaiting: () => undefined,
    onFound: () => Promise.resolve(),
  });
  const agenda = createAgenda(rooms, createLocalLease(), () => undefined);
  const desk = {
    load: createLoad(rooms, { form: null, masked: () => null }),
    apply: createApply(createHandlers(rooms)),
  };
  const shortWay = createShortWay({ store, clock, desk });
  const worker = createWorker({
    hand: noHand,
    ...{ store, clock, ids, log: silentLog, desk },
    takeTurn: (input) => takeTurn(house, input),
    fit: (message) => [message],
    apology: { text: "" },
    onTurns: () => undefined,
    onParked: (reason) => {
      throw new Error(`an event was parked: ${reason}`);
    },
  });
  const chats = new Map<string, ChatLine[]>();
  const note = (user: string, line: ChatLine): void => {
    chats.set(user, [...(chats.get(user) ?? []), line]);
  };
  let messages = 0;
  /** What falls due next, as looked up not long ago. */
  let next: Instant | null = null;
  let lookedUpTo = start;

  async function settle(): Promise<void> {
    await store.db.execute(sql`update inbox set state = 'done', handled_at = ${clock.now()}
      where state = 'waiting' and person_id like ${`${SHORT}%`}`);
    while ((await worker.pass()) > 0);
    const delivered = await rowsOf(
      store.db,
      sql`with taken as (
            update deliveries set status = 'sent', sent_at = ${clock.now()} where status = 'queued'
            returning person_id, seq, kind, message)
          select p.address as user, t.kind, t.message
          from taken t join persons p on p.id = t.person_id order by t.seq`,
      deliveredRow,
    );
    for (const { user, kind, message } of delivered) note(user, { by: "bot", kind, message });
  }

  return {
    clock,
    ids,
    store,
    async say(spoken) {
      for (const { user, text } of spoken) note(user, { by: "person", at: clock.now(), text });
      const short = spoken.filter(({ user }) => isShort(user));
      const whole = spoken.filter(({ user }) => !isShort(user));
      for (const { user, message } of await shortWay.take(short))
        note(user, { by: "bot", kind: "reply", message });
      await Promise.all(
        whole.map(({ user, text }) =>
          inbox.record({
            ...{ eventKey: `m${++messages}`, name: "user_send_text", address: user, opensWindow: true },
            input: { kind: "text", text },
            occurredAt: clock.now(),
          }),
        ),
      );
      await settle();
    },
    leave: (users) => shortWay.leave(users),
    async moveTo(instant) {
      while (instant > lookedUpTo || (next !== null && next <= instant)) {
        next = await agenda.next(clock.now());
        lookedUpTo = clock.now() + LOOK_AHEAD_MS;
        if (next === null || next > instant) break;
        clock.moveTo(next);
        await agenda.run();
        await settle();
      }
      clock.moveTo(instant);
    },
    chat: (user) => chats.get(user) ?? [],
    heard(user) {
      const lines = chats.get(user) ?? [];
      const from = lines.findLastIndex(({ by }) => by === "person");
      return lines.slice(from + 1).flatMap((line) => (line.by === "bot" ? [line.message] : []));
    },
    users: () => [...chats.keys()],
  };
}
