/** Everything the router needs to know about the bundled conversations; `flows/index.ts` fills it. */
import type { Instant } from "../core/clock";
import { foldedWords } from "../core/text";
import type { Effect } from "./effects";
import type { GroupInput } from "./event";
import type { Flow, Tellers, View } from "./flow";
import type { Message } from "./message";

export interface RouterWording {
  /** The form behind a stored step has changed or is gone. */
  readonly changed: string;
  /** A button of long ago that no flow understands any more. */
  readonly oldButton: string;
  /** Put before the pending question when a digression is over. */
  readonly goOn: string;
  /** `hủy` with nothing to leave. */
  readonly nothingToLeave: string;
  /** `hủy` where the flow names nothing itself. */
  readonly left: string;
  /** Stickers, places, business cards. */
  readonly unreadable: string;
  /** Files where the pending question wants something else. */
  readonly filesInForm: string;
  /** To staff: an officer answers this person by hand, and until when the bot leaves the talk to them. */
  readonly officerTookOver: (name: string | null, until: Instant) => string;
}

export interface House {
  readonly flows: readonly Flow[];
  readonly tellers: Tellers;
  readonly wording: RouterWording;
  /** The flow that greets, the one that shows the menu, the one that answers. */
  readonly welcome: string;
  readonly menu: string;
  readonly ask: string;
  /** The flow that takes files sent outside any form. */
  readonly files: string;
  /** The flow that keeps phone numbers. */
  readonly phone: string;
  /** What a command in a chat group brings about. */
  readonly inGroup: (input: GroupInput, view: View) => readonly Effect[];
  /** Buttons under a message that would otherwise leave the person without a next step. */
  readonly menuButtons: Message["buttons"];
}

/** Words that leave the conversation in hand, folded. */
export const LEAVE_WORDS: readonly string[] = ["huy", "thoat", "huy bo", "dung lai"];

/** Which flow a message opens, by word or (unless `whole`) by its beginning; null when none. */
export function flowOfWords(
  house: House,
  text: string,
  { whole = false } = {},
): { flow: Flow; action: string; rest: string } | null {
  const folded = foldedWords(text);
  for (const flow of house.flows) {
    if (flow.words?.includes(folded) === true) return { flow, action: folded, rest: "" };
  }
  if (whole) return null;
  return flowOfPrefix(house, text, folded);
}

function flowOfPrefix(house: House, text: string, folded: string): ReturnType<typeof flowOfWords> {
  for (const flow of house.flows) {
    const prefix = flow.prefixes?.find((p) => folded.startsWith(`${p} `));
    if (prefix === undefined) continue;
    const rest = afterWords(text, prefix.split(" ").length);
    if (flow.prefixTakes?.(rest, prefix) !== false) return { flow, action: prefix, rest };
  }
  return null;
}

/** The text behind its first words, as it was typed and with the sign that follows them (": thiếu máy chiếu"). */
function afterWords(text: string, count: number): string {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
  const last = words[count - 1];
  return last === undefined ? "" : text.slice(last.index + last[0].length).trim();
}

export const flowOfTap = (house: House, action: string): Flow | null =>
  house.flows.find((flow) => flow.taps?.includes(action) === true) ?? null;

/** Faults in how flows were put together; empty when there are none. Run at start and by `npm run check`. */
export function faultsOf(house: House): string[] {
  const faults: string[] = [];
  const seen = new Map<string, string>();
  const claim = (what: string, flow: string) => {
    const other = seen.get(what);
    if (other !== undefined && other !== flow) faults.push(`${what} belongs to "${other}" and to "${flow}"`);
    seen.set(what, flow);
  };
  for (const flow of house.flows) {
    claim(`flow id ${flow.id}`, `${flow.id} (${flow.version})`);
    for (const word of [...(flow.words ?? []), ...(flow.prefixes ?? [])]) {
      if (word !== foldedWords(word)) faults.push(`flow "${flow.id}": the word "${word}" is not folded`);
      claim(`word "${word}"`, flow.id);
    }
    for (const action of flow.taps ?? []) claim(`tap "${action}"`, flow.id);
  }
  for (const id of [house.welcome, house.menu, house.ask, house.files, house.phone]) {
    if (!house.flows.some((flow) => flow.id === id)) faults.push(`no flow "${id}"`);
  }
  return faults;
}
