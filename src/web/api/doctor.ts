import type { DoctorPort } from "../ports";
import { jsonEndpoint, nothing, type Endpoint } from "./endpoint";
import { finding, listOf } from "./shapes";

export const doctorEndpoints = (port: DoctorPort): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/doctor",
    summary: "Every link of the set-up chain, and what to do about the broken ones",
    input: nothing,
    output: listOf(finding),
    handle: async () => ({ items: await port.examine() }),
  }),
];
