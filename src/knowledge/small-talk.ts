/** Greetings, thanks, questions about the bot: told by being nearly a known one, or by a keyword among social words. */
import type { Entry } from "./entries";
import { waysOfAsking, type EntryTexts } from "./entry-texts";
import type { Lexicon } from "./lexicon";
import type { Terms } from "./terms";
import type { Word } from "./words";

export interface SmallTalk {
  /** The place of the entry that a message is small talk of, or null. `asksNothing`: not even of another subject. */
  find(words: readonly Word[], hasMarks: boolean, asksNothing: boolean): number | null;
}

/** A longer message says something of its own. */
const MOST_WORDS = 16;
/** Part of the words that message and phrasing must share (Dice). */
const ALIKE = 0.66;

/** Part of the words that may be strange in a message that asks nothing: "chán bot quá, toàn nói linh tinh". */
const MOST_STRANGE = 0.4;

/** What is read of a text: its words as written, or without marks for a message that has none. */
type Spelling = "written" | "folded";

interface Said {
  readonly place: number;
  readonly words: ReadonlySet<string>;
  /** The same, to walk through. */
  readonly each: readonly string[];
}

/** The small talk of the entries in one spelling. */
interface Talk {
  readonly phrasings: readonly Said[];
  /** In order, between spaces; alone among social words each of them says that a message is small talk. */
  readonly keywords: readonly { readonly place: number; readonly text: string }[];
  readonly vocabularies: ReadonlyMap<number, ReadonlySet<string>>;
  readonly chatter: ReadonlySet<string>;
  readonly social: ReadonlySet<string>;
  /** Every word that a message may hold to be small talk at all. */
  readonly allowed: ReadonlySet<string>;
}

function dice(words: readonly string[], phrasing: Said): number {
  let shared = 0;
  for (const word of words) if (phrasing.words.has(word)) shared++;
  return (2 * shared) / (words.length + phrasing.each.length);
}

/** The likest phrasing, when it is alike enough. */
function likest(words: readonly string[], phrasings: readonly Said[], from: number): number | null {
  let best: number | null = null;
  let bestShare = from;
  for (const phrasing of phrasings) {
    const share = dice(words, phrasing);
    if (share > bestShare) [best, bestShare] = [phrasing.place, share];
  }
  return best;
}

/** "chào ad, cảm ơn nhé": small talk through and through; the last part is answered. */
function lastOfSeveral(words: readonly string[], { phrasings, chatter }: Talk): number | null {
  const said = phrasings.filter(({ each }) => each.every((word) => words.includes(word)));
  const covered = new Set(said.flatMap(({ each }) => each));
  const endOf = ({ each }: Said) => Math.max(...each.map((word) => words.indexOf(word)));
  if (covered.size === 0 || !words.every((word) => covered.has(word) || chatter.has(word))) return null;
  return said.reduce((last, each) => (endOf(each) > endOf(last) ? each : last)).place;
}

/** "trân trọng cảm ơn quý cơ quan": a keyword, and beside it only what such entries say themselves. */
function byKeyword(text: string, words: readonly string[], talk: Talk, mostStrange: number): number | null {
  const places = new Set(
    talk.keywords.filter((keyword) => text.includes(keyword.text)).map(({ place }) => place),
  );
  if (places.size === 0) return null;
  const isSocial = (word: string): boolean =>
    talk.chatter.has(word) ||
    talk.social.has(word) ||
    [...places].some((place) => talk.vocabularies.get(place)?.has(word) === true);
  const strange = words.filter((word) => !isSocial(word)).length;
  if (strange > mostStrange * words.length) return null;
  return likest(
    words,
    talk.phrasings.filter(({ place }) => places.has(place)),
    0,
  );
}

export function createSmallTalk(
  entries: readonly Entry[],
  { words: all, starts, firstTexts }: EntryTexts,
  terms: Terms,
  lexicon: Lexicon,
): SmallTalk {
  /** Each once, in order. */
  const tellingWords = (words: readonly Word[], spelling: Spelling): string[] => {
    const kept = words.filter((word) => !lexicon.particles.has(word.folded));
    return [...new Set((kept.length > 0 ? kept : words).map((word) => wordIn(word, spelling)))];
  };
  const wordsOf = (text: number): readonly Word[] =>
    [...all.subarray(starts[text], starts[text + 1])].flatMap((term) => terms.word(term) ?? []);
  const places = entries.flatMap((entry, place) => {
    if (entry.kind !== "smalltalk") return [];
    const texts = (from: number, count: number) => Array.from({ length: count }, (_, i) => wordsOf(from + i));
    const first = firstTexts[place] ?? 0;
    const ways = waysOfAsking(entry).length;
    return [{ place, asked: texts(first, ways), keywords: texts(first + ways, entry.keywords.length) }];
  });
  const talkIn = (spelling: Spelling): Talk => {
    const phrasings = places.flatMap(({ place, asked }) =>
      asked.map((words) => {
        const each = tellingWords(words, spelling);
        return { place, words: new Set(each), each };
      }),
    );
    const wordsAt = (at: number) => phrasings.filter(({ place }) => place === at).flatMap(({ each }) => each);
    const chatter = spelling === "written" ? lexicon.chatter : lexicon.foldedChatter;
    const social = spelling === "written" ? lexicon.social : lexicon.foldedSocial;
    return {
      phrasings,
      keywords: places.flatMap(({ place, keywords }) =>
        keywords.map((words) => ({ place, text: textOf(words, spelling) })),
      ),
      vocabularies: new Map(places.map(({ place }) => [place, new Set(wordsAt(place))])),
      chatter,
      social,
      allowed: new Set([...chatter, ...social, ...phrasings.flatMap(({ each }) => each)]),
    };
  };
  const talks = { written: talkIn("written"), folded: talkIn("folded") };
  return {
    find(message, hasMarks, asksNothing) {
      if (message.length > MOST_WORDS) return null;
      const spelling = hasMarks ? "written" : "folded";
      const talk = talks[spelling];
      const words = tellingWords(message, spelling);
      if (!asksNothing && !words.every((word) => talk.allowed.has(word))) return null;
      // A word that the phrasing lacks must be chatter, else the message is about something.
      const candidates = talk.phrasings.filter((phrasing) =>
        words.every((word) => phrasing.words.has(word) || talk.chatter.has(word)),
      );
      return (
        likest(words, candidates, ALIKE) ??
        lastOfSeveral(words, talk) ??
        byKeyword(textOf(message, spelling), words, talk, asksNothing ? MOST_STRANGE : 0)
      );
    },
  };
}

const wordIn = (word: Word, spelling: Spelling): string => (spelling === "written" ? word.text : word.folded);

const textOf = (words: readonly Word[], spelling: Spelling): string =>
  ` ${words.map((word) => wordIn(word, spelling)).join(" ")} `;
