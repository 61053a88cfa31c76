/** What the platform answers, read leniently: numbers that come as texts, ids that come as numbers. */
import { z } from "zod";

const id = z.union([z.string().min(1), z.number().transform(String)]);
const whole = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\s*-?\d{1,15}\s*$/)
    .transform(Number),
]);
const optionalWhole = whole.optional().catch(undefined);

/** `error: 0` is success; failures come with HTTP 200 too. */
export const envelopeSchema = z.object({
  error: whole,
  message: z.string().catch(""),
  data: z.unknown().optional(),
});

/** Free replies are counted in quotas of this type; any other type means that none was left to use. */
const FREE_REPLY = "reply";

const messageQuota = z
  .object({ quota_type: z.string(), remain: optionalWhole })
  .transform(({ quota_type, remain }) =>
    quota_type === FREE_REPLY
      ? { repliesLeft: remain ?? null, charged: false }
      : { repliesLeft: 0, charged: true },
  );

/** Templates by phone name the id differently. */
export const sentSchema = z
  .object({
    message_id: id.nullish().catch(null),
    msg_id: id.nullish().catch(null),
    quota: messageQuota.nullish().catch(null),
  })
  .transform(({ message_id, msg_id, quota }) => ({
    messageId: message_id ?? msg_id ?? null,
    repliesLeft: quota?.repliesLeft ?? null,
    charged: quota?.charged ?? false,
  }));
export type Sent = z.infer<typeof sentSchema>;

/** `src` 0 is the account. */
const FROM_ACCOUNT = 0;
const said = z.object({
  src: optionalWhole,
  time: whole,
  message_id: id,
  message: z.string().catch(""),
});
/** The newest messages of a conversation; what does not look like one is passed over. */
export const conversationSchema = z.array(z.unknown()).transform((rows) =>
  rows.flatMap((row) => {
    const read = said.safeParse(row);
    return read.success && read.data.src === FROM_ACCOUNT
      ? [{ messageId: read.data.message_id, at: read.data.time, text: read.data.message }]
      : [];
  }),
);
export type Said = z.infer<typeof conversationSchema>[number];

export const quotaSchema = z
  .object({
    last_interaction: optionalWhole,
    cs_reply: z.object({ remain: optionalWhole, total: optionalWhole }).optional().catch(undefined),
  })
  .transform(({ last_interaction, cs_reply }) => ({
    // All zeros: never.
    lastInteractionAt: last_interaction === 0 ? null : (last_interaction ?? null),
    repliesLeft: cs_reply?.remain ?? null,
    repliesTotal: cs_reply?.total ?? null,
  }));
export type UserQuota = z.infer<typeof quotaSchema>;

const flag = z.boolean().optional().catch(undefined);

/** Sources disagree on the names of the id and of the funds; both are read. */
export const accountSchema = z
  .object({
    oa_id: id.optional().catch(undefined),
    oaid: id.optional().catch(undefined),
    name: z.string().optional().catch(undefined),
    is_verified: z.boolean().optional().catch(undefined),
    package_name: z.string().optional().catch(undefined),
    linked_ZCA: flag,
    linked_zca: flag,
  })
  .transform((data) => ({
    oaId: data.oa_id ?? data.oaid ?? null,
    name: data.name ?? null,
    verified: data.is_verified ?? null,
    packageName: data.package_name ?? null,
    /** Whether messages that cost can be paid. */
    fundsLinked: data.linked_ZCA ?? data.linked_zca ?? null,
  }));
export type Account = z.infer<typeof accountSchema>;

const packageRow = z.object({ remain: optionalWhole, total: optionalWhole });
/** One asset or a list of them; an account may hold several, and may be told in either form. */
export const packageQuotaSchema = z
  .union([z.array(packageRow), packageRow.transform((row) => [row])])
  .catch([])
  .transform((rows) => ({
    left: sumOf(rows.map(({ remain }) => remain)),
    total: sumOf(rows.map(({ total }) => total)),
  }));
export type PackageQuota = z.infer<typeof packageQuotaSchema>;

const sumOf = (figures: readonly (number | undefined)[]): number | null => {
  const told = figures.filter((figure) => figure !== undefined);
  return told.length === 0 ? null : told.reduce((sum, figure) => sum + figure, 0);
};

/** Where the approval of a template stands: `ENABLE`, `PENDING_REVIEW`, `REJECT`, `DISABLE`, `DELETE`. */
export const templateStatusSchema = z.object({ status: z.string() }).transform(({ status }) => status);

/** For calls of which only the success counts. */
export const anythingSchema = z.unknown();

/** Pictures get an attachment id, files a token. */
export const uploadSchema = z
  .union([
    z.object({ attachment_id: id }).transform((data) => data.attachment_id),
    z.object({ token: id }).transform((data) => data.token),
  ])
  .transform((uploadId) => ({ uploadId }));
export type Uploaded = z.infer<typeof uploadSchema>;

/** The token endpoint answers flat, without envelope. */
export const tokenPairSchema = z
  .object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1),
    expires_in: optionalWhole,
  })
  .transform((data) => ({
    accessToken: data.access_token,
    refreshToken: data.refresh_token,
    expiresInSeconds: data.expires_in ?? null,
  }));
export type TokenPair = z.infer<typeof tokenPairSchema>;

export const tokenErrorSchema = z.object({ error: whole, error_name: z.string().catch("") });
