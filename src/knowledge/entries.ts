/** The entries of the question-and-answer set, as they stand in `config/knowledge`. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { compileLexicon, lexiconSchema, type Lexicon } from "./lexicon";
import { KnowledgeProblems, readChecked, type Problem } from "./yaml-problems";

/** Zalo shows about this much without folding a message; longer answers are read by nobody. */
export const LONGEST_ANSWER = 500;
export const LONGEST_MORE = 1_500;
/** What a button can show. */
export const LONGEST_TITLE = 40;

const daySchema = z.iso.date();
/** Of entries, topics and folders of imports. */
export const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be a slug of a-z, 0-9 and -");

/** In the order in which people are offered them. */
export const RESOLUTIONS = {
  nq29: "Nghị quyết 29/2025: thử nghiệm",
  nq30: "Nghị quyết 30/2025: Quỹ mạo hiểm",
  nq34: "Nghị quyết 34/2025: KH&CN",
  nq35: "Nghị quyết 35/2025: khởi nghiệp",
  nq459: "Nghị quyết 459: Sàn công nghệ",
  nq461: "Nghị quyết 461: Trung tâm ĐMST",
  kh316: "Kế hoạch 316 và đợt cao điểm",
  laws: "Luật liên quan",
  general: "Tổng quan sáu nghị quyết",
  smalltalk: "Về kênh hỏi đáp này",
} as const;

const resolutionSchema = z.enum([
  "nq29",
  "nq30",
  "nq34",
  "nq35",
  "nq459",
  "nq461",
  "kh316",
  "laws",
  "general",
  "smalltalk",
]);
export type ResolutionId = z.infer<typeof resolutionSchema>;
export const RESOLUTION_IDS: readonly ResolutionId[] = resolutionSchema.options;

const entrySchema = z.strictObject({
  id: idSchema,
  question: z.string().min(1),
  phrasings: z.array(z.string().min(1)).min(1),
  keywords: z.array(z.string().min(1)).default([]),
  answer: z.string().min(1),
  more: z.string().max(LONGEST_MORE).optional(),
  kind: z.enum(["answer", "gap", "smalltalk"]),
  facts: z.array(z.string()).default([]),
  document: z.string().optional(),
  clause: z.string().optional(),
  related: z.array(idSchema).default([]),
  asOf: daySchema,
  validFrom: daySchema.optional(),
  validTo: daySchema.optional(),
  confidence: z.enum(["high", "medium", "low"]),
  /** Who wrote it, for entries that come from an officer's answer. */
  author: z.string().optional(),
  /** The answer is the document's own text, word for word. */
  quoted: z.boolean().optional(),
});
export type WrittenEntry = z.input<typeof entrySchema>;

const fileSchema = z.strictObject({
  resolution: resolutionSchema,
  topic: idSchema,
  title: z.string().min(1).max(LONGEST_TITLE),
  /** About one place or body only: questions that name none of these mean something else. */
  onlyFor: z.array(z.string().min(1)).default([]),
  entries: z.array(entrySchema),
});

export type WrittenFile = z.input<typeof fileSchema>;

/** One entry with the file it stands in, which is also its topic. */
export interface Entry extends z.infer<typeof entrySchema> {
  readonly resolution: ResolutionId;
  readonly topic: string;
  readonly topicTitle: string;
  readonly onlyFor?: readonly string[];
  readonly file: string;
}

const sourceSchema = z.strictObject({
  publisher: z.string(),
  url: z.string().nullable(),
  date: z.string().nullable(),
  document: z.string().optional(),
});
export type Source = z.infer<typeof sourceSchema>;

const factSchema = z.strictObject({
  status: z.enum(["passed", "implementation", "draft"]),
  asOf: daySchema.nullable(),
  document: z.string().nullable(),
  confidence: z.enum(["high", "medium", "low"]),
  sources: z.array(z.string()),
});
export type Fact = z.infer<typeof factSchema>;

/** Everything the engine knows. */
export interface Knowledge {
  readonly entries: readonly Entry[];
  readonly facts: ReadonlyMap<string, Fact>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly lexicon: Lexicon;
}

const LEXICON_FILE = "synonyms.yaml";

function filesUnder(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml") && file !== LEXICON_FILE)
    .sort();
}

/**
 * Reads and checks the whole folder, and `added` folders of more entries; throws one `KnowledgeProblems` that names
 * every file and line.
 */
export function loadKnowledge(dir: string, added: readonly string[] = []): Knowledge {
  const problems: Problem[] = [];
  const read = <T>(file: string, schema: z.ZodType<T>, path = join(dir, file)): T | null =>
    readChecked(file, readFileSync(path, "utf8"), schema, problems);
  const places = [
    ...filesUnder(dir).map((file) => ({ file, path: join(dir, file) })),
    ...added.flatMap((folder) =>
      filesUnder(folder).map((file) => ({ file: join(basename(folder), file), path: join(folder, file) })),
    ),
  ];
  const entries = places.flatMap(({ file, path }) => {
    const contents = read(file, fileSchema, path);
    if (contents === null) return [];
    const { resolution, topic, title, onlyFor } = contents;
    return contents.entries.map((entry) => ({
      ...entry,
      resolution,
      topic,
      topicTitle: title,
      onlyFor,
      file,
    }));
  });
  const lexicon = read(LEXICON_FILE, lexiconSchema);
  const facts = read("facts.json", z.record(z.string(), factSchema));
  const sources = read("sources.json", z.record(z.string(), sourceSchema));
  if (problems.length > 0 || lexicon === null || facts === null || sources === null)
    throw new KnowledgeProblems(problems);
  return {
    entries,
    facts: new Map(Object.entries(facts)),
    sources: new Map(Object.entries(sources)),
    lexicon: compileLexicon(lexicon),
  };
}
