/** Every text of every entry in numbers: one word after the other, so that reading goes straight through memory. */
import type { Entry } from "./entries";
import type { Lexicon } from "./lexicon";
import { Numbers } from "./numbers";
import { PieceBook, type Piece } from "./pieces";
import { meantByEntries } from "./read-words";
import type { Terms } from "./terms";

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
  /** Questions are made of the same pieces, for the most part. */
  readonly pieces: PieceBook;
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

export function readEntryTexts(entries: readonly Entry[], terms: Terms, lexicon: Lexicon): EntryTexts {
  const words = new Numbers();
  const starts = new Numbers();
  const firstTexts = new Numbers();
  const weights: number[] = [];
  const pieces = new PieceBook();
  /** By the number of the piece; the parts of a name are no words of the entries. */
  const termsOf: (readonly number[] | undefined)[] = [];
  const take = ({ number, words: written }: Piece): void => {
    const meant = (termsOf[number] ??= meantByEntries(written, lexicon).map((word) =>
      terms.addWritten(word),
    ));
    for (let i = 0; i < meant.length; i++) words.push(meant[i] ?? 0);
  };
  for (const entry of entries) {
    firstTexts.push(weights.length);
    for (const { text, weight } of fieldsOf(entry)) {
      starts.push(words.length);
      weights.push(weight);
      for (const piece of pieces.read(text)) take(piece);
    }
  }
  pieces.close();
  firstTexts.push(weights.length);
  starts.push(words.length);
  const read = { words: words.done(), starts: starts.done() };
  return {
    ...read,
    // After all words: those are looked up most, and lie side by side when they have the first numbers.
    pairs: pairsIn(read, terms, lexicon),
    weights,
    firstTexts: firstTexts.done(),
    pieces,
  };
}

function pairsIn(
  { words, starts }: Pick<EntryTexts, "words" | "starts">,
  terms: Terms,
  lexicon: Lexicon,
): Int32Array {
  const isChatter = terms.flags([...lexicon.chatter].map((word) => terms.findWritten(word)));
  const pairs = new Int32Array(words.length).fill(NO_PAIR);
  for (let text = 0; text + 1 < starts.length; text++) {
    let before = -1;
    for (let at = starts[text] ?? 0; at < (starts[text + 1] ?? 0); at++) {
      const word = words[at] ?? 0;
      if (isChatter[word] === 1) continue;
      if (before >= 0)
        pairs[before] = terms.addPair(terms.foldedOf(words[before] ?? 0), terms.foldedOf(word));
      before = at;
    }
  }
  return pairs;
}
