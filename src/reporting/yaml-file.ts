/** A YAML file read with its line numbers, so that a wrong value can be pointed at. */
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { Problem } from "./problems";

export type Path = readonly PropertyKey[];

export interface YamlFile<T> {
  /** Null when the file did not pass; its problems have been noted. */
  readonly value: T | null;
  /** The line on which the value at `path` stands, or the nearest thing around it. */
  lineAt(path: Path): number;
}

/** Reads text as YAML and checks it; every problem is added to `problems`. */
export function readYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  problems: Problem[],
): YamlFile<T> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineAt = (path: Path) => counter.linePos(offsetAt(document, path)).line;
  for (const { message, pos } of document.errors)
    problems.push({ file, line: counter.linePos(pos[0]).line, message: firstLine(message) });
  if (document.errors.length > 0) return { value: null, lineAt };
  const raw: unknown = document.toJS();
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { value: parsed.data, lineAt };
  for (const issue of parsed.error.issues) {
    const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path;
    const isMissing = issue.code === "invalid_type" && valueAt(raw, issue.path) === undefined;
    const message = isMissing ? "is missing" : issue.message;
    problems.push({ file, line: lineAt(path), message: `${issue.path.map(String).join(".")}: ${message}` });
  }
  return { value: null, lineAt };
}

/** The parser adds a drawing of the place to its messages; the line number says it shorter. */
const firstLine = (message: string): string => message.split("\n")[0]?.replace(/ at line.*$/, "") ?? message;

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = new Map<PropertyKey, unknown>(Object.entries(value)).get(String(step));
  }
  return value;
}

function offsetAt(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
