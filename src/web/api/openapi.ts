/** The API's description, drawn from the very schemas that check its calls. */
import { z } from "zod";
import type { Endpoint } from "./endpoint";

/** Raised when a call changes in a way that callers notice. */
const API_VERSION = "1.0.0";

export const errorShape = z.object({
  error: z.object({
    code: z.string().meta({ description: "stable, for programs" }),
    message: z.string().meta({ description: "in Vietnamese, for people" }),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});

const FAILURES = {
  400: "what was asked is not well formed; `details` names each field",
  401: "no token, or a wrong one",
  404: "there is no such thing",
  409: "the present state forbids it",
} as const;

type JsonSchema = Readonly<Record<string, unknown>>;

/** The part of a drawn schema that is taken apart again. */
const drawnObject = z.looseObject({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

/** Without the name of the dialect, which belongs to whole documents alone. */
const draw = (schema: z.ZodType, io: "input" | "output"): JsonSchema =>
  Object.fromEntries(Object.entries(z.toJSONSchema(schema, { io })).filter(([key]) => key !== "$schema"));

function parametersIn(place: "path" | "query", part: unknown): JsonSchema[] {
  const { properties, required } = drawnObject.parse(part ?? {});
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}

function responsesOf({ gives, success, refusals, input }: Endpoint): JsonSchema {
  const content =
    typeof gives === "string" ? { [gives]: {} } : { "application/json": { schema: draw(gives, "output") } };
  const takesNothing = Object.keys(drawnObject.parse(draw(input, "input")).properties).length === 0;
  const failures = [...(takesNothing ? [] : [400 as const]), 401 as const, ...refusals];
  return {
    [success]: { description: success === 201 ? "made" : "found", content },
    ...Object.fromEntries(
      failures.map((status) => [
        status,
        {
          description: FAILURES[status],
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      ]),
    ),
  };
}

function bodyOf({ takes }: Endpoint, body: JsonSchema | undefined): JsonSchema {
  const file = { schema: { type: "string", format: "binary" } };
  if (takes !== undefined)
    return {
      requestBody: { required: true, content: Object.fromEntries(takes.map((media) => [media, file])) },
    };
  return body === undefined
    ? {}
    : { requestBody: { required: true, content: { "application/json": { schema: body } } } };
}

function operationOf(endpoint: Endpoint): JsonSchema {
  const { properties } = drawnObject.parse(draw(endpoint.input, "input"));
  const parameters = [
    ...parametersIn("path", properties["params"]),
    ...parametersIn("query", properties["query"]),
  ];
  return {
    operationId: [endpoint.method, ...endpoint.path.split(/\W+/).filter((part) => part !== "")].join("-"),
    summary: endpoint.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(endpoint, properties["body"]),
    responses: responsesOf(endpoint),
  };
}

/** An OpenAPI 3.1 document of these endpoints, served below `basePath`. */
export function describeApi(endpoints: readonly Endpoint[], basePath: string): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of endpoints) (paths[endpoint.path] ??= {})[endpoint.method] = operationOf(endpoint);
  return {
    openapi: "3.1.0",
    info: {
      title: "Cầu Nối",
      version: API_VERSION,
      description: "Instants are ISO 8601 with offset +07:00.",
    },
    servers: [{ url: basePath }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Error: draw(errorShape, "output") },
    },
  };
}
