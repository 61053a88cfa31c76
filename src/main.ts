/** Starts the program, says where it is, and stops it in good order. */
import { SECOND_MS } from "./core/clock";
import { AppError, messageOf } from "./core/errors";
import { startProgram, type Program } from "./app/program";
import { loadSettings } from "./settings/load";
import type { Settings } from "./settings/settings";

const EXIT_BAD_START = 1;
const EXIT_BAD_STOP = 1;
/** What cannot be finished by then, such as a database that is away, is found by the next start or another replica. */
const STOP_LIMIT_MS = 25 * SECOND_MS;

function greet(settings: Settings, program: Program): void {
  const address = `http://${settings.host === "0.0.0.0" ? "localhost" : settings.host}:${program.port}`;
  const lines =
    settings.mode === "simulator"
      ? [`Cầu Nối đang chạy với Zalo giả lập. Mở trang mô phỏng: ${address}/simulator/`]
      : [`Cầu Nối đang chạy. Webhook: ${settings.publicUrl}/webhook/zalo`];
  if (settings.adminTokenMade) lines.push(`Mã truy cập API (chỉ lần chạy này): ${settings.adminToken}`);
  console.log(lines.join("\n"));
}

async function main(): Promise<void> {
  const settings = loadSettings();
  const program = await startProgram(settings);
  greet(settings, program);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(EXIT_BAD_STOP), STOP_LIMIT_MS).unref();
    program.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(messageOf(error));
        process.exit(EXIT_BAD_STOP);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(EXIT_BAD_START);
});
