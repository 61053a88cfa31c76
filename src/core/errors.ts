/**
 * Errors carry the decision they ask for: whoever catches one looks at `kind`, never at the words.
 * - `refused`: what was asked is not possible; tell the asker (`code` is stable, `message` is for people)
 * - `temporary`: the same call may succeed later
 * - `stale`: the state read before has changed; read again and repeat
 * - `broken`: a fault of ours or of the set-up; log, alarm, park
 */
export type ErrorKind = "refused" | "temporary" | "stale" | "broken";

export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

export const refused = (code: string, message: string, details?: Record<string, unknown>): AppError =>
  new AppError("refused", code, message, details);
export const stale = (code: string): AppError =>
  new AppError("stale", code, "state changed since it was read");
export const broken = (code: string, message: string, details?: Record<string, unknown>): AppError =>
  new AppError("broken", code, message, details);

export const isKind = (error: unknown, kind: ErrorKind): error is AppError =>
  error instanceof AppError && error.kind === kind;

/** What lies at the bottom of a wrapped error: the wrapper of a query repeats every value that stood in it. */
export const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? causeOf(error.cause) : error;

/** The words of whatever was thrown, for logs and parked reasons; never those of people. */
export function messageOf(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : String(cause);
}
