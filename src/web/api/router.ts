/** `/api/v1`: every endpoint behind the token, and the description of them all. */
import { pipeline } from "node:stream/promises";
import express, { Router, type RequestHandler } from "express";
import { z } from "zod";
import type { ApiPorts } from "../ports";
import { askEndpoints } from "./ask";
import { auditEndpoints } from "./audit";
import { backupEndpoints } from "./backup";
import { deliveryEndpoints } from "./deliveries";
import { doctorEndpoints } from "./doctor";
import { digestEndpoints } from "./digests";
import { jsonEndpoint, nothing, type Endpoint } from "./endpoint";
import { extensionEndpoints } from "./extensions";
import { feedbackEndpoints } from "./feedback";
import { invitationEndpoints } from "./invitations";
import { lineEndpoints } from "./lines";
import { obligationEndpoints } from "./obligations";
import { describeApi } from "./openapi";
import { rehearsalEndpoints } from "./rehearsal";
import { ticketEndpoints } from "./tickets";
import { ROSTER_MEDIA, unitEndpoints } from "./units";
import { waveEndpoints } from "./waves";

export const API_PATH = "/api/v1";
/** The longest body is a long answer with its earlier questions. */
const MAX_BODY = "256kb";
/** A roster of thousands of units is a tenth of it. */
const MAX_FILE = "2mb";

/** Every endpoint of the API, the description of them included. */
export function endpointsOf(ports: ApiPorts): readonly Endpoint[] {
  const endpoints = [
    ...unitEndpoints(ports),
    ...invitationEndpoints(ports),
    ...lineEndpoints(ports),
    ...obligationEndpoints(ports),
    ...digestEndpoints(ports),
    ...extensionEndpoints(ports),
    ...ticketEndpoints(ports),
    ...rehearsalEndpoints(ports),
    ...feedbackEndpoints(ports),
    ...askEndpoints(ports),
    ...deliveryEndpoints(ports),
    ...auditEndpoints(ports),
    ...backupEndpoints(ports),
    ...waveEndpoints(ports),
    ...doctorEndpoints(ports),
  ];
  const description = jsonEndpoint({
    method: "get",
    path: "/openapi.json",
    summary: "This description",
    input: nothing,
    output: z.record(z.string(), z.unknown()),
    handle: () => Promise.resolve(document),
  });
  const document = describeApi([...endpoints, description], API_PATH);
  return [...endpoints, description];
}

/** `checkAccess` lets through who holds the token; nothing is read from a body before. */
export function createApiRouter(ports: ApiPorts, checkAccess: RequestHandler): Router {
  const router = Router();
  router.use(
    checkAccess,
    express.json({ limit: MAX_BODY }),
    express.raw({ type: ROSTER_MEDIA, limit: MAX_FILE }),
  );
  router.use((_request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    next();
  });
  for (const endpoint of endpointsOf(ports))
    router[endpoint.method](endpoint.path.replace(/\{(\w+)\}/g, ":$1"), serve(endpoint));
  return router;
}

const serve =
  (endpoint: Endpoint): RequestHandler =>
  async (request, response) => {
    // `?line=` says nothing about the line.
    const query = Object.fromEntries(Object.entries(request.query).filter(([, value]) => value !== ""));
    const body: unknown = request.body;
    const reply = await endpoint.answer({ params: request.params, query, body });
    if (reply.kind === "json") {
      response.status(reply.status).json(reply.body);
      return;
    }
    response.attachment(reply.fileName).type(reply.media);
    if (reply.kind === "stream") await pipeline(reply.stream, response);
    else response.send(Buffer.from(reply.bytes));
  };
