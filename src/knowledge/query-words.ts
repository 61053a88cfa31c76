/** The words of a question, each with everything in the entries that it may stand for. */
import { Alternatives } from "./alternatives";
import type { LexiconWord, Phrase, PhraseBook } from "./lexicon";
import type { ReadText } from "./read-words";
import { MAYBE_REFERENCES } from "./references";
import type { SearchIndex } from "./search-index";
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
  readonly isUnknown: boolean;
  readonly alternatives: Alternatives;
  /** Forms without marks, for pairs. */
  readonly forms: readonly string[];
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

function readWord(word: Word, hasMarks: boolean, index: SearchIndex): ReadWord {
  const { lexicon, speller, terms } = index;
  const alternatives = new Alternatives();
  const isMarked = word.text !== word.folded;
  const isChatter =
    hasMarks || isMarked ? lexicon.chatter.has(word.text) : lexicon.foldedChatter.has(word.text);
  alternatives.add(terms.findWritten(word.text), 1);
  const forms = [word.folded];
  let isUnknown = false;
  if (word.isFixed) {
    const paper = MAYBE_REFERENCES.get(word.text);
    if (paper !== undefined) alternatives.add(terms.findWritten(paper), STRENGTH.maybePaper);
  } else if (speller.isKnown(word.folded)) {
    const strength = !hasMarks ? 1 : isMarked ? STRENGTH.otherMarks : STRENGTH.marksLeftOut;
    alternatives.add(terms.findFolded(word.folded), strength);
    const isOwnSpelling = !isMarked || terms.findWritten(word.text) !== undefined;
    const meant = isOwnSpelling ? [] : index.withMarksAdded(word.text);
    for (const written of meant) alternatives.add(terms.findWritten(written), STRENGTH.marksSlipped);
    isUnknown = hasMarks && !isOwnSpelling && meant.length === 0;
  } else {
    const corrections = speller.corrections(word.folded);
    for (const meant of corrections) alternatives.add(terms.findFolded(meant), STRENGTH.corrected);
    forms.push(...corrections);
    isUnknown = true;
  }
  return { ...word, isChatter, isUnknown: isUnknown && !isChatter, alternatives, forms };
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

const says = (word: Word, meant: LexiconWord, hasMarks: boolean): boolean =>
  word.text === meant.text || (word.folded === meant.folded && (!hasMarks || word.text === word.folded));

const standsAt = (phrase: Phrase, words: readonly Word[], at: number, hasMarks: boolean): boolean =>
  phrase.every((meant, i) => {
    const word = words[at + i];
    return word !== undefined && says(word, meant, hasMarks);
  });

/** Every synonym found in the words is added to each word it covers. */
function withSynonyms(words: readonly ReadWord[], hasMarks: boolean, index: SearchIndex): ReadWord[] {
  const all = [...words];
  /** A word may have been read before; what is added belongs to this text. */
  const added = new Set<number>();
  const own = (at: number): Alternatives | undefined => {
    const word = all[at];
    if (word === undefined || added.has(at)) return word?.alternatives;
    const alternatives = word.alternatives.copy();
    all[at] = { ...word, alternatives };
    added.add(at);
    return alternatives;
  };
  words.forEach((first, i) => {
    for (const { group, member } of index.lexicon.groupsByFirstWord.get(first.folded) ?? []) {
      if (!standsAt(member, words, i, hasMarks)) continue;
      for (const other of group.members) {
        if (other === member) continue;
        const term = mostTelling(other, index);
        for (let at = i; at < i + member.length; at++) own(at)?.add(term, group.strength);
      }
    }
  });
  return all;
}

/** A single word stands as it is written; of several, the rarest pair stands for all. */
function mostTelling(words: Phrase, index: SearchIndex): number | undefined {
  if (words.length === 1) return index.terms.findWritten(words[0]?.text ?? "");
  let best: number | undefined;
  let bestIdf = -1;
  for (let i = 0; i + 1 < words.length; i++) {
    const term = index.terms.findPair(words[i]?.folded ?? "", words[i + 1]?.folded ?? "");
    if (term !== undefined && index.idf(term) > bestIdf) [best, bestIdf] = [term, index.idf(term)];
  }
  return best;
}

/** The phrases that stand in the words. One word without its marks is too little: "quan" is hardly ever "quán". */
export function phrasesIn(book: PhraseBook, words: readonly Word[], hasMarks: boolean): string[] {
  return words.flatMap((first, at) =>
    (book.get(first.folded) ?? [])
      .filter((phrase) =>
        phrase.length === 1 ? first.text === phrase[0]?.text : standsAt(phrase, words, at, hasMarks),
      )
      .map((phrase) => phrase.map(({ text }) => text).join(" ")),
  );
}

/** Everything the words of a text may stand for. */
export function readQueryWords({ words, hasMarks }: ReadText, index: SearchIndex): readonly ReadWord[] {
  const read = withSplits(words, index).map((word) => index.room.read.word(word, hasMarks, index));
  return withSynonyms(read, hasMarks, index);
}
