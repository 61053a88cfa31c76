/** The words of a question and the pairs in which they stand, each with what it weighs and may stand for. */
import { Alternatives } from "./alternatives";
import { STRENGTH, type ReadWord } from "./query-words";
import { isReference } from "./references";
import { CHATTER_WEIGHT, type SearchIndex } from "./search-index";

export interface QueryTerm {
  readonly text: string;
  readonly weight: number;
  readonly alternatives: Alternatives;
  /** Words count one by one, pairs for the order in which they stand. */
  readonly isPair: boolean;
  readonly isChatter: boolean;
  /** Not in any entry, not even misspelt. */
  readonly isUnknown: boolean;
  /** Belongs to what was said before the question, not to the question. */
  readonly isContext: boolean;
}

/** What an unknown pair of words would weigh, as a part of the highest weight there is. */
const UNKNOWN_PAIR_PART = 0.5;
const UNKNOWN_WORD_PART = 0.8;
/** A figure is often the very thing that is asked about, and wrong: "có 27 điều hả". */
const FIGURE_PART = 0.7;
/** A word of every day weighs no more than this, however few entries hold it. */
const LIGHT_WEIGHT = 1;

/** Words that name the paper say less of what is asked about it: "Quỹ Đầu tư mạo hiểm Hà Nội lấy vốn từ đâu". */
const NAME_PART = 0.7;

function weightOf(word: ReadWord, isName: boolean, index: SearchIndex): number {
  const known = word.own ?? word.alternatives.terms[0];
  const weight = word.isChatter
    ? CHATTER_WEIGHT
    : known === undefined || word.isUnknown
      ? index.highestIdf * UNKNOWN_WORD_PART
      : index.idf(known);
  const part = word.isFixed && !isReference(word.text) ? FIGURE_PART : 1;
  return (word.isLight ? Math.min(weight, LIGHT_WEIGHT) : weight * part) * (isName ? NAME_PART : 1);
}

const wordTerm = (word: ReadWord, isName: boolean, index: SearchIndex): QueryTerm => ({
  text: word.text,
  weight: weightOf(word, isName, index),
  alternatives: word.alternatives,
  isPair: false,
  isChatter: word.isChatter,
  isUnknown: word.isUnknown && word.alternatives.terms.length === 0,
  isContext: false,
});

/** What two words may stand for side by side, misspelt or not. */
function pairsOf(
  { forms: [a, ...otherAs] }: ReadWord,
  { forms: [b, ...otherBs] }: ReadWord,
  { terms }: SearchIndex,
) {
  const own = terms.pairOf(a, b);
  // Lists made with what they hold take least room, and nearly all pairs hold one term or none.
  const alternatives = own === undefined ? new Alternatives() : new Alternatives([own], [1]);
  for (const other of otherBs) alternatives.add(terms.pairOf(a, other), STRENGTH.corrected);
  for (const otherA of otherAs)
    for (const other of [b, ...otherBs]) alternatives.add(terms.pairOf(otherA, other), STRENGTH.corrected);
  return alternatives;
}

/** Null when nothing is told by the two side by side. */
function pairTerm(first: ReadWord, second: ReadWord, index: SearchIndex): QueryTerm | null {
  const alternatives = pairsOf(first, second, index);
  const [known] = alternatives.terms;
  if (known === undefined && (first.isLight || second.isLight)) return null;
  return {
    text: `${first.text} ${second.text}`,
    weight: known === undefined ? index.highestIdf * UNKNOWN_PAIR_PART : index.idf(known),
    alternatives,
    isPair: true,
    isChatter: false,
    isUnknown: known === undefined,
    isContext: false,
  };
}

/** The words in their order, then the pairs of those that are no chatter. */
export function termsOf(words: readonly ReadWord[], index: SearchIndex): QueryTerm[] {
  const isSubject = (term: number | undefined): boolean => term !== undefined && index.subjects.has(term);
  const content = words.filter((word) => !word.isChatter);
  const names = new Set<ReadWord>();
  const pairs: QueryTerm[] = [];
  content.forEach((word, i) => {
    if (isSubject(word.forms[0])) names.add(word);
    const next = content[i + 1];
    if (next === undefined) return;
    if (isSubject(index.terms.pairOf(word.forms[0], next.forms[0]))) names.add(word).add(next);
    const pair = pairTerm(word, next, index);
    if (pair !== null) pairs.push(pair);
  });
  const terms = words.map((word) => wordTerm(word, names.has(word), index));
  terms.push(...pairs);
  return terms;
}
