/** Misspelt words: one letter missing, added, changed or two swapped; or two words run together. */

/** Shorter words have too many neighbours to be corrected. */
const SHORTEST_CORRECTED = 3;
const SHORTEST_JOINED = 5;
/** More neighbours than this say nothing any more. */
const MOST_CORRECTIONS = 6;

export interface Speller {
  isKnown(folded: string): boolean;
  /** Known words one slip away, the likeliest first. */
  corrections(folded: string): readonly string[];
  /** The known words that were run together, or null. */
  split(folded: string): readonly string[] | null;
}

const withoutEachLetter = (word: string): string[] =>
  Array.from({ length: word.length }, (_, i) => word.slice(0, i) + word.slice(i + 1));

const isSwapOf = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  const i = Array.from(a).findIndex((letter, at) => letter !== b[at]);
  return i >= 0 && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
};

/** A swap keeps every letter; a missing or added letter keeps all but one; a changed one is the least likely. */
const slipSize = (word: string, meant: string): number => {
  if (isSwapOf(word, meant)) return 0;
  if (word.length !== meant.length) return word[0] === meant[0] ? 1 : 2;
  return word[0] === meant[0] ? 2 : 3;
};

/** Words and how often they occur; corrections prefer the frequent. */
export function createSpeller(counts: ReadonlyMap<string, number>): Speller {
  const byGap = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (word.length < SHORTEST_CORRECTED - 1 || !/^[a-z]+$/.test(word)) continue;
    for (const gap of [word, ...withoutEachLetter(word)]) {
      const known = byGap.get(gap);
      if (known === undefined) byGap.set(gap, [word]);
      else known.push(word);
    }
  }
  const isKnown = (folded: string) => counts.has(folded);
  const isOneSlipAway = (word: string, meant: string) =>
    Math.abs(word.length - meant.length) <= 1 &&
    (word.length !== meant.length || isSwapOf(word, meant) || differingLetters(word, meant) === 1);

  function corrections(folded: string): readonly string[] {
    if (folded.length < SHORTEST_CORRECTED || !/^[a-z]+$/.test(folded)) return [];
    const found = new Set<string>();
    for (const gap of [folded, ...withoutEachLetter(folded)])
      for (const word of byGap.get(gap) ?? []) if (isOneSlipAway(folded, word)) found.add(word);
    return [...found]
      .sort(
        (a, b) =>
          slipSize(folded, a) - slipSize(folded, b) ||
          (counts.get(b) ?? 0) - (counts.get(a) ?? 0) ||
          a.localeCompare(b, "en"),
      )
      .slice(0, MOST_CORRECTIONS);
  }

  function split(folded: string): readonly string[] | null {
    if (folded.length < SHORTEST_JOINED || !/^[a-z]+$/.test(folded)) return null;
    for (let i = folded.length - 2; i >= 2; i--) {
      const head = folded.slice(0, i);
      if (!isKnown(head)) continue;
      const rest = folded.slice(i);
      if (isKnown(rest)) return [head, rest];
      const tail = split(rest);
      if (tail !== null) return [head, ...tail];
    }
    return null;
  }

  return { isKnown, corrections, split };
}

function differingLetters(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}
