/**
 * The words and pairs of one question in flat lists of numbers. They are read thousands of times for each question:
 * typed lists are quick to read, and those of the question before are filled anew, so that nothing is left to clear.
 */
import type { QueryTerm } from "./question-terms";

/** In a long story these many words and pairs say enough, and so many of what was said before it. */
export const MOST_TERMS = 32;
export const MOST_CONTEXT_TERMS = 14;
export const MOST_QUESTION_TERMS = MOST_TERMS + MOST_CONTEXT_TERMS;

/** Room for what the words of nearly every question may stand for; for the others there is made more. */
const FIRST_LINKS = 2 ** 9;
export const NO_LINK = -1;
const HINTS = 2 ** 12;

export class FlatQuestion {
  /** How many words and pairs. */
  count = 0;
  /** What the words weigh together, and the pairs. */
  wordMass = 0;
  pairMass = 0;
  /** By word or pair, as are the links: those of word `i` stand from `starts[i]` to `starts[i + 1]`. */
  readonly weights = new Float64Array(MOST_QUESTION_TERMS);
  readonly isPair = new Uint8Array(MOST_QUESTION_TERMS);
  readonly starts = new Int32Array(MOST_QUESTION_TERMS + 1);
  /** By link: a word, a term of the entries that it may stand for, how well it does, and the next link of that term. */
  words = new Int32Array(FIRST_LINKS);
  terms = new Int32Array(FIRST_LINKS);
  strengths = new Float64Array(FIRST_LINKS);
  next = new Int32Array(FIRST_LINKS);
  /** By term: its newest link; `NO_LINK` between questions. */
  private readonly newest: Int32Array;
  /** By the last bits of a term: 0 when no term with these has a link. Small enough to stay at hand. */
  private readonly hints = new Uint8Array(HINTS);
  private links = 0;

  constructor(termCount: number) {
    this.newest = new Int32Array(termCount).fill(NO_LINK);
  }

  /** Takes the place of the question before. */
  read(terms: readonly QueryTerm[]): this {
    this.forget();
    this.count = terms.length;
    terms.forEach(({ weight, isPair, alternatives }, word) => {
      this.weights[word] = weight;
      this.isPair[word] = Number(isPair);
      this.starts[word] = this.links;
      for (let i = 0; i < alternatives.terms.length; i++)
        this.link(word, alternatives.terms[i] ?? 0, alternatives.strengths[i] ?? 0);
      if (isPair) this.pairMass += weight;
      else this.wordMass += weight;
    });
    this.starts[terms.length] = this.links;
    return this;
  }

  linkOf(term: number): number {
    return this.hints[term & (HINTS - 1)] === 0 ? NO_LINK : (this.newest[term] ?? NO_LINK);
  }

  private forget(): void {
    for (let link = 0; link < this.links; link++) this.newest[this.terms[link] ?? 0] = NO_LINK;
    this.hints.fill(0);
    this.links = 0;
    this.wordMass = 0;
    this.pairMass = 0;
  }

  private link(word: number, term: number, strength: number): void {
    if (this.links === this.next.length) this.grow();
    const link = this.links++;
    this.words[link] = word;
    this.terms[link] = term;
    this.strengths[link] = strength;
    this.next[link] = this.newest[term] ?? NO_LINK;
    this.newest[term] = link;
    this.hints[term & (HINTS - 1)] = 1;
  }

  private grow(): void {
    const { words, terms, strengths, next } = this;
    const size = 2 * next.length;
    this.words = new Int32Array(size);
    this.terms = new Int32Array(size);
    this.strengths = new Float64Array(size);
    this.next = new Int32Array(size);
    this.words.set(words);
    this.terms.set(terms);
    this.strengths.set(strengths);
    this.next.set(next);
  }
}
