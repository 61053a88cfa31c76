/** How alike a question and one way of asking are, both ways: what it holds of the question, and the reverse. */
import type { Query, QueryTerm } from "./query";
import type { IndexedPhrasing } from "./search-index";

export interface Likeness {
  /** Part of the question's words, by weight, that the phrasing holds. */
  readonly recall: number;
  /** Part of the phrasing's words, by weight, that the question holds. */
  readonly precision: number;
  /** Part of the question's pairs that the phrasing holds. */
  readonly order: number;
  readonly harmonic: number;
}

export interface LikenessReader {
  readonly masses: { readonly words: number; readonly pairs: number };
  likest(phrasings: readonly IndexedPhrasing[]): { readonly likeness: Likeness; readonly text: string };
}

const NO_LIKENESS: Likeness = { recall: 0, precision: 0, order: 0, harmonic: 0 };
/** How much the order of words adds when choosing the likest phrasing. */
const ORDER_PART = 0.25;

const massOf = (terms: readonly QueryTerm[], isPair: boolean): number =>
  terms.reduce((sum, term) => (term.isPair === isPair ? sum + term.weight : sum), 0);

/** Which words of the question a term stands for: `first` points into the flat lists, 0 for none. */
class Lookup {
  private readonly first: Int32Array;
  private readonly next: number[] = [0];
  private readonly words: number[] = [0];
  private readonly strengths: number[] = [0];

  constructor(terms: readonly QueryTerm[], size: number) {
    this.first = new Int32Array(size);
    terms.forEach(({ alternatives }, word) => {
      for (const [id, strength] of alternatives) {
        this.next.push(this.first[id] ?? 0);
        this.words.push(word);
        this.strengths.push(strength);
        this.first[id] = this.words.length - 1;
      }
    });
  }

  each(id: number, see: (word: number, strength: number) => void): void {
    for (let at = this.first[id] ?? 0; at !== 0; at = this.next[at] ?? 0)
      see(this.words[at] ?? 0, this.strengths[at] ?? 0);
  }
}

/** Longer phrasings are read up to here. */
const LONGEST_PHRASING = 64;

/** Reads phrasings against one question; made once for a question. */
export function likenessReader(query: Query, termCount: number): LikenessReader {
  const { terms } = query;
  const lookup = new Lookup(terms, termCount);
  const masses = { words: massOf(terms, false), pairs: massOf(terms, true) };
  const found = new Float64Array(terms.length);
  const covered = new Float64Array(LONGEST_PHRASING);
  let at = 0;
  let width = 1;
  const see = (word: number, strength: number) => {
    if (strength > (found[word] ?? 0)) found[word] = strength;
    if (terms[word]?.isPair === true) return;
    for (let i = at; i < at + width; i++) if (strength > (covered[i] ?? 0)) covered[i] = strength;
  };

  function read({ written, folded, pairs, weights, mass }: IndexedPhrasing): Likeness {
    found.fill(0);
    covered.fill(0);
    const length = Math.min(weights.length, LONGEST_PHRASING - 1);
    for (at = 0; at < length; at++) {
      width = 1;
      lookup.each(written[at] ?? 0, see);
      lookup.each(folded[at] ?? 0, see);
      const pair = pairs[at] ?? -1;
      width = 2;
      if (pair >= 0) lookup.each(pair, see);
    }
    let words = 0;
    let inOrder = 0;
    terms.forEach(({ isPair, weight }, i) => {
      if (isPair) inOrder += weight * (found[i] ?? 0);
      else words += weight * (found[i] ?? 0);
    });
    let held = 0;
    for (let i = 0; i < length; i++) held += (weights[i] ?? 0) * (covered[i] ?? 0);
    const recall = words / masses.words;
    const precision = mass === 0 ? 0 : held / mass;
    const order = masses.pairs === 0 ? 0 : inOrder / masses.pairs;
    const harmonic = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
    return { recall, precision, order, harmonic };
  }

  return {
    masses,
    likest(phrasings) {
      let best = NO_LIKENESS;
      let bestScore = -1;
      let text = "";
      for (const phrasing of phrasings) {
        const likeness = read(phrasing);
        const score = likeness.harmonic + ORDER_PART * likeness.order;
        if (score > bestScore) [best, bestScore, text] = [likeness, score, phrasing.text];
      }
      return { likeness: best, text };
    },
  };
}
