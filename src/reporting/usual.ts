/** Where a figure usually lies for one unit: asked about once when it lies elsewhere, never refused. */

export interface Usual {
  readonly low: number;
  readonly high: number;
}

/** With fewer weeks a unit's own past says too little, and the template's range is used. */
const MIN_WEEKS = 4;
/**
 * Median absolute deviations on either side of the median. 3.5 standard deviations is the customary border of
 * the modified z-score; 1.4826 turns a deviation of this kind into a standard one.
 */
const DEVIATIONS = 3.5 * 1.4826;
/** Units that always report the same figure have no deviation: half as much again is still not worth a question. */
const MIN_SPREAD_SHARE = 0.5;
/** Nor is a handful more than usual where figures are small. */
const MIN_SPREAD = 5;

/** The range of a unit's own past weeks; null where there are too few. */
export function usualOf(pastWeeks: readonly number[]): Usual | null {
  if (pastWeeks.length < MIN_WEEKS) return null;
  const middle = median(pastWeeks);
  const deviation = median(pastWeeks.map((value) => Math.abs(value - middle)));
  const spread = Math.max(deviation * DEVIATIONS, middle * MIN_SPREAD_SHARE, MIN_SPREAD);
  return { low: Math.max(0, Math.floor(middle - spread)), high: Math.ceil(middle + spread) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return (lower + upper) / 2;
}
