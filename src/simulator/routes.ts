/** The simulator's own calls; every body and query is checked before anything is done. */
import express, { Router, type ErrorRequestHandler } from "express";
import { z } from "zod";
import { isKind, messageOf, refused } from "../core/errors";
import { typeOf } from "../zalo/media-types";
import type { CampaignClock } from "./campaign-clock";
import { viewLedger } from "./ledger-view";
import type { Live } from "./live";
import type { People } from "./people";
import type { SimulatorPorts } from "./ports";
import type { Stage } from "./stage";
import type { Story } from "./story";
import { WORDING } from "./wording.vi";

export interface RouteParts {
  readonly ports: SimulatorPorts;
  readonly people: People;
  readonly live: Live;
  readonly stage: Stage;
  readonly clock: CampaignClock;
  readonly story: Story;
}

/** As long as the platform lets a person write. */
const MAX_TEXT_CHARS = 2_000;
const MAX_NAME_CHARS = 200;
const MAX_QUERY_CHARS = 100;
const MAX_JSON = "64kb";
/** What the platform's own app lets a person send is not documented; enough for photographs and scans. */
const MAX_FILE = "12mb";

const personBody = z.strictObject({
  roleId: z.string(),
  unitCode: z.string().optional(),
  name: z.string().max(MAX_NAME_CHARS).optional(),
});
const textBody = z.strictObject({ text: z.string().trim().min(1).max(MAX_TEXT_CHARS) });
const tapBody = z.strictObject({ entryId: z.string(), button: z.int().nonnegative() });
const clockBody = z.strictObject({ move: z.enum(["hour", "reminder", "deadline"]) });
const storyBody = z.strictObject({ do: z.enum(["start", "stop"]) });
const fileQuery = z.object({ name: z.string().max(MAX_NAME_CHARS) });
const unitQuery = z.object({ role: z.string(), query: z.string().max(MAX_QUERY_CHARS).default("") });
const ledgerQuery = z.object({ line: z.string().optional(), period: z.string().optional() });

export function createRoutes(parts: RouteParts): Router {
  const router = Router();
  router.use(express.json({ limit: MAX_JSON }));
  addPeopleRoutes(router, parts);
  addFileRoutes(router, parts);
  addCampaignRoutes(router, parts);
  router.get("/events", (request, response) => {
    parts.live.stream(request, response);
  });
  router.use(tellError);
  return router;
}

function addPeopleRoutes(router: Router, { ports, people, stage, clock, story }: RouteParts): void {
  router.get("/state", (_request, response) => {
    const { roles } = ports.show;
    const time = { now: clock.now(), moving: clock.isMoving() };
    response.json({ people: people.list(), roles, clock: time, story: story.state() });
  });
  router.get("/units", async (request, response) => {
    const { role, query } = unitQuery.parse(request.query);
    response.json({ items: await stage.searchUnits(role, query) });
  });
  router.post("/people", async (request, response) => {
    response.status(201).json(await stage.addPerson(personBody.parse(request.body)));
  });
  router.get("/people/:id/messages", (request, response) => {
    response.json({ items: people.entries(people.get(request.params.id).id) });
  });
  router.post("/people/:id/messages", async (request, response) => {
    await stage.say(request.params.id, textBody.parse(request.body).text);
    response.status(201).json({});
  });
  router.post("/people/:id/taps", async (request, response) => {
    const { entryId, button } = tapBody.parse(request.body);
    await stage.tap(request.params.id, entryId, button);
    response.status(201).json({});
  });
}

function addFileRoutes(router: Router, { ports, people, stage }: RouteParts): void {
  // This type alone: no page of another origin can send it without being asked about first.
  const bytes = express.raw({ type: "application/octet-stream", limit: MAX_FILE });
  router.post("/people/:id/files", bytes, async (request, response) => {
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body)) throw refused("empty-file", WORDING.emptyFile);
    await stage.sendFile(request.params.id, { name: fileQuery.parse(request.query).name, bytes: body });
    response.status(201).json({});
  });
  router.get("/people/:id/messages/:entryId/media", async (request, response) => {
    const media = people.entry(request.params.id, request.params.entryId)?.media;
    const file = media == null ? null : await ports.fetchFile(media.url);
    if (media == null || file === null) {
      response.status(404).end();
      return;
    }
    // Only what its bytes prove to be a picture, sound or film is shown in place; the rest is a download.
    const type = typeOf(file.bytes) ?? "application/octet-stream";
    const isShown = /^(image|audio|video)\//.test(type);
    // The name's ending would otherwise choose the type.
    if (!isShown) response.attachment(media.name || WORDING.unnamedFile);
    response.set("x-content-type-options", "nosniff").type(type);
    response.send(file.bytes);
  });
}

function addCampaignRoutes(router: Router, { ports, clock, story }: RouteParts): void {
  router.get("/ledger", async (request, response) => {
    response.json(await viewLedger(ports, ledgerQuery.parse(request.query)));
  });
  router.get("/rehearsal", async (_request, response) => {
    response.json({ items: await ports.rehearse() });
  });
  router.post("/clock", async (request, response) => {
    const { move } = clockBody.parse(request.body);
    if (story.state().running) throw refused("story-runs", WORDING.storyRuns);
    response.json({ now: await clock.move(move) });
  });
  router.post("/story", (request, response) => {
    if (storyBody.parse(request.body).do === "stop") story.stop();
    else {
      if (story.state().running) throw refused("story-runs", WORDING.storyRuns);
      if (clock.isMoving()) throw refused("clock-busy", WORDING.clockBusy);
      void story.start();
    }
    response.status(202).json(story.state());
  });
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;
const CONFLICT = 409;

/** Only what the asker can act on; the rest goes to whoever mounted the router. */
const tellError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof z.ZodError) {
    const details = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    response
      .status(BAD_REQUEST)
      .json({ error: { code: "bad-request", message: WORDING.badRequest, details } });
  } else if (isKind(error, "refused")) {
    response
      .status(error.code.startsWith("unknown-") ? NOT_FOUND : CONFLICT)
      .json({ error: { code: error.code, message: messageOf(error) } });
  } else next(error);
};
