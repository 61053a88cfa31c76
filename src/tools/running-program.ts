/** Whether the program these settings describe is running on this machine. */
import { SECOND_MS } from "../core/clock";
import type { Settings } from "../settings/settings";

/** On its own machine it answers at once; a busy one may need longer. */
const ANSWER_LIMIT_MS = 10 * SECOND_MS;
/** Addresses that mean "every interface" when listening, and nobody when calling. */
const EVERYWHERE = new Set(["0.0.0.0", "::"]);

export const addressOf = ({ host, port }: Settings): string =>
  `http://${EVERYWHERE.has(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;

/** Only a refused connection means that nobody is there; anything else may be a program that is busy. */
export async function isRunning(settings: Settings): Promise<boolean> {
  try {
    await fetch(`${addressOf(settings)}/healthz`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return true;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return !(cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED");
  }
}
