/** The words of the entries, apart from who uses them: how often, in which spellings; and their whole questions. */
import type { Lexicon } from "./lexicon";
import type { Word } from "./words";

/** Words joined by one space, without marks and particles: the form in which whole questions are compared. */
export function exactKey(words: readonly Word[], { particles }: Lexicon): string {
  const folded = words.map((word) => word.folded);
  const telling = folded.filter((word) => !particles.has(word));
  return (telling.length > 0 ? telling : folded).join(" ");
}

export interface Vocabulary {
  readonly counts: ReadonlyMap<string, number>;
  /** Words without marks → the ways they are written. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  readonly exact: ReadonlyMap<string, number>;
}

/** `texts`: all words of each entry; `questions`: the words of each of its ways of asking. */
export function vocabularyOf(
  entries: readonly {
    readonly texts: readonly (readonly Word[])[];
    readonly questions: readonly (readonly Word[])[];
  }[],
  lexicon: Lexicon,
): Vocabulary {
  const counts = new Map<string, number>();
  const spellings = new Map<string, string[]>();
  const exact = new Map<string, number>();
  entries.forEach(({ texts, questions }, place) => {
    for (const words of texts)
      for (const { text, folded, isFixed } of words) {
        counts.set(folded, (counts.get(folded) ?? 0) + 1);
        if (isFixed) continue;
        const known = spellings.get(folded);
        if (known === undefined) spellings.set(folded, [text]);
        else if (!known.includes(text)) known.push(text);
      }
    for (const words of questions) exact.set(exactKey(words, lexicon), place);
  });
  return { counts, spellings, exact };
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
