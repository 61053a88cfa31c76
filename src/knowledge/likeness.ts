/** How alike a question and one way of asking are, both ways: what it holds of the question, and the reverse. */
import type { Query, QueryTerm } from "./query";
import { NO_PAIR } from "./entry-texts";
import type { IndexedEntry, SearchIndex } from "./search-index";

export interface Likeness {
  /** Part of the question's words, by weight, that the phrasing holds. */
  readonly recall: number;
  /** Part of the phrasing's words, by weight, that the question holds. */
  readonly precision: number;
  /** Part of the question's pairs that the phrasing holds. */
  readonly order: number;
  readonly harmonic: number;
}

const NO_LIKENESS: Likeness = { recall: 0, precision: 0, order: 0, harmonic: 0 };
/** How much the order of words adds when choosing the likest phrasing. */
const ORDER_PART = 0.25;
/** Longer phrasings are read up to here. */
export const LONGEST_PHRASING = 64;
/** Small enough for a list of 32-bit numbers. */
const MOST_LINKS = 2 ** 30;
const HINTS = 2 ** 12;

const massOf = (terms: readonly QueryTerm[], isPair: boolean): number =>
  terms.reduce((sum, term) => (term.isPair === isPair ? sum + term.weight : sum), 0);

/**
 * What each term stands for in one question, in flat lists: `first` leads from a term to its links, `next` from link
 * to link. Links of later questions have higher numbers, so that nothing has to be wiped in between.
 */
export class TermLinks {
  private readonly first: Int32Array;
  /** By the last bits of a term: 0 when no term with these has a link. Small enough to stay at hand. */
  private readonly hints = new Uint8Array(HINTS);
  /** Links of the question begin here. */
  private base = 1;
  private end = 1;

  constructor(termCount: number) {
    this.first = new Int32Array(termCount);
  }

  /** Forgets the question before; returns the number of the first link of the next one. */
  begin(): number {
    if (this.end > MOST_LINKS) {
      this.first.fill(0);
      this.end = 1;
    }
    this.base = this.end;
    this.hints.fill(0);
    return this.base;
  }
  /** The newest link of the term, or 0. */
  of(term: number): number {
    if (this.hints[term & (HINTS - 1)] === 0) return 0;
    const link = this.first[term] ?? 0;
    return link < this.base ? 0 : link;
  }
  add(term: number): void {
    this.first[term] = this.end++;
    this.hints[term & (HINTS - 1)] = 1;
  }
}

/** Reads ways of asking against one question. Every word of every one near the question passes through here. */
export class LikenessReader {
  readonly masses: { readonly words: number; readonly pairs: number };
  private readonly base: number;
  private readonly links: TermLinks;
  private readonly next: number[] = [];
  private readonly words: number[] = [];
  private readonly strengths: number[] = [];
  private readonly weights: Float64Array;
  private readonly isPair: Uint8Array;
  private readonly found: Float64Array;
  private readonly covered = new Float64Array(LONGEST_PHRASING + 1);

  constructor(
    { terms }: Query,
    private readonly index: SearchIndex,
  ) {
    this.masses = { words: massOf(terms, false), pairs: massOf(terms, true) };
    this.weights = Float64Array.from(terms, ({ weight }) => weight);
    this.isPair = Uint8Array.from(terms, (term) => Number(term.isPair));
    this.found = new Float64Array(terms.length);
    const { links } = index.room;
    this.links = links;
    this.base = links.begin();
    terms.forEach(({ alternatives }, word) => {
      for (let i = 0; i < alternatives.terms.length; i++) {
        const id = alternatives.terms[i] ?? 0;
        this.next.push(links.of(id));
        this.words.push(word);
        this.strengths.push(alternatives.strengths[i] ?? 0);
        links.add(id);
      }
    });
  }

  likest({ firstText, endText }: IndexedEntry): { readonly likeness: Likeness; readonly text: number } {
    let best = NO_LIKENESS;
    let bestScore = -1;
    let likest = firstText;
    for (let text = firstText; text < endText; text++) {
      const likeness = this.read(text);
      const score = likeness.harmonic + ORDER_PART * likeness.order;
      if (score > bestScore) [best, bestScore, likest] = [likeness, score, text];
    }
    return { likeness: best, text: likest };
  }

  /** Notes what the term stands for in the question; a synonym of two words covers both of the phrasing's. */
  private see(term: number, at: number, width: number): void {
    const { covered, found, base } = this;
    for (let link = this.links.of(term); link !== 0; link = this.next[link - base] ?? 0) {
      const word = this.words[link - base] ?? 0;
      const strength = this.strengths[link - base] ?? 0;
      if (strength > (found[word] ?? 0)) found[word] = strength;
      if (this.isPair[word] === 1) continue;
      for (let i = at; i < at + width; i++) if (strength > (covered[i] ?? 0)) covered[i] = strength;
    }
  }

  private read(text: number): Likeness {
    const { covered, found } = this;
    const { terms, texts, weights, masses } = this.index;
    const start = texts.starts[text] ?? 0;
    const length = Math.min((texts.starts[text + 1] ?? 0) - start, LONGEST_PHRASING);
    found.fill(0);
    covered.fill(0, 0, length + 1);
    for (let at = 0; at < length; at++) {
      const word = texts.words[start + at] ?? 0;
      this.see(word, at, 1);
      this.see(terms.foldedOf(word), at, 1);
      const pair = texts.pairs[start + at] ?? NO_PAIR;
      if (pair !== NO_PAIR) this.see(pair, at, 2);
    }
    let words = 0;
    let inOrder = 0;
    for (let i = 0; i < found.length; i++) {
      const part = (this.weights[i] ?? 0) * (found[i] ?? 0);
      if (this.isPair[i] === 1) inOrder += part;
      else words += part;
    }
    let held = 0;
    for (let i = 0; i < length; i++) {
      const part = covered[i] ?? 0;
      if (part > 0) held += (weights[texts.words[start + i] ?? 0] ?? 0) * part;
    }
    const mass = masses[text] ?? 0;
    const recall = words / this.masses.words;
    const precision = mass === 0 ? 0 : held / mass;
    const order = this.masses.pairs === 0 ? 0 : inOrder / this.masses.pairs;
    const harmonic = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
    return { recall, precision, order, harmonic };
  }
}
