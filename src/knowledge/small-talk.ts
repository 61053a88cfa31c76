/** Greetings, thanks, questions about the bot: short messages that are told by being nearly a known one. */
import type { Entry } from "./entries";
import { waysOfAsking } from "./entry-texts";
import type { Lexicon } from "./lexicon";
import { entryWords } from "./read-words";
import type { Word } from "./words";

export interface SmallTalk {
  /** The place of the entry that a message is small talk of, or null. */
  find(words: readonly Word[], hasMarks: boolean): number | null;
}

/** A longer message says something of its own. */
const MOST_WORDS = 9;
/** Part of the words that message and phrasing must share (Dice). */
const ALIKE = 0.66;

const isParticle = (word: Word, { particles }: Lexicon): boolean => particles.has(word.folded);

export function createSmallTalk(entries: readonly Entry[], lexicon: Lexicon): SmallTalk {
  const tellingWords = (words: readonly Word[], hasMarks: boolean): Set<string> => {
    const kept = words.filter((word) => !isParticle(word, lexicon));
    return new Set((kept.length > 0 ? kept : words).map((word) => (hasMarks ? word.text : word.folded)));
  };
  const known = entries.flatMap((entry, place) =>
    entry.kind === "smalltalk"
      ? waysOfAsking(entry).map((text) => {
          const words = entryWords(text, lexicon);
          return { place, written: tellingWords(words, true), folded: tellingWords(words, false) };
        })
      : [],
  );
  /** "chào ad, cảm ơn nhé": small talk through and through; the last part is answered. */
  const lastOfSeveral = (
    words: ReadonlySet<string>,
    chatter: ReadonlySet<string>,
    hasMarks: boolean,
  ): number | null => {
    const said = known
      .map(({ place, written, folded }) => ({ place, phrasing: hasMarks ? written : folded }))
      .filter(({ phrasing }) => [...phrasing].every((word) => words.has(word)));
    const covered = new Set(said.flatMap(({ phrasing }) => [...phrasing]));
    const order = [...words];
    const endOf = (phrasing: ReadonlySet<string>) =>
      Math.max(...[...phrasing].map((word) => order.indexOf(word)));
    if (covered.size === 0 || !order.every((word) => covered.has(word) || chatter.has(word))) return null;
    return said.reduce((last, each) => (endOf(each.phrasing) > endOf(last.phrasing) ? each : last)).place;
  };
  return {
    find(message, hasMarks) {
      if (message.length > MOST_WORDS) return null;
      const words = tellingWords(message, hasMarks);
      const chatter = hasMarks ? lexicon.chatter : lexicon.foldedChatter;
      let best: number | null = null;
      let bestShare = ALIKE;
      for (const { place, written, folded } of known) {
        const phrasing = hasMarks ? written : folded;
        // A word that the phrasing lacks must be chatter, else the message is about something.
        if (![...words].every((word) => phrasing.has(word) || chatter.has(word))) continue;
        const shared = [...words].filter((word) => phrasing.has(word)).length;
        const share = (2 * shared) / (words.size + phrasing.size);
        if (share > bestShare) [best, bestShare] = [place, share];
      }
      return best ?? lastOfSeveral(words, chatter, hasMarks);
    },
  };
}
