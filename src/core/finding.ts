/** One link of the set-up chain, as an operator is told of it. */
export interface Finding {
  /** Stable, for machines: `app-active`, `template-reminder`. */
  readonly id: string;
  readonly title: string;
  /** `unknown`: it could not be looked at, mostly because an earlier link is broken. */
  readonly state: "ok" | "warn" | "fail" | "unknown";
  readonly detail: string;
  /** What to do, where something is to be done. */
  readonly advice?: string;
}
