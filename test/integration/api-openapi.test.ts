/** The description of the API against the API itself: neither may know a call that the other does not. */
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { createApiRouter, endpointsOf } from "../../src/web/api/router";
import { API, aWeb, TOKEN } from "../support/web-stubs";

const schema = z.record(z.string(), z.unknown());
const media = z.record(z.string(), z.strictObject({ schema: schema.optional() }));
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9-]+$/),
  summary: z.string().min(10),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(["path", "query"]),
        required: z.boolean(),
        schema,
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: media }).optional(),
  responses: z.record(
    z.string().regex(/^(200|201|400|401|404|409)$/),
    z.strictObject({ description: z.string().min(1), content: media }),
  ),
});
/** The part of OpenAPI 3.1 that the document uses, and nothing beside it. */
const openApi = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  security: z.tuple([z.strictObject({ bearer: z.array(z.string()) })]),
  paths: z.record(z.string().startsWith("/"), z.partialRecord(z.enum(["get", "post"]), operation)),
  components: z.strictObject({
    securitySchemes: z.strictObject({
      bearer: z.object({ type: z.literal("http"), scheme: z.literal("bearer") }),
    }),
    schemas: z.record(z.string(), schema),
  }),
});

async function description() {
  const web = await aWeb();
  const answer = await web.call("GET", "/api/v1/openapi.json");
  expect(answer.status).toBe(200);
  return openApi.parse(answer.json);
}

const operationsOf = ({ paths }: z.output<typeof openApi>) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described })),
  );

/** The calls of the outer surface, word for word as they are promised. */
const PROMISED = [
  "get /units",
  "post /units/import",
  "post /invitations",
  "get /lines",
  "get /templates/{id}",
  "get /periods",
  "get /rehearsal",
  "get /obligations",
  "get /reports/{line}/{period}/{unitCode}",
  "get /digests",
  "get /digests/{id}.pdf",
  "get /digests/{id}.docx",
  "get /digests/{id}.xlsx",
  "get /digests/{id}.png",
  "post /lines/{id}/extensions",
  "post /lines/{id}/exemptions",
  "get /tickets",
  "post /tickets/{code}/replies",
  "post /tickets/{code}/merge",
  "post /tickets/{code}/out-of-scope",
  "post /tickets/{code}/general-answer",
  "post /tickets/{code}/general-answer/withdrawal",
  "get /general-answers",
  "get /feedback",
  "post /ask",
  "post /ask/explain",
  "get /audit",
  "post /backup",
  "get /deliveries",
  "get /waves/next",
  "get /doctor",
  "get /openapi.json",
];

/** Posts that say all with their path. */
const BODILESS = /^\/backup$|\/out-of-scope$|\/withdrawal$/;

describe("the description", () => {
  test("names every call that is promised and no other", async () => {
    const described = operationsOf(await description()).map(({ path, method }) => `${method} ${path}`);
    expect(described.sort()).toEqual([...PROMISED].sort());
  });

  test("names every route the server has and no other", () => {
    const router = createApiRouter(API, (_request, _response, next) => next());
    const routes = router.stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : route.stack.map(({ method }) => `${method} ${route.path.replace(/:(\w+)/g, "{$1}")}`),
    );
    expect(routes.sort()).toEqual(
      endpointsOf(API)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
    expect(routes).toHaveLength(PROMISED.length);
  });

  test("gives every operation a name of its own, and every place in a path a parameter", async () => {
    const operations = operationsOf(await description());
    const names = operations.map(({ described }) => described.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { path, described } of operations) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const parameters = described.parameters ?? [];
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name }) => name)).toEqual(places);
      expect(inPath.every(({ required }) => required)).toBe(true);
      expect(parameters.filter((parameter) => parameter.in === "query" && parameter.required)).toEqual([]);
    }
  });

  test("tells of every operation how it ends well and how it may be refused", async () => {
    const document = await description();
    for (const { described, method, path } of operationsOf(document)) {
      const statuses = Object.keys(described.responses);
      expect(statuses.filter((status) => status.startsWith("2"))).toHaveLength(1);
      expect(statuses).toContain("401");
      const takesBody = method === "post" && !BODILESS.test(path);
      expect(statuses.includes("400")).toBe(described.parameters !== undefined || takesBody);
      expect(described.requestBody !== undefined).toBe(takesBody);
      for (const status of statuses.filter((text) => text.startsWith("4")))
        expect(described.responses[status]?.content).toEqual({
          "application/json": { schema: { $ref: "#/components/schemas/Error" } },
        });
    }
    expect(Object.keys(document.components.schemas)).toEqual(["Error"]);
  });

  test("draws instants as date-times and never as the numbers they are inside", async () => {
    const { paths } = await description();
    const drawn = JSON.stringify(paths);
    expect(drawn).toContain('"dueAt":{"type":"string","format":"date-time"');
    expect(drawn).toContain('"until":{"type":"string","format":"date-time"');
    expect(drawn).not.toMatch(/"\w+At":\{"type":"(integer|number)"/);
    expect(drawn).not.toContain("$schema");
  });
});

describe("every call that is described", () => {
  const EXAMPLES: Record<string, unknown> = {
    "/invitations": { unitCode: "a", role: "staff" },
    "/lines/{id}/extensions": { unitCode: "a", period: "b", until: "2025-12-05T17:00:00+07:00", reason: "c" },
    "/lines/{id}/exemptions": { unitCode: "a", period: "b", reason: "c" },
    "/tickets/{code}/replies": { text: "a" },
    "/tickets/{code}/merge": { into: "a" },
    "/tickets/{code}/general-answer": { question: "a" },
    "/ask": { text: "a" },
    "/ask/explain": { text: "a" },
    "/units/import": new TextEncoder().encode("code,name"),
  };

  test("ends as described, in the described form, and needs the token", async () => {
    const document = await description();
    const web = await aWeb();
    for (const { path, method, described } of operationsOf(document)) {
      const place = `/api/v1${path.replace(/\{\w+\}/g, "x")}`;
      const body = EXAMPLES[path];
      const [media = ""] = Object.keys(described.requestBody?.content ?? {});
      const headers = {
        authorization: `Bearer ${TOKEN}`,
        ...(media === "" ? {} : { "content-type": media }),
      };
      const answer = await web.call(method.toUpperCase(), place, body, headers);
      const [success] = Object.keys(described.responses);
      expect([path, String(answer.status)]).toEqual([path, success]);
      const [form] = Object.keys(described.responses[success ?? ""]?.content ?? {});
      expect(answer.headers.get("content-type")?.split(";")[0]).toBe(form);
      const { required } = z
        .object({ required: z.array(z.string()).default([]) })
        .parse(described.responses[success ?? ""]?.content["application/json"]?.schema ?? {});
      expect(Object.keys(answer.json ?? {})).toEqual(expect.arrayContaining(required));
      expect((await web.call(method.toUpperCase(), place, body, {})).status).toBe(401);
    }
  });
});
