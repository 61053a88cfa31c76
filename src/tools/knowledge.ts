/** `npm run knowledge -- import FILE [--name NAME] [--document TITLE] [--date DAY]`, then `npm run knowledge -- approve FOLDER`. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dayOf, systemClock } from "../core/clock";
import { AppError, messageOf, refused } from "../core/errors";
import { ROOT } from "../core/root";
import { approve } from "../knowledge/imports/approve";
import { importFile, type Imported, type Rooms } from "../knowledge/imports/import";
import { importWording as say } from "../knowledge/imports/wording.vi";
import { loadSettings } from "../settings/load";

const text = { type: "string" } as const;

function given() {
  try {
    return parseArgs({ allowPositionals: true, options: { name: text, document: text, date: text } });
  } catch {
    throw refused("usage", say.usage);
  }
}

const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const told = ({ taken, folder, name, refusals, notes }: Imported): string =>
  [
    taken === 0 ? say.nothingTaken : say.taken(taken, folder, name),
    ...listed(say.leftOut(refusals.length), refusals),
    ...listed(say.notes, notes),
  ].join("\n");

async function main(): Promise<void> {
  const { positionals, values } = given();
  const [command, target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw refused("usage", say.usage);
  const rooms: Rooms = {
    knowledgeDir: join(ROOT, "config", "knowledge"),
    dataDir: loadSettings().dataDir,
    today: dayOf(systemClock.now()),
  };
  if (command === "import") {
    const imported = await importFile({ file: target, ...values }, rooms);
    console.log(told(imported));
    process.exitCode = imported.taken === 0 ? 1 : 0;
  } else if (command === "approve") {
    const { count, folder } = approve(target, rooms);
    console.log(say.approved(count, folder));
  } else throw refused("usage", say.usage);
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : messageOf(error));
  process.exitCode = 1;
});
