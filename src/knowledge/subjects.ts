/** Words that belong to one resolution: "quỹ" is the fund's, "sàn" the exchange's. Learnt from the entries. */
import type { Entry, ResolutionId } from "./entries";
import { holderCount, type Postings } from "./postings";

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

export function findSubjects(entries: readonly Entry[], postings: Postings): Subjects {
  const { starts, places, sureness } = postings;
  const sizes = new Map<ResolutionId, number>();
  for (const { resolution } of entries) sizes.set(resolution, (sizes.get(resolution) ?? 0) + 1);
  const bound = [...sizes].filter(([resolution]) => isBound(resolution));
  const fewest = SHARE_OF_RESOLUTION * Math.min(...bound.map(([, size]) => size));
  const subjects = new Map<number, ResolutionId>();
  for (let term = 0; term + 1 < starts.length; term++) {
    if (holderCount(postings, term) < fewest) continue;
    const counts = new Map<ResolutionId, number>();
    let all = 0;
    for (let i = starts[term] ?? 0; i < (starts[term + 1] ?? 0); i++) {
      const resolution = entries[places[i] ?? 0]?.resolution;
      if (resolution === undefined || (sureness[i] ?? 0) < ABOUT) continue;
      all++;
      counts.set(resolution, (counts.get(resolution) ?? 0) + 1);
    }
    for (const [resolution, size] of bound) {
      const count = counts.get(resolution) ?? 0;
      if (count >= SHARE_OF_WORD * all && count >= SHARE_OF_RESOLUTION * size && count > 0)
        subjects.set(term, resolution);
    }
  }
  return subjects;
}
