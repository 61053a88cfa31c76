/** Counts of passed and judged, with the interval in which the true rate lies. */

export interface Tally {
  readonly passed: number;
  readonly judged: number;
}

/** Two-sided 95 %. */
const Z = 1.96;

/** Wilson's interval for a share: honest for small counts and near 0 and 1. */
export function wilson({ passed, judged }: Tally): { low: number; high: number } {
  if (judged === 0) return { low: 0, high: 1 };
  const share = passed / judged;
  const spread = Z * Math.sqrt((share * (1 - share)) / judged + (Z * Z) / (4 * judged * judged));
  const middle = share + (Z * Z) / (2 * judged);
  const scale = 1 + (Z * Z) / judged;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/** Adds one result under every key it belongs to. */
export function count(tallies: Map<string, Tally>, keys: readonly string[], passed: boolean): void {
  for (const key of keys) {
    const { passed: before, judged } = tallies.get(key) ?? { passed: 0, judged: 0 };
    tallies.set(key, { passed: before + Number(passed), judged: judged + 1 });
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const KEY_WIDTH = 26;
const COUNT_WIDTH = 11;
const SHARE_WIDTH = 8;

/** Key, counts, share, interval. */
export function tallyCells([key, tally]: readonly [string, Tally]): string[] {
  const { low, high } = wilson(tally);
  const share = tally.judged === 0 ? 0 : tally.passed / tally.judged;
  return [key, `${tally.passed}/${tally.judged}`, percent(share), `${percent(low)} – ${percent(high)}`];
}

export function tallyLine(key: string, tally: Tally): string {
  const [, counts = "", share = "", interval = ""] = tallyCells([key, tally]);
  return `${key.padEnd(KEY_WIDTH)}${counts.padStart(COUNT_WIDTH)}${share.padStart(SHARE_WIDTH)}  [${interval}]`;
}
