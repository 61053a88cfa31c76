import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { id, text } from "./inputs";
import { listOf, ticket, TICKET_KINDS, TICKET_STATUSES } from "./shapes";

type Ports = Pick<ApiPorts, "listTickets" | "replyTicket">;

export const ticketEndpoints = (ports: Ports): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/tickets",
    summary: "Questions without an answer, and difficulties",
    input: z.object({
      query: z.object({
        kind: z.enum(TICKET_KINDS).optional(),
        status: z.enum(TICKET_STATUSES).optional(),
      }),
    }),
    output: listOf(ticket),
    handle: async ({ query }) => ({ items: await ports.listTickets(query) }),
  }),
  jsonEndpoint({
    method: "post",
    path: "/tickets/{code}/replies",
    summary: "An answer, sent to the person who asked",
    input: z.object({ params: z.object({ code: id }), body: z.object({ text }) }),
    success: 201,
    output: z.object({ code: z.string(), text: z.string() }),
    refusals: [404, 409],
    handle: async ({ params, body }) => {
      await ports.replyTicket(params.code, body.text);
      return { code: params.code, text: body.text };
    },
  }),
];
