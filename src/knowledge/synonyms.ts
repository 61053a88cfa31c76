/** Words of the lexicon that stand for one another, in the terms of the entries. */
import type { Alternatives } from "./alternatives";
import type { Lexicon, LexiconWord, Phrase } from "./lexicon";
import type { ReadWord } from "./query-words";
import type { Terms } from "./terms";
import type { Word } from "./words";

interface Synonym {
  /** What has to be said. */
  readonly phrase: Phrase;
  /** What it stands for, each to the same degree. */
  readonly terms: readonly number[];
  readonly strength: number;
}

/** First word, without marks → what begins with it. */
export type Synonyms = ReadonlyMap<string, readonly Synonym[]>;

export function synonymsOf(
  { groupsByFirstWord }: Lexicon,
  terms: Terms,
  idf: (term: number) => number,
): Synonyms {
  /** A single word stands as it is written; of several, the rarest pair stands for all. */
  const mostTelling = (phrase: Phrase): number[] => {
    const [first] = phrase;
    const found =
      phrase.length === 1
        ? [terms.findWritten(first?.text ?? "")]
        : phrase.slice(1).map((word, i) => terms.findPair(phrase[i]?.folded ?? "", word.folded));
    const known = found.filter((term) => term !== undefined);
    return known.length < 2 ? known : [known.reduce((best, term) => (idf(term) > idf(best) ? term : best))];
  };
  return new Map(
    [...groupsByFirstWord].map(([first, members]) => [
      first,
      members.map(({ group, member }) => ({
        phrase: member,
        terms: group.members.filter((other) => other !== member).flatMap(mostTelling),
        strength: group.strength,
      })),
    ]),
  );
}

const says = (word: Word, meant: LexiconWord, hasMarks: boolean): boolean =>
  word.text === meant.text || (word.folded === meant.folded && (!hasMarks || word.text === word.folded));

export function standsAt(phrase: Phrase, words: readonly Word[], at: number, hasMarks: boolean): boolean {
  let next = at;
  for (const meant of phrase) {
    const word = words[next++];
    if (word === undefined || !says(word, meant, hasMarks)) return false;
  }
  return true;
}

/** Every synonym found in the words is added to each word it covers. */
export function withSynonyms(
  words: readonly ReadWord[],
  hasMarks: boolean,
  synonyms: Synonyms,
): readonly ReadWord[] {
  const all = [...words];
  /** The word itself may stand in other texts too: what is added belongs to this one. */
  const own = (at: number, word: ReadWord): Alternatives => {
    const given = all[at];
    if (given !== undefined && given !== word) return given.alternatives;
    const alternatives = word.alternatives.copy();
    all[at] = { ...word, alternatives };
    return alternatives;
  };
  words.forEach((first, i) => {
    for (const { phrase, terms, strength } of synonyms.get(first.folded) ?? []) {
      if (!standsAt(phrase, words, i, hasMarks)) continue;
      words.slice(i, i + phrase.length).forEach((word, at) => {
        const alternatives = own(i + at, word);
        for (const term of terms) alternatives.add(term, strength);
      });
    }
  });
  return all;
}
