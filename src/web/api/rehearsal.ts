import { z } from "zod";
import type { ApiPorts, RehearsedItem } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { instantIn } from "./inputs";
import { LANES, listOf, rehearsed } from "./shapes";

const output = listOf(rehearsed).extend({
  lanes: z
    .record(z.enum([...LANES, "none"]), z.int().nonnegative())
    .meta({ description: "how many messages by each lane; `none` would not go" }),
});

export const rehearsalEndpoints = (ports: Pick<ApiPorts, "rehearse">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/rehearsal",
    summary: "Who would be told what, when and by which lane, if nobody answered; nothing is sent",
    input: z.object({ query: z.object({ from: instantIn.optional(), to: instantIn.optional() }) }),
    output,
    refusals: [409],
    handle: async ({ query }) => {
      const items = await ports.rehearse(query);
      return { items, lanes: countsOf(items) };
    },
  }),
];

function countsOf(items: readonly RehearsedItem[]): z.input<typeof output>["lanes"] {
  const counts = { free: 0, paid: 0, template: 0, phone: 0, group: 0, none: 0 };
  for (const { lane } of items) counts[lane ?? "none"]++;
  return counts;
}
