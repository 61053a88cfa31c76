/** What is remembered while an officer works on one ticket. */
import { z } from "zod";
import type { Move } from "../../src/conversation/flow";

export type StepName = "reply" | "merge" | "general";

const dataSchema = z.object({
  code: z.string(),
  /** The question as everybody is to read it. */
  question: z.string().default(""),
});
export type StaffData = z.infer<typeof dataSchema>;
export type StaffMove = Move<StepName, StaffData>;

export const parseStaff = (data: unknown): StaffData | null => dataSchema.safeParse(data).data ?? null;
