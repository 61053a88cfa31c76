import type { ApiPorts } from "../ports";
import { jsonEndpoint, nothing, type Endpoint } from "./endpoint";
import { feedback, listOf } from "./shapes";

export const feedbackEndpoints = (ports: Pick<ApiPorts, "listFeedback">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/feedback",
    summary: "How helpful each answer was found, one vote a person, the worst first",
    input: nothing,
    output: listOf(feedback),
    handle: async () => ({ items: await ports.listFeedback() }),
  }),
];
