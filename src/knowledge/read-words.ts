/** From raw words to the words that were meant: short forms spelt out, slips of the input method undone. */
import { fold } from "../core/text";
import type { Lexicon } from "./lexicon";
import { splitWords, type PieceBook } from "./pieces";
import { decodeSlip } from "./typing-slips";
import { wordOf, type Word } from "./words";

/** What is known about words while reading: nothing for the entries themselves, the index for questions. */
export interface ReadingAids {
  /** A word, without marks, that stands in some entry. */
  isKnown(folded: string): boolean;
  /** Two words, without marks, that stand side by side in some entry. */
  isKnownPair(first: string, second: string): boolean;
  /** A word that ends a sentence without saying anything. */
  isParticle(word: Word): boolean;
  /** Pieces that stand in some entry. */
  readonly pieces?: PieceBook;
}

export interface ReadText {
  readonly words: readonly Word[];
  /** Whether the text was typed with marks at all. */
  readonly hasMarks: boolean;
}

/** Under this share of marked words, an unmarked word says nothing about which one was meant. */
const MARKED_SHARE = 0.2;

/** Counted as typed, before short forms and names of papers are spelt out with their marks. */
function typedWithMarks(raw: string, slips: number): boolean {
  const words = raw.normalize("NFC").match(/\p{L}+/gu) ?? [];
  const marked = words.filter((word) => /[^\p{ASCII}]/u.test(word)).length + slips;
  return marked > words.length * MARKED_SHARE;
}

/**
 * Where a short form may mean several things, its neighbours decide; without a hint, the first. At the end of a
 * question "đk" is "đúng không".
 */
function meantBy(
  meanings: readonly (readonly string[])[],
  before: Word | undefined,
  after: Word | undefined,
  aids: ReadingAids,
): readonly string[] {
  const asking = meanings.find((meaning) => meaning.length > 1 && meaning.at(-1) === "không");
  if (asking !== undefined && meanings.length > 1 && (after === undefined || aids.isParticle(after)))
    return asking;
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

/** A single word that could be a slip is rather a foreign word ("visa"), unless there is hardly anything else. */
const FEWEST_SLIPS = 2;
const SHORT_TEXT = 3;

/** What each word decodes to when the input method was off, or nothing when it was on. */
function slipsIn(typed: readonly Word[], { short }: Lexicon, aids: ReadingAids): ReadonlyMap<Word, Word> {
  const slips = new Map<Word, Word>();
  for (const word of typed) {
    if (word.isFixed || short.has(word.text) || aids.isKnown(word.folded)) continue;
    const decoded = decodeSlip(word.text);
    if (decoded !== null && aids.isKnown(fold(decoded))) slips.set(word, wordOf(decoded));
  }
  return slips.size >= FEWEST_SLIPS || typed.length <= SHORT_TEXT ? slips : new Map();
}

/** Entries are spelt as they are meant, but for short forms; each of those has its first meaning. */
export const meantByEntries = (words: readonly Word[], { short }: Lexicon): Word[] =>
  words.flatMap((word) => {
    const [meant] = (word.isFixed ? undefined : short.get(word.text)) ?? [];
    return meant === undefined ? [word] : meant.map(wordOf);
  });

export const entryWords = (text: string, lexicon: Lexicon): Word[] =>
  meantByEntries(splitWords(text), lexicon);

/** Reads a question the way it was meant. */
export function readText(raw: string, lexicon: Lexicon, aids: ReadingAids): ReadText {
  const typed = splitWords(raw, aids.pieces);
  const slips = slipsIn(typed, lexicon, aids);
  const words: Word[] = [];
  typed.forEach((word, i) => {
    const meanings = word.isFixed ? undefined : lexicon.short.get(word.text);
    if (meanings === undefined) words.push(slips.get(word) ?? word);
    else words.push(...meantBy(meanings, words.at(-1), typed[i + 1], aids).map(wordOf));
  });
  return { words, hasMarks: typedWithMarks(raw, slips.size) };
}
