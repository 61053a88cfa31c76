/** Which entries answer a question best, and why. */
import type { Query } from "./query";
import { QUESTION_TYPES } from "./question-type";
import type { IndexedEntry, SearchIndex } from "./search-index";
import { shortList } from "./short-list";

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
  /** The same for a question that asks for what is hardly ever published. */
  readonly openGap: number;
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
  openGap: 0,
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
  "openGap",
] as const satisfies readonly (keyof Fit)[];

export interface Ranked {
  readonly place: number;
  readonly entry: IndexedEntry;
  readonly score: number;
  readonly fit: Fit;
  /** Which of its ways of asking is the likest. */
  readonly phrasing: number;
}

export type RankWeights = Readonly<Record<keyof Fit, number>>;

/** Topic of the conversation so far: entries of the same topic or resolution are likelier to be meant. */
export interface TopicHint {
  readonly topic: string;
  readonly resolution: string;
  readonly related: readonly string[];
}

const TOPIC_FIT = { sameTopic: 1, related: 0.9, sameResolution: 0.5 };

function topicFit({ entry }: IndexedEntry, hint: TopicHint | null): number {
  if (hint === null) return 0;
  if (entry.resolution === hint.resolution && entry.topic === hint.topic) return TOPIC_FIT.sameTopic;
  if (hint.related.includes(entry.id)) return TOPIC_FIT.related;
  return entry.resolution === hint.resolution ? TOPIC_FIT.sameResolution : 0;
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

function scoreOf(fit: Fit, weights: RankWeights): number {
  let sum = 0;
  for (const name of FIT_NAMES) sum += weights[name] * fit[name];
  return sum;
}

/** The best entries for a question, best first; ties go to the entry that stands first. */
export function rank(
  query: Query,
  index: SearchIndex,
  weights: RankWeights,
  hint: TopicHint | null = null,
): Ranked[] {
  const { question, reader } = index.room;
  if (question.read(query.terms).wordMass === 0) return [];
  const { places, wordsOf, pairsOf, paperOf, subjectOf } = shortList(query, index);
  const ranked: Ranked[] = [];
  for (const place of places) {
    const entry = index.entries[place];
    if (entry === undefined) continue;
    const likest = reader.likest(entry);
    const isGap = entry.entry.kind === "gap";
    const fit: Fit = {
      words: wordsOf(place),
      pairs: pairsOf(place),
      recall: likest.recall,
      precision: likest.precision,
      order: likest.order,
      likeness: likest.harmonic,
      types: typeFit(entry, query.types),
      papers: paperOf(place),
      subject: subjectOf(place),
      topic: topicFit(entry, hint),
      gap: Number(isGap),
      openGap: Number(isGap && query.isOpen),
    };
    ranked.push({ place, entry, score: scoreOf(fit, weights), fit, phrasing: likest.text - entry.firstText });
  }
  return ranked.sort((a, b) => b.score - a.score || a.place - b.place);
}
