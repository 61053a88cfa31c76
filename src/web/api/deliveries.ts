import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id } from "./inputs";
import { delivery, DELIVERY_STATUSES, listOf } from "./shapes";

export const deliveryEndpoints = (ports: Pick<ApiPorts, "listDeliveries">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/deliveries",
    summary: "Messages to people, and how sending them ended",
    input: z.object({
      query: z.object({ status: z.enum(DELIVERY_STATUSES).optional(), personId: id.optional() }),
    }),
    output: listOf(delivery),
    handle: async ({ query }) => ({ items: await ports.listDeliveries(query) }),
  }),
];
