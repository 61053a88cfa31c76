/**
 * Cuts a long text where a reader would pause: at the end of a paragraph, a line, a sentence, a word. Nothing
 * is added or dropped: the pieces joined are the text, and blanks at a cut stay at the end of the piece before.
 */
import { unitsOf } from "./limits";

/** A cut at a paragraph is worth it only if the piece does not become a stub. */
const LEAST_FILL = 0.5;

type Pause = "paragraph" | "line" | "sentence" | "word";
const BEST_FIRST: readonly Pause[] = ["paragraph", "line", "sentence", "word"];

interface Letter {
  readonly text: string;
  readonly units: number;
}

const letters = new Intl.Segmenter("vi", { granularity: "grapheme" });
const isBlank = (letter: Letter): boolean => letter.text.trim() === "";
const ENDS_SENTENCE = /[.!?…;]["”»)\]]*$/;
/** Closing marks that may stand between the end of a sentence and the blank after it. */
const LOOK_BACK = 3;

/** Letters with their marks; one that alone exceeds the limit is cut into its code points. */
function lettersOf(text: string, maxUnits: number): Letter[] {
  return Array.from(letters.segment(text), ({ segment }) => segment).flatMap((segment) => {
    const units = unitsOf(segment);
    if (units <= maxUnits) return [{ text: segment, units }];
    return Array.from(segment, (point) => ({ text: point, units: unitsOf(point) }));
  });
}

/** What kind of pause lies just before `all[index]`. */
function pauseBefore(all: readonly Letter[], index: number): Pause | null {
  const here = all[index];
  if (here === undefined || isBlank(here)) return null;
  let lineBreaks = 0;
  let i = index - 1;
  for (let letter = all[i]; letter !== undefined && isBlank(letter); letter = all[--i]) {
    if (/[\n\r\u2028\u2029]/.test(letter.text)) lineBreaks++;
  }
  if (i === index - 1) return null;
  if (lineBreaks > 1) return "paragraph";
  if (lineBreaks === 1) return "line";
  const before = all.slice(Math.max(0, i - LOOK_BACK), i + 1).map((letter) => letter.text);
  return ENDS_SENTENCE.test(before.join("")) ? "sentence" : "word";
}

/** The first letter that no longer fits when a piece begins at `start`. */
function endOfRoom(all: readonly Letter[], start: number, maxUnits: number): number {
  let used = 0;
  for (let i = start; i < all.length; i++) {
    used += all[i]?.units ?? 0;
    if (used > maxUnits) return Math.max(i, start + 1);
  }
  return all.length;
}

function cutWithin(all: readonly Letter[], start: number, end: number): number {
  if (end === all.length) return end;
  const least = start + Math.floor((end - start) * LEAST_FILL);
  const last: Partial<Record<Pause, number>> = {};
  for (let i = end; i > start; i--) {
    const pause = pauseBefore(all, i);
    if (pause !== null) last[pause] ??= i;
    if (pause === "paragraph") break;
  }
  const good = BEST_FIRST.map((pause) => last[pause]).find((cut) => cut !== undefined && cut >= least);
  const any = BEST_FIRST.map((pause) => last[pause] ?? 0);
  return good ?? (Math.max(...any) || end);
}

/** The pieces of a text, each within `maxUnits` on the wire; joined they are the text, whatever it holds. */
export function splitText(text: string, maxUnits: number): string[] {
  // One unit is kept free: a piece of nothing but blanks grows by one on the wire.
  const room = maxUnits - 1;
  if (unitsOf(text) <= room) return [text];
  const all = lettersOf(text, room);
  const pieces: string[] = [];
  for (let start = 0; start < all.length;) {
    const cut = cutWithin(all, start, endOfRoom(all, start, room));
    pieces.push(
      all
        .slice(start, cut)
        .map((letter) => letter.text)
        .join(""),
    );
    start = cut;
  }
  return pieces;
}
