/** Two numbers → the number they were given, in flat lists; a set of entries has hundreds of thousands of pairs. */

const FIRST_CAPACITY = 2 ** 12;
/** At most this part of the places is taken, so that a search ends soon. */
const FULLEST = 0.5;
/** Odd multipliers with well mixed bits (Knuth; Murmur). */
const [MIX_FIRST, MIX_SECOND] = [0x9e3779b1, 0x85ebca6b];
const BITS = 32;
const NONE = -1;

export class PairTable {
  private capacity = FIRST_CAPACITY;
  private count = 0;
  private firsts = new Int32Array(FIRST_CAPACITY);
  private seconds = new Int32Array(FIRST_CAPACITY);
  private values = new Int32Array(FIRST_CAPACITY).fill(NONE);

  get(first: number, second: number): number | undefined {
    const value = this.values[this.placeOf(first, second)] ?? NONE;
    return value === NONE ? undefined : value;
  }

  set(first: number, second: number, value: number): void {
    if (this.count >= this.capacity * FULLEST) this.grow();
    const place = this.placeOf(first, second);
    if (this.values[place] === NONE) this.count++;
    this.firsts[place] = first;
    this.seconds[place] = second;
    this.values[place] = value;
  }

  /** Where the pair stands, or the free place where it would. */
  private placeOf(first: number, second: number): number {
    const mixed = Math.imul(first, MIX_FIRST) ^ Math.imul(second, MIX_SECOND);
    let place = (mixed ^ (mixed >>> (BITS / 2))) & (this.capacity - 1);
    while (this.values[place] !== NONE && (this.firsts[place] !== first || this.seconds[place] !== second))
      place = (place + 1) & (this.capacity - 1);
    return place;
  }

  private grow(): void {
    const { firsts, seconds, values } = this;
    this.capacity *= 2;
    this.count = 0;
    this.firsts = new Int32Array(this.capacity);
    this.seconds = new Int32Array(this.capacity);
    this.values = new Int32Array(this.capacity).fill(NONE);
    values.forEach((value, i) => {
      if (value !== NONE) this.set(firsts[i] ?? 0, seconds[i] ?? 0, value);
    });
  }
}
