/** A question as the ranking looks at it: weighted words, each with everything it may stand for. */
import { Alternatives } from "./alternatives";
import { phrasesAsWritten, phrasesIn, readQueryWords, STRENGTH, type ReadWord } from "./query-words";
import { MOST_CONTEXT_TERMS, MOST_TERMS } from "./flat-question";
import { questionTypes } from "./question-type";
import { readText, type ReadingAids, type ReadText } from "./read-words";
import { isReference, papersSideBySide } from "./references";
import { CHATTER_WEIGHT, type SearchIndex } from "./search-index";
import { exactKey } from "./exact-questions";
import { asksOutcome, asksUnpublished } from "./unpublished";
import type { Word } from "./words";

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
  /** All words, those said before too, without marks between spaces. */
  readonly said: string;
  /** Words that carry something, context left out. */
  readonly contentCount: number;
  /** Speaks of our subject, whichever paper it means. */
  readonly isOurs: boolean;
  /** Foreign subjects named, and papers of which no entry knows. */
  readonly foreign: readonly string[];
  /** Other places named, and Hà Nội not beside them. */
  readonly elsewhere: readonly string[];
  readonly isRude: boolean;
  /** Rude in several words, which without marks is less often something else. */
  readonly isRudePhrase: boolean;
  /** Asks for what is hardly ever published. */
  readonly isOpen: boolean;
  /** Asks how something came out. */
  readonly asksOutcome: boolean;
}

/** What an unknown pair of words would weigh, as a part of the highest weight there is. */
const UNKNOWN_PAIR_PART = 0.5;
const UNKNOWN_WORD_PART = 0.8;
/** A figure is often the very thing that is asked about, and wrong: "có 27 điều hả". */
const FIGURE_PART = 0.7;
const DAY_AND_MONTH = /^\d{1,2}\/\d{1,2}$/;
const YEAR = /^20\d\d$/;
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
function termsOf(words: readonly ReadWord[], index: SearchIndex): QueryTerm[] {
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

const aidsOf = (index: SearchIndex): ReadingAids => ({
  isKnown: (folded) => index.speller.isKnown(folded),
  isKnownPair: (first, second) => index.terms.findPair(first, second) !== undefined,
  isParticle: ({ folded }) => index.lexicon.particles.has(folded),
  pieces: index.texts.pieces,
});

/** A full date that stands in the entries is one of ours. */
const namesOurDate = (words: readonly ReadWord[], index: SearchIndex): boolean =>
  words.some(({ text, isFixed }, i) => {
    const next = words[i + 1];
    return (
      isFixed &&
      DAY_AND_MONTH.test(text) &&
      YEAR.test(next?.text ?? "") &&
      index.terms.findPair(text, next?.text ?? "") !== undefined
    );
  });

/** Only what was surely said counts: a slip or a synonym names no subject. */
const SURE_STRENGTH = 0.95;

function subjectsIn(terms: readonly QueryTerm[], index: SearchIndex): Map<string, number> {
  const votes = new Map<string, number>();
  const named: string[] = [];
  for (const { alternatives, weight } of terms) {
    named.length = 0;
    for (let i = 0; i < alternatives.terms.length; i++) {
      if ((alternatives.strengths[i] ?? 0) < SURE_STRENGTH) continue;
      const subject = index.subjects.get(alternatives.terms[i] ?? 0);
      if (subject === undefined || named.includes(subject)) continue;
      named.push(subject);
      votes.set(subject, (votes.get(subject) ?? 0) + weight);
    }
  }
  return votes;
}

interface Reading extends ReadText {
  readonly meant: readonly ReadWord[];
  /** Its words, then its pairs. */
  readonly terms: readonly QueryTerm[];
  readonly papers: readonly string[];
  /** Papers of which no entry knows. */
  readonly strangePapers: readonly string[];
  /** Null before it is looked at as a question. */
  asked: Asked | null;
}

/** What a question tells by itself, whatever was said before it. */
type Asked = Pick<
  Query,
  | "words"
  | "hasMarks"
  | "types"
  | "exactKey"
  | "contentCount"
  | "foreign"
  | "isOpen"
  | "asksOutcome"
  | "isRude"
  | "isRudePhrase"
  | "isOurs"
  | "elsewhere"
  | "subjects"
  | "terms"
>;

/** Texts read so far; a part of a message is looked at several times, alone and beside others. */
export type Readings = Map<string, Reading>;

function readingOf(text: string, index: SearchIndex, readings: Readings): Reading {
  const known = readings.get(text);
  if (known !== undefined) return known;
  const read = readText(text, index.lexicon, aidsOf(index));
  const meant = readQueryWords(read, index);
  const texts = meant.map((word) => word.text);
  const named = [...texts.filter((word) => isReference(word)), ...papersSideBySide(texts)];
  const isKnown = (paper: string): boolean => index.terms.findWritten(paper) !== undefined;
  const reading = {
    ...read,
    meant,
    terms: termsOf(meant, index),
    papers: named.filter(isKnown),
    strangePapers: named.filter((paper) => !isKnown(paper)),
    asked: null,
  };
  readings.set(text, reading);
  return reading;
}

/** The same said before the question. */
const asContext = (terms: readonly QueryTerm[], factor: number): QueryTerm[] =>
  terms.map(({ text, weight, alternatives, isPair, isChatter, isUnknown }) => ({
    text,
    weight: weight * factor,
    alternatives,
    isPair,
    isChatter,
    isUnknown,
    isContext: true,
  }));

const HOME = " ha noi ";

function heaviest(terms: readonly QueryTerm[], most: number): readonly QueryTerm[] {
  return terms.length <= most ? terms : [...terms].sort((a, b) => b.weight - a.weight).slice(0, most);
}

/** What was said before, and how much each of its words counts against one of the question. */
export interface Context {
  readonly text: string;
  readonly factor: number;
}

const isOursIn = ({ meant }: Reading, hasMarks: boolean, index: SearchIndex): boolean =>
  phrasesIn(index.lexicon.ours, meant, hasMarks).length > 0 || namesOurDate(meant, index);

function askedBy(read: Reading, index: SearchIndex): Asked {
  const { words, hasMarks, meant } = read;
  const { lexicon } = index;
  const rude = phrasesAsWritten(lexicon.abuse, meant, hasMarks);
  return {
    words,
    hasMarks,
    types: questionTypes(meant, hasMarks),
    exactKey: exactKey(words, lexicon),
    contentCount: meant.filter((word) => !word.isChatter).length,
    foreign: [...phrasesAsWritten(lexicon.foreign, meant, hasMarks), ...read.strangePapers],
    elsewhere: phrasesAsWritten(lexicon.elsewhere, meant, hasMarks),
    isOpen: asksUnpublished(meant, hasMarks),
    asksOutcome: asksOutcome(meant, hasMarks),
    isRude: rude.length > 0,
    isRudePhrase: rude.some((phrase) => phrase.includes(" ")),
    isOurs: isOursIn(read, hasMarks, index),
    subjects: subjectsIn(read.terms, index),
    terms: heaviest(read.terms, MOST_TERMS),
  };
}

/** Reads a question, with what was said before it. */
export function readQuery(
  text: string,
  index: SearchIndex,
  context: readonly Context[] = [],
  readings: Readings = new Map(),
): Query {
  const read = readingOf(text, index, readings);
  const asked = (read.asked ??= askedBy(read, index));
  const before = context.map(({ text: earlier }) => readingOf(earlier, index, readings));
  const contextTerms = before.flatMap(({ terms }, i) => asContext(terms, context[i]?.factor ?? 0));
  const known = new Set(contextTerms.length === 0 ? [] : read.terms.map((term) => term.text));
  const added = contextTerms.filter((term) => !known.has(term.text) && !term.isChatter);
  const said = ` ${[read, ...before].flatMap(({ meant }) => meant.map(({ folded }) => folded)).join(" ")} `;
  return {
    ...asked,
    terms: added.length === 0 ? asked.terms : [...asked.terms, ...heaviest(added, MOST_CONTEXT_TERMS)],
    papers: new Set(read.papers.length > 0 ? read.papers : before.flatMap(({ papers }) => papers)),
    subjects: asked.subjects.size > 0 ? asked.subjects : subjectsIn(contextTerms, index),
    said,
    isOurs: asked.isOurs || before.some((earlier) => isOursIn(earlier, read.hasMarks, index)),
    elsewhere: said.includes(HOME) ? [] : asked.elsewhere,
  };
}
