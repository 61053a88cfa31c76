/** Every text of every entry in numbers: one word after the other, so that reading goes straight through memory. */
import type { Entry } from "./entries";
import type { Lexicon } from "./lexicon";
import { Numbers } from "./numbers";
import { meantByEntries } from "./read-words";
import type { Terms } from "./terms";
import { piecesOf, wordsIn, type Word } from "./words";

/** How surely a word in this place says what the entry is about; joined as independent hints. */
const FIELD_WEIGHTS = {
  question: 0.7,
  phrasing: 0.35,
  keyword: 0.6,
  title: 0.35,
  answer: 0.4,
  more: 0.15,
};

export const NO_PAIR = -1;

export interface EntryTexts {
  /** The terms of all words, as written. */
  readonly words: Int32Array;
  /** The pair that begins at each word, or `NO_PAIR`; pairs skip chatter, which stands between any two words. */
  readonly pairs: Int32Array;
  /** Where each text begins, and behind the last one its end. */
  readonly starts: Int32Array;
  /** How surely the words of each text say what its entry is about. */
  readonly weights: readonly number[];
  /** By entry: its first text, and behind the last one the end. The first of them are its ways of asking. */
  readonly firstTexts: Int32Array;
}

/** The question and its phrasings. */
export const waysOfAsking = ({ question, phrasings }: Entry): readonly string[] => [question, ...phrasings];

interface Field {
  readonly text: string;
  readonly weight: number;
}

const fieldsOf = (entry: Entry): Field[] => [
  { text: entry.question, weight: FIELD_WEIGHTS.question },
  ...entry.phrasings.map((text) => ({ text, weight: FIELD_WEIGHTS.phrasing })),
  ...entry.keywords.map((text) => ({ text, weight: FIELD_WEIGHTS.keyword })),
  { text: entry.topicTitle, weight: FIELD_WEIGHTS.title },
  { text: entry.answer, weight: FIELD_WEIGHTS.answer },
  ...(entry.more === undefined ? [] : [{ text: entry.more, weight: FIELD_WEIGHTS.more }]),
];

interface MetWord {
  readonly term: number;
  readonly folded: number;
  readonly isChatter: boolean;
}

export function readEntryTexts(entries: readonly Entry[], terms: Terms, lexicon: Lexicon): EntryTexts {
  const words = new Numbers();
  const pairs = new Numbers();
  const starts = new Numbers();
  const firstTexts = new Numbers();
  const weights: number[] = [];
  /** Reading meets each piece a hundred times. */
  const known = new Map<string, readonly MetWord[]>();
  const met = (word: Word): MetWord => {
    const term = terms.addWritten(word);
    return { term, folded: terms.foldedOf(term), isChatter: lexicon.chatter.has(word.text) };
  };
  const read = (piece: string): readonly MetWord[] => {
    const found = known.get(piece) ?? meantByEntries(wordsIn(piece), lexicon).map(met);
    known.set(piece, found);
    return found;
  };
  const add = (text: string): void => {
    let before: MetWord | null = null;
    let skipped = 0;
    for (const piece of piecesOf(text))
      for (const word of read(piece)) {
        words.push(word.term);
        if (word.isChatter) {
          skipped++;
          continue;
        }
        if (before !== null) pairs.push(terms.addPair(before.folded, word.folded));
        for (; skipped > 0; skipped--) pairs.push(NO_PAIR);
        before = word;
      }
    for (; pairs.length < words.length;) pairs.push(NO_PAIR);
  };
  for (const entry of entries) {
    firstTexts.push(weights.length);
    for (const { text, weight } of fieldsOf(entry)) {
      starts.push(words.length);
      weights.push(weight);
      add(text);
    }
  }
  firstTexts.push(weights.length);
  starts.push(words.length);
  return {
    words: words.done(),
    pairs: pairs.done(),
    starts: starts.done(),
    weights,
    firstTexts: firstTexts.done(),
  };
}
