import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { text } from "./inputs";
import { answer, explanation } from "./shapes";

/** More than a conversation remembers. */
const MAX_EARLIER_QUESTIONS = 20;

const input = z.object({
  body: z.object({ text, after: z.array(text).max(MAX_EARLIER_QUESTIONS).default([]) }),
});

export const askEndpoints = (ports: Pick<ApiPorts, "ask" | "explain">): Endpoint[] => [
  jsonEndpoint({
    method: "post",
    path: "/ask",
    summary: "A question to the engine that answers in the chat; nothing is stored or opened",
    input,
    output: answer,
    handle: ({ body }) => ports.ask(body),
  }),
  jsonEndpoint({
    method: "post",
    path: "/ask/explain",
    summary: "The same with its reasons: the entries that came near, and what spoke for and against each",
    input,
    output: explanation,
    handle: ({ body }) => ports.explain(body),
  }),
];
