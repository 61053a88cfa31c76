/** Words that belong to one resolution: "quỹ" is the fund's, "sàn" the exchange's. Learnt from the entries. */
import { RESOLUTION_IDS, type ResolutionId } from "./entries";
import { NO_PAIR, type EntryTexts } from "./entry-texts";
import { holderCount, type Postings } from "./postings";
import type { Terms } from "./terms";

/** Term → the resolution whose word it is. */
export type Subjects = ReadonlyMap<number, ResolutionId>;

/** An entry is about a word from this sureness on. */
const ABOUT = 0.6;
/** At least this part of the resolution's entries are about the word… */
const SHARE_OF_RESOLUTION = 0.25;
/** …and at least this part of all entries about the word are the resolution's. */
const SHARE_OF_WORD = 0.65;

const isBound = (resolution: ResolutionId): boolean =>
  resolution !== "general" && resolution !== "laws" && resolution !== "smalltalk";

/** A word that nearly always stands in one pair says nothing without it: "hiểm" of "mạo hiểm". */
const PART_OF_PAIR = 0.9;

/** Words, without marks, that stand in one pair nearly wherever they stand. */
function partsOfPairs(words: ReadonlySet<number>, texts: EntryTexts, terms: Terms): ReadonlySet<number> {
  const counts = new Map([...words].map((word) => [word, { all: 0, pairs: new Map<number, number>() }]));
  const isAsked = terms.flags(words);
  let before = NO_PAIR;
  texts.words.forEach((word, at) => {
    const pair = texts.pairs[at] ?? NO_PAIR;
    const folded = terms.foldedOf(word);
    const seen = isAsked[folded] === 1 ? counts.get(folded) : undefined;
    if (seen !== undefined) {
      seen.all++;
      for (const own of [before, pair])
        if (own !== NO_PAIR) seen.pairs.set(own, (seen.pairs.get(own) ?? 0) + 1);
    }
    before = pair;
  });
  const isPart = (word: number): boolean => {
    const { all, pairs } = counts.get(word) ?? { all: 0, pairs: new Map<number, number>() };
    return Math.max(0, ...pairs.values()) >= PART_OF_PAIR * all;
  };
  return new Set([...words].filter(isPart));
}

/** `resolutions`: by place, which of `RESOLUTION_IDS` the entry belongs to. */
export function findSubjects(
  postings: Postings,
  resolutions: Uint8Array,
  texts: EntryTexts,
  terms: Terms,
): Subjects {
  const { starts, places, sureness } = postings;
  const sizes = new Int32Array(RESOLUTION_IDS.length);
  for (const resolution of resolutions) sizes[resolution] = (sizes[resolution] ?? 0) + 1;
  const bound = RESOLUTION_IDS.flatMap((id, resolution) => {
    const size = sizes[resolution] ?? 0;
    return isBound(id) && size > 0 ? [{ id, resolution, size }] : [];
  });
  const fewest = SHARE_OF_RESOLUTION * Math.min(...bound.map(({ size }) => size));
  const counts = new Int32Array(RESOLUTION_IDS.length);
  const subjects = new Map<number, ResolutionId>();
  for (let term = 0; term + 1 < starts.length; term++) {
    if (holderCount(postings, term) < fewest) continue;
    counts.fill(0);
    let all = 0;
    for (let i = starts[term] ?? 0; i < (starts[term + 1] ?? 0); i++) {
      if ((sureness[i] ?? 0) < ABOUT) continue;
      const resolution = resolutions[places[i] ?? 0] ?? 0;
      all++;
      counts[resolution] = (counts[resolution] ?? 0) + 1;
    }
    for (const { id, resolution, size } of bound) {
      const count = counts[resolution] ?? 0;
      if (count >= SHARE_OF_WORD * all && count >= SHARE_OF_RESOLUTION * size && count > 0)
        subjects.set(term, id);
    }
  }
  // A paper is told by its name, whatever stands beside it.
  const written = [...subjects.keys()].filter((term) => terms.word(term)?.isFixed === false);
  const parts = partsOfPairs(new Set(written.map((term) => terms.foldedOf(term))), texts, terms);
  for (const term of [...written, ...parts]) if (parts.has(terms.foldedOf(term))) subjects.delete(term);
  return subjects;
}
