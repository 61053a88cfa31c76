/** The words of a question, each with everything in the entries that it may stand for. */
import { Alternatives } from "./alternatives";
import type { Phrase, PhraseBook } from "./lexicon";
import type { ReadText } from "./read-words";
import { MAYBE_REFERENCES } from "./references";
import type { SearchIndex } from "./search-index";
import { standsAt, withSynonyms } from "./synonyms";
import type { Word } from "./words";

/** How well another form stands for a word. */
export const STRENGTH = {
  otherMarks: 0.45,
  marksLeftOut: 0.8,
  marksSlipped: 0.9,
  corrected: 0.75,
  maybePaper: 0.7,
};

/** A word as read, with what it may stand for. */
export interface ReadWord extends Word {
  readonly isChatter: boolean;
  readonly isLight: boolean;
  readonly isUnknown: boolean;
  readonly alternatives: Alternatives;
  /** Itself in the entries, without marks or as written. */
  readonly own: number | undefined;
  /** The terms of its forms without marks, for pairs; its own spelling first. */
  readonly forms: readonly (number | undefined)[];
}

/** Words of the entries as read, by how they are written: nearly all that people use, and no more than there are. */
export class ReadBefore {
  private readonly withMarks = new Map<string, ReadWord>();
  private readonly withoutMarks = new Map<string, ReadWord>();

  word(word: Word, hasMarks: boolean, index: SearchIndex): ReadWord {
    const words = hasMarks ? this.withMarks : this.withoutMarks;
    const known = words.get(word.text);
    if (known?.folded === word.folded) return known;
    const read = readWord(word, hasMarks, index);
    if (index.terms.findWritten(word.text) !== undefined) words.set(word.text, read);
    return read;
  }
}

/** Without marks "chuyen" is "chuyện" and "chuyển": light only when everything it may stand for is. */
function isLight(word: Word, hasMarks: boolean, index: SearchIndex): boolean {
  const { light } = index.lexicon;
  if (hasMarks || word.text !== word.folded) return light.has(word.text);
  const meant = index.withMarksAdded(word.text);
  return meant.length > 0 && meant.every((written) => light.has(written));
}

function readWord(word: Word, hasMarks: boolean, index: SearchIndex): ReadWord {
  const { lexicon, speller, terms } = index;
  const alternatives = new Alternatives();
  const isMarked = word.text !== word.folded;
  const isChatter =
    hasMarks || isMarked ? lexicon.chatter.has(word.text) : lexicon.foldedChatter.has(word.text);
  alternatives.add(terms.findWritten(word.text), 1);
  const folded = terms.findFolded(word.folded);
  const forms = [folded];
  let isUnknown = false;
  if (word.isFixed) {
    const paper = MAYBE_REFERENCES.get(word.text);
    if (paper !== undefined) alternatives.add(terms.findWritten(paper), STRENGTH.maybePaper);
  } else if (speller.isKnown(word.folded)) {
    const strength = !hasMarks ? 1 : isMarked ? STRENGTH.otherMarks : STRENGTH.marksLeftOut;
    alternatives.add(folded, strength);
    const isOwnSpelling = !isMarked || terms.findWritten(word.text) !== undefined;
    const meant = isOwnSpelling ? [] : index.withMarksAdded(word.text);
    for (const written of meant) alternatives.add(terms.findWritten(written), STRENGTH.marksSlipped);
    isUnknown = hasMarks && !isOwnSpelling && meant.length === 0;
  } else {
    const corrections = speller.corrections(word.folded).map((meant) => terms.findFolded(meant));
    for (const meant of corrections) alternatives.add(meant, STRENGTH.corrected);
    forms.push(...corrections);
    isUnknown = true;
  }
  const own = folded ?? terms.findWritten(word.text);
  return {
    ...word,
    isChatter,
    isLight: isLight(word, hasMarks, index),
    isUnknown: isUnknown && !isChatter,
    alternatives,
    own,
    forms,
  };
}

/** Words run together are taken apart before anything else. */
function withSplits(words: readonly Word[], index: SearchIndex): Word[] {
  return words.flatMap((word) => {
    if (word.isFixed || index.speller.isKnown(word.folded)) return [word];
    const parts = index.speller.split(word.folded);
    if (parts === null) return [word];
    const letters = Array.from(word.text);
    let at = 0;
    return parts.map((part) => {
      const text = letters.slice(at, (at += part.length)).join("");
      return { text, folded: part, isFixed: false };
    });
  });
}

/** From this many words on, a phrase of ours is known whatever its marks: "trung tâm đôi mới sang tạo". */
const KNOWN_BY_LETTERS = 3;

function phrasesWhere(
  book: PhraseBook,
  words: readonly Word[],
  stands: (phrase: Phrase, at: number) => boolean,
): string[] {
  const found: string[] = [];
  words.forEach(({ folded }, at) => {
    for (const phrase of book.get(folded) ?? [])
      if (stands(phrase, at)) found.push(phrase.map(({ text }) => text).join(" "));
  });
  return found;
}

/** One word without its marks is too little: "quan" is hardly ever "quán". */
const isWord = (word: Word | undefined, [meant]: Phrase): boolean => word?.text === meant?.text;

/** The phrases that stand in the words, single marks left out or not. */
export const phrasesIn = (book: PhraseBook, words: readonly Word[], hasMarks: boolean): string[] =>
  phrasesWhere(book, words, (phrase, at) =>
    phrase.length === 1
      ? isWord(words[at], phrase)
      : standsAt(phrase, words, at, hasMarks && phrase.length < KNOWN_BY_LETTERS),
  );

/** The phrases that stand in the words as written, where marks are written: "cơ quan nào" holds no "quán nào". */
export const phrasesAsWritten = (book: PhraseBook, words: readonly Word[], hasMarks: boolean): string[] =>
  phrasesWhere(book, words, (phrase, at) =>
    hasMarks || phrase.length === 1
      ? phrase.every((meant, i) => words[at + i]?.text === meant.text)
      : standsAt(phrase, words, at, hasMarks),
  );

/** "nghe đồn … có thật không": such words are chatter where they stand together. */
function withAsides(words: readonly ReadWord[], hasMarks: boolean, asides: PhraseBook): readonly ReadWord[] {
  const aside = new Set<number>();
  words.forEach(({ folded }, at) => {
    for (const phrase of asides.get(folded) ?? [])
      if (standsAt(phrase, words, at, hasMarks)) phrase.forEach((_word, i) => aside.add(at + i));
  });
  // A message of nothing else must still be about something.
  const isAll = words.every(({ isChatter }, at) => isChatter || aside.has(at));
  if (aside.size === 0 || isAll) return words;
  return words.map((word, at) => (aside.has(at) ? { ...word, isChatter: true, isUnknown: false } : word));
}

/** Everything the words of a text may stand for. */
export function readQueryWords({ words, hasMarks }: ReadText, index: SearchIndex): readonly ReadWord[] {
  const said = withSplits(words, index).map((word) => index.room.read.word(word, hasMarks, index));
  const read = withAsides(said, hasMarks, index.lexicon.asides);
  return withSynonyms(read, hasMarks, index.synonyms);
}
