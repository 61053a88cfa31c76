import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, type Endpoint } from "./endpoint";
import { text } from "./inputs";
import { answer } from "./shapes";

/** More than a conversation remembers. */
const MAX_EARLIER_QUESTIONS = 20;

export const askEndpoints = (ports: Pick<ApiPorts, "ask">): Endpoint[] => [
  jsonEndpoint({
    method: "post",
    path: "/ask",
    summary: "A question to the engine that answers in the chat; nothing is stored or opened",
    input: z.object({
      body: z.object({ text, after: z.array(text).max(MAX_EARLIER_QUESTIONS).default([]) }),
    }),
    output: answer,
    handle: ({ body }) => ports.ask(body),
  }),
];
