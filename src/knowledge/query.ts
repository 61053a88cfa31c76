/** A question as the ranking looks at it: weighted words, each with everything it may stand for. */
import type { LexiconWord, Phrase, PhraseBook } from "./lexicon";
import { questionTypes } from "./question-type";
import { readText, type ReadingAids, type ReadText } from "./read-words";
import { isReference, MAYBE_REFERENCES } from "./references";
import { CHATTER_WEIGHT, exactKey, type SearchIndex } from "./search-index";
import type { Word } from "./words";

export interface QueryTerm {
  readonly text: string;
  readonly weight: number;
  /** Term → how well it stands for this word, 0 to 1. */
  readonly alternatives: ReadonlyMap<number, number>;
  /** Words count one by one, pairs for the order in which they stand. */
  readonly isPair: boolean;
  readonly isChatter: boolean;
  /** Not in any entry, not even misspelt. */
  readonly isUnknown: boolean;
  /** Belongs to what was said before the question, not to the question. */
  readonly isContext: boolean;
}

export interface Query {
  /** As read: short forms spelt out, slips undone. */
  readonly words: readonly Word[];
  readonly hasMarks: boolean;
  readonly terms: readonly QueryTerm[];
  readonly types: number;
  readonly papers: ReadonlySet<string>;
  /** Resolutions whose own words are used, with the weight of those words. */
  readonly subjects: ReadonlyMap<string, number>;
  readonly exactKey: string;
  /** Words that carry something, context left out. */
  readonly contentCount: number;
  /** Foreign subjects named. */
  readonly foreign: readonly string[];
  readonly isRude: boolean;
}

/** How well another form stands for a word. */
const STRENGTH = {
  otherMarks: 0.45,
  marksLeftOut: 0.8,
  marksSlipped: 0.9,
  corrected: 0.75,
  split: 0.95,
  maybePaper: 0.7,
};
/** What an unknown pair of words would weigh, as a part of the highest weight there is. */
const UNKNOWN_PAIR_PART = 0.5;
const UNKNOWN_WORD_PART = 0.8;

/** Term → how well it stands for a word; the strongest reason counts. */
class Alternatives {
  readonly strengths = new Map<number, number>();
  add(term: number | undefined, strength: number): void {
    if (term !== undefined && (this.strengths.get(term) ?? 0) < strength) this.strengths.set(term, strength);
  }
}

interface ReadWord extends Word {
  readonly isChatter: boolean;
  readonly isUnknown: boolean;
  readonly alternatives: Alternatives;
  /** Forms without marks, for pairs. */
  readonly forms: readonly string[];
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
function addSynonyms(words: readonly ReadWord[], hasMarks: boolean, index: SearchIndex): void {
  words.forEach((first, i) => {
    for (const { group, member } of index.lexicon.groupsByFirstWord.get(first.folded) ?? []) {
      if (
        !member.every(
          (meant, j) => words[i + j] !== undefined && says(words[i + j] ?? first, meant, hasMarks),
        )
      )
        continue;
      for (const other of group.members) {
        if (other === member) continue;
        const term = mostTelling(other, index);
        for (const covered of words.slice(i, i + member.length))
          covered.alternatives.add(term, group.strength);
      }
    }
  });
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

function wordTerm(word: ReadWord, index: SearchIndex, factor: number): QueryTerm {
  const own = index.terms.findFolded(word.folded) ?? index.terms.findWritten(word.text);
  const corrected = [...word.alternatives.strengths.keys()][0];
  const known = own ?? corrected;
  const weight = word.isChatter
    ? CHATTER_WEIGHT
    : known === undefined || word.isUnknown
      ? index.highestIdf * UNKNOWN_WORD_PART
      : index.idf(known);
  return {
    text: word.text,
    weight: weight * factor,
    alternatives: word.alternatives.strengths,
    isPair: false,
    isChatter: word.isChatter,
    isUnknown: word.isUnknown && word.alternatives.strengths.size === 0,
    isContext: factor < 1,
  };
}

function pairTerms(words: readonly ReadWord[], index: SearchIndex, factor: number): QueryTerm[] {
  const content = words.filter((word) => !word.isChatter);
  return content.flatMap((first, i) => {
    const second = content[i + 1];
    if (second === undefined) return [];
    const alternatives = new Alternatives();
    for (const a of first.forms)
      for (const b of second.forms)
        alternatives.add(
          index.terms.findPair(a, b),
          a === first.folded && b === second.folded ? 1 : STRENGTH.corrected,
        );
    const known = [...alternatives.strengths.keys()][0];
    return [
      {
        text: `${first.text} ${second.text}`,
        weight: (known === undefined ? index.highestIdf * UNKNOWN_PAIR_PART : index.idf(known)) * factor,
        alternatives: alternatives.strengths,
        isPair: true,
        isChatter: false,
        isUnknown: known === undefined,
        isContext: factor < 1,
      },
    ];
  });
}

/** The phrases that stand in the words. One word without its marks is too little: "quan" is hardly ever "quán". */
function phrasesIn(book: PhraseBook, words: readonly Word[], hasMarks: boolean): string[] {
  return words.flatMap((first, at) =>
    (book.get(first.folded) ?? [])
      .filter((phrase) =>
        phrase.length === 1 ? first.text === phrase[0]?.text : standsAt(phrase, words, at, hasMarks),
      )
      .map((phrase) => phrase.map(({ text }) => text).join(" ")),
  );
}

const aidsOf = (index: SearchIndex): ReadingAids => ({
  isKnown: (folded) => index.speller.isKnown(folded),
  isKnownPair: (first, second) => index.terms.findPair(first, second) !== undefined,
});

/** Only what was surely said counts: a slip or a synonym names no subject. */
const SURE_STRENGTH = 0.95;

function subjectsIn(terms: readonly QueryTerm[], index: SearchIndex): Map<string, number> {
  const votes = new Map<string, number>();
  for (const { alternatives, weight } of terms) {
    const named = new Set<string>();
    for (const [id, strength] of alternatives) {
      const subject = index.subjects.get(id);
      if (subject !== undefined && strength >= SURE_STRENGTH) named.add(subject);
    }
    for (const subject of named) votes.set(subject, (votes.get(subject) ?? 0) + weight);
  }
  return votes;
}

function termsOf(read: ReadText, index: SearchIndex, factor: number) {
  const words = withSplits(read.words, index).map((word) => readWord(word, read.hasMarks, index));
  addSynonyms(words, read.hasMarks, index);
  return {
    words,
    terms: [...words.map((word) => wordTerm(word, index, factor)), ...pairTerms(words, index, factor)],
  };
}

/** In a long story these many words and pairs say enough. */
const MOST_TERMS = 60;
const MOST_CONTEXT_TERMS = 24;

function heaviest(terms: readonly QueryTerm[], most: number): readonly QueryTerm[] {
  return terms.length <= most ? terms : [...terms].sort((a, b) => b.weight - a.weight).slice(0, most);
}

/** What was said before, and how much each of its words counts against one of the question. */
export interface Context {
  readonly text: string;
  readonly factor: number;
}

/** Reads a question, with what was said before it. */
export function readQuery(text: string, index: SearchIndex, context: readonly Context[] = []): Query {
  const read = readText(text, index.lexicon, aidsOf(index));
  const own = termsOf(read, index, 1);
  const before = context.map(({ text: said, factor }) => {
    const readBefore = readText(said, index.lexicon, aidsOf(index));
    return termsOf(readBefore, index, factor);
  });
  const papers = (words: readonly Word[]) => words.map((word) => word.text).filter(isReference);
  const ownPapers = papers(own.words);
  const ownSubjects = subjectsIn(own.terms, index);
  const known = new Set(own.terms.map((term) => term.text));
  const terms = [
    ...heaviest(own.terms, MOST_TERMS),
    ...heaviest(
      before.flatMap((said) => said.terms.filter((term) => !known.has(term.text) && !term.isChatter)),
      MOST_CONTEXT_TERMS,
    ),
  ];
  return {
    words: read.words,
    hasMarks: read.hasMarks,
    terms,
    types: questionTypes(own.words, read.hasMarks),
    papers: new Set(ownPapers.length > 0 ? ownPapers : before.flatMap(({ words }) => papers(words))),
    subjects: subjectsIn(ownSubjects.size > 0 ? own.terms : before.flatMap(({ terms }) => terms), index),
    exactKey: exactKey(read.words, index.lexicon),
    contentCount: own.words.filter((word) => !word.isChatter).length,
    foreign: phrasesIn(index.lexicon.foreign, own.words, read.hasMarks),
    isRude: phrasesIn(index.lexicon.abuse, own.words, read.hasMarks).length > 0,
  };
}
