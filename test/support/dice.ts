/** Numbers from 0 to below 1 that depend on a seed alone. */
export type Dice = () => number;

/** The generator of Park and Miller: short, and the same on every machine. */
export function diceOf(seed: number): Dice {
  const [multiplier, modulus] = [48_271, 2_147_483_647];
  let state = (seed * 7_919 + 1) % modulus;
  const roll = () => (state = (state * multiplier) % modulus) / modulus;
  for (let warmUp = 0; warmUp < 10; warmUp++) roll();
  return roll;
}

export const chance = (dice: Dice, part: number): boolean => dice() < part;

/** A whole number from 0 to below `below`. */
export const numberBelow = (dice: Dice, below: number): number => Math.floor(dice() * below);

export function pick<T>(dice: Dice, from: readonly T[]): T {
  const picked = from[numberBelow(dice, from.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}
