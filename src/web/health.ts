/** What watches the program from outside: alive, ready, and its figures. */
import { Router } from "express";
import { messageOf } from "../core/errors";
import type { Log } from "../core/log";
import type { Metrics } from "./metrics";
import type { HealthPort } from "./ports";
import { within } from "./time-limit";

/** A part that needs longer to say that it is there is not ready for people. */
const READINESS_LIMIT_MS = 2_000;

export function createHealthRouter(parts: {
  readonly health: HealthPort;
  readonly metrics: Metrics;
  readonly log: Log;
}): Router {
  const { health, metrics, log } = parts;
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.json({ status: "alive" });
  });
  router.get("/readyz", async (_request, response) => {
    const found = await within(READINESS_LIMIT_MS, () => health.readiness()).catch((error: unknown) => {
      log.warn("readiness could not be told", { reason: messageOf(error) });
      return "late" as const;
    });
    const isReady = found !== "late" && Object.values(found).every((isThere) => isThere);
    response
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? "ready" : "not-ready", parts: found === "late" ? {} : found });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}
