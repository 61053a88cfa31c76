/** What a turn asks for. Applied together with the session and the "done" mark in one transaction. */
import type { Day, Instant } from "../core/clock";
import type { Values } from "./context";
import type { News } from "./event";
import type { Message } from "./message";

/** Whom a piece of news goes to; resolved when it is applied. */
export type Recipients =
  | { readonly person: string }
  | { readonly staffOf: string }
  | { readonly reportersOf: string }
  | { readonly extensionAsker: string };

export type Effect =
  | {
      readonly type: "say";
      readonly kind: "reply" | "reminder" | "digest" | "notice" | "card";
      readonly messages: readonly Message[];
      readonly uniqueKey?: string;
      /** Said in this chat group, not to the person. */
      readonly groupId?: string;
    }
  | { readonly type: "tell"; readonly to: Recipients; readonly news: News; readonly key: string }
  | {
      readonly type: "save-draft";
      readonly obligationId: string;
      readonly values: Values;
      readonly marks: readonly string[];
      /** The draft it goes on from; when somebody else has written since, the turn is taken again. */
      readonly seen: { readonly personId: string; readonly updatedAt: Instant } | null;
    }
  | { readonly type: "discard-draft"; readonly obligationId: string }
  | {
      readonly type: "submit-report";
      readonly obligationId: string;
      /** The version the person saw; when another came in between, the turn is taken again. */
      readonly seenVersion: number;
      readonly values: Values;
      readonly marks: readonly string[];
      readonly nil: boolean;
      readonly code: string;
    }
  | {
      readonly type: "keep-evidence";
      readonly obligationId: string;
      readonly url: string;
      readonly name: string;
    }
  | {
      readonly type: "open-ticket";
      readonly code: string;
      readonly kind: "question" | "difficulty";
      readonly text: string;
      readonly unitCode: string | null;
      readonly line: string | null;
    }
  | { readonly type: "reply-ticket"; readonly code: string; readonly text: string }
  | { readonly type: "close-ticket"; readonly code: string }
  /** One question put under another that asks the same. */
  | { readonly type: "merge-ticket"; readonly code: string; readonly into: string }
  /** Closed with a polite line: no business of this channel. */
  | { readonly type: "decline-ticket"; readonly code: string }
  /** The last answer becomes one for everybody, under a question that an officer has looked over. */
  | { readonly type: "approve-answer"; readonly code: string; readonly question: string }
  | { readonly type: "withdraw-answer"; readonly code: string }
  /** `from`: the office that has it now. */
  | { readonly type: "escalate-ticket"; readonly code: string; readonly from: string }
  | { readonly type: "redeem-invitation"; readonly code: string }
  | { readonly type: "bind-group"; readonly groupId: string; readonly code: string }
  | { readonly type: "end-group"; readonly groupId: string }
  | { readonly type: "link-failed"; readonly tries: number; readonly blockedUntil: Instant | null }
  | {
      readonly type: "consent";
      readonly purpose: string;
      readonly wordingVersion: string;
      readonly granted: boolean;
    }
  /** To being reminded by phone number, and the end of it. */
  | { readonly type: "agree-phone" }
  | { readonly type: "save-phone"; readonly sealed: string }
  | { readonly type: "drop-phone" }
  | { readonly type: "opt-out" }
  | { readonly type: "opt-in" }
  /** Of everything agreed to: links, drafts and the phone number end with it. */
  | { readonly type: "withdraw-consent"; readonly purpose: string }
  | { readonly type: "forget-person" }
  | { readonly type: "keep-silent"; readonly until: Instant }
  | {
      readonly type: "ask-extension";
      readonly id: string;
      readonly obligationId: string;
      readonly until: Instant;
      readonly reason: string;
    }
  | { readonly type: "decide-extension"; readonly id: string; readonly granted: boolean }
  /** The code is told to the person by news: no turn may know a secret beforehand. */
  | { readonly type: "delegate"; readonly unitCode: string; readonly from: Day; readonly to: Day | null }
  | { readonly type: "end-delegation"; readonly id: string }
  | { readonly type: "acknowledge-digest"; readonly digestId: string }
  | {
      readonly type: "ask-clarification";
      readonly code: string;
      readonly digestId: string;
      readonly unitCode: string;
      readonly field: string | null;
      readonly question: string;
    }
  | { readonly type: "answer-clarification"; readonly code: string; readonly text: string }
  | { readonly type: "remind-missing"; readonly digestId: string }
  | { readonly type: "feedback"; readonly entryId: string; readonly helpful: boolean };

export type EffectType = Effect["type"];
export type EffectOf<T extends EffectType> = Extract<Effect, { type: T }>;
