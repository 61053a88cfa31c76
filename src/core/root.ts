import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findRoot(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  return parent === from ? from : findRoot(parent);
}

/** The folder that holds package.json: the same for the sources and for the built file. */
export const ROOT = findRoot(__dirname);
