/** The pretend platform behind HTTP: the paths, bodies and headers of the real one. */
import express, { Router, type Request, type RequestHandler, type Response } from "express";
import { parseSafely } from "../zalo/safe-json";
import type { PretendZalo } from "./pretend-zalo";
import type { Endpoint, WireAnswer } from "./pretend-zalo-script";
import type { UploadKind } from "./wire-schemas";

const V2_CLOSED = -240;
/** The host of the templates has numbers of its own, this one for every token that it does not take. */
const OF_TEMPLATES: ReadonlySet<Endpoint> = new Set(["phone", "template-info"]);
const NO_SUCH_TOKEN: WireAnswer = { status: 200, body: { error: -124, message: "Access token is invalid" } };
const MAX_JSON = "1mb";
/** Above every upload limit, so that too large a file is refused by its own code. */
const MAX_MULTIPART = "25mb";

const HEADERS_END = Buffer.from("\r\n\r\n");

/** The one file of a multipart body, in the field named `file`. */
function fileOf(request: Request): { name: string; bytes: Buffer } | null {
  const body: unknown = request.body;
  const boundary = /boundary="?([^";]+)/.exec(request.headers["content-type"] ?? "")?.[1];
  if (!Buffer.isBuffer(body) || boundary === undefined) return null;
  const headersEnd = body.indexOf(HEADERS_END);
  const head = body.toString("utf8", 0, Math.max(0, headersEnd));
  const name = /name="file"; filename="([^"]*)"/.exec(head)?.[1];
  const start = headersEnd + HEADERS_END.length;
  const end = body.indexOf(`\r\n--${boundary}`, start);
  if (name === undefined || end < 0) return null;
  return { name, bytes: body.subarray(start, end) };
}

/** What a GET call asks for stands in one query parameter as JSON. */
const queryData = (request: Request): unknown =>
  typeof request.query["data"] === "string" ? parseSafely(request.query["data"]) : undefined;

const isReaction = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "sender_action" in body;

/** The router of one pretend platform; mount it where `baseUrl` says. */
export function createPretendRouter(zalo: PretendZalo): Router {
  const router = Router();

  /** One call: script, token, answer, record. */
  const serve =
    (endpoint: Endpoint, usual: (request: Request) => WireAnswer): RequestHandler =>
    async (request: Request, response: Response) => {
      const answer = await zalo.script.play(endpoint, response, () => {
        const refused = endpoint === "token" ? null : zalo.refusedToken(request.headers);
        return refused === null ? usual(request) : OF_TEMPLATES.has(endpoint) ? NO_SUCH_TOKEN : refused;
      });
      const body: unknown = Buffer.isBuffer(request.body) ? `${request.body.length} bytes` : request.body;
      zalo.record({ endpoint, path: request.path, body, answer });
    };

  const json = express.json({ limit: MAX_JSON });
  router.post(
    "/v4/oa/access_token",
    express.urlencoded({ extended: false }),
    serve("token", (request) => zalo.grantToken(request.headers, request.body)),
  );
  router.get("/v4/oa/permission", (request, response) => {
    const back = zalo.consent(request.query);
    if (back === null) response.status(400).end();
    else response.redirect(back);
  });
  router.post(
    "/v3.0/oa/message/cs",
    json,
    serve("message", (request) => zalo.takeMessage(request.body)),
  );
  router.post(
    "/v3.0/oa/message/template",
    json,
    serve("template", (request) => zalo.takeTemplate(request.body)),
  );
  router.post(
    "/v3.0/oa/quota/message",
    json,
    serve("quota", (request) => zalo.tellQuota(request.body)),
  );
  router.get(
    "/v3.0/oa/user/detail",
    serve("user", (request) => zalo.tellUser(queryData(request))),
  );
  router.get(
    "/v2.0/oa/getoa",
    serve("account", () => zalo.tellAccount()),
  );
  router.get(
    "/v2.0/oa/listrecentchat",
    serve("chats", (request) => zalo.tellChats(queryData(request))),
  );
  router.get(
    "/template/info/v2",
    serve("template-info", (request) => zalo.tellTemplate(request.query)),
  );
  const multipart = express.raw({ type: "multipart/form-data", limit: MAX_MULTIPART });
  const kinds: UploadKind[] = ["image", "gif", "file"];
  for (const kind of kinds) {
    router.post(
      `/v2.0/oa/upload/${kind}`,
      multipart,
      serve("upload", (request) => zalo.takeUpload(kind, fileOf(request))),
    );
  }

  router.get("/files/:id", (request, response) => {
    const file = zalo.file(request.params.id);
    if (file === null) return void response.status(404).end();
    response.set("x-content-type-options", "nosniff").type(file.mime).send(file.bytes);
  });

  // One path for several kinds of message, told apart by their bodies; those to one person are closed.
  router.post(
    "/v2.0/oa/message",
    json,
    serve("reaction", (request) => {
      if (isReaction(request.body)) return zalo.elsewhere.takeReaction(request.body);
      zalo.violated("1:1 messages on v2.0 are closed");
      return { status: 200, body: { error: V2_CLOSED, message: "v2 message API is closed" } };
    }),
  );
  router.post(
    "/v3.0/oa/group/message",
    json,
    serve("group", (request) => zalo.elsewhere.takeGroupMessage(request.body)),
  );
  router.post(
    "/message/template",
    json,
    serve("phone", (request) => zalo.elsewhere.takePhoneTemplate(request.body)),
  );
  router.get(
    "/v2.0/oa/conversation",
    serve("conversation", (request) => zalo.elsewhere.tellConversation(queryData(request))),
  );
  router.use(["/v2.0", "/v3.0", "/v4"], (request, response) => {
    zalo.violated(`no such call: ${request.method} ${request.originalUrl}`);
    response.status(404).end();
  });
  return router;
}
