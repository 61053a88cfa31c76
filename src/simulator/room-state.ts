/** What the simulator remembers: its people, what each of them sees on the phone, and how it went over the wire. */
import { z } from "zod";

const wireSchema = z.object({
  method: z.string(),
  path: z.string(),
  /** Without secrets. */
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
  /** HTTP status; null while there is no answer. */
  status: z.number().nullable(),
});

const chatButtonSchema = z.discriminatedUnion("kind", [
  /** `send` goes to the program, the title is what the person sees. */
  z.object({ kind: z.literal("hidden"), title: z.string(), send: z.string() }),
  z.object({ kind: z.literal("shown"), title: z.string(), send: z.string() }),
  z.object({ kind: z.literal("link"), title: z.string(), url: z.string() }),
]);
export type ChatButton = z.infer<typeof chatButtonSchema>;

const mediaSchema = z.object({
  kind: z.enum(["image", "audio", "video", "file"]),
  name: z.string(),
  /** The address at the pretend platform. */
  url: z.string(),
});

const chatEntrySchema = z.object({
  id: z.string(),
  personId: z.string(),
  at: z.number(),
  from: z.enum(["person", "account"]),
  text: z.string().nullable(),
  /** The person tapped a button: the text is its title. */
  tapped: z.boolean(),
  media: mediaSchema.nullable(),
  buttons: z.array(chatButtonSchema),
  wire: wireSchema,
});
export type ChatEntry = z.infer<typeof chatEntrySchema>;
export type ChatMedia = z.infer<typeof mediaSchema>;
export type WireView = z.infer<typeof wireSchema>;

const personSchema = z.object({
  /** As the platform's: decimal, above 2^53. */
  id: z.string().regex(/^\d{16,20}$/),
  name: z.string(),
  roleId: z.string(),
  roleLabel: z.string(),
  unitCode: z.string().nullable(),
  unitName: z.string().nullable(),
  /** The words that link the person to the unit, until they have been sent. */
  linkWords: z.string().nullable(),
});
export type SimPerson = z.infer<typeof personSchema>;

export const roomStateSchema = z.object({
  people: z.array(personSchema),
  entries: z.array(chatEntrySchema),
});
export type RoomState = z.infer<typeof roomStateSchema>;
