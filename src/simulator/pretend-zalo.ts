/**
 * A pretend Zalo that speaks the real wire: it answers the calls the program makes, as strictly as they are
 * documented, and builds and signs the webhooks the platform would send. `pretend-zalo-router.ts` puts it
 * behind HTTP.
 */
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { Clock, Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { ZaloSettings } from "../zalo/settings";
import { PretendElsewhere } from "./pretend-zalo-elsewhere";
import { bodyOfEvent, isInteraction, personOf, type PretendEvent } from "./pretend-zalo-events";
import { PretendFiles, type KeptFile } from "./pretend-zalo-files";
import type { Endpoint, Scripted, WireAnswer } from "./pretend-zalo-script";
import { Script } from "./pretend-zalo-script";
import { PretendTokens } from "./pretend-zalo-tokens";
import { FREE_REPLIES, ReplyWindows } from "./pretend-zalo-window";
import {
  apiHeadersSchema,
  codeFormSchema,
  messageSchema,
  oauthHeadersSchema,
  packageSchema,
  permissionSchema,
  recentChatsSchema,
  refreshFormSchema,
  templateInfoSchema,
  templateSchema,
  UPLOAD_LIMITS,
  userSchema,
  type UploadKind,
  type WireButton,
  type WireMessage,
  type WireTemplate,
} from "./wire-schemas";

/** One call as it went over the wire. */
export interface WireCall {
  readonly at: Instant;
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly body: unknown;
  /** Null when the connection ended without one. */
  readonly answer: WireAnswer | null;
}

/** A message that was accepted: what the person sees, and the body it came in. */
export interface SentMessage {
  readonly at: Instant;
  readonly userId: string;
  readonly messageId: string;
  readonly text: string | null;
  readonly buttons: readonly WireButton[];
  /** Where the picture or file can be fetched. */
  readonly mediaUrl: string | null;
  readonly body: WireMessage | WireTemplate;
}

export interface SignedWebhook {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PretendZaloParts {
  readonly settings: Pick<ZaloSettings, "appId" | "appSecret" | "oaId" | "oaSecretKey">;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where the router is mounted, seen from outside: the start of every file's address. */
  readonly baseUrl: () => string;
}

const PARAM_INVALID = -201;
const TOKEN_INVALID = -216;
const MESSAGE_ID_CHARS = 20;
/** A long rehearsal makes many calls; the newest are the ones anybody looks at. */
const MAX_CALLS_KEPT = 5_000;

const ok = (data: unknown): WireAnswer => ({ status: 200, body: { error: 0, message: "Success", data } });
const refuse = (error: number, message: string): WireAnswer => ({ status: 200, body: { error, message } });

interface BesidesText {
  readonly buttons: readonly WireButton[];
  readonly uploadId?: string | undefined;
  readonly url?: string | undefined;
}

/** What a message carries beside its words. */
function besidesText(message: WireMessage["message"]): BesidesText {
  if (!("attachment" in message)) return { buttons: [] };
  const { payload } = message.attachment;
  if ("buttons" in payload) return { buttons: payload.buttons };
  if ("token" in payload) return { buttons: [], uploadId: payload.token };
  const [element] = payload.elements;
  if (!("media_type" in element)) return { buttons: [] };
  // Stickers are the platform's own pictures, not uploads.
  if (element.media_type === "sticker") return { buttons: [] };
  return { buttons: [], uploadId: element.attachment_id, url: element.url };
}

export class PretendZalo {
  readonly script = new Script();
  readonly windows: ReplyWindows;
  readonly tokens: PretendTokens;
  /** Groups, reactions, templates by phone, the history of conversations. */
  readonly elsewhere: PretendElsewhere;
  /** Every call so far, oldest first. */
  readonly calls: WireCall[] = [];
  /** Calls that no documented one looks like; a correct program makes none. */
  readonly violations: string[] = [];
  private readonly files: PretendFiles;
  private readonly people = new Map<string, string>();
  private readonly listeners: ((message: SentMessage) => void)[] = [];

  constructor(private readonly parts: PretendZaloParts) {
    this.windows = new ReplyWindows(parts.clock);
    this.tokens = new PretendTokens(parts.settings.appSecret, parts.clock);
    this.files = new PretendFiles(parts.clock, parts.ids);
    this.elsewhere = new PretendElsewhere({
      clock: parts.clock,
      newMessageId: () => this.newMessageId(),
      violated: (what) => this.violated(what),
    });
  }

  /** Called for every accepted message, before it is answered. */
  onSent(listener: (message: SentMessage) => void): void {
    this.listeners.push(listener);
  }

  /** What happens to the next calls of this kind, in order. */
  scriptNext(endpoint: Endpoint, ...steps: Scripted[]): void {
    this.script.add(endpoint, ...steps);
  }

  /** The bytes and headers with which the platform would report this event now. */
  signedWebhook(event: PretendEvent): SignedWebhook {
    const { settings, clock } = this.parts;
    const timestamp = clock.now();
    if (isInteraction(event)) this.windows.interacted(personOf(event), timestamp);
    const { appId, oaId, oaSecretKey } = settings;
    const rawBody = Buffer.from(
      JSON.stringify(bodyOfEvent(event, { appId, oaId, timestamp, messageId: this.newMessageId() })),
    );
    const mac = createHash("sha256")
      .update(appId)
      .update(rawBody)
      .update(String(timestamp))
      .update(oaSecretKey);
    const headers = { "content-type": "application/json", "x-zevent-signature": `mac=${mac.digest("hex")}` };
    return { rawBody, headers };
  }

  /** Keeps a file that a simulated person sends; gives its address. */
  hostFile(file: Omit<KeptFile, "at">): string {
    return this.fileUrl(this.files.keep(file));
  }

  file(id: string): KeptFile | null {
    return this.files.get(id);
  }

  /** What `user/detail` says about a person. */
  addPerson(userId: string, displayName: string): void {
    this.people.set(userId, displayName);
  }

  record(call: Omit<WireCall, "at">): void {
    this.calls.push({ at: this.parts.clock.now(), ...call });
    if (this.calls.length > MAX_CALLS_KEPT) this.calls.shift();
  }

  /** Notes a call that should not be made, and refuses it as a wrong parameter. */
  violated(what: string): WireAnswer {
    this.violations.push(what);
    return refuse(PARAM_INVALID, what);
  }

  /** The token of a call is looked at before anything else; null when it is good. */
  refusedToken(headers: IncomingHttpHeaders): WireAnswer | null {
    const read = apiHeadersSchema.safeParse(headers);
    if (!read.success) {
      this.violated(`headers: ${z.prettifyError(read.error)}`);
      return refuse(TOKEN_INVALID, "Access token invalid");
    }
    const code = this.tokens.check(read.data.access_token);
    if (code === 0) return null;
    return refuse(code, code === TOKEN_INVALID ? "Access token invalid" : "Access token has expired");
  }

  takeMessage(body: unknown): WireAnswer {
    const read = messageSchema.safeParse(body);
    if (!read.success) return this.violated(`message: ${z.prettifyError(read.error)}`);
    const { recipient, message } = read.data;
    const { buttons, uploadId, url } = besidesText(message);
    const uploadCode = uploadId === undefined ? 0 : this.files.checkUpload(uploadId);
    if (uploadCode !== 0) return refuse(uploadCode, "Attachment is expired");
    const quota = this.windows.spend(recipient.user_id);
    if (typeof quota === "number") return refuse(quota, "Not allowed for this user now");
    const sent: SentMessage = {
      at: this.parts.clock.now(),
      userId: recipient.user_id,
      messageId: this.newMessageId(),
      text: "text" in message ? (message.text ?? null) : null,
      buttons,
      mediaUrl: uploadId === undefined ? (url ?? null) : this.fileUrl(uploadId),
      body: read.data,
    };
    this.elsewhere.remember(sent.userId, { ...sent, text: sent.text ?? "" });
    for (const listener of this.listeners) listener(sent);
    return ok({
      message_id: sent.messageId,
      user_id: sent.userId,
      sent_time: String(sent.at),
      quota: { ...quota, owner_type: "OA", owner_id: this.parts.settings.oaId },
    });
  }

  /** An approved template needs no recent message of the person; what it says is known to the platform alone. */
  takeTemplate(body: unknown): WireAnswer {
    const read = templateSchema.safeParse(body);
    if (!read.success) return this.violated(`template: ${z.prettifyError(read.error)}`);
    const { user_id, template_id, template_data } = read.data;
    const sent: SentMessage = {
      at: this.parts.clock.now(),
      userId: user_id,
      messageId: this.newMessageId(),
      text: [`[ZBS ${template_id}]`, ...Object.values(template_data)].join("\n"),
      buttons: [],
      mediaUrl: null,
      body: read.data,
    };
    for (const listener of this.listeners) listener(sent);
    return ok({ message_id: sent.messageId, user_id, sent_time: String(sent.at) });
  }

  tellQuota(body: unknown): WireAnswer {
    if (packageSchema.safeParse(body).success)
      return ok([{ product_type: "cs", quota_type: "sub_quota", ...this.windows.package() }]);
    const read = userSchema.safeParse(body);
    if (!read.success) return this.violated(`quota: ${z.prettifyError(read.error)}`);
    const userId = read.data.user_id;
    return ok({
      last_interaction: String(this.windows.lastInteraction(userId) ?? 0).padStart(13, "0"),
      cs_reply: { remain: this.windows.freeLeft(userId), total: FREE_REPLIES },
    });
  }

  tellUser(data: unknown): WireAnswer {
    const read = userSchema.safeParse(data);
    if (!read.success) return this.violated(`user: ${z.prettifyError(read.error)}`);
    const userId = read.data.user_id;
    return ok({
      user_id: userId,
      display_name: this.people.get(userId) ?? "",
      user_is_follower: true,
      avatar: "",
    });
  }

  tellChats(data: unknown): WireAnswer {
    const read = recentChatsSchema.safeParse(data);
    return read.success ? ok([]) : this.violated(`recent chats: ${z.prettifyError(read.error)}`);
  }

  tellTemplate(query: unknown): WireAnswer {
    const read = templateInfoSchema.safeParse(query);
    if (!read.success) return this.violated(`template info: ${z.prettifyError(read.error)}`);
    return ok({ templateId: read.data.template_id, status: "ENABLE" });
  }

  tellAccount(): WireAnswer {
    const { oaId } = this.parts.settings;
    return ok({
      oa_id: oaId,
      name: "Cầu Nối (giả lập)",
      is_verified: true,
      package_name: "Nâng cao",
      linked_zca: true,
    });
  }

  takeUpload(kind: UploadKind, file: { name: string; bytes: Buffer } | null): WireAnswer {
    if (file === null) return this.violated(`upload/${kind}: multipart field "file" is missing`);
    const id = this.files.upload(kind, file);
    if (typeof id === "number")
      return this.violated(`upload/${kind}: type or size of ${file.name} is refused`);
    return ok({ [UPLOAD_LIMITS[kind].idField]: id });
  }

  grantToken(headers: IncomingHttpHeaders, form: unknown): WireAnswer {
    const { appId, appSecret } = this.parts.settings;
    const head = oauthHeadersSchema.safeParse(headers);
    const read = z.union([refreshFormSchema, codeFormSchema]).safeParse(form);
    if (!head.success || !read.success) {
      this.violated(`token: ${z.prettifyError(head.error ?? read.error ?? new z.ZodError([]))}`);
      return { status: 200, body: { error: -14001, error_name: "Invalid request" } };
    }
    if (read.data.app_id !== appId || head.data.secret_key !== appSecret) {
      return { status: 200, body: { error: -14002, error_name: "App id is invalid" } };
    }
    const body =
      read.data.grant_type === "refresh_token"
        ? this.tokens.refresh(read.data.refresh_token)
        : this.tokens.exchange(read.data.code, read.data.code_verifier);
    return { status: 200, body };
  }

  /** Where the consent page leads an administrator who agrees at once; null when the link is not as documented. */
  consent(query: unknown): string | null {
    const read = permissionSchema.safeParse(query);
    const { appId, oaId } = this.parts.settings;
    if (!read.success || read.data.app_id !== appId) {
      this.violated(`permission: ${read.success ? "another app" : z.prettifyError(read.error)}`);
      return null;
    }
    const { redirect_uri, code_challenge, state } = read.data;
    const back = new URL(redirect_uri);
    back.searchParams.set("code", this.tokens.newCode(code_challenge));
    back.searchParams.set("oa_id", oaId);
    back.searchParams.set("state", state);
    return back.toString();
  }

  private newMessageId(): string {
    const { ids, clock } = this.parts;
    return createHash("sha256").update(ids.next(clock.now())).digest("hex").slice(0, MESSAGE_ID_CHARS);
  }

  private fileUrl(id: string): string {
    return `${this.parts.baseUrl()}/files/${id}`;
  }
}
