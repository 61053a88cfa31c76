/**
 * Turns taken in hand: the same flows and the same effects, without inbox and outbox. What a person may look at is
 * loaded once, when they take up the phone; of the drafts in between only the one they leave behind is stored.
 */
import { house } from "../../../flows";
import type { Clock } from "../../../src/core/clock";
import type { TurnContext } from "../../../src/conversation/context";
import type { Effect } from "../../../src/conversation/effects";
import type { Message } from "../../../src/conversation/message";
import { EMPTY_SESSION, type Session } from "../../../src/conversation/session";
import { takeTurn } from "../../../src/conversation/turn";
import type { TurnDesk, TurnDone } from "../../../src/messaging/landing";
import type { Store } from "../../../src/store/database";

interface Said {
  readonly user: string;
  readonly text: string;
}

export interface ShortWay {
  /** The replies to these messages, each of another person. */
  take(spoken: readonly Said[]): Promise<{ readonly user: string; readonly message: Message }[]>;
  /** These people are done: what they have begun is kept. */
  leave(users: readonly string[]): Promise<void>;
}

type Draft = Extract<Effect, { type: "save-draft" }>;

export function createShortWay(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly desk: TurnDesk;
}): ShortWay {
  const { store, clock, desk } = parts;
  const contexts = new Map<string, TurnContext>();
  const sessions = new Map<string, Session>();
  const drafts = new Map<string, Draft>();
  const undone: TurnDone[] = [];
  let turns = 0;

  async function load(spoken: readonly Said[]): Promise<void> {
    const fresh = spoken.filter(({ user }) => !contexts.has(user));
    if (fresh.length === 0) return;
    const waiting = fresh.map(({ user, text }, id) => ({
      ...{ id, personId: user, eventKey: "", receivedAt: clock.now(), attempts: 0 },
      event: { kind: "text" as const, text },
      session: sessions.get(user) ?? EMPTY_SESSION,
    }));
    const loaded = await store.transaction((tx) => desk.load(tx, waiting, clock.now()));
    for (const [user, context] of loaded) contexts.set(user, context);
  }

  async function land(done: readonly TurnDone[]): Promise<void> {
    if (done.length > 0) await store.transaction((tx) => desk.apply(tx, done, clock.now()));
  }
  const doneBy = (personId: string, effects: readonly Effect[]): TurnDone => ({
    ...{ personId, effects, eventKey: `s${turns}`, receivedAt: clock.now() },
  });

  function turn({ user, text }: Said): readonly Effect[] {
    const context = contexts.get(user);
    if (context === undefined) throw new Error(`nothing is known of ${user}`);
    const { session, effects } = takeTurn(house, {
      session: sessions.get(user) ?? EMPTY_SESSION,
      event: { kind: "text", text },
      ...{ eventKey: `s${++turns}`, context, now: clock.now() },
    });
    sessions.set(user, session);
    for (const effect of effects) if (effect.type === "save-draft") drafts.set(user, effect);
    const lasting = effects.filter(({ type }) => type !== "save-draft" && type !== "say");
    if (lasting.some(({ type }) => type === "submit-report")) drafts.delete(user);
    if (lasting.length > 0) undone.push(doneBy(user, lasting));
    return effects;
  }

  return {
    async take(spoken) {
      await load(spoken);
      const replies = spoken.flatMap((said) =>
        turn(said)
          .flatMap((effect) => (effect.type === "say" ? effect.messages : []))
          .map((message) => ({ user: said.user, message })),
      );
      await land(undone.splice(0));
      return replies;
    },
    async leave(users) {
      const begun = users.flatMap((user) => {
        const draft = drafts.get(user);
        return draft === undefined ? [] : [doneBy(user, [draft])];
      });
      for (const kept of [contexts, drafts]) users.forEach((user) => kept.delete(user));
      await land(begun);
    },
  };
}
