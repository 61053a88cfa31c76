import { z } from "zod";
import { personalIn } from "../../core/personal-data.vi";
import type { ApiPorts } from "../ports";
import { showsPersonal } from "../wording.vi";
import { jsonEndpoint, nothing, type Endpoint } from "./endpoint";
import { id, reason, text } from "./inputs";
import { generalAnswer, listOf, ticket, TICKET_KINDS, TICKET_STATUSES } from "./shapes";

type Ports = Pick<
  ApiPorts,
  | "listTickets"
  | "replyTicket"
  | "mergeTicket"
  | "declineTicket"
  | "listGeneralAnswers"
  | "approveAnswer"
  | "withdrawAnswer"
>;

const named = z.object({ code: id });
/** What everybody is to read instead of the asker's own words. */
const generalQuestion = reason
  .superRefine((question, context) => {
    const personal = personalIn(question);
    if (personal !== null) context.addIssue({ code: "custom", message: showsPersonal(personal) });
  })
  .meta({
    description: "the question as everybody may read it, without anything by which its asker can be told",
  });

export const ticketEndpoints = (ports: Ports): Endpoint[] => [...answering(ports), ...publishing(ports)];

const answering = (ports: Ports): Endpoint[] => [
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
    summary:
      "An answer, sent to everybody who asked the same; with a general question, one for all from now on",
    input: z.object({
      params: named,
      body: z.object({ text, generalQuestion: generalQuestion.optional() }),
    }),
    success: 201,
    output: z.object({ code: z.string(), text: z.string(), generalQuestion: z.string().optional() }),
    refusals: [404, 409],
    handle: async ({ params: { code }, body }) => {
      await ports.replyTicket(code, body.text, body.generalQuestion);
      return { code, ...body };
    },
  }),
  jsonEndpoint({
    method: "post",
    path: "/tickets/{code}/merge",
    summary: "Puts a waiting question under another that asks the same",
    input: z.object({ params: named, body: z.object({ into: id }) }),
    output: z.object({ code: z.string(), into: z.string() }),
    refusals: [404, 409],
    handle: async ({ params: { code }, body: { into } }) => {
      await ports.mergeTicket(code, into);
      return { code, into };
    },
  }),
  jsonEndpoint({
    method: "post",
    path: "/tickets/{code}/out-of-scope",
    summary: "Closes a question that is no business of this channel, with one polite line to its askers",
    input: z.object({ params: named }),
    output: z.object({ code: z.string() }),
    refusals: [404, 409],
    handle: async ({ params: { code } }) => {
      await ports.declineTicket(code);
      return { code };
    },
  }),
];

const publishing = (ports: Ports): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/general-answers",
    summary: "Officers' answers that everybody gets",
    input: nothing,
    output: listOf(generalAnswer),
    handle: async () => ({ items: await ports.listGeneralAnswers() }),
  }),
  jsonEndpoint({
    method: "post",
    path: "/tickets/{code}/general-answer",
    summary: "Approves the last reply (or these words) for everybody, under a question that names nobody",
    input: z.object({
      params: named,
      body: z.object({ question: generalQuestion, answer: text.optional() }),
    }),
    success: 201,
    output: generalAnswer,
    refusals: [404, 409],
    handle: ({ params: { code }, body }) => ports.approveAnswer(code, body),
  }),
  jsonEndpoint({
    method: "post",
    path: "/tickets/{code}/general-answer/withdrawal",
    summary: "Takes an answer for everybody back; who has had it keeps it",
    input: z.object({ params: named }),
    output: z.object({ code: z.string() }),
    refusals: [404, 409],
    handle: async ({ params: { code } }) => {
      await ports.withdrawAnswer(code);
      return { code };
    },
  }),
];
