/** What can happen to a person's conversation: something they did, or something the program has to tell them. */
import { z } from "zod";

const fileSchema = z.object({
  url: z.string(),
  name: z.string(),
  kind: z.enum(["image", "file", "audio", "video"]),
  sizeBytes: z.number().optional(),
});
export type FileRef = z.infer<typeof fileSchema>;

const groupSchemas = [
  /** Said in a chat group: it is to be the office's whose staff code this is. */
  z.object({ kind: z.literal("group-bind"), groupId: z.string(), code: z.string() }),
  z.object({ kind: z.literal("group-end"), groupId: z.string() }),
] as const;
export type GroupInput = z.infer<(typeof groupSchemas)[number]>;

/** What a person did. */
export const inputSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("files"), files: z.array(fileSchema), text: z.string().optional() }),
  /** Something we cannot read: a sticker, a place, a business card. */
  z.object({ kind: z.literal("unreadable"), what: z.enum(["sticker", "location", "card", "link"]) }),
  z.object({ kind: z.literal("follow") }),
  z.object({ kind: z.literal("unfollow") }),
  /** The person shared name or phone through the platform's own form. */
  z.object({
    kind: z.literal("shared-info"),
    name: z.string().optional(),
    /** Sealed before it is written anywhere. */
    phoneSealed: z.string().optional(),
  }),
  /** The platform passed on a request to delete this person's data. */
  z.object({ kind: z.literal("withdraw") }),
  /** An officer answered by hand: the bot keeps quiet for a while. */
  z.object({ kind: z.literal("officer-spoke") }),
  ...groupSchemas,
]);
export type Input = z.infer<typeof inputSchema>;

/** What the program has to tell a person; recorded in the same inbox, handled in the same line. */
export const newsSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("reminder"),
    steps: z.array(z.object({ obligationId: z.string(), step: z.string() })),
  }),
  z.object({ kind: z.literal("digest"), digestId: z.string() }),
  /** A figure that staff have seen in a frozen digest is different now. */
  z.object({ kind: z.literal("correction"), text: z.string() }),
  z.object({ kind: z.literal("ticket-opened"), ticketCode: z.string() }),
  z.object({
    kind: z.literal("ticket-replied"),
    ticketCode: z.string(),
    text: z.string(),
    /** Which office answered, and when; absent in news of an earlier version. */
    from: z.object({ office: z.string(), at: z.number() }).optional(),
  }),
  z.object({
    kind: z.literal("ticket-closed"),
    ticketCode: z.string(),
    /** Closed because it is no business of this channel. */
    offTopic: z.boolean().optional(),
  }),
  /** A difficulty has gone one level up. */
  z.object({ kind: z.literal("ticket-escalated"), ticketCode: z.string(), office: z.string() }),
  z.object({ kind: z.literal("extension-asked"), extensionId: z.string() }),
  z.object({ kind: z.literal("extension-decided"), text: z.string() }),
  z.object({
    kind: z.literal("delegation-made"),
    code: z.string(),
    unitName: z.string(),
    from: z.string(),
    to: z.string().nullable(),
    expiresAt: z.number(),
  }),
  /** To whoever reported by it; the unit's own people have said so themselves. */
  z.object({ kind: z.literal("delegation-ended"), unitName: z.string() }),
  /** "đã vào bản tổng hợp gửi … lúc …" */
  z.object({
    kind: z.literal("report-forwarded"),
    text: z.string(),
    /** The report to look at again; absent where several went out together, and in news of an earlier version. */
    obligationId: z.string().optional(),
  }),
  /** An office asks a unit about a figure of its digest; the unit's answer goes back to whoever asked. */
  z.object({ kind: z.literal("clarification-asked"), code: z.string() }),
  z.object({ kind: z.literal("clarification-answered"), code: z.string() }),
  z.object({ kind: z.literal("alarm"), text: z.string() }),
  /** A unit's own record of a month; the figures as they were then. */
  z.object({
    kind: z.literal("month-card"),
    /** `2025-12` */
    month: z.string(),
    cards: z.array(
      z.object({
        unitName: z.string(),
        lineName: z.string().nullable(),
        owed: z.number(),
        onTime: z.number(),
        streak: z.number(),
        median: z.number().nullable(),
      }),
    ),
  }),
]);
export type News = z.infer<typeof newsSchema>;

export const eventSchema = z.union([inputSchema, newsSchema]);
export type ConversationEvent = z.infer<typeof eventSchema>;

const newsKinds: ReadonlySet<string> = new Set(newsSchema.options.map((option) => option.shape.kind.value));

export const isNews = (event: ConversationEvent): event is News => newsKinds.has(event.kind);
