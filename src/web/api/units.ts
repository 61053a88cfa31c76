import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id, search } from "./inputs";
import { listOf, unit } from "./shapes";

export const unitEndpoints = (ports: Pick<ApiPorts, "searchUnits">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/units",
    summary: "Units by name without regard to accents, by group and by parent",
    input: z.object({
      query: z.object({ query: search.optional(), group: search.optional(), parent: id.optional() }),
    }),
    output: listOf(unit),
    handle: async ({ query }) => ({ items: await ports.searchUnits(query) }),
  }),
];
