/** An office's own questions and answers, one a row. */
import type { Day } from "../../core/clock";
import { foldedWords, lengthOf } from "../../core/text";
import { LONGEST_ANSWER, LONGEST_MORE, type ResolutionId, type WrittenEntry } from "../entries";
import { cutBehindSentence, inParts, resolutionOf } from "../new-entry";
import type { KnownQuestions } from "./known-questions";
import { COLUMNS } from "./marks.vi";
import type { Row, Table } from "./read-file";
import type { Place, Reporter } from "./report";
import { importWording as say } from "./wording.vi";
import { readDay } from "./written-day";

export interface Draft {
  readonly resolution: ResolutionId;
  readonly entry: WrittenEntry;
}

export interface Desk {
  /** Begins every id. */
  readonly name: string;
  readonly today: Day;
  readonly known: KnownQuestions;
  readonly reporter: Reporter;
}

const NAMES = ["question", "answer", "source", "date", "phrasings", "keywords"] as const;
type Column = (typeof NAMES)[number];
const REQUIRED = ["question", "answer", "source", "date"] as const;
/** Offices put their name and the title of the list above the columns. */
const HEADER_WITHIN = 15;
/** Several ways of asking in one cell. */
const BETWEEN_VALUES = /[|;\n]/;

const columnOf = (title: string | null): Column | null => {
  const written = foldedWords((title ?? "").replace(/\(.*?\)/g, ""));
  return NAMES.find((name) => COLUMNS[name].some((known) => foldedWords(known) === written)) ?? null;
};

export function draftsOfTable(table: Table, desk: Desk): Draft[] {
  const { reporter } = desk;
  const headerAt = table.slice(0, HEADER_WITHIN).findIndex(({ cells }) => {
    const columns = cells.map(columnOf);
    return columns.includes("question") && columns.includes("answer");
  });
  const header = table[headerAt];
  if (header === undefined) {
    const [first] = table;
    if (first !== undefined) reporter.refuse(first.place, say.noHeader);
    return [];
  }
  for (const { place } of table.slice(0, headerAt)) reporter.note(place, say.aboveHeader);
  const columns = header.cells.map(columnOf);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    reporter.refuse(header.place, say.missingColumns(missing.map((column) => COLUMNS[column][1])));
    return [];
  }
  header.cells.forEach((title, i) => {
    if (columns[i] === null && title !== "") reporter.note(header.place, say.unusedColumn(title ?? ""));
  });
  return table.slice(headerAt + 1).flatMap((row) => draftOf(row, columns, desk) ?? []);
}

function draftOf(row: Row, columns: readonly (Column | null)[], desk: Desk): Draft | null {
  const { place, cells } = row;
  const { known, name, reporter } = desk;
  const cell = (column: Column): string => cells[columns.indexOf(column)] ?? "";
  const source = cell("source").replace(/[.;]+$/, "");
  const faults = faultsOf(row, columns, cell, desk.today);
  // Claimed only when nothing else is wrong, so that a good row below may still take the question.
  if (faults.length === 0)
    faults.push(...[known.claim(cell("question"), place)].filter((each) => each !== null));
  if (faults.length > 0) {
    reporter.refuse(place, faults.join("; "));
    return null;
  }
  const question = cell("question");
  const { answer, more } = inParts(cell("answer"));
  const own = resolutionOf(question);
  return {
    resolution: own === "general" ? resolutionOf(source) : own,
    entry: {
      id: idOf(name, place),
      question,
      phrasings: [question, ...otherPhrasings(cell("phrasings"), place, desk)],
      keywords: valuesIn(cell("keywords")),
      answer,
      ...(more === null ? {} : { more }),
      kind: "answer",
      document: source,
      asOf: readDay(cell("date")) ?? desk.today,
      confidence: "high",
    },
  };
}

const idOf = (name: string, { sheet, row }: Place): string =>
  [name, ...(sheet === null ? [] : foldedWords(sheet).split(" ")), row].join("-");

const valuesIn = (text: string): string[] =>
  text
    .split(BETWEEN_VALUES)
    .map((value) => value.trim())
    .filter((value) => value !== "");

function otherPhrasings(text: string, place: Place, { known, reporter }: Desk): string[] {
  return valuesIn(text).filter((phrasing) => {
    const reason = known.claim(phrasing, place);
    if (reason !== null) reporter.note(place, say.phrasingLeftOut(phrasing, reason));
    return reason === null;
  });
}

function faultsOf(
  { cells }: Row,
  columns: readonly (Column | null)[],
  cell: (column: Column) => string,
  today: Day,
): string[] {
  const valueless = columns.flatMap((column, i) =>
    column !== null && cells[i] === null ? [say.noValue(COLUMNS[column][1])] : [],
  );
  if (valueless.length > 0) return valueless;
  const date = cell("date");
  const day = readDay(date);
  const [shown, rest] = cutBehindSentence(cell("answer"), LONGEST_ANSWER);
  return [
    ...(cells.slice(columns.length).some((extra) => extra !== "") ? [say.extraCells] : []),
    ...(cell("question") === "" ? [say.noQuestion] : []),
    ...(cell("answer") === "" ? [say.noAnswer] : []),
    ...(cell("source") === "" ? [say.noSource] : []),
    ...(date === "" ? [say.noDate] : day === null ? [say.badDate(date)] : []),
    ...(day !== null && day > today ? [say.futureDate(date)] : []),
    ...(lengthOf(rest) > LONGEST_MORE
      ? [say.tooLong(lengthOf(cell("answer")), lengthOf(shown) + LONGEST_MORE)]
      : []),
  ];
}
