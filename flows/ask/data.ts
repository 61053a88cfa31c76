/** What is remembered between a question and what is picked next. */
import { z } from "zod";
import type { Move } from "../../src/conversation/flow";

export type StepName = "choices" | "rephrase" | "resolutions" | "topics" | "questions" | "toOfficer";
export type AskMove = Move<StepName, AskData>;

const askSchema = z.object({
  /** The question in hand, as typed. */
  question: z.string(),
  /** When it was asked: a second failure counts only while the first is fresh. */
  at: z.number(),
  /** The choices as the question engine put them, and their entries in the same order. */
  text: z.string(),
  ids: z.array(z.string()),
  resolution: z.string(),
  topic: z.string(),
  page: z.number(),
});
export type AskData = z.infer<typeof askSchema>;

export const parseAsk = (data: unknown): AskData | null => askSchema.safeParse(data).data ?? null;

export const NOTHING_ASKED: AskData = {
  question: "",
  at: 0,
  text: "",
  ids: [],
  resolution: "",
  topic: "",
  page: 0,
};
