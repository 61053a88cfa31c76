/**
 * Where the platform delivers: durable before 200. Whatever is not authentic gets a 200 too, because the
 * console saves an address only if it answers so to unsigned calls, and because repeats would not help.
 */
import type { IncomingHttpHeaders } from "node:http";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { messageOf } from "../core/errors";
import type { Log } from "../core/log";
import { answerError } from "./errors";
import type { Metrics, WebhookOutcome } from "./metrics";
import type { WebhookPort } from "./ports";
import { within } from "./time-limit";

/** The platform's own events stay below 64 KiB. */
export const MAX_WEBHOOK_BYTES = 256 * 1024;
/** The platform waits 2 s; a little of it is needed for the way back. */
export const STORE_LIMIT_MS = 1_800;

export interface WebhookParts {
  readonly webhook: WebhookPort;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly storeLimitMs: number;
}

/** On the app itself: a router of its own would double the time that finding the way takes. */
export function routeWebhook(app: Express, parts: WebhookParts): void {
  app
    .route("/webhook/zalo")
    .post(receiveEvent(parts))
    .get((_request, response) => {
      response.sendStatus(200);
    });
}

/** The signature covers the bytes as sent, so nothing is decoded on the way. */
const parseRaw = express.raw({ type: () => true, limit: MAX_WEBHOOK_BYTES, inflate: false });

/** The bytes of a request; `unreadable` when they are packed or break off. */
const readBytes = (request: Request, response: Response): Promise<Buffer | "too-large" | "unreadable"> =>
  new Promise((resolve) => {
    parseRaw(request, response, (error?: unknown) => {
      const body: unknown = request.body;
      if (error === undefined) resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      else resolve(isTooLarge(error) ? "too-large" : "unreadable");
    });
  });

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && "status" in error && error.status === 413;

function receiveEvent({ webhook, metrics, log, storeLimitMs }: WebhookParts): RequestHandler {
  async function store(body: Buffer, headers: IncomingHttpHeaders): Promise<WebhookOutcome> {
    try {
      const outcome = await within(storeLimitMs, () => webhook.receive(body, headers));
      if (outcome === "late") log.error("an event was not stored in time", { bytes: body.length });
      return outcome;
    } catch (error) {
      log.error("an event could not be stored", { bytes: body.length, reason: messageOf(error) });
      return "not-stored";
    }
  }

  return async (request, response) => {
    const body = await readBytes(request, response);
    const outcome = Buffer.isBuffer(body)
      ? await store(body, request.headers)
      : body === "too-large"
        ? body
        : "dropped";
    metrics.webhookAnswered(outcome);
    switch (outcome) {
      case "accepted":
      case "dropped":
        // Without a body: nobody reads one, and making it costs as much as the routing.
        response.writeHead(200).end();
        return;
      case "too-large":
        answerError(response, 413, "too-large");
        return;
      case "late":
      case "not-stored":
        answerError(response, 503, "not-stored");
    }
  };
}
