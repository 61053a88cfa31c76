/** An entry as people see it: the answer, where it comes from and as of when. */
import { spokenDay, type Day } from "../core/clock";
import type { Entry, Knowledge, Source } from "./entries";
import { wording } from "./wording.vi";

/** More sources than this are not read. */
const MOST_SOURCES = 2;

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

const spokenSource = ({ publisher, document, date }: Source): string =>
  [document ?? publisher, ...(date !== null && isDay(date) ? [`ngày ${spokenDay(date)}`] : [])].join(", ");

function sourcesOf(entry: Entry, knowledge: Knowledge): string[] {
  if (entry.author !== undefined) return [wording.answerOf(entry.author)];
  const lead = entry.document === undefined ? [] : [[entry.clause, entry.document].filter(Boolean).join(" ")];
  const cited = entry.facts
    .flatMap((fact) => knowledge.facts.get(fact)?.sources ?? [])
    .flatMap((id) => knowledge.sources.get(id) ?? [])
    // Named by its document above, a paper needs no second line for each of its parts.
    .filter(({ document }) => lead.length === 0 || document === undefined)
    .map(spokenSource);
  return [...new Set([...lead, ...cited])].slice(0, MOST_SOURCES);
}

/** Small talk has neither source nor date; an answer that is no longer in force says so. */
export function replyText(entry: Entry, knowledge: Knowledge, today: () => Day): string {
  if (entry.kind === "smalltalk") return entry.answer;
  const sources = sourcesOf(entry, knowledge);
  const { validTo } = entry;
  return [
    ...(entry.quoted === true ? [wording.quoted] : []),
    entry.answer,
    ...(validTo !== undefined && validTo < today() ? [wording.outdated(spokenDay(validTo))] : []),
    ...(sources.length > 0 ? [`${wording.source}: ${sources.join("; ")}.`] : []),
    `${wording.asOf} ${spokenDay(entry.asOf)}.`,
  ].join("\n");
}
