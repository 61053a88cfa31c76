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

/** What a step decides. Unnamed parts stay as they are. */
export type Move<S extends string = string, D extends Data = Data> =
  /** On to a step, which then asks. */
  | {
      readonly go: S;
      readonly data: D;
      readonly say?: readonly Message[];
      readonly effects?: readonly Effect[];
    }
  /** Not understood: explain; the step then asks again unless `quiet`. */
  | {
      readonly again: readonly Message[];
      readonly data?: D;
      readonly effects?: readonly Effect[];
      readonly quiet?: boolean;
    }
  /** This conversation is over; whatever waited below it goes on. */
  | { readonly end: readonly Message[]; readonly effects?: readonly Effect[] }
  /** Open another flow on top; this one goes on afterwards, or is over when `instead`. */
  | {
      readonly open: string;
      readonly start: Start;
      readonly say?: readonly Message[];
      readonly effects?: readonly Effect[];
      readonly instead?: boolean;
    };

/** What opened a flow: a word (with the rest of the message), a tap, or a piece of news. */
export interface Start {
  readonly action: string;
  readonly args: readonly string[];
}

export interface Step<S extends string, D extends Data> {
  /** Folded command words that this step hears itself (`quay lai`); other commands are obeyed before it is asked. */
  readonly claims?: readonly string[];
  /** What the person sees on arriving, and again after a digression. */
  ask(data: D, view: View): Message;
  /** Null when this is not an answer to the step: it is then tried as a command or a question. */
  hear(heard: Heard, data: D, view: View): Move<S, D> | null;
}

export interface FlowDefinition<S extends string, D extends Data> {
  readonly id: string;
  /** Raised when a step is renamed, removed or changes meaning. */
  readonly version: number;
  /** Folded words that open the flow from anywhere, when they are the whole message. */
  readonly words?: readonly string[];
  /** Folded words that open the flow when the message begins with them; the rest is handed over. */
  readonly prefixes?: readonly string[];
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
  readonly kind: "reply" | "reminder" | "digest" | "notice";
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
