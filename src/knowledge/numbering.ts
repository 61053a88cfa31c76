/** Words by number, what an entry holds, and who holds what. */
import type { Lexicon } from "./lexicon";
import type { Terms } from "./terms";
import type { Word } from "./words";

/** Who holds a term, by their place in the index, and how surely each is about it (0 to 1). */
export interface Holders {
  readonly places: Int32Array;
  readonly sureness: Float64Array;
}

export const NO_HOLDERS: Holders = { places: new Int32Array(), sureness: new Float64Array() };

/** Words of a text by number; pairs skip chatter, which stands between any two words. */
export interface Numbered {
  readonly written: Int32Array;
  readonly folded: Int32Array;
  readonly pairs: Int32Array;
}

export function numbered(words: readonly Word[], terms: Terms, lexicon: Lexicon): Numbered {
  const written = Int32Array.from(words, ({ text }) => terms.addWritten(text));
  const folded = Int32Array.from(words, (word) => terms.addFolded(word.folded));
  const pairs = new Int32Array(words.length).fill(-1);
  let before = -1;
  words.forEach(({ text }, i) => {
    if (lexicon.chatter.has(text)) return;
    if (before >= 0) pairs[before] = terms.addPair(folded[before] ?? 0, folded[i] ?? 0);
    before = i;
  });
  return { written, folded, pairs };
}

/** The terms of one entry, and how surely it is about each. */
export interface Bag {
  readonly terms: Int32Array;
  readonly sureness: Float64Array;
}

/** Joins what each field of an entry hints at; the lists it works on are made once for all entries. */
export function bagMaker(size: number): (fields: readonly (Numbered & { readonly weight: number })[]) => Bag {
  const doubts = new Float64Array(size);
  const seenIn = new Int32Array(size);
  let field = 0;
  return (fields) => {
    const touched: number[] = [];
    for (const { weight, written, folded, pairs } of fields) {
      field++;
      for (const ids of [written, folded, pairs])
        for (const id of ids) {
          if (id < 0 || seenIn[id] === field) continue;
          seenIn[id] = field;
          const doubt = doubts[id] ?? 0;
          if (doubt === 0) touched.push(id);
          doubts[id] = (doubt === 0 ? 1 : doubt) * (1 - weight);
        }
    }
    const terms = Int32Array.from(touched);
    const sureness = Float64Array.from(touched, (id) => 1 - (doubts[id] ?? 0));
    for (const id of touched) doubts[id] = 0;
    return { terms, sureness };
  };
}

/** Turns what each entry holds into who holds each term. */
export function invert(bags: readonly Bag[], size: number): Holders[] {
  const counts = new Int32Array(size);
  for (const { terms } of bags) for (const id of terms) counts[id] = (counts[id] ?? 0) + 1;
  const holders = Array.from(counts, (count) => ({
    places: new Int32Array(count),
    sureness: new Float64Array(count),
  }));
  const filled = new Int32Array(size);
  bags.forEach(({ terms, sureness }, place) => {
    terms.forEach((id, i) => {
      const at = filled[id] ?? 0;
      filled[id] = at + 1;
      const list = holders[id] ?? NO_HOLDERS;
      list.places[at] = place;
      list.sureness[at] = sureness[i] ?? 0;
    });
  });
  return holders;
}
