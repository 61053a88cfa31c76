import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, nothing, type Endpoint } from "./endpoint";
import { id } from "./inputs";
import { line, listOf, period, template } from "./shapes";

type Ports = Pick<ApiPorts, "listLines" | "getTemplate" | "listPeriods">;

/** What is reported to whom, on which form and when. */
export const lineEndpoints = (ports: Ports): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/lines",
    summary: "The lines of the campaign",
    input: nothing,
    output: listOf(line),
    handle: async () => ({ items: await ports.listLines() }),
  }),
  jsonEndpoint({
    method: "get",
    path: "/templates/{id}",
    summary: "The fields of a report form, in their order",
    input: z.object({ params: z.object({ id }) }),
    output: template,
    refusals: [404],
    handle: ({ params }) => ports.getTemplate(params.id),
  }),
  jsonEndpoint({
    method: "get",
    path: "/periods",
    summary: "The periods of a line, or of all lines",
    input: z.object({ query: z.object({ line: id.optional() }) }),
    output: listOf(period),
    refusals: [404],
    handle: async ({ query }) => ({ items: await ports.listPeriods(query) }),
  }),
];
