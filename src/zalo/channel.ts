/** The account as a channel: a message in, an outcome out. Never throws. */
import type { Raise } from "../core/alarm";
import { AppError, broken, messageOf } from "../core/errors";
import type { Clock, Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { Message, TemplateName } from "../conversation/message";
import type { Channel, SendLane, SendOutcome } from "../messaging/ports";
import type { Sent } from "./answers";
import { bodyOf, fit, templateBodyOf } from "./bodies";
import type { Reply, UploadFile, ZaloClient } from "./client";
import { knownError } from "./error-table";
import { alarmOf, backOffMs, outcomeOf, untilNextMinuteMs, withoutGrant, type Failure } from "./failures";
import type { Tokens } from "./tokens";
import type { Uploads } from "./uploads";
import { withToken } from "./with-token";

export type Templates = Readonly<Record<TemplateName, string | undefined>>;

export interface ChannelParts {
  readonly client: Pick<ZaloClient, "sendMessage" | "sendTemplate">;
  readonly tokens: Tokens;
  readonly uploads: Uploads;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Draws the picture a message names; null when there is none any more. */
  readonly picture: (name: string) => Promise<UploadFile | null>;
  /** Makes the document a message names; null when there is none any more. */
  readonly file: (name: string) => Promise<UploadFile | null>;
  /** Ids of the account's approved templates. */
  readonly templates: Templates;
  readonly alarm: Raise;
}

const ADDRESS = /^\d{6,32}$/;
/** Uploads the platform has thrown away. */
const UPLOAD_EXPIRED_CODE = -100;

const isRate = (failure: Failure): boolean =>
  failure.kind === "refused" && knownError(failure.family, failure.code).kind === "rate";

const never = (reason: string, scope: "message" | "person"): SendOutcome => ({
  kind: "never",
  reason,
  scope,
});

class ZaloChannel implements Channel {
  readonly fit = fit;
  /** Until this instant the account's calls of the minute are spent. */
  private pausedUntil: Instant = 0;

  constructor(private readonly parts: ChannelParts) {}

  async send(address: string, message: Message, attempt: number, lane: SendLane): Promise<SendOutcome> {
    const { clock, ids, log } = this.parts;
    if (!ADDRESS.test(address)) return never("not an address of this platform", "person");
    const [only, ...more] = fit(message);
    if (only === undefined || more.length > 0)
      return never("not one request: fit the message first", "message");
    const waitMs = this.pausedUntil - clock.now();
    if (waitMs > 0)
      return { kind: "later", afterMs: waitMs, reason: "the calls of this minute are spent", untried: true };
    try {
      const reply = await (lane === "template" ? this.template(address, only) : this.request(address, only));
      return reply.kind === "ok" ? this.sent(reply) : this.failed(reply, attempt);
    } catch (error) {
      log.error("a message could not be handed to zalo", { reason: messageOf(error) });
      if (error instanceof AppError) return this.withoutRequest(error, attempt);
      // Whatever went wrong before the request (a database that is away), nothing was sent.
      return { kind: "later", afterMs: backOffMs({ ids, attempt }), reason: messageOf(error) };
    }
  }

  private template(address: string, { template }: Message): Promise<Reply<Sent>> {
    const { client, tokens, templates } = this.parts;
    const templateId = template === undefined ? undefined : templates[template.name];
    if (template === undefined || templateId === undefined)
      throw broken("zalo-template-missing", "no approved template stands for this message");
    const body = templateBodyOf(address, templateId, template.data);
    return withToken(tokens, (token) => client.sendTemplate(token, body));
  }

  private async request(address: string, message: Message): Promise<Reply<Sent>> {
    const { client, tokens, uploads } = this.parts;
    const send = (uploadId: string | null) => {
      if (uploadId === null && message.text === "" && message.picture !== undefined)
        throw broken("zalo-picture-missing", "nothing but a picture, and no picture");
      const body = bodyOf(address, message, uploadId ?? undefined);
      return withToken(tokens, (token) => client.sendMessage(token, body));
    };
    const upload = () =>
      message.file === undefined ? this.pictureId(message.picture) : this.fileId(message.file);
    const uploaded = await upload();
    if (uploaded.kind !== "ok") return uploaded;
    const reply = await send(uploaded.value);
    const isExpired = reply.kind === "refused" && reply.code === UPLOAD_EXPIRED_CODE;
    if (!isExpired || uploaded.value === null) return reply;
    uploads.forget(uploaded.value);
    const again = await upload();
    return again.kind === "ok" ? send(again.value) : again;
  }

  /** The uploaded document: nothing goes without it, so whatever went wrong with it went wrong with the message. */
  private async fileId(name: string): Promise<Reply<string>> {
    const file = await this.parts.file(name);
    if (file === null) throw broken("zalo-file-missing", "nothing but a file, and no file");
    return this.parts.uploads.idOf("file", file);
  }

  /** The uploaded picture; null when there is none, and the words go alone. */
  private async pictureId(name: string | undefined): Promise<Extract<Reply<string | null>, { kind: "ok" }>> {
    const none = { kind: "ok", value: null, callsLeft: null } as const;
    const file = name === undefined ? null : await this.parts.picture(name);
    if (file === null) return none;
    const reply = await this.parts.uploads.idOf("image", file);
    if (reply.kind === "ok") return reply;
    this.parts.log.warn("a picture could not be uploaded", { picture: name, failure: reply.kind });
    return none;
  }

  private sent(reply: Extract<Reply<Sent>, { kind: "ok" }>): SendOutcome {
    const noneLeft = reply.callsLeft !== null && reply.callsLeft <= 0;
    if (noneLeft) this.pausedUntil = this.parts.clock.now() + untilNextMinuteMs(this.parts);
    return { kind: "sent", ...reply.value };
  }

  private failed(failure: Failure, attempt: number): SendOutcome {
    const { clock, ids, log } = this.parts;
    const outcome = outcomeOf(failure, { clock, ids, attempt });
    const alarm = alarmOf(failure);
    if (alarm !== null) this.parts.alarm(alarm);
    // The whole account is held back: more calls in the same minute would be refused as well.
    if (outcome.kind === "later" && isRate(failure)) this.pausedUntil = clock.now() + outcome.afterMs;
    const reason = failure.kind === "refused" ? failure.code : failure.reason;
    log.warn("zalo did not take a message", { outcome: outcome.kind, reason });
    return outcome;
  }

  private withoutRequest(error: AppError, attempt: number): SendOutcome {
    const { ids } = this.parts;
    if (error.kind === "temporary")
      return { kind: "later", afterMs: backOffMs({ ids, attempt }), reason: error.code, untried: true };
    return error.code.startsWith("zalo-grant") ? withoutGrant(error.code) : never(error.code, "message");
  }
}

export const createChannel = (parts: ChannelParts): Channel => new ZaloChannel(parts);
