/** Words as people type them: short forms, words that stand for one another, chatter, foreign subjects. */
import { z } from "zod";
import { fold, normalise } from "../core/text";

export const lexiconSchema = z.strictObject({
  short: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  same: z.array(z.array(z.string()).min(2)),
  near: z.array(z.array(z.string()).min(2)),
  chatter: z.string(),
  light: z.string(),
  asides: z.array(z.string()),
  particles: z.string(),
  social: z.string(),
  abuse: z.string(),
  elsewhere: z.array(z.string()),
  ours: z.array(z.string()),
  foreign: z.array(z.string()),
});

/** A word of the lexicon, folded once and for all. */
export interface LexiconWord {
  readonly text: string;
  readonly folded: string;
}
export type Phrase = readonly LexiconWord[];

/** A group of words that stand for one another, each split into words. */
export interface SynonymGroup {
  readonly members: readonly Phrase[];
  /** How much of a word's weight a synonym carries. */
  readonly strength: number;
}

/** First word, without marks → the phrases that begin with it. */
export type PhraseBook = ReadonlyMap<string, readonly Phrase[]>;

export interface Lexicon {
  /** Short form, in lower case → the words meant; several where it may mean several things. */
  readonly short: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** First word, folded, of each member of a group → the groups and members that begin with it. */
  readonly groupsByFirstWord: ReadonlyMap<
    string,
    readonly { readonly group: SynonymGroup; readonly member: Phrase }[]
  >;
  readonly chatter: ReadonlySet<string>;
  /** The same words without marks, for people who type none. */
  readonly foldedChatter: ReadonlySet<string>;
  /** Words of every day: they say little of a subject, however seldom they stand in the entries. */
  readonly light: ReadonlySet<string>;
  /** Phrases that lead to a question or soften it, and say nothing of what it is about, though their words may. */
  readonly asides: PhraseBook;
  /** Chatter that even small talk does without, without marks. */
  readonly particles: ReadonlySet<string>;
  /** Words of courtesy that may stand beside small talk and say nothing of our subject. */
  readonly social: ReadonlySet<string>;
  readonly foldedSocial: ReadonlySet<string>;
  /** Rude words and phrases. */
  readonly abuse: PhraseBook;
  /** What is spoken of in several of our papers, so that it names none of them but surely this subject. */
  readonly ours: PhraseBook;
  readonly foreign: PhraseBook;
  /** Other places. */
  readonly elsewhere: PhraseBook;
}

/** Words that say the same thing count nearly in full; neighbours in meaning count for somewhat more than half. */
const SAME_STRENGTH = 0.9;
const NEAR_STRENGTH = 0.6;

const wordsOf = (text: string): string[] =>
  normalise(text)
    .toLowerCase()
    .split(/[\s_]+/)
    .filter((word) => word !== "");

const phraseOf = (text: string): Phrase => wordsOf(text).map((word) => ({ text: word, folded: fold(word) }));

/** "=cống tắc" counts with its marks only: without them it is "công tác" as well. */
const AS_WRITTEN = "=";

function phraseInBook(text: string): Phrase {
  if (!text.startsWith(AS_WRITTEN)) return phraseOf(text);
  return phraseOf(text.slice(AS_WRITTEN.length)).map(({ text: word }) => ({ text: word, folded: word }));
}

function bookOf(texts: readonly string[]): PhraseBook {
  const book = new Map<string, Phrase[]>();
  for (const phrase of texts.map(phraseInBook)) {
    const first = fold(phrase[0]?.text ?? "");
    book.set(first, [...(book.get(first) ?? []), phrase]);
  }
  return book;
}

const splitAtSpaces = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

/** The lexicon in the form that the engine looks things up in. */
export function compileLexicon(raw: z.infer<typeof lexiconSchema>): Lexicon {
  const short = new Map<string, string[][]>();
  for (const [key, value] of Object.entries(raw.short))
    short.set(normalise(key).toLowerCase(), (typeof value === "string" ? [value] : value).map(wordsOf));
  const groups: SynonymGroup[] = [
    ...raw.same.map((words) => ({ members: words.map(phraseOf), strength: SAME_STRENGTH })),
    ...raw.near.map((words) => ({ members: words.map(phraseOf), strength: NEAR_STRENGTH })),
  ];
  const groupsByFirstWord = new Map<string, { group: SynonymGroup; member: Phrase }[]>();
  for (const group of groups)
    for (const member of group.members) {
      const first = member[0]?.folded ?? "";
      const known = groupsByFirstWord.get(first);
      if (known === undefined) groupsByFirstWord.set(first, [{ group, member }]);
      else known.push({ group, member });
    }
  const chatter = wordsOf(raw.chatter);
  const social = wordsOf(raw.social);
  return {
    short,
    groupsByFirstWord,
    chatter: new Set(chatter),
    foldedChatter: new Set(chatter.map(fold)),
    light: new Set(wordsOf(raw.light)),
    asides: bookOf(raw.asides),
    particles: new Set(wordsOf(raw.particles).map(fold)),
    social: new Set(social),
    foldedSocial: new Set(social.map(fold)),
    abuse: bookOf(splitAtSpaces(raw.abuse)),
    ours: bookOf(raw.ours),
    foreign: bookOf(raw.foreign),
    elsewhere: bookOf(raw.elsewhere),
  };
}
