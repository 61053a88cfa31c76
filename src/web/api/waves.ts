import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, nothing, type Endpoint } from "./endpoint";
import { wave } from "./shapes";

export const waveEndpoints = (ports: Pick<ApiPorts, "nextWave">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/waves/next",
    summary: "The next wave of reminders before it goes out: lanes, cost, and whom nobody can reach",
    input: nothing,
    output: z.object({ wave: wave.nullable() }),
    refusals: [409],
    handle: async () => ({ wave: await ports.nextWave() }),
  }),
];
