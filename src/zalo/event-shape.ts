/** The parts of webhook events that are looked at. Everything is optional: what is missing or odd reads as absent. */
import { z } from "zod";

/** A database takes neither NUL nor half a surrogate pair; JSON escapes can bring both. */
const storable = (text: string): string => text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");

/** Ids come as strings, in some samples as bare numbers. */
const id = z
  .union([z.string().transform(storable).pipe(z.string().min(1)), z.number().transform(String)])
  .optional()
  .catch(undefined);
const words = z.string().transform(storable).optional().catch(undefined);
const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);
const idList = z.array(id).optional().catch(undefined);
const party = z.object({ id, admin_id: id }).optional().catch(undefined);

const message = z
  .object({
    msg_id: id,
    msg_ids: idList,
    text: words,
    attachments: z.array(z.unknown()).optional().catch(undefined),
    tracking_id: id,
    delivery_time: id,
  })
  .optional()
  .catch(undefined);

export const zaloEventSchema = z.object({
  event_name: z.string().transform(storable).pipe(z.string().min(1).max(100)),
  timestamp: z
    .union([z.string(), z.number().transform(String)])
    .pipe(z.string().regex(/^\d{13}$/))
    .transform(Number),
  sender: party,
  recipient: party,
  follower: party,
  oa_id: id,
  oaId: id,
  user_id: id,
  group_id: id,
  template_id: id,
  extension_id: id,
  call_id: id,
  talk_time: count,
  msg_id: id,
  users: z
    .array(z.object({ id }).catch({ id: undefined }))
    .optional()
    .catch(undefined),
  tag: z.object({ name: words, user_ids: idList }).optional().catch(undefined),
  data: z.object({ user_id: id }).optional().catch(undefined),
  info: z.object({ name: words, phone: id }).optional().catch(undefined),
  quota: z.object({ prev_value: count, new_value: count }).optional().catch(undefined),
  quality: z.object({ new_quality: words }).optional().catch(undefined),
  status: z.object({ new_status: words }).optional().catch(undefined),
  reason: words,
  message,
});
export type ZaloEvent = z.infer<typeof zaloEventSchema>;

/** Far above any address the platform has been seen to send. */
const MAX_URL_CHARS = 4096;

export const attachmentSchema = z.object({
  payload: z.object({
    url: z
      .string()
      .transform(storable)
      .pipe(
        z
          .string()
          .max(MAX_URL_CHARS)
          .regex(/^https?:\/\/\S+$/),
      ),
    name: words,
    size: count,
  }),
});
