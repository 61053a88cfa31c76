/** What operators must hear, whoever notices it. */

export interface Alarm {
  /** What is wrong, by a name that stays the same however often and wherever it is noticed. */
  readonly cause: string;
  /** For operators, in their language. */
  readonly text: string;
  /** How long they are left alone with this cause while it lasts; a day where nothing is said. */
  readonly quietMs?: number;
}

/** Tells the operators, unless they have heard of this cause within its quiet time. Never throws. */
export type Raise = (alarm: Alarm) => void;
