/** Words that belong to one resolution: "quỹ" is the fund's, "sàn" the exchange's. Learnt from the entries. */
import type { Entry, ResolutionId } from "./entries";
import type { Holders } from "./numbering";

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

export function findSubjects(entries: readonly Entry[], holders: readonly Holders[]): Subjects {
  const sizes = new Map<ResolutionId, number>();
  for (const { resolution } of entries) sizes.set(resolution, (sizes.get(resolution) ?? 0) + 1);
  const subjects = new Map<number, ResolutionId>();
  holders.forEach(({ places, sureness }, term) => {
    const counts = new Map<ResolutionId, number>();
    let all = 0;
    places.forEach((place, i) => {
      const resolution = entries[place]?.resolution;
      if (resolution === undefined || (sureness[i] ?? 0) < ABOUT) return;
      all++;
      counts.set(resolution, (counts.get(resolution) ?? 0) + 1);
    });
    for (const [resolution, count] of counts)
      if (
        isBound(resolution) &&
        count >= SHARE_OF_WORD * all &&
        count >= SHARE_OF_RESOLUTION * (sizes.get(resolution) ?? 0)
      )
        subjects.set(term, resolution);
  });
  return subjects;
}
