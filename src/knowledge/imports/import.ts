/** A file of an office → drafts that people read before anybody is answered from them. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { stringify } from "yaml";
import type { Day } from "../../core/clock";
import { refused } from "../../core/errors";
import { clip, foldedWords } from "../../core/text";
import { idSchema, loadKnowledge, LONGEST_TITLE, type ResolutionId, type WrittenFile } from "../entries";
import { approvedFolders, approvedIn, draftsIn } from "./folders";
import { knownQuestions } from "./known-questions";
import { readLegalText } from "./legal-text";
import { places } from "./marks.vi";
import { draftsOfText } from "./passages";
import { draftsOfTable, type Desk, type Draft } from "./question-rows";
import { readFileOf } from "./read-file";
import { Reporter, type Report } from "./report";
import { importWording as say } from "./wording.vi";
import { readDay } from "./written-day";

/** Wide enough to read, narrow enough to compare. */
const YAML_WIDTH = 110;

export interface Order {
  readonly file: string;
  /** From the file's own name where it is missing. */
  readonly name?: string | undefined;
  /** What a document is called and from which day, where it does not say so itself. */
  readonly document?: string | undefined;
  readonly date?: string | undefined;
}

export interface Rooms {
  readonly knowledgeDir: string;
  readonly dataDir: string;
  readonly today: Day;
}

export interface Imported extends Report {
  readonly name: string;
  readonly folder: string;
  readonly taken: number;
}

export async function importFile(order: Order, rooms: Rooms): Promise<Imported> {
  const name = nameOf(order);
  const folder = join(draftsIn(rooms.dataDir), name);
  for (const taken of [folder, join(approvedIn(rooms.dataDir), name)])
    if (existsSync(taken)) throw refused("name-taken", say.nameTaken(taken));
  const contents = await readFileOf(order.file);
  const known = knownQuestions(loadKnowledge(rooms.knowledgeDir, approvedFolders(rooms.dataDir)));
  const reporter = new Reporter();
  const desk: Desk = { name, today: rooms.today, known, reporter };
  const [title, drafts] =
    contents.kind === "tables"
      ? [basename(order.file), contents.tables.flatMap((table) => draftsOfTable(table, desk))]
      : quoted(contents.text, order, desk);
  if (drafts.length > 0) write(drafts, { folder, name, title, file: basename(order.file) });
  return { name, folder, taken: drafts.length, refusals: reporter.refusals, notes: reporter.notes };
}

function nameOf({ file, name }: Order): string {
  const wanted = name ?? foldedWords(basename(file, extname(file))).replaceAll(" ", "-");
  if (!idSchema.safeParse(wanted).success) throw refused("bad-name", say.badName(wanted));
  return wanted;
}

function quoted(text: string, order: Order, desk: Desk): readonly [title: string, drafts: Draft[]] {
  const legal = readLegalText(text, desk.reporter);
  const document = order.document ?? legal.document;
  const day = order.date === undefined ? legal.day : readDay(order.date);
  const faults = [
    ...(legal.articles.length === 0 ? [say.noArticles] : []),
    ...(document === null ? [say.noDocumentName] : []),
    ...(day === null ? [order.date === undefined ? say.noDocumentDate : say.badDate(order.date)] : []),
  ];
  for (const fault of faults) desk.reporter.refuse({ sheet: null, row: 1 }, fault);
  if (document === null || day === null) return ["", []];
  return [places.quotedFrom(document), draftsOfText(legal, { document, day }, desk)];
}

interface Target {
  readonly folder: string;
  readonly name: string;
  readonly title: string;
  readonly file: string;
}

/** One file for each resolution, in the shape of `config/knowledge`. */
function write(drafts: readonly Draft[], { folder, name, title, file }: Target): void {
  mkdirSync(folder, { recursive: true });
  const resolutions = new Set<ResolutionId>(drafts.map(({ resolution }) => resolution));
  for (const resolution of resolutions) {
    const contents: WrittenFile = {
      resolution,
      topic: name,
      title: clip(title, LONGEST_TITLE),
      entries: drafts.filter((draft) => draft.resolution === resolution).map(({ entry }) => entry),
    };
    const text = stringify(contents, { lineWidth: YAML_WIDTH, aliasDuplicateObjects: false });
    writeFileSync(join(folder, `${resolution}.yaml`), `#${say.draftHead(file)}\n${text}`);
  }
}
