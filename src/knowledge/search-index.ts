/** Every entry as the ranking looks at it: numbered terms, their weights, and the lists of who holds them. */
import { fold } from "../core/text";
import type { Entry } from "./entries";
import type { Lexicon } from "./lexicon";
import { questionTypes, QUESTION_TYPES } from "./question-type";
import { entryAids, readText } from "./read-words";
import { bagMaker, invert, NO_HOLDERS, numbered, type Holders, type Numbered } from "./numbering";
import { isReference } from "./references";
import { createSmallTalk, type SmallTalk } from "./small-talk";
import { createSpeller, type Speller } from "./spelling";
import { findSubjects, type Subjects } from "./subjects";
import { Terms } from "./terms";
import { hasMarksOf, vocabularyOf } from "./vocabulary";
import type { Word } from "./words";

/**
 * All ways of asking of one entry, in numbers: the words of one after the other, so that reading them goes
 * straight through memory. The lists go side by side, one place for each word.
 */
export interface IndexedPhrasings {
  readonly texts: readonly string[];
  /** Where each one begins, and behind the last one its end. */
  readonly starts: Int32Array;
  readonly written: Int32Array;
  readonly folded: Int32Array;
  /** The pair that begins at each word, or -1. */
  readonly pairs: Int32Array;
  readonly weights: Float64Array;
}

export interface IndexedEntry {
  readonly entry: Entry;
  readonly phrasings: IndexedPhrasings;
  /** Share of its phrasings that show each question type. */
  readonly types: Float64Array;
  /** Papers named where the entry says what it is about; and anywhere. */
  readonly namedPapers: ReadonlySet<string>;
  readonly mentionedPapers: ReadonlySet<string>;
}

export interface SearchIndex {
  readonly entries: readonly IndexedEntry[];
  readonly lexicon: Lexicon;
  readonly speller: Speller;
  readonly terms: Terms;
  readonly subjects: Subjects;
  readonly smallTalk: SmallTalk;
  holders(term: number): Holders;
  /** How much a term tells apart, 0 for a term that all share. */
  idf(term: number): number;
  /** What a word nobody has ever used in an entry would weigh. */
  readonly highestIdf: number;
  /** Words of the entries that have the same letters and at least the same marks, in whatever places. */
  withMarksAdded(text: string): readonly string[];
  /** A whole question, word for word without marks → the entry that answers it. */
  readonly exact: ReadonlyMap<string, number>;
}

/** How surely a word in this place says what the entry is about; joined as independent hints. */
const FIELD_WEIGHTS = {
  question: 0.7,
  phrasing: 0.35,
  keyword: 0.6,
  title: 0.35,
  answer: 0.4,
  more: 0.15,
};
/** Chatter counts a little, so that "chào bạn" is more than "chào". */
export const CHATTER_WEIGHT = 0.35;

interface Field {
  readonly weight: number;
  readonly words: readonly Word[];
}

interface Draft {
  readonly entry: Entry;
  readonly texts: readonly { readonly text: string; readonly words: readonly Word[] }[];
  readonly fields: readonly Field[];
}

function draftOf(entry: Entry, read: (text: string) => readonly Word[]): Draft {
  const texts = [entry.question, ...entry.phrasings].map((text) => ({ text, words: read(text) }));
  const fields = [
    ...texts.map(({ words }, i) => ({
      weight: i === 0 ? FIELD_WEIGHTS.question : FIELD_WEIGHTS.phrasing,
      words,
    })),
    ...entry.keywords.map((keyword) => ({ weight: FIELD_WEIGHTS.keyword, words: read(keyword) })),
    { weight: FIELD_WEIGHTS.title, words: read(entry.topicTitle) },
    { weight: FIELD_WEIGHTS.answer, words: read(entry.answer) },
    ...(entry.more === undefined ? [] : [{ weight: FIELD_WEIGHTS.more, words: read(entry.more) }]),
  ];
  return { entry, texts, fields };
}

function typeShares(texts: Draft["texts"]): Float64Array {
  const shares = new Float64Array(QUESTION_TYPES.length);
  for (const { words } of texts) {
    const bits = questionTypes(words, true);
    for (let type = 0; type < shares.length; type++)
      if ((bits & (1 << type)) !== 0) shares[type] = (shares[type] ?? 0) + 1 / texts.length;
  }
  return shares;
}

const papersIn = (fields: readonly { readonly words: readonly Word[] }[]): Set<string> =>
  new Set(fields.flatMap(({ words }) => words.map(({ text }) => text).filter(isReference)));

const joined = (lists: readonly Int32Array[]): Int32Array =>
  Int32Array.from(lists.flatMap((list) => [...list]));

/** `numbers` begins with those of the ways of asking. */
function phrasingsOf(
  texts: Draft["texts"],
  numbers: readonly Numbered[],
  weightOf: (word: Word, folded: number) => number,
): IndexedPhrasings {
  const own = numbers.slice(0, texts.length);
  const starts = new Int32Array(texts.length + 1);
  texts.forEach(({ words }, i) => {
    starts[i + 1] = (starts[i] ?? 0) + words.length;
  });
  const folded = joined(own.map((list) => list.folded));
  return {
    texts: texts.map(({ text }) => text),
    starts,
    written: joined(own.map((list) => list.written)),
    folded,
    pairs: joined(own.map((list) => list.pairs)),
    weights: Float64Array.from(
      texts.flatMap(({ words }) => words),
      (word, i) => weightOf(word, folded[i] ?? 0),
    ),
  };
}

/** Builds the whole index. */
export function buildSearchIndex(entries: readonly Entry[], lexicon: Lexicon): SearchIndex {
  const aids = entryAids();
  const drafts = entries.map((entry) => draftOf(entry, (text) => readText(text, lexicon, aids).words));
  const terms = new Terms();
  const fields = drafts.map((draft) =>
    draft.fields.map(({ weight, words }) => ({ weight, ...numbered(words, terms, lexicon) })),
  );
  const bags = fields.map(bagMaker(terms.size));
  const held = invert(bags, terms.size);
  const idfs = Float64Array.from(held, ({ places }) =>
    Math.log(1 + (entries.length - places.length + 0.5) / (places.length + 0.5)),
  );
  const { counts, spellings, exact } = vocabularyOf(
    drafts.map((draft) => ({
      texts: draft.fields.map(({ words }) => words),
      questions: draft.texts.map(({ words }) => words),
    })),
    lexicon,
  );
  const weightOf = ({ text }: Word, folded: number): number =>
    lexicon.chatter.has(text) ? CHATTER_WEIGHT : (idfs[folded] ?? 0);
  const indexed = drafts.map(({ entry, texts, fields: allFields }, place) => ({
    entry,
    phrasings: phrasingsOf(texts, fields[place] ?? [], weightOf),
    types: typeShares(texts),
    namedPapers: papersIn(allFields.slice(0, texts.length)).add(entry.resolution),
    mentionedPapers: papersIn(allFields),
  }));
  return {
    entries: indexed,
    lexicon,
    speller: createSpeller(counts),
    terms,
    subjects: findSubjects(entries, held),
    smallTalk: createSmallTalk(
      entries,
      drafts.map(({ texts }) => texts.map(({ words }) => words)),
      lexicon,
    ),
    holders: (term) => held[term] ?? NO_HOLDERS,
    idf: (term) => idfs[term] ?? 0,
    highestIdf: Math.log(1 + (entries.length + 0.5) / 0.5),
    withMarksAdded: (text) => (spellings.get(fold(text)) ?? []).filter((known) => hasMarksOf(known, text)),
    exact,
  };
}
