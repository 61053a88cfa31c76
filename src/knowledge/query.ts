/** A question as the ranking looks at it: weighted words, each with everything it may stand for. */
import { phrasesAsWritten, phrasesIn, readQueryWords, type ReadWord } from "./query-words";
import { MOST_CONTEXT_TERMS, MOST_TERMS } from "./flat-question";
import { termsOf, type QueryTerm } from "./question-terms";
import { questionTypes } from "./question-type";
import { readText, type ReadingAids, type ReadText } from "./read-words";
import { isReference, papersSideBySide } from "./references";
import type { SearchIndex } from "./search-index";
import { exactKey } from "./exact-questions";
import { asksOutcome, asksUnpublished } from "./unpublished";
import type { Word } from "./words";

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

const DAY_AND_MONTH = /^\d{1,2}\/\d{1,2}$/;
const YEAR = /^20\d\d$/;

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
