/** Numbers for everything that can be looked up: words as written, words without marks, and pairs of the latter. */

/** Pairs are keyed by both numbers in one; more different words than this no set of entries has. */
const MOST_WORDS = 2 ** 21;

export class Terms {
  private readonly written = new Map<string, number>();
  private readonly folded = new Map<string, number>();
  private readonly pairs = new Map<number, number>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  addWritten(text: string): number {
    return this.add(this.written, text);
  }
  addFolded(folded: string): number {
    return this.add(this.folded, folded);
  }
  /** Two words, by their numbers without marks, in this order. */
  addPair(first: number, second: number): number {
    return this.add(this.pairs, first * MOST_WORDS + second);
  }

  findWritten(text: string): number | undefined {
    return this.written.get(text);
  }
  findFolded(folded: string): number | undefined {
    return this.folded.get(folded);
  }
  findPair(first: string, second: string): number | undefined {
    const [a, b] = [this.folded.get(first), this.folded.get(second)];
    return a === undefined || b === undefined ? undefined : this.pairs.get(a * MOST_WORDS + b);
  }

  private add<K>(numbers: Map<K, number>, key: K): number {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, this.count);
    return this.count++;
  }
}
