/** Which entries answer a question best, and why. */
import { likenessReader } from "./likeness";
import type { Query } from "./query";
import { QUESTION_TYPES } from "./question-type";
import type { IndexedEntry, SearchIndex } from "./search-index";

/** How an entry fits a question; every part lies between 0 and 1, `papers` and `subject` between -1 and 1. */
export interface Fit {
  /** Part of the question's words, by weight, that the entry speaks of. */
  readonly words: number;
  readonly pairs: number;
  /** The likest phrasing: part of the question that it holds, and part of it that the question holds. */
  readonly recall: number;
  readonly precision: number;
  readonly order: number;
  readonly likeness: number;
  readonly types: number;
  readonly papers: number;
  readonly subject: number;
  /** Belongs to the topic of the conversation so far. */
  readonly topic: number;
  /** Tells what has not been published; a question that such an entry fits nearly as well as another means that. */
  readonly gap: number;
}

export const NO_FIT: Fit = {
  words: 0,
  pairs: 0,
  recall: 0,
  precision: 0,
  order: 0,
  likeness: 0,
  types: 0,
  papers: 0,
  subject: 0,
  topic: 0,
  gap: 0,
};

export const FIT_NAMES = [
  "words",
  "pairs",
  "recall",
  "precision",
  "order",
  "likeness",
  "types",
  "papers",
  "subject",
  "topic",
  "gap",
] as const satisfies readonly (keyof Fit)[];

export interface Ranked {
  readonly place: number;
  readonly entry: IndexedEntry;
  readonly score: number;
  readonly fit: Fit;
  readonly phrasing: string;
}

export type RankWeights = Readonly<Record<keyof Fit, number>>;

/** Topic of the conversation so far: entries of the same topic or resolution are likelier to be meant. */
export interface TopicHint {
  readonly topic: string;
  readonly resolution: string;
  readonly related: readonly string[];
}

/** How many entries are looked at closely. */
const SHORT_LIST = 16;
/** What pairs and papers add when choosing whom to look at closely. */
const ROUGH_PAIRS = 0.5;
const ROUGH_BINDING = 0.1;

const PAPER_FIT = { named: 1, mentioned: 0.3, other: -1, unbound: 0 };
const TOPIC_FIT = { sameTopic: 1, related: 0.9, sameResolution: 0.5 };

const isUnbound = ({ entry }: IndexedEntry): boolean =>
  entry.resolution === "general" || entry.resolution === "laws";

function topicFit({ entry }: IndexedEntry, hint: TopicHint | null): number {
  if (hint === null) return 0;
  if (entry.resolution === hint.resolution && entry.topic === hint.topic) return TOPIC_FIT.sameTopic;
  if (hint.related.includes(entry.id)) return TOPIC_FIT.related;
  return entry.resolution === hint.resolution ? TOPIC_FIT.sameResolution : 0;
}

function paperFit(entry: IndexedEntry, papers: ReadonlySet<string>): number {
  if (papers.size === 0) return 0;
  let best = isUnbound(entry) ? PAPER_FIT.unbound : PAPER_FIT.other;
  for (const paper of papers) {
    if (entry.namedPapers.has(paper)) return PAPER_FIT.named;
    if (entry.mentionedPapers.has(paper)) best = Math.max(best, PAPER_FIT.mentioned);
  }
  return best;
}

/** The share of subject words that are a resolution's own, less the share that are another's. */
function subjectFits(subjects: Query["subjects"]): (entry: IndexedEntry) => number {
  const all = [...subjects.values()].reduce((sum, weight) => sum + weight, 0);
  return (entry) =>
    all === 0 || isUnbound(entry) ? 0 : (2 * (subjects.get(entry.entry.resolution) ?? 0)) / all - 1;
}

function typeFit({ types }: IndexedEntry, asked: number): number {
  let sum = 0;
  let count = 0;
  for (let type = 0; type < QUESTION_TYPES.length; type++)
    if ((asked & (1 << type)) !== 0) {
      sum += types[type] ?? 0;
      count++;
    }
  return count === 0 ? 0 : sum / count;
}

/** Sums, for every entry, what it holds of the question's words and of its pairs, by weight. */
function coverage(query: Query, index: SearchIndex): { words: Float64Array; pairs: Float64Array } {
  const size = index.entries.length;
  const [words, pairs, best] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const touched = new Int32Array(size);
  for (const term of query.terms) {
    if (term.isChatter) continue;
    const sums = term.isPair ? pairs : words;
    let count = 0;
    for (const [id, strength] of term.alternatives) {
      const { places, sureness } = index.holders(id);
      for (let i = 0; i < places.length; i++) {
        const place = places[i] ?? 0;
        const value = strength * (sureness[i] ?? 0);
        const known = best[place] ?? 0;
        if (known === 0) touched[count++] = place;
        if (value > known) best[place] = value;
      }
    }
    for (let i = 0; i < count; i++) {
      const place = touched[i] ?? 0;
      sums[place] = (sums[place] ?? 0) + term.weight * (best[place] ?? 0);
      best[place] = 0;
    }
  }
  return { words, pairs };
}

const scoreOf = (fit: Fit, weights: RankWeights): number =>
  FIT_NAMES.reduce((sum, name) => sum + weights[name] * fit[name], 0);

interface Rough {
  readonly place: number;
  readonly entry: IndexedEntry;
  readonly words: number;
  readonly pairs: number;
  readonly papers: number;
  readonly subject: number;
  readonly score: number;
}

/** Keeps the best few in order while all pass by; ties keep the order in which they came. */
class ShortList {
  readonly best: Rough[] = [];

  offer(candidate: Rough): void {
    const last = this.best.at(-1);
    const isFull = this.best.length >= SHORT_LIST;
    if (isFull && last !== undefined && candidate.score <= last.score) return;
    if (isFull) this.best.pop();
    let at = this.best.length;
    while (at > 0 && (this.best[at - 1]?.score ?? 0) < candidate.score) at--;
    this.best.splice(at, 0, candidate);
  }
}

function roughly(query: Query, index: SearchIndex, masses: { words: number; pairs: number }): Rough[] {
  const sums = coverage(query, index);
  const subjectFit = subjectFits(query.subjects);
  const list = new ShortList();
  index.entries.forEach((entry, place) => {
    const held = sums.words[place] ?? 0;
    if (held === 0) return;
    const words = held / masses.words;
    const pairs = masses.pairs === 0 ? 0 : (sums.pairs[place] ?? 0) / masses.pairs;
    const papers = paperFit(entry, query.papers);
    const subject = subjectFit(entry);
    const score = words + pairs * ROUGH_PAIRS + (papers + subject) * ROUGH_BINDING;
    list.offer({ place, entry, words, pairs, papers, subject, score });
  });
  return list.best;
}

/** The best entries for a question, best first; ties go to the entry that stands first. */
export function rank(
  query: Query,
  index: SearchIndex,
  weights: RankWeights,
  hint: TopicHint | null = null,
): Ranked[] {
  const reader = likenessReader(query, index.terms.size);
  if (reader.masses.words === 0) return [];
  return roughly(query, index, reader.masses)
    .map(({ place, entry, words, pairs, papers, subject }) => {
      const { likeness, text } = reader.likest(entry.phrasings);
      const fit: Fit = {
        words,
        pairs,
        recall: likeness.recall,
        precision: likeness.precision,
        order: likeness.order,
        likeness: likeness.harmonic,
        types: typeFit(entry, query.types),
        papers,
        subject,
        topic: topicFit(entry, hint),
        gap: entry.entry.kind === "gap" ? 1 : 0,
      };
      return { place, entry, score: scoreOf(fit, weights), fit, phrasing: text };
    })
    .sort((a, b) => b.score - a.score || a.place - b.place);
}
