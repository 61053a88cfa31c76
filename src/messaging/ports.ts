/** What messaging needs from the platform, in its own words; `zalo` fills these shapes. */
import type { Alarm } from "../core/alarm";
import type { Instant } from "../core/clock";
import type { Input } from "../conversation/event";
import type { Message } from "../conversation/message";

/** Proof that the platform took one of our messages, whatever its answer to the request was. */
export interface Echo {
  readonly messageId: string;
  readonly text: string;
}

/** One authentic event of the platform, read and translated. */
export interface Incoming {
  /** Account + sender + event + message id; the same event again has the same key. */
  readonly eventKey: string;
  /** The platform's name of the event, for counting. */
  readonly name: string;
  /** The person it is about, as the platform knows them; null when it is about no person. */
  readonly address: string | null;
  /** What the person did; null for events that are kept and counted but start no turn. */
  readonly input: Input | null;
  /** Whether the platform's free reply window starts anew with this event. */
  readonly opensWindow: boolean;
  /** The words of one of our own messages come back: the platform has delivered it. */
  readonly echo?: Echo;
  /** A chat group that is gone, or that the account is no longer in. */
  readonly groupGone?: string;
  /** What operators must hear of it. */
  readonly alarm?: Alarm;
  readonly occurredAt: Instant;
}

/** What the platform says about a person when it is asked: its books are right where ours differ. */
export interface Standing {
  readonly lastInteractionAt: Instant | null;
  readonly repliesLeft: number | null;
}

/** Every way a request to send can end. */
export type SendOutcome =
  /** `charged`: it was not one of the free replies, whatever our books said. */
  | {
      readonly kind: "sent";
      readonly messageId: string | null;
      readonly repliesLeft: number | null;
      readonly charged?: boolean;
    }
  /** Not accepted now; worth trying again after this time. `untried` when no request was spent on it. */
  | { readonly kind: "later"; readonly afterMs: number; readonly reason: string; readonly untried?: boolean }
  /** Not on this lane; in a conversation, not before the person writes again. */
  | { readonly kind: "lane-closed"; readonly reason: string }
  /** Will never be accepted; `person` means that nothing sent to this person will be. */
  | { readonly kind: "never"; readonly reason: string; readonly scope: "message" | "person" | "account" }
  /** The request may or may not have had its effect. */
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * How a message reaches its person: as an answer that costs nothing, as one that counts on what was bought, as an
 * approved template, which needs no recent message of theirs, by account or by phone number, or in their
 * office's chat group.
 */
export type SendLane = "free" | "paid" | "template" | "phone" | "group";

/** Every address a message may have; the lane says which one counts. */
export interface Addressee {
  readonly address: string;
  /** Sealed: only the platform's own room can open it. */
  readonly phone: string | null;
  readonly groupId: string | null;
}

export interface Channel {
  /** Cuts what a turn says into messages that the platform takes one by one; their texts joined are the text. */
  fit(message: Message): Message[];
  /**
   * One request to the platform. `attempt` counts from 1; `key` is the same whenever this message is tried.
   * Never throws: every failure is an outcome.
   */
  send(
    to: Addressee,
    message: Message,
    by: { readonly lane: SendLane; readonly attempt: number; readonly key: string },
  ): Promise<SendOutcome>;
  /** What the platform knows about a person's window; null when it cannot be asked. */
  standing(to: Addressee): Promise<Standing | null>;
  /** The ids under which the platform's history of the conversation shows these words, the oldest first. */
  findSaid(to: Addressee, message: Message, since: Instant): Promise<readonly string[]>;
}

/** The calls to the platform that all replicas share; answers come before waves. */
export type Budget = (
  lane: "reply" | "wave",
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }>;
