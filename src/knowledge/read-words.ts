/** From raw words to the words that were meant: short forms spelt out, slips of the input method undone. */
import { fold } from "../core/text";
import type { Lexicon } from "./lexicon";
import { decodeSlip } from "./typing-slips";
import { splitWords, wordOf, type Word, type WordCache } from "./words";

/** What is known about words while reading: nothing for the entries themselves, the index for questions. */
export interface ReadingAids {
  /** A word, without marks, that stands in some entry. */
  isKnown(folded: string): boolean;
  /** Two words, without marks, that stand side by side in some entry. */
  isKnownPair(first: string, second: string): boolean;
  readonly cache?: WordCache;
}

/** For the entries themselves, which are spelt as they are meant. */
export const entryAids = (): ReadingAids => ({
  isKnown: () => true,
  isKnownPair: () => false,
  cache: new Map(),
});

export interface ReadText {
  readonly words: readonly Word[];
  /** Whether the text was typed with marks at all. */
  readonly hasMarks: boolean;
}

const isMarked = (word: Word): boolean => !word.isFixed && word.text !== word.folded;

/** Under this share of marked words, an unmarked word says nothing about which one was meant. */
const MARKED_SHARE = 0.2;

/** Where a short form may mean several things, its neighbours decide; without a hint, the first. */
function meantBy(
  meanings: readonly (readonly string[])[],
  before: Word | undefined,
  after: Word | undefined,
  aids: ReadingAids,
): readonly string[] {
  let best = meanings[0] ?? [];
  let bestHints = 0;
  for (const meaning of meanings) {
    const [first, last] = [fold(meaning[0] ?? ""), fold(meaning.at(-1) ?? "")];
    const hints =
      Number(before !== undefined && aids.isKnownPair(before.folded, first)) +
      Number(after !== undefined && aids.isKnownPair(last, after.folded));
    if (hints > bestHints) [best, bestHints] = [meaning, hints];
  }
  return best;
}

/** Reads a text the way it was meant. */
export function readText(raw: string, lexicon: Lexicon, aids: ReadingAids): ReadText {
  const typed = splitWords(raw, aids.cache);
  const words: Word[] = [];
  let decoded = 0;
  typed.forEach((word, i) => {
    const meanings = word.isFixed ? undefined : lexicon.short.get(word.text);
    if (meanings !== undefined) {
      words.push(...meantBy(meanings, words.at(-1), typed[i + 1], aids).map(wordOf));
      return;
    }
    const slip = word.isFixed || aids.isKnown(word.folded) ? null : decodeSlip(word.text);
    if (slip !== null) decoded++;
    words.push(slip === null ? word : wordOf(slip));
  });
  const letters = typed.filter((word) => !word.isFixed);
  const marked = letters.filter(isMarked).length + decoded;
  return { words, hasMarks: marked > letters.length * MARKED_SHARE };
}
