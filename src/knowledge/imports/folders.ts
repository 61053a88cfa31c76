/** Where imports stand: drafts, which nobody is answered from, and what was approved, read at every start. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const draftsIn = (dataDir: string): string => join(dataDir, "imports");
export const approvedIn = (dataDir: string): string => join(dataDir, "knowledge");

/** The folders of approved imports, by name. */
export function approvedFolders(dataDir: string): readonly string[] {
  const folder = approvedIn(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}
