/** How sure it is that the best entry answers the question. */
import type { Query } from "./query";
import type { Ranked } from "./rank";
import type { SearchIndex } from "./search-index";
import { fold } from "../core/text";

/** What the judgement rests on; every part is a number without unit. */
export interface Signs {
  readonly score: number;
  readonly words: number;
  readonly recall: number;
  readonly precision: number;
  readonly pairs: number;
  /** Weight of words in no entry, as a part of all words. */
  readonly unknownWords: number;
  readonly unknownPairs: number;
  /** Weight of the words that entry and question share: how much there is to go by at all. */
  readonly evidence: number;
  /** Foreign subjects of which the entry does not speak. */
  readonly foreign: number;
  /** Lead over the next entry. */
  readonly margin: number;
}

export type JudgeWeights = Readonly<Record<keyof Signs, number>> & { readonly bias: number };

export const SIGN_NAMES = [
  "score",
  "words",
  "recall",
  "precision",
  "pairs",
  "unknownWords",
  "unknownPairs",
  "evidence",
  "foreign",
  "margin",
] as const satisfies readonly (keyof Signs)[];

/** From here on, more shared words say nothing more. */
const FULL_EVIDENCE = 15;

function speaksOf(place: number, subject: string, index: SearchIndex): boolean {
  const words = subject.split(" ");
  const terms =
    words.length === 1
      ? [index.terms.findWritten(subject)]
      : words.slice(1).map((word, i) => index.terms.findPair(fold(words[i] ?? ""), fold(word)));
  return terms.every((term) => term !== undefined && index.holders(term).places.includes(place));
}

/** What there is to judge by. */
export function signsOf(query: Query, ranked: readonly Ranked[], index: SearchIndex): Signs | null {
  const best = ranked[0];
  if (best === undefined) return null;
  const own = query.terms.filter(({ isContext }) => !isContext);
  const weigh = (isPair: boolean, onlyUnknown: boolean) =>
    own.reduce(
      (sum, term) => (term.isPair === isPair && (!onlyUnknown || term.isUnknown) ? sum + term.weight : sum),
      0,
    );
  const share = (isPair: boolean) => {
    const whole = weigh(isPair, false);
    return whole === 0 ? 0 : weigh(isPair, true) / whole;
  };
  const allWords = query.terms.reduce((sum, term) => (term.isPair ? sum : sum + term.weight), 0);
  return {
    score: best.score,
    words: best.fit.words,
    recall: best.fit.recall,
    precision: best.fit.precision,
    pairs: best.fit.pairs,
    unknownWords: share(false),
    unknownPairs: share(true),
    evidence: Math.min(1, (best.fit.words * allWords) / FULL_EVIDENCE),
    foreign: query.foreign.filter((subject) => !speaksOf(best.place, subject, index)).length > 0 ? 1 : 0,
    margin: best.score - (ranked[1]?.score ?? 0),
  };
}

/** 0 to 1. */
export function confidence(signs: Signs, weights: JudgeWeights): number {
  const sum = SIGN_NAMES.reduce((total, name) => total + weights[name] * signs[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}
