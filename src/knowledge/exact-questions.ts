/** Whole questions that stand in the entries, word for word; marks and particles make no difference. */
import type { EntryTexts } from "./entry-texts";
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
  /** The place of the entry that is asked in these words, or null. */
  find(words: readonly Word[]): number | null;
}

/** FNV-1a over whole numbers. */
const [HASH_START, HASH_FACTOR] = [0x811c9dc5, 0x01000193];
const hashOf = (terms: readonly number[]): number =>
  terms.reduce((hash, term) => Math.imul(hash ^ term, HASH_FACTOR), HASH_START | 0);

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
  const particles = new Set([...lexicon.particles].map((word) => terms.findFolded(word)));
  const telling = (folded: readonly number[]): readonly number[] => {
    const kept = folded.filter((term) => !particles.has(term));
    return kept.length > 0 ? kept : folded;
  };
  const termsOf = (text: number): readonly number[] => {
    const folded: number[] = [];
    for (let at = starts[text] ?? 0; at < (starts[text + 1] ?? 0); at++)
      folded.push(terms.foldedOf(words[at] ?? 0));
    return telling(folded);
  };
  /** Hash → text. Another text with the same hash stands behind the next free one. */
  const byHash = new Map<number, number>();
  const places = new Map<number, number>();
  const slotOf = (wanted: readonly number[]): number => {
    let slot = hashOf(wanted);
    for (let text = byHash.get(slot); text !== undefined; text = byHash.get(slot)) {
      if (isSame(termsOf(text), wanted)) return slot;
      slot++;
    }
    return slot;
  };
  entries.forEach(({ firstText, endText }, place) => {
    for (let text = firstText; text < endText; text++) {
      const slot = slotOf(termsOf(text));
      byHash.set(slot, text);
      places.set(slot, place);
    }
  });
  return {
    find(asked) {
      const kept = asked.filter((word) => !lexicon.particles.has(word.folded));
      const wanted: number[] = [];
      for (const { folded } of kept.length > 0 ? kept : asked) {
        const term = terms.findFolded(folded);
        if (term === undefined) return null;
        wanted.push(term);
      }
      return places.get(slotOf(wanted)) ?? null;
    },
  };
}
