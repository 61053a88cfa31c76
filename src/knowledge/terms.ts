/** Numbers for everything that can be looked up: words as written, words without marks, and pairs of the latter. */
import { PairTable } from "./pair-table";
import type { Word } from "./words";

export class Terms {
  private readonly written = new Map<string, number>();
  private readonly folded = new Map<string, number>();
  private readonly pairs = new PairTable();
  /** By term: the word as it was first met, for words as written. */
  private readonly words: (Word | null)[] = [];
  private readonly foldedTerms: number[] = [];

  get size(): number {
    return this.words.length;
  }

  addWritten(word: Word): number {
    const known = this.written.get(word.text);
    if (known !== undefined) return known;
    const folded = this.addFolded(word.folded);
    const term = this.add(word, folded);
    this.written.set(word.text, term);
    return term;
  }
  /** Two words by their numbers without marks, in this order. */
  addPair(first: number, second: number): number {
    const known = this.pairs.get(first, second);
    if (known !== undefined) return known;
    const term = this.add(null, this.size);
    this.pairs.set(first, second, term);
    return term;
  }

  findWritten(text: string): number | undefined {
    return this.written.get(text);
  }
  findFolded(folded: string): number | undefined {
    return this.folded.get(folded);
  }
  findPair(first: string, second: string): number | undefined {
    return this.pairOf(this.folded.get(first), this.folded.get(second));
  }
  /** The same by the numbers of the words without marks. */
  pairOf(first: number | undefined, second: number | undefined): number | undefined {
    return first === undefined || second === undefined ? undefined : this.pairs.get(first, second);
  }

  /** The word of a term that stands for one as written. */
  word(term: number): Word | null {
    return this.words[term] ?? null;
  }
  /** The term of the same word without marks. */
  foldedOf(term: number): number {
    return this.foldedTerms[term] ?? term;
  }
  /** Every word as written, with its term. */
  allWritten(): IterableIterator<[string, number]> {
    return this.written.entries();
  }

  /** By term: 1 for those given. */
  flags(of: Iterable<number | undefined>): Uint8Array {
    const flags = new Uint8Array(this.size);
    for (const term of of) if (term !== undefined) flags[term] = 1;
    return flags;
  }

  private addFolded(folded: string): number {
    const known = this.folded.get(folded);
    if (known !== undefined) return known;
    const term = this.add(null, this.size);
    this.folded.set(folded, term);
    return term;
  }
  private add(word: Word | null, folded: number): number {
    this.words.push(word);
    this.foldedTerms.push(folded);
    return this.size - 1;
  }
}
