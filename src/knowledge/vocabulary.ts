/** The words of the entries, apart from who uses them: how often, and in which spellings. */
import type { EntryTexts } from "./entry-texts";
import type { Terms } from "./terms";

export interface Vocabulary {
  /** Words without marks → how often they stand in the entries. */
  readonly counts: ReadonlyMap<string, number>;
  /** Words without marks → the ways they are written. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
}

export function vocabularyOf({ words }: EntryTexts, terms: Terms): Vocabulary {
  const countsByTerm = new Int32Array(terms.size);
  for (let at = 0; at < words.length; at++) {
    const term = words[at] ?? 0;
    countsByTerm[term] = (countsByTerm[term] ?? 0) + 1;
  }
  const counts = new Map<string, number>();
  const spellings = new Map<string, string[]>();
  for (const [text, term] of terms.allWritten()) {
    const word = terms.word(term);
    if (word === null) continue;
    const { folded, isFixed } = word;
    counts.set(folded, (counts.get(folded) ?? 0) + (countsByTerm[term] ?? 0));
    if (!isFixed) spellings.set(folded, [...(spellings.get(folded) ?? []), text]);
  }
  return { counts, spellings };
}

const marksOf = (text: string): string[] => Array.from(text.normalize("NFD").replace(/[^\p{M}đ]/gu, ""));

/** Whether every mark of `text` stands somewhere in `known`: left out or misplaced, but not another one. */
export function hasMarksOf(known: string, text: string): boolean {
  const left = marksOf(known);
  return marksOf(text).every((mark) => {
    const at = left.indexOf(mark);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
