/** How sure it is that the best entry answers the question. */
import { fold } from "../core/text";
import { surenessAt } from "./postings";
import type { Query } from "./query";
import type { Ranked } from "./rank";
import type { SearchIndex } from "./search-index";

/** What the judgement rests on; every part is a number without unit. */
export interface Signs {
  readonly score: number;
  /** Part of the question's own words and pairs, by weight, that the entry is about. */
  readonly words: number;
  readonly pairs: number;
  readonly recall: number;
  readonly precision: number;
  /** Weight of words and pairs in no entry, as a part of all. */
  readonly unknownWords: number;
  readonly unknownPairs: number;
  /** Weight of the words that entry and question share: how much there is to go by at all. */
  readonly evidence: number;
  /** The heaviest word of the question that the entry does not hold, as a part of the heaviest there is. */
  readonly missed: number;
  /** Whether the question names a paper, a word of one resolution, or anything that is surely our subject. */
  readonly anchored: number;
  /** Whether the entry belongs to the topic of the conversation. */
  readonly topic: number;
  /** Whether the entry tells what nobody has published; and does so for a question that is bound to nothing of ours. */
  readonly gap: number;
  readonly looseGap: number;
  /** How much better the entry fits than the next one. */
  readonly lead: number;
  /** Foreign subjects of which the entry does not speak; twice for another place. */
  readonly foreign: number;
}

export type JudgeWeights = Readonly<Record<keyof Signs, number>> & { readonly bias: number };

export const SIGN_NAMES = [
  "score",
  "words",
  "pairs",
  "recall",
  "precision",
  "unknownWords",
  "unknownPairs",
  "evidence",
  "missed",
  "anchored",
  "topic",
  "gap",
  "looseGap",
  "lead",
  "foreign",
] as const satisfies readonly (keyof Signs)[];

/** From here on, more shared words say nothing more. */
const FULL_EVIDENCE = 15;

/** The weight of a question's words or pairs: of all, of those the entry is about, of those nobody has ever used. */
interface Masses {
  all: number;
  about: number;
  unknown: number;
}

/** What the entry makes of the question's words, one after the other. */
function weighed({ terms, contentCount }: Query, place: number, index: SearchIndex) {
  const words: Masses = { all: 0, about: 0, unknown: 0 };
  const pairs: Masses = { all: 0, about: 0, unknown: 0 };
  let missed = 0;
  for (const term of terms) {
    // "nó ở đâu" says nothing of its own.
    if (term.isContext && contentCount > 0) continue;
    const { weight, isPair, isUnknown, isChatter, alternatives } = term;
    /** How well some word of the entry stands for this one; and how surely the entry is about it. */
    let strength = 0;
    let sureness = 0;
    for (let i = 0; i < alternatives.terms.length; i++) {
      const stands = alternatives.strengths[i] ?? 0;
      const sure = surenessAt(index.postings, alternatives.terms[i] ?? 0, place);
      if (sure > 0 && stands > strength) strength = stands;
      if (stands * sure > sureness) sureness = stands * sure;
    }
    const masses = isPair ? pairs : words;
    masses.all += weight;
    masses.about += weight * sureness;
    if (isUnknown) masses.unknown += weight;
    if (!isPair && !isChatter) missed = Math.max(missed, weight * (1 - strength));
  }
  return { words, pairs, missed };
}

function speaksOf(place: number, subject: string, index: SearchIndex): boolean {
  const words = subject.split(" ");
  const terms =
    words.length === 1
      ? [index.terms.findWritten(subject)]
      : words.slice(1).map((word, i) => index.terms.findPair(fold(words[i] ?? ""), fold(word)));
  return terms.every((term) => term !== undefined && surenessAt(index.postings, term, place) > 0);
}

/** Another place is another office, however near the subject. */
const ELSEWHERE = 2;
/** An entry that compares us with another place answers only what it speaks of nearly in full. */
const WHOLLY = 0.75;

/** What the entry is to a question: how much of its words it speaks of, and whether it is a gap for one bound to nothing. */
interface Bond {
  readonly words: number;
  readonly isLoose: boolean;
}

function foreignness(
  { foreign, elsewhere }: Query,
  place: number,
  { words, isLoose }: Bond,
  index: SearchIndex,
): number {
  // "thuê nhà" is hardly ever asked about a resolution, though a gap speaks of it.
  const isStrange = (subject: string): boolean => isLoose || !speaksOf(place, subject, index);
  const isElsewhere = elsewhere.some((name) => words < WHOLLY || isStrange(name));
  return isElsewhere ? ELSEWHERE : Number(foreign.some(isStrange));
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** What there is to judge by. */
export function signsOf(query: Query, ranked: readonly Ranked[], index: SearchIndex): Signs | null {
  const best = ranked[0];
  if (best === undefined) return null;
  const { words, pairs, missed } = weighed(query, best.place, index);
  const shareAbout = shareOf(words.about, words.all);
  const isAnchored = query.papers.size > 0 || query.subjects.size > 0 || query.isOurs;
  const isGap = best.entry.entry.kind === "gap";
  return {
    score: best.score,
    words: shareAbout,
    pairs: shareOf(pairs.about, pairs.all),
    recall: best.fit.recall,
    precision: best.fit.precision,
    unknownWords: shareOf(words.unknown, words.all),
    unknownPairs: shareOf(pairs.unknown, pairs.all),
    evidence: Math.min(1, words.about / FULL_EVIDENCE),
    missed: missed / index.highestIdf,
    anchored: Number(isAnchored),
    topic: best.fit.topic,
    gap: Number(isGap),
    looseGap: Number(isGap && !isAnchored),
    lead: best.score - (ranked[1]?.score ?? 0),
    foreign: foreignness(query, best.place, { words: shareAbout, isLoose: isGap && !isAnchored }, index),
  };
}

/** 0 to 1. */
export function confidence(signs: Signs, weights: JudgeWeights): number {
  const sum = SIGN_NAMES.reduce((total, name) => total + weights[name] * signs[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}
