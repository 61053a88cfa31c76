import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id } from "./inputs";
import { listOf, obligation, OBLIGATION_STATUSES, report } from "./shapes";

type Ports = Pick<ApiPorts, "listObligations" | "getReport">;

/** Who owes what, and what was handed in. */
export const obligationEndpoints = (ports: Ports): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/obligations",
    summary: "The ledger: one row for each line, period and unit",
    input: z.object({
      query: z.object({
        line: id.optional(),
        period: id.optional(),
        status: z.enum(OBLIGATION_STATUSES).optional(),
      }),
    }),
    output: listOf(obligation),
    refusals: [404],
    handle: async ({ query }) => ({ items: await ports.listObligations(query) }),
  }),
  jsonEndpoint({
    method: "get",
    path: "/reports/{line}/{period}/{unitCode}",
    summary: "A unit's report in its newest version, with every version before",
    input: z.object({ params: z.object({ line: id, period: id, unitCode: id }) }),
    output: report,
    refusals: [404],
    handle: ({ params }) => ports.getReport(params),
  }),
];
