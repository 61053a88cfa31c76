/** Every entry as the ranking looks at it: numbered terms, their weights, and the lists of who holds them. */
import { fold } from "../core/text";
import type { Entry } from "./entries";
import type { Lexicon } from "./lexicon";
import { questionTypes, QUESTION_TYPES } from "./question-type";
import { entryAids, readText } from "./read-words";
import { isReference } from "./references";
import { createSmallTalk, type SmallTalk } from "./small-talk";
import { createSpeller, type Speller } from "./spelling";
import { findSubjects, type Subjects } from "./subjects";
import { Terms } from "./terms";
import type { Word } from "./words";

/** One way of asking, in numbers; the lists go side by side, one place for each word. */
export interface IndexedPhrasing {
  readonly text: string;
  readonly written: Int32Array;
  readonly folded: Int32Array;
  /** The pair that begins at each word, or -1. */
  readonly pairs: Int32Array;
  readonly weights: Float64Array;
  readonly mass: number;
}

export interface IndexedEntry {
  readonly entry: Entry;
  readonly phrasings: readonly IndexedPhrasing[];
  /** Share of its phrasings that show each question type. */
  readonly types: Float64Array;
  /** Papers named where the entry says what it is about; and anywhere. */
  readonly namedPapers: ReadonlySet<string>;
  readonly mentionedPapers: ReadonlySet<string>;
}

/** Who holds a term, by their place in the index, and how surely each is about it (0 to 1). */
export interface Holders {
  readonly places: Int32Array;
  readonly sureness: Float64Array;
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

const NO_HOLDERS: Holders = { places: new Int32Array(), sureness: new Float64Array() };

const marksOf = (text: string): string[] => Array.from(text.normalize("NFD").replace(/[^\p{M}đ]/gu, ""));

/** Whether every mark of `text` stands somewhere in `known`: left out or misplaced, but not another one. */
function hasMarksOf(known: string, text: string): boolean {
  const left = marksOf(known);
  return marksOf(text).every((mark) => {
    const at = left.indexOf(mark);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

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

/** Words of a text by number; pairs skip chatter, which stands between any two words. */
interface Numbered {
  readonly written: Int32Array;
  readonly folded: Int32Array;
  readonly pairs: Int32Array;
}

function numbered(words: readonly Word[], terms: Terms, lexicon: Lexicon): Numbered {
  const written = Int32Array.from(words, ({ text }) => terms.addWritten(text));
  const folded = Int32Array.from(words, (word) => terms.addFolded(word.folded));
  const pairs = new Int32Array(words.length).fill(-1);
  let before = -1;
  words.forEach(({ text }, i) => {
    if (lexicon.chatter.has(text)) return;
    if (before >= 0) pairs[before] = terms.addPair(folded[before] ?? 0, folded[i] ?? 0);
    before = i;
  });
  return { written, folded, pairs };
}

/** Joins what each field hints at: term → how surely the entry is about it. */
function surenessOf(fields: readonly (Numbered & { readonly weight: number })[]): Map<number, number> {
  const doubts = new Map<number, number>();
  for (const { weight, written, folded, pairs } of fields)
    for (const id of new Set([...written, ...folded, ...pairs]))
      if (id >= 0) doubts.set(id, (doubts.get(id) ?? 1) * (1 - weight));
  return doubts;
}

/** Turns what each entry holds into who holds each term. */
function invert(bags: readonly ReadonlyMap<number, number>[], size: number): Holders[] {
  const counts = new Int32Array(size);
  for (const bag of bags) for (const id of bag.keys()) counts[id] = (counts[id] ?? 0) + 1;
  const holders = Array.from(counts, (count) => ({
    places: new Int32Array(count),
    sureness: new Float64Array(count),
  }));
  const filled = new Int32Array(size);
  bags.forEach((bag, place) => {
    for (const [id, doubt] of bag) {
      const at = filled[id] ?? 0;
      filled[id] = at + 1;
      const list = holders[id] ?? NO_HOLDERS;
      list.places[at] = place;
      list.sureness[at] = 1 - doubt;
    }
  });
  return holders;
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

/** Words joined by one space, without marks and particles: the form in which whole questions are compared. */
export function exactKey(words: readonly Word[], { particles }: Lexicon): string {
  const folded = words.map((word) => word.folded);
  const telling = folded.filter((word) => !particles.has(word));
  return (telling.length > 0 ? telling : folded).join(" ");
}

interface Vocabulary {
  readonly counts: ReadonlyMap<string, number>;
  /** Words without marks → the ways they are written. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  readonly exact: ReadonlyMap<string, number>;
}

function vocabularyOf(drafts: readonly Draft[], lexicon: Lexicon): Vocabulary {
  const counts = new Map<string, number>();
  const spellings = new Map<string, string[]>();
  const exact = new Map<string, number>();
  drafts.forEach(({ fields, texts }, place) => {
    for (const { words } of fields)
      for (const { text, folded, isFixed } of words) {
        counts.set(folded, (counts.get(folded) ?? 0) + 1);
        if (isFixed) continue;
        const known = spellings.get(folded);
        if (known === undefined) spellings.set(folded, [text]);
        else if (!known.includes(text)) known.push(text);
      }
    for (const { words } of texts) exact.set(exactKey(words, lexicon), place);
  });
  return { counts, spellings, exact };
}

/** Builds the whole index. */
export function buildSearchIndex(entries: readonly Entry[], lexicon: Lexicon): SearchIndex {
  const aids = entryAids();
  const drafts = entries.map((entry) => draftOf(entry, (text) => readText(text, lexicon, aids).words));
  const terms = new Terms();
  const fields = drafts.map((draft) =>
    draft.fields.map(({ weight, words }) => ({ weight, ...numbered(words, terms, lexicon) })),
  );
  const bags = fields.map(surenessOf);
  const held = invert(bags, terms.size);
  const idfs = Float64Array.from(held, ({ places }) =>
    Math.log(1 + (entries.length - places.length + 0.5) / (places.length + 0.5)),
  );
  const { counts, spellings, exact } = vocabularyOf(drafts, lexicon);
  const phrasingOf = (text: string, words: readonly Word[], numbers: Numbered): IndexedPhrasing => {
    const weights = Float64Array.from(words, (word, i) =>
      lexicon.chatter.has(word.text) ? CHATTER_WEIGHT : (idfs[numbers.folded[i] ?? 0] ?? 0),
    );
    return { text, ...numbers, weights, mass: weights.reduce((sum, weight) => sum + weight, 0) };
  };
  const indexed = drafts.map(({ entry, texts, fields: allFields }, place) => ({
    entry,
    phrasings: texts.flatMap(({ text, words }, i) => {
      const numbers = fields[place]?.[i];
      return numbers === undefined ? [] : [phrasingOf(text, words, numbers)];
    }),
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
