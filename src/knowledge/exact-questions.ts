/** Whole questions that stand in the entries, word for word; marks and particles make no difference. */
import type { EntryTexts } from "./entry-texts";
import { HASH_START, mixed } from "./hash";
import type { Lexicon } from "./lexicon";
import type { Terms } from "./terms";
import type { Word } from "./words";

/** Words joined by one space, without marks and particles: the form in which whole questions are compared. */
export function exactKey(words: readonly Word[], { particles }: Lexicon): string {
  const folded = words.map((word) => word.folded);
  const telling = folded.filter((word) => !particles.has(word));
  return (telling.length > 0 ? telling : folded).join(" ");
}

export interface ExactQuestions {
  /** No question has more words. */
  readonly longest: number;
  /** The place of the entry that is asked in these words, or null. */
  find(words: readonly Word[]): number | null;
}

const hashOf = (terms: readonly number[]): number => terms.reduce(mixed, HASH_START);

/** At least so many places for each text, so that a search ends soon. */
const PLACES_PER_TEXT = 2;
const FREE = -1;

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((term, i) => term === b[i]);

/** `entries`: which texts of each are its ways of asking. */
export function exactQuestions(
  texts: EntryTexts,
  terms: Terms,
  lexicon: Lexicon,
  entries: readonly { readonly firstText: number; readonly endText: number }[],
): ExactQuestions {
  const { words, starts } = texts;
  const isParticle = terms.flags([...lexicon.particles].map((word) => terms.findFolded(word)));
  const termsOf = (text: number): readonly number[] => {
    const folded = Array.from(words.subarray(starts[text], starts[text + 1]), (word) => terms.foldedOf(word));
    const telling = folded.filter((term) => isParticle[term] === 0);
    return telling.length > 0 ? telling : folded;
  };
  const hashOfText = (text: number): number => {
    let hash = HASH_START;
    let isEmpty = true;
    for (let at = starts[text] ?? 0; at < (starts[text + 1] ?? 0); at++) {
      const term = terms.foldedOf(words[at] ?? 0);
      if (isParticle[term] === 1) continue;
      hash = mixed(hash, term);
      isEmpty = false;
    }
    return isEmpty ? hashOf(termsOf(text)) : hash;
  };
  const count = entries.reduce((sum, { firstText, endText }) => sum + endText - firstText, 0);
  const capacity = 2 ** Math.ceil(Math.log2(count * PLACES_PER_TEXT + 1));
  /** By hash: texts, and the entries that they belong to; the next free place where one is taken. */
  const asked = new Int32Array(capacity).fill(FREE);
  const places = new Int32Array(capacity);
  const placeOf = (hash: number): number => (hash ^ (hash >>> 16)) & (capacity - 1);
  const after = (slot: number): number => (slot + 1) & (capacity - 1);
  entries.forEach(({ firstText, endText }, place) => {
    for (let text = firstText; text < endText; text++) {
      let slot = placeOf(hashOfText(text));
      while (asked[slot] !== FREE) slot = after(slot);
      asked[slot] = text;
      places[slot] = place;
    }
  });
  let longest = 0;
  for (const { firstText, endText } of entries)
    for (let text = firstText; text < endText; text++)
      longest = Math.max(longest, (starts[text + 1] ?? 0) - (starts[text] ?? 0));
  return {
    longest,
    find(said) {
      const kept = said.filter((word) => !lexicon.particles.has(word.folded));
      const wanted: number[] = [];
      for (const { folded } of kept.length > 0 ? kept : said) {
        const term = terms.findFolded(folded);
        if (term === undefined) return null;
        wanted.push(term);
      }
      let found: number | null = null;
      for (let slot = placeOf(hashOf(wanted)); asked[slot] !== FREE; slot = after(slot))
        // The later entry counts.
        if (isSame(termsOf(asked[slot] ?? 0), wanted)) found = places[slot] ?? null;
      return found;
    },
  };
}
