/**
 * A flow is plain data with small pure functions: named steps, each of which asks and hears. Which step comes
 * next is checked by the compiler; every sentence lives in the flow's `wording.vi.ts`.
 */
import type { Instant } from "../core/clock";
import type { TurnContext } from "./context";
import type { Effect } from "./effects";
import type { FileRef, News } from "./event";
import type { Message } from "./message";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Data = { [key: string]: Json };

/** What a step hears: words as typed, a tap on a hidden button, or files. */
export type Heard =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tap"; readonly action: string; readonly args: readonly string[] }
  | { readonly kind: "files"; readonly files: readonly FileRef[] };

/** Everything a step may look at. */
export interface View {
  readonly context: TurnContext;
  readonly now: Instant;
  /** The person's last questions, oldest first. */
  readonly asked: readonly string[];
  /** Whether another conversation waits below, to go on once this one is over. */
  readonly inside: boolean;
  /** A code that follows from the event in hand, such as `BC-7K2M9QX`. */
  code(prefix: string, ...parts: string[]): string;
}

/** What every decision may bring with it. */
interface Along {
  readonly effects?: readonly Effect[];
  /** A question that was understood: what a follow-up ("thế góp tối đa bao nhiêu?") refers to. */
  readonly asked?: string;
}

/** What a step decides. Unnamed parts stay as they are. */
export type Move<S extends string = string, D extends Data = Data> = Along &
  (
    | /** On to a step, which then asks. */
      { readonly go: S; readonly data: D; readonly say?: readonly Message[] }
      /** Not understood: explain; the step then asks again unless `quiet`. */
    | { readonly again: readonly Message[]; readonly data?: D; readonly quiet?: boolean }
    /** This conversation is over; whatever waited below it goes on. */
    | { readonly end: readonly Message[] }
    /** Open another flow on top; this one goes on afterwards, or is over when `instead`. */
    | {
        readonly open: string;
        readonly start: Start;
        readonly say?: readonly Message[];
        readonly instead?: boolean;
      }
  );

/** How the flow that answers, and the one that takes files, are told what opened them. */
export const QUESTION = "question";
export const FILES = "files";
/** How the flow that keeps phone numbers is told that one was given; no tap says so. */
export const SHARED_PHONE = "shared-phone";

/** What opened a flow: a word (with the rest of the message as typed), a tap, or files nobody had asked for. */
export interface Start {
  readonly action: string;
  readonly args: readonly string[];
  readonly files?: readonly FileRef[];
}

export interface Step<S extends string, D extends Data> {
  /** Whether the step hears these folded words itself (`quay lai`); other commands are obeyed before it is asked. */
  claims?(folded: string, data: D, view: View): boolean;
  /** Takes whole sentences: one that begins like a command ("khó khăn: …") is then none. */
  prose?(data: D, view: View): boolean;
  /** What the person sees on arriving, and again after a digression. */
  ask(data: D, view: View): Message;
  /** Null when this is not an answer to the step: it is then tried as a command or a question. */
  hear(heard: Heard, data: D, view: View): Move<S, D> | null;
}

export interface FlowDefinition<S extends string, D extends Data> {
  readonly id: string;
  /** Raised when a step is renamed, removed or changes meaning. */
  readonly version: number;
  /** Of passing interest: nobody is led back to it once another conversation has begun. */
  readonly passing?: boolean;
  /** Folded words that open the flow from anywhere, when they are the whole message. */
  readonly words?: readonly string[];
  /** Folded words that open the flow when the message begins with them; the rest is handed over. */
  readonly prefixes?: readonly string[];
  /** Whether what follows a prefix makes it a command: "liên kết vùng là gì" is a question. Always, where absent. */
  prefixTakes?(rest: string, prefix: string): boolean;
  /** Hidden-button actions that open the flow from anywhere. */
  readonly taps?: readonly string[];
  /** Reads the stored data of a frame; a mismatch restarts the flow and says so. */
  parse(data: unknown): D | null;
  open(start: Start, view: View): Move<S, D>;
  /** What is said when the person leaves half way (`hủy`); the default names nothing. */
  leave?(data: D, view: View): Message;
  readonly steps: { readonly [K in S]: Step<NoInfer<S>, D> };
}

/** How a piece of news is put into words; null when it is of no use to the person any more. */
export interface Told {
  readonly kind: "reply" | "reminder" | "digest" | "notice" | "card";
  readonly messages: readonly Message[];
  readonly effects?: readonly Effect[];
}
export type Tellers = {
  readonly [K in News["kind"]]: (news: Extract<News, { kind: K }>, view: View) => Told | null;
};

/** A flow with its types forgotten, as the router holds it. */
export type Flow = FlowDefinition<string, Data>;

export function defineFlow<S extends string, D extends Data>(
  flow: FlowDefinition<S, D>,
): FlowDefinition<S, D> {
  return flow;
}
