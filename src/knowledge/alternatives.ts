/** What a word of a question may stand for: terms of the entries, and how well each does, 0 to 1. */
export class Alternatives {
  /** The terms in the order in which they were thought of, side by side with their strengths. */
  constructor(
    readonly terms: number[] = [],
    readonly strengths: number[] = [],
  ) {}

  /** The strongest reason counts. */
  add(term: number | undefined, strength: number): void {
    if (term === undefined) return;
    const at = this.terms.indexOf(term);
    if (at < 0) {
      this.terms.push(term);
      this.strengths.push(strength);
    } else if ((this.strengths[at] ?? 0) < strength) this.strengths[at] = strength;
  }

  /** 0 for what the word does not stand for. */
  strengthOf(term: number): number {
    return this.strengths[this.terms.indexOf(term)] ?? 0;
  }

  copy(): Alternatives {
    return new Alternatives(this.terms.slice(), this.strengths.slice());
  }
}
