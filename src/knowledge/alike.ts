/** Whether two people ask the same: how much of each question's words the other holds. */
import { fold, foldedWords } from "../core/text";
import type { Query } from "./query";
import type { QueryTerm } from "./question-terms";

/** Reading a question takes a millisecond, so only those are read that share the most words with it. */
const MOST_READ = 20;
/** From here on two questions are the same. */
const SAME_FROM = 0.8;
/** Questions about different papers, figures, or asking for different things are never the same. */
const OTHER_PAPER = 0.5;
const OTHER_NUMBER = 0.6;
const OTHER_TYPE = 0.7;

const telling = ({ terms }: Query): QueryTerm[] =>
  terms.filter(({ isPair, isChatter, isContext }) => !isPair && !isChatter && !isContext);

/** How well one word stands for the other: the same letters, or the best meaning they share. */
function match(a: QueryTerm, b: QueryTerm): number {
  if (fold(a.text) === fold(b.text)) return 1;
  let best = 0;
  a.alternatives.terms.forEach((id, i) => {
    best = Math.max(best, Math.min(a.alternatives.strengths[i] ?? 0, b.alternatives.strengthOf(id)));
  });
  return best;
}

/** Part of the words of `a`, by weight, that `b` holds. */
function heldPart(a: readonly QueryTerm[], b: readonly QueryTerm[]): number {
  let mass = 0;
  let held = 0;
  for (const term of a) {
    mass += term.weight;
    held += term.weight * Math.max(0, ...b.map((other) => match(term, other)));
  }
  return mass === 0 ? 0 : held / mass;
}

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

const numbersOf = ({ words }: Query): Set<string> =>
  new Set(words.filter(({ isFixed }) => isFixed).map(({ text }) => text));

/** The places of the texts that share the most words with this one. */
export function nearest(text: string, others: readonly string[]): ReadonlySet<number> {
  const words = new Set(foldedWords(text).split(" "));
  const shared = others.map((other, place) => {
    const own = new Set(foldedWords(other).split(" "));
    return { place, part: [...own].filter((word) => words.has(word)).length / (words.size + own.size) };
  });
  return new Set(
    shared
      .filter(({ part }) => part > 0)
      .sort((a, b) => b.part - a.part)
      .slice(0, MOST_READ)
      .map(({ place }) => place),
  );
}

/** The place of the likest, when it is the same question. */
export function placeOfSame(scores: readonly number[]): number | null {
  const best = Math.max(0, ...scores);
  return best >= SAME_FROM ? scores.indexOf(best) : null;
}

/** 0 to 1; the same in both directions. */
export function alikeness(a: Query, b: Query): number {
  const [ofA, ofB] = [telling(a), telling(b)];
  const [there, back] = [heldPart(ofA, ofB), heldPart(ofB, ofA)];
  const words = there + back === 0 ? 0 : (2 * there * back) / (there + back);
  const papers = sameSet(a.papers, b.papers) ? 1 : OTHER_PAPER;
  const numbers = sameSet(numbersOf(a), numbersOf(b)) ? 1 : OTHER_NUMBER;
  const types = a.types === 0 || b.types === 0 || (a.types & b.types) !== 0 ? 1 : OTHER_TYPE;
  return words * papers * numbers * types;
}
