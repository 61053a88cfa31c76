import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id, instantIn, reason } from "./inputs";
import { instant } from "./shapes";

type Ports = Pick<ApiPorts, "createExtension" | "createExemption">;

const exemption = { line: z.string(), unitCode: z.string(), period: z.string(), reason: z.string() };

/** What an office grants a unit for one period; the answer repeats what was granted. */
export const extensionEndpoints = (ports: Ports): Endpoint[] => [
  jsonEndpoint({
    method: "post",
    path: "/lines/{id}/extensions",
    summary: "More time for one unit in one period",
    input: z.object({
      params: z.object({ id }),
      body: z.object({ unitCode: id, period: id, until: instantIn, reason }),
    }),
    success: 201,
    output: z.object({ ...exemption, until: instant }),
    refusals: [404, 409],
    handle: async ({ params, body }) => {
      const extension = { line: params.id, ...body };
      await ports.createExtension(extension);
      return extension;
    },
  }),
  jsonEndpoint({
    method: "post",
    path: "/lines/{id}/exemptions",
    summary: "One unit is not expected in one period",
    input: z.object({
      params: z.object({ id }),
      body: z.object({ unitCode: id, period: id, reason }),
    }),
    success: 201,
    output: z.object(exemption),
    refusals: [404, 409],
    handle: async ({ params, body }) => {
      const granted = { line: params.id, ...body };
      await ports.createExemption(granted);
      return granted;
    },
  }),
];
