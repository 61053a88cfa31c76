/** How a text that somebody else has written becomes an entry: what is shown at once, and where it belongs. */
import { lengthOf } from "../core/text";
import { LONGEST_ANSWER, LONGEST_MORE, type ResolutionId } from "./entries";
import { nameReferences } from "./references";

const NAMED_RESOLUTIONS: readonly ResolutionId[] = [
  "nq29",
  "nq30",
  "nq34",
  "nq35",
  "nq459",
  "nq461",
  "kh316",
];

/** The text up to the last end of a sentence within `max` characters, and the rest. */
export function cutBehindSentence(text: string, max: number): readonly [shown: string, rest: string] {
  if (lengthOf(text) <= max) return [text, ""];
  const shown = Array.from(text.normalize("NFC")).slice(0, max).join("");
  const ends = [...shown.matchAll(/[.!?…](?=\s)|\n/gu)];
  const end = ends.at(-1)?.index ?? shown.lastIndexOf(" ");
  const cut = end > 0 ? end + 1 : shown.length;
  return [text.slice(0, cut).trim(), text.slice(cut).trim()];
}

/** An answer in two parts: what a message shows, and what stands behind "Xem thêm". */
export function inParts(text: string): { readonly answer: string; readonly more: string | null } {
  const [answer, rest] = cutBehindSentence(text, LONGEST_ANSWER);
  return { answer, more: rest === "" ? null : Array.from(rest).slice(0, LONGEST_MORE).join("") };
}

/** The one resolution that a text names; general where it names none or several. */
export function resolutionOf(text: string): ResolutionId {
  const words = new Set(nameReferences(text.toLowerCase()).split(/[^\p{L}\p{N}]+/u));
  const named = NAMED_RESOLUTIONS.filter((id) => words.has(id));
  return (named.length === 1 ? named[0] : undefined) ?? "general";
}
