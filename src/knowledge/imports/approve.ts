/** A reviewed draft takes its place among what is read at every start, if the whole set stays sound with it. */
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { refused } from "../../core/errors";
import { checkKnowledge } from "../check";
import { idSchema, loadKnowledge, type Knowledge } from "../entries";
import { KnowledgeProblems } from "../yaml-problems";
import { approvedFolders, approvedIn, draftsIn } from "./folders";
import type { Rooms } from "./import";
import { importWording as say } from "./wording.vi";

export interface Approved {
  readonly folder: string;
  readonly count: number;
}

/** `wanted`: the draft's folder or its name alone. */
export function approve(wanted: string, { knowledgeDir, dataDir }: Omit<Rooms, "today">): Approved {
  const name = basename(wanted);
  const draft = join(draftsIn(dataDir), name);
  const isDraft = wanted === name || dirname(resolve(wanted)) === resolve(draftsIn(dataDir));
  if (!isDraft || !idSchema.safeParse(name).success || !existsSync(draft))
    throw refused("not-a-draft", say.notADraft(wanted));
  const folder = join(approvedIn(dataDir), name);
  if (existsSync(folder)) throw refused("name-taken", say.nameTaken(folder));
  const before = load(knowledgeDir, approvedFolders(dataDir));
  const after = load(knowledgeDir, [...approvedFolders(dataDir), draft]);
  const count = after.entries.length - before.entries.length;
  if (count === 0) throw refused("no-entries", say.noEntries(draft));
  const faults = checkKnowledge(after);
  if (faults.length > 0) throw refused("not-approved", say.notApproved(faults.join("\n")));
  mkdirSync(approvedIn(dataDir), { recursive: true });
  renameSync(draft, folder);
  return { folder, count };
}

function load(dir: string, added: readonly string[]): Knowledge {
  try {
    return loadKnowledge(dir, added);
  } catch (error) {
    if (error instanceof KnowledgeProblems) throw refused("not-approved", say.notApproved(error.message));
    throw error;
  }
}
