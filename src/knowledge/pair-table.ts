/** Two numbers → the number they were given, in flat lists; a set of entries has hundreds of thousands of pairs. */

const FIRST_CAPACITY = 2 ** 12;
/** At most this part of the places is taken, so that a search ends soon. */
const FULLEST = 0.5;
/** Odd multipliers with well mixed bits (Knuth; Murmur). */
const [MIX_FIRST, MIX_SECOND] = [0x9e3779b1, 0x85ebca6b];
const BITS = 32;
const NONE = -1;
/** Each place holds both numbers and what they were given, side by side in memory, and one unused. */
const WIDTH = 4;
const [SECOND, VALUE] = [1, 2];

export class PairTable {
  private capacity = FIRST_CAPACITY;
  private count = 0;
  private places = new Int32Array(FIRST_CAPACITY * WIDTH).fill(NONE);

  get(first: number, second: number): number | undefined {
    const value = this.places[this.placeOf(first, second) + VALUE] ?? NONE;
    return value === NONE ? undefined : value;
  }

  set(first: number, second: number, value: number): void {
    if (this.count >= this.capacity * FULLEST) this.grow();
    const place = this.placeOf(first, second);
    if (this.places[place + VALUE] === NONE) this.count++;
    this.places[place] = first;
    this.places[place + SECOND] = second;
    this.places[place + VALUE] = value;
  }

  /** Where the pair stands, or the free place where it would. */
  private placeOf(first: number, second: number): number {
    const { places } = this;
    const last = places.length - 1;
    const mixed = Math.imul(first, MIX_FIRST) ^ Math.imul(second, MIX_SECOND);
    let place = Math.imul(mixed ^ (mixed >>> (BITS / 2)), WIDTH) & last;
    while (places[place + VALUE] !== NONE && (places[place] !== first || places[place + SECOND] !== second))
      place = (place + WIDTH) & last;
    return place;
  }

  private grow(): void {
    const old = this.places;
    this.capacity *= 2;
    this.count = 0;
    this.places = new Int32Array(this.capacity * WIDTH).fill(NONE);
    for (let place = 0; place < old.length; place += WIDTH) {
      const value = old[place + VALUE] ?? NONE;
      if (value !== NONE) this.set(old[place] ?? 0, old[place + SECOND] ?? 0, value);
    }
  }
}
