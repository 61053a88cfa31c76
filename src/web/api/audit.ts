import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id, instantIn, wholeNumber } from "./inputs";
import { auditRow, listOf } from "./shapes";

export const auditEndpoints = (ports: Pick<ApiPorts, "listAudit">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/audit",
    summary: "Who decided what and when, the newest first; `before` takes the last id of a page",
    input: z.object({
      query: z.object({
        from: instantIn.optional(),
        to: instantIn.optional(),
        actor: id.optional(),
        before: wholeNumber.optional(),
      }),
    }),
    output: listOf(auditRow),
    handle: async ({ query }) => ({ items: await ports.listAudit(query) }),
  }),
];
