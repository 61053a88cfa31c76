/** How alike a question and one way of asking are, both ways: what it holds of the question, and the reverse. */
import { NO_PAIR } from "./entry-texts";
import { MOST_QUESTION_TERMS, NO_LINK, type FlatQuestion } from "./flat-question";
import type { IndexedEntry, SearchIndex } from "./search-index";

export interface Likeness {
  /** Part of the question's words, by weight, that the phrasing holds. */
  recall: number;
  /** Part of the phrasing's words, by weight, that the question holds. */
  precision: number;
  /** Part of the question's pairs that the phrasing holds. */
  order: number;
  harmonic: number;
  /** The phrasing, among the texts of the index. */
  text: number;
}

/** How much the order of words adds when choosing the likest phrasing. */
const ORDER_PART = 0.25;
/** Longer phrasings are read up to here. */
export const LONGEST_PHRASING = 64;

const scoreOf = (harmonic: number, order: number): number => harmonic + ORDER_PART * order;

/** What is read of the ways of asking. */
export type ReadTexts = Pick<SearchIndex, "terms" | "texts" | "weights" | "masses">;

/** Reads ways of asking against one question. Every word of every one near the question passes through here. */
export class LikenessReader {
  private readonly found = new Float64Array(MOST_QUESTION_TERMS);
  private readonly covered = new Float64Array(LONGEST_PHRASING + 1);
  private readonly best: Likeness = { recall: 0, precision: 0, order: 0, harmonic: 0, text: 0 };

  constructor(
    private readonly question: FlatQuestion,
    private readonly texts: ReadTexts,
  ) {}

  /** The likest of an entry's phrasings. What is given back holds until the next entry is read. */
  likest({ firstText, endText }: IndexedEntry): Readonly<Likeness> {
    const { best } = this;
    best.recall = 0;
    best.precision = 0;
    best.order = 0;
    best.harmonic = 0;
    best.text = firstText;
    for (let text = firstText; text < endText; text++) this.read(text);
    return best;
  }

  /** Notes what the term stands for in the question; a synonym of two words covers both of the phrasing's. */
  private see(term: number, at: number, width: number): void {
    const { covered, found, question } = this;
    const { next, words, strengths, isPair } = question;
    for (let link = question.linkOf(term); link !== NO_LINK; link = next[link] ?? NO_LINK) {
      const word = words[link] ?? 0;
      const strength = strengths[link] ?? 0;
      if (strength > (found[word] ?? 0)) found[word] = strength;
      if (isPair[word] === 1) continue;
      for (let i = at; i < at + width; i++) if (strength > (covered[i] ?? 0)) covered[i] = strength;
    }
  }

  /** Keeps the phrasing when it is the likest so far. */
  private read(text: number): void {
    const { covered, found, question, best } = this;
    const { terms, texts, weights, masses } = this.texts;
    const { count } = question;
    const start = texts.starts[text] ?? 0;
    const length = Math.min((texts.starts[text + 1] ?? 0) - start, LONGEST_PHRASING);
    found.fill(0, 0, count);
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
    for (let i = 0; i < count; i++) {
      const part = (question.weights[i] ?? 0) * (found[i] ?? 0);
      if (question.isPair[i] === 1) inOrder += part;
      else words += part;
    }
    let held = 0;
    for (let i = 0; i < length; i++) {
      const part = covered[i] ?? 0;
      if (part > 0) held += (weights[texts.words[start + i] ?? 0] ?? 0) * part;
    }
    const mass = masses[text] ?? 0;
    const recall = words / question.wordMass;
    const precision = mass === 0 ? 0 : held / mass;
    const order = question.pairMass === 0 ? 0 : inOrder / question.pairMass;
    const harmonic = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
    if (scoreOf(harmonic, order) <= scoreOf(best.harmonic, best.order)) return;
    best.recall = recall;
    best.precision = precision;
    best.order = order;
    best.harmonic = harmonic;
    best.text = text;
  }
}
