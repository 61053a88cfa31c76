/** What the bot says, before any platform's form: plain text with at most a handful of buttons. */
import { z } from "zod";

/** A tap comes back as this text; it begins with `#` so that it cannot be mistaken for typed words. */
export const TAP_PREFIX = "#";

export const buttonSchema = z.union([
  z.object({ title: z.string(), tap: z.string() }),
  z.object({ title: z.string(), url: z.string() }),
]);
export type Button = z.infer<typeof buttonSchema>;

export const messageSchema = z.object({
  text: z.string(),
  buttons: z.array(buttonSchema).optional(),
  /** A picture the program makes itself, by name (`digest:<id>`); sent beside the text. */
  picture: z.string().optional(),
  /** A document the program makes itself, by name (`digest:<id>`); goes alone, after the words. */
  file: z.string().optional(),
  /** The platform's own form by which a person shares name and phone number. */
  askInfo: z.object({ title: z.string(), subtitle: z.string(), imageUrl: z.string() }).optional(),
  /** What a form text the platform has approved is filled with, for people who may not be written to freely. */
  template: z
    .object({ name: z.enum(["reminder", "digest"]), data: z.record(z.string(), z.string()) })
    .optional(),
});
export type Message = z.infer<typeof messageSchema>;
export type TemplateName = NonNullable<Message["template"]>["name"];

/** A button whose tap is understood by the flow that registered `action`: `#action arg arg`. */
export const tap = (title: string, action: string, ...args: string[]): Button => ({
  title,
  tap: [TAP_PREFIX + action, ...args].join(" "),
});

export const say = (text: string, buttons: readonly Button[] = []): Message =>
  buttons.length === 0 ? { text } : { text, buttons: [...buttons] };

/**
 * One turn, as few messages as possible: free replies are counted. Texts are joined until buttons would come
 * to stand in the middle.
 */
export function joined(messages: readonly Message[]): Message[] {
  const result: Message[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    const mergeable = last !== undefined && isPlain(last) && isPlain(message);
    if (mergeable && (last.buttons === undefined || message.buttons === undefined)) {
      const buttons = message.buttons ?? last.buttons;
      result[result.length - 1] = {
        text: [last.text, message.text].filter((text) => text !== "").join("\n\n"),
        ...(buttons === undefined ? {} : { buttons }),
      };
    } else result.push(message);
  }
  return result.filter((message) => message.text !== "" || !isPlain(message));
}

/** Nothing but words and buttons. */
const isPlain = ({ picture, file, askInfo }: Message): boolean =>
  picture === undefined && file === undefined && askInfo === undefined;
