/** `npm run restore -- FILE [--replace] [--check]`: the program must be stopped; either kind of database takes either's backup. */
import { checkBackup, restoreBackup } from "../app/restore";
import { AppError, messageOf, refused } from "../core/errors";
import { loadSettings } from "../settings/load";
import { openEmbedded, openServer } from "../store/database";
import { addressOf, isRunning } from "./running-program";
import { toolWording } from "./wording.vi";

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const [file, ...more] = args.filter((arg) => !arg.startsWith("--"));
  const flags = args.filter((arg) => arg.startsWith("--"));
  if (file === undefined || more.length > 0 || flags.some((flag) => !["--replace", "--check"].includes(flag)))
    throw refused("usage", toolWording.usage);
  if (flags.includes("--check")) {
    console.log(toolWording.whole(file, await checkBackup(file)));
    return;
  }
  const settings = loadSettings();
  if (await isRunning(settings))
    throw refused("still-running", toolWording.stillRunning(addressOf(settings)));
  const { dataDir, databaseUrl } = settings;
  const store = await (databaseUrl === undefined ? openEmbedded(dataDir) : openServer(databaseUrl));
  try {
    const summary = await restoreBackup(file, { store, dataDir, replace: flags.includes("--replace") });
    console.log(toolWording.restored(summary));
  } finally {
    await store.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : messageOf(error));
  process.exitCode = 1;
});
