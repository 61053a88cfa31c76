/** Which questions are asked already: two entries must not answer the same one. */
import type { Knowledge } from "../entries";
import { exactKey } from "../exact-questions";
import { waysOfAsking } from "../entry-texts";
import { entryWords } from "../read-words";
import type { Place } from "./report";
import { importWording as say } from "./wording.vi";

export interface KnownQuestions {
  /** Why the question cannot be taken, or null; from then on it is known as the one of `place`. */
  claim(question: string, place: Place): string | null;
}

export function knownQuestions({ entries, lexicon }: Knowledge): KnownQuestions {
  const keyOf = (text: string): string => exactKey(entryWords(text, lexicon), lexicon);
  const known = new Map(
    entries.flatMap((entry) => waysOfAsking(entry).map((text) => [keyOf(text), say.sameAsEntry(entry.id)])),
  );
  return {
    claim(question, place) {
      const key = keyOf(question);
      const reason = known.get(key);
      if (reason !== undefined) return reason;
      known.set(key, say.sameAsRow(place));
      return null;
    },
  };
}
