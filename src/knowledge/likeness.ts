/** How alike a question and one way of asking are, both ways: what it holds of the question, and the reverse. */
import type { Query, QueryTerm } from "./query";
import type { IndexedPhrasings } from "./search-index";

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
  likest(phrasings: IndexedPhrasings): { readonly likeness: Likeness; readonly text: string };
}

const NO_LIKENESS: Likeness = { recall: 0, precision: 0, order: 0, harmonic: 0 };
/** How much the order of words adds when choosing the likest phrasing. */
const ORDER_PART = 0.25;
/** Longer phrasings are read up to here. */
const LONGEST_PHRASING = 64;

const massOf = (terms: readonly QueryTerm[], isPair: boolean): number =>
  terms.reduce((sum, term) => (term.isPair === isPair ? sum + term.weight : sum), 0);

/**
 * Reads phrasings against one question. Every word of every phrasing near the question passes through here, so
 * what a term stands for is kept in flat lists: `first` leads from a term to its links, `next` from link to link.
 */
class Reader implements LikenessReader {
  readonly masses: { readonly words: number; readonly pairs: number };
  private readonly first: Int32Array;
  /** Link 0 ends every chain. */
  private readonly next: number[] = [0];
  private readonly words: number[] = [0];
  private readonly strengths: number[] = [0];
  private readonly weights: Float64Array;
  private readonly isPair: Uint8Array;
  private readonly found: Float64Array;
  private readonly covered = new Float64Array(LONGEST_PHRASING + 1);

  constructor({ terms }: Query, termCount: number) {
    this.masses = { words: massOf(terms, false), pairs: massOf(terms, true) };
    this.first = new Int32Array(termCount);
    this.weights = Float64Array.from(terms, ({ weight }) => weight);
    this.isPair = Uint8Array.from(terms, (term) => Number(term.isPair));
    this.found = new Float64Array(terms.length);
    terms.forEach(({ alternatives }, word) => {
      for (const [id, strength] of alternatives) {
        this.next.push(this.first[id] ?? 0);
        this.words.push(word);
        this.strengths.push(strength);
        this.first[id] = this.words.length - 1;
      }
    });
  }

  likest(phrasings: IndexedPhrasings): { readonly likeness: Likeness; readonly text: string } {
    let best = NO_LIKENESS;
    let bestScore = -1;
    let text = "";
    for (let i = 0; i < phrasings.texts.length; i++) {
      const likeness = this.read(phrasings, phrasings.starts[i] ?? 0, phrasings.starts[i + 1] ?? 0);
      const score = likeness.harmonic + ORDER_PART * likeness.order;
      if (score > bestScore) [best, bestScore, text] = [likeness, score, phrasings.texts[i] ?? ""];
    }
    return { likeness: best, text };
  }

  /** Notes what the term stands for in the question; a synonym of two words covers both of the phrasing's. */
  private see(id: number, at: number, width: number): void {
    const { covered, found } = this;
    for (let link = this.first[id] ?? 0; link !== 0; link = this.next[link] ?? 0) {
      const word = this.words[link] ?? 0;
      const strength = this.strengths[link] ?? 0;
      if (strength > (found[word] ?? 0)) found[word] = strength;
      if (this.isPair[word] === 1) continue;
      for (let i = at; i < at + width; i++) if (strength > (covered[i] ?? 0)) covered[i] = strength;
    }
  }

  private read(phrasings: IndexedPhrasings, start: number, end: number): Likeness {
    const { covered, found } = this;
    const { written, folded, pairs, weights } = phrasings;
    const length = Math.min(end - start, LONGEST_PHRASING);
    found.fill(0);
    covered.fill(0, 0, length + 1);
    for (let at = 0; at < length; at++) {
      this.see(written[start + at] ?? 0, at, 1);
      this.see(folded[start + at] ?? 0, at, 1);
      const pair = pairs[start + at] ?? -1;
      if (pair >= 0) this.see(pair, at, 2);
    }
    let words = 0;
    let inOrder = 0;
    for (let i = 0; i < found.length; i++) {
      const part = (this.weights[i] ?? 0) * (found[i] ?? 0);
      if (this.isPair[i] === 1) inOrder += part;
      else words += part;
    }
    let held = 0;
    let mass = 0;
    for (let i = 0; i < length; i++) {
      const weight = weights[start + i] ?? 0;
      mass += weight;
      held += weight * (covered[i] ?? 0);
    }
    const recall = words / this.masses.words;
    const precision = mass === 0 ? 0 : held / mass;
    const order = this.masses.pairs === 0 ? 0 : inOrder / this.masses.pairs;
    const harmonic = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
    return { recall, precision, order, harmonic };
  }
}

/** Made once for a question. */
export const likenessReader = (query: Query, termCount: number): LikenessReader =>
  new Reader(query, termCount);
