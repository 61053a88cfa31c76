/** What callers may say, wherever they say it. */
import { z } from "zod";
import { fromIso } from "../../core/clock";
import { NO_CONTROL_CHARACTERS, NOT_AN_INSTANT } from "../wording.vi";

/** Longer than any code, slug or id that the program makes. */
const MAX_ID_CHARS = 100;
const MAX_SEARCH_CHARS = 200;
/** Room for a long officer's answer; the chat cuts it into messages. */
const MAX_TEXT_CHARS = 5_000;
const MAX_REASON_CHARS = 500;

/** The database takes neither NUL nor half a surrogate pair, and no name of ours holds a control character. */
const printable = (text: string): boolean => !/[\p{Cc}\p{Surrogate}]/u.test(text);
/** Paragraphs are welcome in texts. */
const readable = (text: string): boolean => printable(text.replace(/[\t\n\r]/g, ""));

/** A code or slug of ours. */
export const id = z.string().min(1).max(MAX_ID_CHARS).refine(printable, { error: NO_CONTROL_CHARACTERS });
export const search = z.string().max(MAX_SEARCH_CHARS).refine(printable, { error: NO_CONTROL_CHARACTERS });
/** Words for people. */
export const text = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT_CHARS)
  .refine(readable, { error: NO_CONTROL_CHARACTERS });
export const reason = text.max(MAX_REASON_CHARS);

/** An instant on its way in. */
export const instantIn = z
  .string()
  .meta({ format: "date-time", examples: ["2025-12-05T17:00:00+07:00"] })
  .transform((given, context) => {
    const read = fromIso(given);
    if (read === null) context.addIssue({ code: "custom", message: NOT_AN_INSTANT });
    return read ?? 0;
  });

/** In a query every number is text. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .meta({ format: "int64" })
  .transform(Number);
