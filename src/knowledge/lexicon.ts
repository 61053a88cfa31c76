/** Words as people type them: short forms, words that stand for one another, chatter, foreign subjects. */
import { z } from "zod";
import { fold, normalise } from "../core/text";

export const lexiconSchema = z.strictObject({
  short: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  same: z.array(z.array(z.string()).min(2)),
  near: z.array(z.array(z.string()).min(2)),
  chatter: z.string(),
  particles: z.string(),
  abuse: z.string(),
  foreign: z.array(z.string()),
});

/** A group of words that stand for one another, each split into words. */
export interface SynonymGroup {
  readonly members: readonly (readonly string[])[];
  /** How much of a word's weight a synonym carries. */
  readonly strength: number;
}

export interface Lexicon {
  /** Short form, in lower case → the words meant; several where it may mean several things. */
  readonly short: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** First word, folded, of each member of a group → the groups and members that begin with it. */
  readonly groupsByFirstWord: ReadonlyMap<
    string,
    readonly { readonly group: SynonymGroup; readonly member: readonly string[] }[]
  >;
  readonly chatter: ReadonlySet<string>;
  /** The same words without marks, for people who type none. */
  readonly foldedChatter: ReadonlySet<string>;
  /** Chatter that even small talk does without, without marks. */
  readonly particles: ReadonlySet<string>;
  /** Rude words and phrases. */
  readonly abuse: readonly (readonly string[])[];
  readonly foreign: readonly (readonly string[])[];
}

/** Words that say the same thing count nearly in full; neighbours in meaning count for somewhat more than half. */
const SAME_STRENGTH = 0.9;
const NEAR_STRENGTH = 0.6;

const wordsOf = (text: string): string[] =>
  normalise(text)
    .toLowerCase()
    .split(/[\s_]+/)
    .filter((word) => word !== "");

/** The lexicon in the form that the engine looks things up in. */
export function compileLexicon(raw: z.infer<typeof lexiconSchema>): Lexicon {
  const short = new Map<string, string[][]>();
  for (const [key, value] of Object.entries(raw.short))
    short.set(normalise(key).toLowerCase(), (typeof value === "string" ? [value] : value).map(wordsOf));
  const groups: SynonymGroup[] = [
    ...raw.same.map((words) => ({ members: words.map(wordsOf), strength: SAME_STRENGTH })),
    ...raw.near.map((words) => ({ members: words.map(wordsOf), strength: NEAR_STRENGTH })),
  ];
  const groupsByFirstWord = new Map<string, { group: SynonymGroup; member: readonly string[] }[]>();
  for (const group of groups)
    for (const member of group.members) {
      const first = fold(member[0] ?? "");
      const known = groupsByFirstWord.get(first);
      if (known === undefined) groupsByFirstWord.set(first, [{ group, member }]);
      else known.push({ group, member });
    }
  const chatter = wordsOf(raw.chatter);
  return {
    short,
    groupsByFirstWord,
    chatter: new Set(chatter),
    foldedChatter: new Set(chatter.map(fold)),
    particles: new Set(wordsOf(raw.particles).map(fold)),
    abuse: raw.abuse
      .split(/\s+/)
      .filter((word) => word !== "")
      .map(wordsOf),
    foreign: raw.foreign.map(wordsOf),
  };
}
