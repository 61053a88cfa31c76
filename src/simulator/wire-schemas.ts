/**
 * The documented request bodies of the platform, strictly: what is not documented is refused, although the
 * real platform may let it pass. Lengths count code points after NFC.
 */
import { z } from "zod";
import { lengthOf } from "../core/text";

const MAX_TEXT = 2000;
const MAX_TITLE = 100;
const MAX_PAYLOAD = 1000;
const MAX_SUBTITLE = 500;
const MAX_SMS = 160;
const MAX_BUTTONS = 5;
/** The platform documents no cap for these two; they only keep nonsense out. */
const MAX_URL = 2048;
const MAX_OPAQUE = 1024;

const chars = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => lengthOf(text) >= min && lengthOf(text) <= max,
      `must have ${min} to ${max} characters`,
    );

const userId = z.string().regex(/^[0-9]{6,32}$/);
const messageId = z.string().regex(/^[0-9A-Za-z_-]{8,128}$/);
const opaqueId = chars(1, MAX_OPAQUE);
const httpUrl = z
  .string()
  .regex(/^https?:\/\/\S+$/)
  .max(MAX_URL);
const phoneCode = z.string().regex(/^\+?[0-9]{3,15}$/);
const text = chars(1, MAX_TEXT).regex(/\S/);
const title = chars(1, MAX_TITLE);
const size = z.int().min(1);
const recipient = z.strictObject({ user_id: userId });

const button = z.discriminatedUnion("type", [
  z.strictObject({ title, type: z.literal("oa.open.url"), payload: z.strictObject({ url: httpUrl }) }),
  z.strictObject({ title, type: z.literal("oa.query.show"), payload: chars(1, MAX_PAYLOAD) }),
  z.strictObject({ title, type: z.literal("oa.query.hide"), payload: chars(1, MAX_PAYLOAD) }),
  z.strictObject({
    title,
    type: z.literal("oa.open.sms"),
    payload: z.strictObject({ content: chars(1, MAX_SMS), phone_code: phoneCode }),
  }),
  z.strictObject({
    title,
    type: z.literal("oa.open.phone"),
    payload: z.strictObject({ phone_code: phoneCode }),
  }),
]);
export type WireButton = z.infer<typeof button>;

const oneSource = (media: { url?: string | undefined; attachment_id?: string | undefined }): boolean =>
  (media.url === undefined) !== (media.attachment_id === undefined);
const SOURCE_RULE = "exactly one of url and attachment_id";
const source = { attachment_id: opaqueId.optional(), url: httpUrl.optional() };

const media = z.discriminatedUnion("media_type", [
  z
    .strictObject({
      media_type: z.literal("image"),
      ...source,
      width: size.optional(),
      height: size.optional(),
    })
    .refine(oneSource, SOURCE_RULE),
  z
    .strictObject({ media_type: z.literal("gif"), ...source, width: size, height: size })
    .refine(oneSource, SOURCE_RULE),
  z.strictObject({ media_type: z.literal("sticker"), attachment_id: opaqueId }),
]);

const ofTemplate = z.literal("template");

/** POST /v3.0/oa/message/cs: text, quote, media, file, request for information, buttons. */
export const messageSchema = z.union([
  z.strictObject({ recipient, message: z.strictObject({ text, quote_message_id: messageId.optional() }) }),
  z.strictObject({
    recipient,
    message: z.strictObject({
      text: text.optional(),
      attachment: z.strictObject({
        type: ofTemplate,
        payload: z.strictObject({ template_type: z.literal("media"), elements: z.tuple([media]) }),
      }),
    }),
  }),
  z.strictObject({
    recipient,
    message: z.strictObject({
      attachment: z.strictObject({ type: z.literal("file"), payload: z.strictObject({ token: opaqueId }) }),
    }),
  }),
  z.strictObject({
    recipient,
    message: z.strictObject({
      attachment: z.strictObject({
        type: ofTemplate,
        payload: z.strictObject({
          template_type: z.literal("request_user_info"),
          elements: z.tuple([
            z.strictObject({ title, subtitle: chars(1, MAX_SUBTITLE), image_url: httpUrl }),
          ]),
        }),
      }),
    }),
  }),
  z.strictObject({
    recipient,
    message: z.strictObject({
      text,
      attachment: z.strictObject({
        type: ofTemplate,
        payload: z.strictObject({
          template_type: z.literal("button").optional(),
          buttons: z.array(button).min(1).max(MAX_BUTTONS),
        }),
      }),
    }),
  }),
]);
export type WireMessage = z.infer<typeof messageSchema>;

const groupRecipient = z.strictObject({ group_id: z.string().regex(/^[0-9A-Za-z]{8,64}$/) });
const imageAttachment = z.strictObject({
  type: ofTemplate,
  payload: z.strictObject({ template_type: z.literal("media"), elements: z.tuple([media]) }),
});

/** POST /v3.0/oa/group/message: text, image or file; groups take no buttons. */
export const groupSchema = z.union([
  z.strictObject({ recipient: groupRecipient, message: z.strictObject({ text }) }),
  z.strictObject({
    recipient: groupRecipient,
    message: z.strictObject({ text: text.optional(), attachment: imageAttachment }),
  }),
  z.strictObject({
    recipient: groupRecipient,
    message: z.strictObject({
      attachment: z.strictObject({ type: z.literal("file"), payload: z.strictObject({ token: opaqueId }) }),
    }),
  }),
]);

/** POST /v2.0/oa/message with `sender_action`. Of the icons, those that every transcription agrees on. */
export const reactionSchema = z.strictObject({
  recipient,
  sender_action: z.strictObject({
    react_icon: z.enum(["/-strong", "/-heart", "/-remove"]),
    react_message_id: messageId,
  }),
});

const MAX_PARAMETER = 200;
const templateId = z.string().regex(/^[0-9A-Za-z]{1,64}$/);
const templateData = z.record(z.string().min(1).max(64), chars(0, MAX_PARAMETER));
/** POST /v3.0/oa/message/template: an approved template by user id. */
export const templateSchema = z.strictObject({
  user_id: userId,
  template_id: templateId,
  template_data: templateData,
});
export type WireTemplate = z.infer<typeof templateSchema>;

/** POST /message/template on the host of templates by phone. */
export const phoneTemplateSchema = z.strictObject({
  phone: z.string().regex(/^\+?84[0-9]{9}$/),
  template_id: templateId,
  template_data: templateData,
  tracking_id: z.string().regex(/^[0-9A-Za-z_-]{1,48}$/),
  sending_mode: z.enum(["1", "3"]).optional(),
  mode: z.literal("development").optional(),
});

/** GET /v2.0/oa/conversation. */
export const conversationSchema = z.strictObject({
  user_id: userId,
  offset: z.int().min(0),
  count: z.int().min(1).max(10),
});

/** POST /v3.0/oa/quota/message and GET /v3.0/oa/user/detail. */
export const userSchema = z.strictObject({ user_id: userId });

/** The same call about the account's package. */
export const packageSchema = z.strictObject({
  quota_owner: z.enum(["OA", "APP"]),
  product_type: z.enum(["cs", "transaction"]).optional(),
  quota_type: z.enum(["sub_quota", "purchase_quota", "reward_quota"]).optional(),
});

/** GET /v2.0/oa/listrecentchat. */
export const recentChatsSchema = z.strictObject({
  offset: z.int().min(0),
  count: z.int().min(1).max(10),
});

/** GET /template/info/v2 of the templates' host. */
export const templateInfoSchema = z.strictObject({ template_id: z.string().regex(/^[0-9]{1,20}$/) });

/** POST /v4/oa/access_token, parsed form. */
export const refreshFormSchema = z.strictObject({
  refresh_token: z.string().min(1),
  app_id: z.string().regex(/^[0-9]+$/),
  grant_type: z.literal("refresh_token"),
});

export const codeFormSchema = z.strictObject({
  code: z.string().min(1),
  app_id: z.string().regex(/^[0-9]+$/),
  grant_type: z.literal("authorization_code"),
  code_verifier: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** GET /v4/oa/permission. The challenge is S256 in base64url without padding: 43 characters. */
export const permissionSchema = z.strictObject({
  app_id: z.string().regex(/^[0-9]+$/),
  redirect_uri: httpUrl,
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  state: z.string().min(1),
});

/** Lower-cased headers of every call but the token one. */
export const apiHeadersSchema = z.object({
  access_token: z.string().regex(/^\S+$/),
  authorization: z.undefined().optional(),
});

export const oauthHeadersSchema = z.object({
  secret_key: z.string().regex(/^\S+$/),
  "content-type": z.string().regex(/^application\/x-www-form-urlencoded/),
  authorization: z.undefined().optional(),
});

const MEGABYTE = 1024 * 1024;

/** What the upload calls take. Of documents only PDF passes in practice, whatever is documented. */
export const UPLOAD_LIMITS = {
  image: { maxBytes: MEGABYTE, mimes: ["image/jpeg", "image/png"], idField: "attachment_id" },
  gif: { maxBytes: 5 * MEGABYTE, mimes: ["image/gif"], idField: "attachment_id" },
  file: { maxBytes: 5 * MEGABYTE, mimes: ["application/pdf"], idField: "token" },
} as const;
export type UploadKind = keyof typeof UPLOAD_LIMITS;
