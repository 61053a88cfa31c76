/** YAML files read fast; only a file that does not pass is read again, slowly, to say on which line. */
import { CORE_SCHEMA, load } from "js-yaml";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { AppError, messageOf } from "../core/errors";

export interface Problem {
  /** Relative to the knowledge folder. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Thrown once for the whole folder; its message lists every problem, one a line. */
export class KnowledgeProblems extends AppError {
  constructor(readonly problems: readonly Problem[]) {
    super("broken", "knowledge-problems", describeProblems(problems));
  }
}

/** One line a problem, with its place. */
export const describeProblems = (problems: readonly Problem[]): string =>
  [
    `the knowledge base has ${problems.length} problem(s):`,
    ...problems.map(({ file, line, message }) => `  ${file}:${line}: ${message}`),
  ].join("\n");

/** The checked contents, or null after adding what is wrong with them to `problems`. */
export function readChecked<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  problems: Problem[],
): T | null {
  try {
    const raw: unknown = load(text, { schema: CORE_SCHEMA });
    const result = schema.safeParse(raw);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      problems.push({
        file,
        line: lineOf(text, issue.path),
        message: `${issue.path.map(String).join(".")}: ${issue.message}`,
      });
  } catch (failure) {
    const counter = new LineCounter();
    const { errors } = parseDocument(text, { lineCounter: counter });
    if (errors.length === 0) problems.push({ file, line: 1, message: messageOf(failure) });
    for (const error of errors)
      problems.push({
        file,
        line: counter.linePos(error.pos[0]).line,
        message: error.message.split("\n")[0] ?? "",
      });
  }
  return null;
}

/** The line on which the value at `path` stands, or the nearest thing around it. */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const counter = new LineCounter();
  let node: unknown = parseDocument(text, { lineCounter: counter }).contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) node = node.items[Number(step)];
    else break;
    if (!isMap(node) && isNode(node)) offset = node.range?.[0] ?? offset;
    else if (isMap(node) && isNode(node) && typeof step === "number") offset = node.range?.[0] ?? offset;
  }
  return counter.linePos(offset).line;
}
