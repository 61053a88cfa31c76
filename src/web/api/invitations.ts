import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id } from "./inputs";
import { invitation, POSTS, ROLES } from "./shapes";

export const invitationEndpoints = (ports: Pick<ApiPorts, "createInvitation">): Endpoint[] => [
  jsonEndpoint({
    method: "post",
    path: "/invitations",
    summary: "A code that links one person to a unit, once",
    input: z.object({
      body: z.object({ unitCode: id, role: z.enum(ROLES), post: z.enum(POSTS).optional() }),
    }),
    success: 201,
    output: invitation,
    refusals: [404],
    handle: ({ body }) => ports.createInvitation(body),
  }),
];
