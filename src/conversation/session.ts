/** What is remembered for one person between two messages: plain JSON, steps by name, never by number. */
import { z } from "zod";

const frameSchema = z.object({
  flow: z.string(),
  version: z.number(),
  step: z.string(),
  data: z.record(z.string(), z.json()),
});
export type Frame = z.infer<typeof frameSchema>;

export const sessionSchema = z.object({
  /** The conversation in hand is the last frame; those below wait to go on. */
  frames: z.array(frameSchema),
  /** The last questions asked, oldest first: context for "thế góp tối đa bao nhiêu?". */
  asked: z.array(z.string()),
});
export type Session = z.infer<typeof sessionSchema>;

export const EMPTY_SESSION: Session = { frames: [], asked: [] };

/** Enough for one interruption inside another; deeper, people have lost the thread anyway. */
export const MAX_FRAMES = 3;
/** A follow-up refers to the last question or the one before it. */
export const MAX_ASKED = 2;
