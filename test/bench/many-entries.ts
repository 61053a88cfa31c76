/**
 * Entries to measure a larger set with, made from the real ones: each copy keeps the shape and the length of an
 * entry and has a third of its telling words exchanged for others of the set, so that words stay as frequent as
 * they are. The same seed gives the same entries.
 */
import type { Entry, Knowledge } from "../../src/knowledge/entries";
import { seeded } from "../support/seeded";

const SEED = 20_251_126;
/** One word in so many is exchanged. */
const EXCHANGED_EVERY = 3;

const textsOf = ({ question, phrasings, answer }: Entry): string[] => [question, ...phrasings, answer];

/** The set, filled up to `count` entries. */
export function withManyEntries(knowledge: Knowledge, count: number): Knowledge {
  const random = seeded(SEED);
  const { entries, lexicon } = knowledge;
  const words = entries.flatMap((entry) => textsOf(entry).flatMap((text) => text.split(" ")));
  const drawn = () => words[Math.floor(random() * words.length)] ?? "";
  const changed = (text: string): string =>
    text
      .split(" ")
      .map((word) => (lexicon.chatter.has(word) || random() * EXCHANGED_EVERY >= 1 ? word : drawn()))
      .join(" ");
  const copies = Array.from({ length: count - entries.length }, (_, i): Entry[] => {
    const entry = entries[i % entries.length];
    if (entry === undefined) return [];
    return [
      {
        ...entry,
        id: `${entry.id}-${i}`,
        kind: entry.kind === "smalltalk" ? "answer" : entry.kind,
        question: changed(entry.question),
        phrasings: entry.phrasings.map(changed),
        keywords: entry.keywords.map(changed),
        answer: changed(entry.answer),
        ...(entry.more === undefined ? {} : { more: changed(entry.more) }),
      },
    ];
  });
  return { ...knowledge, entries: [...entries, ...copies.flat()] };
}
