/** The one HTTP surface, put together from ports. */
import express, { type Express, type RequestHandler } from "express";
import helmet from "helmet";
import type { Clock } from "../core/clock";
import type { Log } from "../core/log";
import { createAccessCheck, createPageLimit, createTokenCheck } from "./access";
import { API_PATH, createApiRouter } from "./api/router";
import { createDevRouter, SETTLE_LIMIT_MS } from "./dev";
import { answerNotFound, createErrorAnswer } from "./errors";
import { createHealthRouter } from "./health";
import { createGrantRouter } from "./grant";
import { createHomeRouter } from "./home";
import type { Metrics } from "./metrics";
import { STYLE_SOURCE } from "./page";
import type { ApiPorts, DevPort, GrantPort, HealthPort, SiteView, WebhookPort } from "./ports";
import { routeWebhook, STORE_LIMIT_MS } from "./webhook";

export interface WebParts {
  readonly log: Log;
  readonly clock: Clock;
  readonly adminToken: string;
  readonly site: SiteView;
  readonly metrics: Metrics;
  readonly webhook: WebhookPort;
  readonly health: HealthPort;
  readonly api: ApiPorts;
  readonly grant: GrantPort;
  /** Null unless the clock may be moved from outside. */
  readonly dev: DevPort | null;
  /** Pages of other rooms, such as the simulator's, by the path they are mounted at. */
  readonly pages?: Readonly<Record<string, RequestHandler>>;
  /** How long others are waited for; shorter in tests. */
  readonly limits?: { readonly storeMs?: number; readonly settleMs?: number };
}

/** Addresses of a front on this machine or in its private network; only these may say whom they speak for. */
const TRUSTED_FRONTS = "loopback, linklocal, uniquelocal";

/** Nothing from elsewhere, nothing inline but the home page's own style. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", STYLE_SOURCE],
    imgSrc: ["'self'", "data:", "blob:"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

export function createApp(parts: WebParts): Express {
  const { log, clock, metrics, dev, limits = {} } = parts;
  const app = express();
  app.set("trust proxy", TRUSTED_FRONTS);
  app.disable("x-powered-by");
  // Before the headers for browsers: the platform is none, and delivers hundreds a second.
  routeWebhook(app, { webhook: parts.webhook, metrics, log, storeLimitMs: limits.storeMs ?? STORE_LIMIT_MS });
  app.use(helmet({ contentSecurityPolicy }));
  app.use(createHealthRouter({ health: parts.health, metrics, log }));
  const pageLimit = createPageLimit();
  app.use(createHomeRouter(parts.site, pageLimit));
  const tokens = createTokenCheck(parts.adminToken);
  app.use(createGrantRouter(parts.grant, tokens, pageLimit));
  app.use(API_PATH, createApiRouter(parts.api, createAccessCheck(tokens)));
  if (dev !== null)
    app.use("/dev", createDevRouter({ dev, clock, settleLimitMs: limits.settleMs ?? SETTLE_LIMIT_MS }));
  for (const [path, page] of Object.entries(parts.pages ?? {})) app.use(path, page);
  app.use(answerNotFound);
  app.use(createErrorAnswer(log));
  return app;
}
