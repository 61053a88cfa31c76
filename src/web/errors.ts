/** The one form in which a call is refused, whatever went wrong: `{ error: { code, message, details? } }`. */
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { z } from "zod";
import { AppError, causeOf, messageOf } from "../core/errors";
import type { Log } from "../core/log";
import { ERROR_WORDS, type ErrorCode } from "./wording.vi";

/** Answers with one of our own codes. */
export function answerError(
  response: Response,
  status: number,
  code: ErrorCode,
  details?: Readonly<Record<string, unknown>>,
): void {
  const error = { code, message: ERROR_WORDS[code] };
  response.status(status).json({ error: details === undefined ? error : { ...error, details } });
}

export const answerNotFound: RequestHandler = (_request, response) => answerError(response, 404, "not-found");

/** What Express and its body parsers throw at a request they cannot read. */
const unreadable = z.object({ status: z.int().min(400).max(499) });

/** Refusals that are not told by the rule below. */
const STATUS_OF_CODE: Readonly<Record<string, 400 | 404>> = {
  "bad-request": 400,
  "bad-roster": 400,
  "extension-not-later": 400,
  "obligation-unknown": 404,
};
const UNKNOWN_PREFIX = "unknown-";

/** The call was well formed, so what is refused is either not there or against the present state. */
const statusOfRefusal = (code: string): 400 | 404 | 409 =>
  STATUS_OF_CODE[code] ?? (code.startsWith(UNKNOWN_PREFIX) ? 404 : 409);

function answerAppError(response: Response, error: AppError): void {
  switch (error.kind) {
    case "refused": {
      const { code, message, details } = error;
      const said = details === undefined ? { code, message } : { code, message, details };
      response.status(statusOfRefusal(code)).json({ error: said });
      return;
    }
    case "stale":
      answerError(response, 409, "changed");
      return;
    case "temporary":
      answerError(response, 503, "unavailable");
      return;
    case "broken":
      answerError(response, 500, "internal");
  }
}

function answerUnreadable(response: Response, status: number): void {
  if (status === 413) answerError(response, 413, "too-large");
  else answerError(response, status, "bad-body");
}

/** The last middleware. Faults of ours are logged and told without their reason. */
export function createErrorAnswer(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      // Half an answer cannot be taken back; Express cuts the connection.
      next(error);
      return;
    }
    const thrown = unreadable.safeParse(error);
    if (!(error instanceof AppError) && thrown.success) {
      answerUnreadable(response, thrown.data.status);
      return;
    }
    const isExpected = error instanceof AppError && error.kind !== "broken" && error.kind !== "temporary";
    if (!isExpected)
      log.error("a request failed", {
        method: request.method,
        path: request.path,
        reason: messageOf(error),
        error: causeOf(error),
      });
    if (error instanceof AppError) answerAppError(response, error);
    else answerError(response, 500, "internal");
  };
}
