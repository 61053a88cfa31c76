/** The few best of many places, in order. */

/** How many are kept. */
const MOST = 32;

/** Ties keep the order in which they came. Filled anew for each question. */
export class BestFew {
  /** The first `count` are taken, the best first. */
  readonly places = new Int32Array(MOST);
  count = 0;
  private readonly scores = new Float64Array(MOST);
  /** What the next one must exceed. */
  bar = -Infinity;

  begin(): void {
    this.count = 0;
    this.bar = -Infinity;
  }

  /** The score is above the bar. */
  offer(place: number, score: number): void {
    const { places, scores } = this;
    let at = this.count < MOST ? this.count++ : MOST - 1;
    for (; at > 0 && (scores[at - 1] ?? 0) < score; at--) {
      places[at] = places[at - 1] ?? 0;
      scores[at] = scores[at - 1] ?? 0;
    }
    places[at] = place;
    scores[at] = score;
    if (this.count === MOST) this.bar = scores[MOST - 1] ?? 0;
  }

  taken(): number[] {
    return [...this.places.subarray(0, this.count)];
  }
}
