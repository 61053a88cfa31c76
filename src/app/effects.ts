/** What turns asked for, put into practice: one handler for each kind of effect, in the order asked. */
import type { Instant } from "../core/clock";
import type { EffectOf } from "../conversation/effects";
import { postNews } from "../messaging/inbox";
import type { TurnDesk, TurnDone } from "../messaging/landing";
import { delegate, endDelegation } from "../people/delegations";
import { forgetPerson } from "../people/forget";
import { recordLinkFailure, redeemInvitation } from "../people/invitations";
import { bindGroup, unbindGroup } from "../people/office-groups";
import { keepSilent, recordConsent, setOptOut } from "../people/persons";
import { withdrawConsent } from "../people/withdraw";
import { agreeToPhone, dropPhone, savePhone } from "../people/phones";
import { unitName } from "../reporting/roster";
import { saveDrafts, type Typed } from "../reporting/reports";
import { recordDecision } from "../store/audit";
import type { Db } from "../store/database";
import { digestHandlers } from "./digest-effects";
import { escalateOf } from "./escalation";
import * as knowledge from "./knowledge-effects";
import { recipientsOf } from "./recipients";
import * as reporting from "./reporting-effects";
import type { Asked, Handlers } from "./handlers";
import type { Rooms } from "./rooms";

export function createHandlers(rooms: Rooms): Handlers {
  const wordingVersion = rooms.campaign.consentVersion;
  return {
    ...reporting.handlersOf(rooms),
    ...knowledge.handlersOf(rooms),
    ...digestHandlers,
    "escalate-ticket": escalateOf(rooms),
    tell: async (db, { to, news, key }, { now }) => {
      const people = await recipientsOf(db, to);
      await postNews(
        db,
        people.map((personId) => ({ personId, key: `${key}:${personId}`, news })),
        now,
      );
    },
    "redeem-invitation": async (db, { code }, { personId, now }) => {
      const { unitCode, role } = await redeemInvitation(db, code, personId, now);
      const details = { role };
      await recordDecision(db, { at: now, actor: personId, action: "linked", target: unitCode, details });
    },
    delegate: async (db, { unitCode, from, to }, { personId, eventKey, now }) => {
      const made = await delegate(db, { unitCode, from, to, grantedBy: personId }, now, rooms.ids);
      const { code, expiresAt } = made;
      const about = { code, expiresAt, unitName: unitName(rooms.campaign, unitCode), from, to };
      const news = { kind: "delegation-made" as const, ...about };
      await postNews(db, [{ personId, key: `delegation-made:${eventKey}`, news }], now);
    },
    "end-delegation": async (db, { id }, { personId, now }) => {
      const ended = await endDelegation(db, { id, by: personId }, now);
      if (ended === null || ended.personId === null) return;
      const news = { kind: "delegation-ended" as const, unitName: unitName(rooms.campaign, ended.unitCode) };
      await postNews(db, [{ personId: ended.personId, key: `delegation-ended:${id}`, news }], now);
    },
    "bind-group": (db, { groupId, code }, { personId, now }) =>
      bindGroup(db, { groupId, code, personId }, now),
    "end-group": async (db, { groupId }, { personId, now }) => {
      await unbindGroup(db, { groupId, actor: personId }, now);
    },
    "link-failed": (db, { tries, blockedUntil }, { personId }) =>
      recordLinkFailure(db, personId, tries, blockedUntil),
    consent: (db, { purpose, wordingVersion, granted }, { personId, now }) =>
      recordConsent(db, { personId, purpose, wordingVersion, granted }, now),
    "agree-phone": (db, _effect, { personId, now }) => agreeToPhone(db, { personId, wordingVersion }, now),
    "save-phone": (db, { sealed }, { personId, eventKey }) => savePhone(db, { personId, sealed, eventKey }),
    "drop-phone": (db, _effect, { personId, now }) => dropPhone(db, { personId, wordingVersion }, now),
    "opt-out": (db, _effect, { personId, now }) => setOptOut(db, personId, now),
    "opt-in": (db, _effect, { personId }) => setOptOut(db, personId, null),
    "withdraw-consent": (db, { purpose }, { personId, now }) =>
      withdrawConsent(db, { personId, purpose, wordingVersion }, now),
    "forget-person": (db, _effect, { personId, now }) => forgetPerson(db, personId, now),
    "keep-silent": (db, { until }, { personId }) => keepSilent(db, personId, until),
  };
}

export const createApply = (handlers: Handlers): TurnDesk["apply"] =>
  async function apply(db, done, now) {
    const drafts = onlyTyped(done);
    await saveDrafts(db, [...drafts.values()]);
    for (const turn of done) if (!drafts.has(turn)) await applyTurn(handlers, db, turn, now);
  };

/**
 * Turns that did nothing but note a figure, nearly all at the height of a deadline: their drafts are written together.
 * Not where somebody else does something about the same report, for there the order counts.
 */
function onlyTyped(done: readonly TurnDone[]): ReadonlyMap<TurnDone, Typed> {
  const times = new Map<string, number>();
  for (const { effects } of done)
    for (const effect of effects)
      if ("obligationId" in effect) times.set(effect.obligationId, (times.get(effect.obligationId) ?? 0) + 1);
  return new Map(
    done.flatMap((turn): [TurnDone, Typed][] => {
      const [effect, ...others] = turn.effects.filter(({ type }) => type !== "say");
      if (effect?.type !== "save-draft" || others.length > 0 || times.get(effect.obligationId) !== 1)
        return [];
      const { obligationId, values, marks, seen } = effect;
      return [[turn, { obligationId, values, marks, seen, personId: turn.personId, at: turn.receivedAt }]];
    }),
  );
}

async function applyTurn(handlers: Handlers, db: Db, turn: TurnDone, now: Instant): Promise<void> {
  const asked: Asked = { personId: turn.personId, eventKey: turn.eventKey, at: turn.receivedAt, now };
  for (const effect of turn.effects) {
    if (effect.type !== "say") await run(handlers, effect.type, effect, { db, asked });
  }
}

/** Keeps handler and effect of one type together for the compiler. */
const run = <T extends keyof Handlers>(
  handlers: Handlers,
  type: T,
  effect: EffectOf<T>,
  { db, asked }: { readonly db: Db; readonly asked: Asked },
): Promise<void> => handlers[type](db, effect, asked);
