/** Every entry as the ranking looks at it: numbered terms, their weights, and the lists of who holds them. */
import { fold } from "../core/text";
import { RESOLUTION_IDS, type Entry } from "./entries";
import { readEntryTexts, waysOfAsking, type EntryTexts } from "./entry-texts";
import { exactQuestions, type ExactQuestions } from "./exact-questions";
import type { Lexicon } from "./lexicon";
import { FlatQuestion } from "./flat-question";
import { LikenessReader, LONGEST_PHRASING, type ReadTexts } from "./likeness";
import { holderCount, postingsOf, type Postings } from "./postings";
import { cuesAt, QUESTION_TYPES, shownBy, type Cue } from "./question-type";
import { BestFew } from "./best-few";
import { ReadBefore } from "./query-words";
import { isReference } from "./references";
import { createSmallTalk, type SmallTalk } from "./small-talk";
import { createSpeller, type Speller } from "./spelling";
import { findSubjects, type Subjects } from "./subjects";
import { synonymsOf, type Synonyms } from "./synonyms";
import { Terms } from "./terms";
import { hasMarksOf, vocabularyOf } from "./vocabulary";

export interface IndexedEntry {
  readonly entry: Entry;
  /** Its ways of asking, among the texts of the index. */
  readonly firstText: number;
  readonly endText: number;
  /** Share of its ways of asking that show each question type. */
  readonly types: Float64Array;
  /** Papers named where the entry says what it is about. */
  readonly namedPapers: ReadonlySet<string>;
}

/** Entries about one place or body only. */
interface Narrow {
  /** Names, without marks between spaces, of which a question must hold one. */
  readonly names: readonly string[];
  readonly places: readonly number[];
}

/** What questions work with: lists filled anew by each, and words that were read before. */
export interface Room {
  readonly question: FlatQuestion;
  readonly reader: LikenessReader;
  readonly read: ReadBefore;
  readonly found: BestFew;
  readonly words: Float64Array;
  readonly pairs: Float64Array;
  readonly papers: Float32Array;
  /** By resolution. */
  readonly subjects: Float64Array;
  /** All 0 between questions. */
  readonly best: Float64Array;
  readonly touched: Int32Array;
}

function roomFor(entries: number, texts: ReadTexts): Room {
  const question = new FlatQuestion(texts.terms.size);
  return {
    question,
    reader: new LikenessReader(question, texts),
    read: new ReadBefore(),
    found: new BestFew(),
    words: new Float64Array(entries),
    pairs: new Float64Array(entries),
    papers: new Float32Array(entries),
    subjects: new Float64Array(RESOLUTION_IDS.length),
    best: new Float64Array(entries),
    touched: new Int32Array(entries),
  };
}

export interface SearchIndex {
  readonly entries: readonly IndexedEntry[];
  readonly lexicon: Lexicon;
  readonly speller: Speller;
  readonly terms: Terms;
  readonly texts: EntryTexts;
  readonly postings: Postings;
  readonly subjects: Subjects;
  readonly synonyms: Synonyms;
  readonly smallTalk: SmallTalk;
  readonly exact: ExactQuestions;
  /** How much a term tells apart, 0 for a term that all share. */
  idf(term: number): number;
  /** What a word nobody has ever used in an entry would weigh. */
  readonly highestIdf: number;
  /** What each word of an entry weighs, by term. */
  readonly weights: Float64Array;
  /** By text: what the words of a way of asking weigh together. */
  readonly masses: Float64Array;
  /** By place: which of `RESOLUTION_IDS` the entry belongs to. */
  readonly resolutions: Uint8Array;
  readonly narrow: readonly Narrow[];
  /** Whether the entry says that it is about the paper. */
  readonly named: (place: number, paper: string) => boolean;
  /** Room to work in, one question at a time. */
  readonly room: Room;
  /** Words of the entries that have the same letters and at least the same marks, in whatever places. */
  withMarksAdded(text: string): readonly string[];
}

/** Chatter counts a little, so that "chào bạn" is more than "chào". */
export const CHATTER_WEIGHT = 0.35;

function indexedEntries(entries: readonly Entry[], texts: EntryTexts, terms: Terms): IndexedEntry[] {
  const { words, starts, firstTexts } = texts;
  const cues = new Map<number, readonly Cue[]>();
  const papers = new Set<number>();
  for (const [text, term] of terms.allWritten()) {
    const begun = cuesAt(text, true);
    if (begun !== undefined) cues.set(term, begun);
    if (isReference(text)) papers.add(term);
  }
  /** Most words are neither, which is told at once. */
  const tells = terms.flags([...cues.keys(), ...papers]);
  const textOf = (at: number): string => terms.word(words[at] ?? 0)?.text ?? "";
  const count = QUESTION_TYPES.length;
  const shares = new Float64Array(entries.length * count);
  return entries.map((entry, place) => {
    const firstText = firstTexts[place] ?? 0;
    const endText = firstText + waysOfAsking(entry).length;
    const types = shares.subarray(place * count, (place + 1) * count);
    const namedPapers = new Set<string>();
    for (let text = firstText; text < endText; text++) {
      const end = starts[text + 1] ?? 0;
      let bits = 0;
      for (let at = starts[text] ?? 0; at < end; at++) {
        const term = words[at] ?? 0;
        if (tells[term] === 0) continue;
        if (papers.has(term)) namedPapers.add(textOf(at));
        const begun = cues.get(term);
        if (begun !== undefined)
          bits |= shownBy(begun, (next) => (at + 1 + next < end ? textOf(at + 1 + next) : ""));
      }
      for (let type = 0; type < count; type++)
        if ((bits & (1 << type)) !== 0) types[type] = (types[type] ?? 0) + 1 / (endText - firstText);
    }
    return { entry, firstText, endText, types, namedPapers };
  });
}

function massesOf(
  entries: readonly IndexedEntry[],
  { words, starts }: EntryTexts,
  weights: Float64Array,
): Float64Array {
  const masses = new Float64Array(starts.length);
  for (const { firstText, endText } of entries)
    for (let text = firstText; text < endText; text++) {
      const start = starts[text] ?? 0;
      const end = Math.min(starts[text + 1] ?? 0, start + LONGEST_PHRASING);
      let mass = 0;
      for (let at = start; at < end; at++) mass += weights[words[at] ?? 0] ?? 0;
      masses[text] = mass;
    }
  return masses;
}

function narrowOf(entries: readonly Entry[]): Narrow[] {
  const groups = new Map<string, { readonly names: readonly string[]; readonly places: number[] }>();
  entries.forEach(({ onlyFor = [] }, place) => {
    if (onlyFor.length === 0) return;
    const key = onlyFor.join("|");
    const group = groups.get(key) ?? { names: onlyFor.map((name) => ` ${fold(name)} `), places: [] };
    group.places.push(place);
    groups.set(key, group);
  });
  return [...groups.values()];
}

/** Builds the whole index. */
export function buildSearchIndex(entries: readonly Entry[], lexicon: Lexicon): SearchIndex {
  const terms = new Terms();
  const texts = readEntryTexts(entries, terms, lexicon);
  const postings = postingsOf(texts, terms);
  const idfs = new Float64Array(terms.size);
  for (let term = 0; term < terms.size; term++) {
    const count = holderCount(postings, term);
    idfs[term] = Math.log(1 + (entries.length - count + 0.5) / (count + 0.5));
  }
  const weights = new Float64Array(terms.size);
  for (const [text, term] of terms.allWritten())
    weights[term] = lexicon.chatter.has(text) ? CHATTER_WEIGHT : (idfs[terms.foldedOf(term)] ?? 0);
  const { counts, spellings } = vocabularyOf(texts, terms);
  const indexed = indexedEntries(entries, texts, terms);
  const resolutions = Uint8Array.from(entries, ({ resolution }) => RESOLUTION_IDS.indexOf(resolution));
  const idf = (term: number): number => idfs[term] ?? 0;
  const masses = massesOf(indexed, texts, weights);
  return {
    entries: indexed,
    lexicon,
    speller: createSpeller(counts),
    terms,
    texts,
    postings,
    subjects: findSubjects(postings, resolutions, texts, terms),
    synonyms: synonymsOf(lexicon, terms, idf),
    smallTalk: createSmallTalk(entries, texts, terms, lexicon),
    exact: exactQuestions(texts, terms, lexicon, indexed),
    idf,
    highestIdf: Math.log(1 + (entries.length + 0.5) / 0.5),
    weights,
    masses,
    resolutions,
    narrow: narrowOf(entries),
    named: (place, paper) => indexed[place]?.namedPapers.has(paper) === true,
    room: roomFor(entries.length, { terms, texts, weights, masses }),
    withMarksAdded: (text) => (spellings.get(fold(text)) ?? []).filter((known) => hasMarksOf(known, text)),
  };
}
