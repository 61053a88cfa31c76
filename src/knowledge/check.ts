/** What loading cannot see: entries that contradict the rules of the set, each named with its file. */
import { LONGEST_ANSWER, type Entry, type Knowledge } from "./entries";
import { lengthOf } from "../core/text";
import { exactKey } from "./exact-questions";
import { entryWords } from "./read-words";

function lengthFaults(entry: Entry): string[] {
  const length = lengthOf(entry.answer);
  return length > LONGEST_ANSWER ? [`the answer has ${length} characters, more than ${LONGEST_ANSWER}`] : [];
}

function sourceFaults(entry: Entry, { facts }: Knowledge): string[] {
  const unknown = entry.facts.filter((fact) => !facts.has(fact)).map((fact) => `unknown fact ${fact}`);
  const isSourced = entry.kind !== "answer" || entry.facts.length > 0 || entry.document !== undefined;
  // Entries that officers have written answer for themselves.
  return isSourced || entry.author !== undefined ? unknown : [...unknown, "has neither facts nor a document"];
}

function relationFaults(entry: Entry, ids: ReadonlySet<string>): string[] {
  return entry.related.flatMap((id) => {
    if (id === entry.id) return ["is related to itself"];
    return ids.has(id) ? [] : [`is related to ${id}, which does not exist`];
  });
}

function repeated(
  entries: readonly Entry[],
  keysOf: (entry: Entry) => readonly [string, string][],
): string[] {
  const owners = new Map<string, Entry>();
  const faults: string[] = [];
  for (const entry of entries)
    for (const [key, shown] of keysOf(entry)) {
      const owner = owners.get(key);
      if (owner !== undefined && owner !== entry)
        faults.push(`knowledge/${entry.file}: ${entry.id}: ${shown} also stands under ${owner.id}`);
      owners.set(key, entry);
    }
  return faults;
}

/** Everything wrong with the set, one line each; empty when it may be used. */
export function checkKnowledge(knowledge: Knowledge): string[] {
  const { entries, facts, lexicon } = knowledge;
  const ids = new Set(entries.map(({ id }) => id));
  const phrasingKeys = (entry: Entry): [string, string][] =>
    [entry.question, ...entry.phrasings].map((text) => [
      exactKey(entryWords(text, lexicon), lexicon),
      `"${text}"`,
    ]);
  const covered = new Set(entries.flatMap((entry) => entry.facts));
  return [
    ...entries.flatMap((entry) =>
      [...lengthFaults(entry), ...sourceFaults(entry, knowledge), ...relationFaults(entry, ids)].map(
        (fault) => `knowledge/${entry.file}: ${entry.id}: ${fault}`,
      ),
    ),
    ...repeated(entries, ({ id }) => [[id, "the id"]]),
    ...repeated(entries, phrasingKeys),
    ...[...facts.keys()]
      .filter((fact) => !covered.has(fact))
      .map((fact) => `knowledge/facts.json: no entry covers ${fact}`),
  ];
}
