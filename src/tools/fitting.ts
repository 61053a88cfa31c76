/** Two small fits by gradient ascent, from a fixed start and without chance: the same data give the same weights. */

/** A question with its candidates; right ones should come before all others. */
export interface Choice {
  readonly weight: number;
  readonly options: readonly { readonly features: readonly number[]; readonly isRight: boolean }[];
}

export interface Example {
  readonly features: readonly number[];
  readonly isRight: boolean;
  readonly weight: number;
}

const STEPS = 1_500;
const STEP_SIZE = 0.05;
/** Adam's usual memory of the slope and of its square. */
const SLOPE_MEMORY = 0.9;
const SQUARE_MEMORY = 0.999;
const TINY = 1e-8;
/** Keeps weights from growing without bound where the data are easily told apart. */
const PULL_TO_ZERO = 0.0003;

function ascend(start: readonly number[], slopeAt: (weights: readonly number[]) => number[]): number[] {
  let weights = [...start];
  let slopes = start.map(() => 0);
  let squares = start.map(() => 0);
  for (let step = 1; step <= STEPS; step++) {
    const slope = slopeAt(weights).map((value, i) => value - PULL_TO_ZERO * (weights[i] ?? 0));
    slopes = slopes.map((old, i) => SLOPE_MEMORY * old + (1 - SLOPE_MEMORY) * (slope[i] ?? 0));
    squares = squares.map((old, i) => SQUARE_MEMORY * old + (1 - SQUARE_MEMORY) * (slope[i] ?? 0) ** 2);
    weights = weights.map((weight, i) => {
      const mean = (slopes[i] ?? 0) / (1 - SLOPE_MEMORY ** step);
      const spread = Math.sqrt((squares[i] ?? 0) / (1 - SQUARE_MEMORY ** step));
      return weight + (STEP_SIZE * mean) / (spread + TINY);
    });
  }
  return weights;
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/** Scores turn into chances by this factor, so that weights stay near the size they are used at. */
const SHARPNESS = 12;

/** Weights under which right options are the likeliest (conditional logit). */
export function fitChoice(choices: readonly Choice[], start: readonly number[]): number[] {
  const mass = choices.reduce((sum, { weight }) => sum + weight, 0);
  return ascend(start, (weights) => {
    const slope = start.map(() => 0);
    for (const { weight, options } of choices) {
      const scores = options.map(({ features }) => SHARPNESS * dot(features, weights));
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const all = odds.reduce((sum, value) => sum + value, 0);
      const right = odds.reduce((sum, value, i) => (options[i]?.isRight === true ? sum + value : sum), 0);
      options.forEach(({ features, isRight }, i) => {
        const share = (odds[i] ?? 0) / all;
        const pull = (isRight ? (odds[i] ?? 0) / Math.max(right, TINY) : 0) - share;
        if (Math.abs(pull) < TINY) return;
        for (let j = 0; j < slope.length; j++)
          slope[j] = (slope[j] ?? 0) + (weight * SHARPNESS * pull * (features[j] ?? 0)) / mass;
      });
    }
    return slope;
  });
}

/** Logistic regression; the last feature is the constant 1. */
export function fitLogistic(examples: readonly Example[]): number[] {
  const width = examples[0]?.features.length ?? 0;
  const mass = examples.reduce((sum, { weight }) => sum + weight, 0);
  return ascend(new Array<number>(width).fill(0), (weights) => {
    const slope = weights.map(() => 0);
    for (const { features, isRight, weight } of examples) {
      const sure = 1 / (1 + Math.exp(-dot(features, weights)));
      const pull = (weight * (Number(isRight) - sure)) / mass;
      for (let j = 0; j < slope.length; j++) slope[j] = (slope[j] ?? 0) + pull * (features[j] ?? 0);
    }
    return slope;
  });
}

/** Part of the choices, by weight, in which these weights put a right option first. */
export function shareRight(choices: readonly Choice[], weights: readonly number[]): number {
  let right = 0;
  let mass = 0;
  for (const { weight, options } of choices) {
    let best = -Infinity;
    let isRight = false;
    for (const option of options) {
      const score = dot(option.features, weights);
      if (score > best) [best, isRight] = [score, option.isRight];
    }
    mass += weight;
    if (isRight) right += weight;
  }
  return mass === 0 ? 0 : right / mass;
}
