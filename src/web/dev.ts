/** `/dev`: the clock in the hands of whoever tries the program out; mounted only where that was asked for. */
import express, { Router, type RequestHandler } from "express";
import { z } from "zod";
import { SECOND_MS, toIso, type Clock } from "../core/clock";
import { refused } from "../core/errors";
import { instantIn } from "./api/inputs";
import { answerError } from "./errors";
import type { DevPort } from "./ports";
import { within } from "./time-limit";
import { ERROR_WORDS } from "./wording.vi";

/** What `settle` waits for takes milliseconds; after this long something is stuck. */
export const SETTLE_LIMIT_MS = 30 * SECOND_MS;

const clockBody = z.object({ now: instantIn });

export interface DevParts {
  readonly dev: DevPort;
  readonly clock: Clock;
  readonly settleLimitMs: number;
}

export function createDevRouter({ dev, clock, settleLimitMs }: DevParts): Router {
  const router = Router();
  router.use(express.json(), waitAsLongAsItTakes);
  router.post("/clock", async (request, response) => {
    const body = clockBody.safeParse(request.body);
    if (!body.success) {
      answerError(response, 400, "bad-request", { now: z.prettifyError(body.error) });
      return;
    }
    const to = body.data.now;
    if (to < clock.now()) throw refused("time-in-the-past", ERROR_WORDS["time-in-the-past"]);
    const { now, eventsHandled, messagesSent } = await dev.moveClock(to);
    response.json({ now: toIso(now), eventsHandled, messagesSent });
  });
  router.post("/settle", async (_request, response) => {
    const outcome = await within(settleLimitMs, () => dev.settle());
    if (outcome === "late") answerError(response, 504, "not-idle");
    else response.json({ idle: true });
  });
  return router;
}

/** Weeks of campaign in one call may take longer than a connection is usually left silent. */
const waitAsLongAsItTakes: RequestHandler = (request, _response, next) => {
  request.setTimeout(0);
  next();
};
