/** `npm run waves`: the next wave of reminders as the running program plans it, before anything goes out. */
import { z } from "zod";
import { AppError, messageOf } from "../core/errors";
import { loadSettings } from "../settings/load";
import { wave } from "../web/api/shapes";
import { addressOf, isRunning } from "./running-program";
import { waveText, WAVES } from "./waves.vi";

const UNAUTHORIZED = 401;
/** While the schedule itself is being looked at. */
const BUSY = 409;

/** The API's own shape, as it arrives: instants are ISO text by then. */
const answerSchema = z.object({ wave: wave.extend({ at: z.string() }).nullable() });

async function main(): Promise<void> {
  const settings = loadSettings();
  if (!(await isRunning(settings))) throw new AppError("refused", "not-running", WAVES.notRunning);
  const answer = await fetch(`${addressOf(settings)}/api/v1/waves/next`, {
    headers: { authorization: `Bearer ${settings.adminToken}` },
  });
  if (answer.status === UNAUTHORIZED) throw new AppError("refused", "unauthorized", WAVES.wrongToken);
  if (answer.status === BUSY) throw new AppError("refused", "busy", WAVES.busy);
  const { wave: planned } = answerSchema.parse(await answer.json());
  console.log(planned === null ? WAVES.none : waveText(planned));
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : messageOf(error));
  process.exitCode = 1;
});
