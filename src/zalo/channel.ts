/** The account as a channel: a message in, an outcome out. Never throws. */
import type { Raise } from "../core/alarm";
import { AppError, broken, messageOf } from "../core/errors";
import { MINUTE_MS, type Clock, type Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { Message, TemplateName } from "../conversation/message";
import { wordsOf } from "../messaging/echoes";
import type { Addressee, Channel, SendLane, SendOutcome, Standing } from "../messaging/ports";
import type { Sent } from "./answers";
import { bodyOf, fit, groupBodyOf, phoneBodyOf, templateBodyOf } from "./bodies";
import type { Reply, UploadFile, ZaloClient } from "./client";
import { NO_CALLS_LEFT } from "./counted-client";
import { knownError } from "./error-table";
import { alarmOf, backOffMs, outcomeOf, untilNextMinuteMs, withoutGrant, type Failure } from "./failures";
import type { Seal } from "./seal";
import type { Tokens } from "./tokens";
import type { Uploads } from "./uploads";
import { withToken } from "./with-token";

export type Templates = Readonly<Record<TemplateName, string | undefined>>;

export interface ChannelParts {
  readonly client: Pick<
    ZaloClient,
    "sendMessage" | "sendTemplate" | "sendByPhone" | "sendToGroup" | "userQuota" | "conversation"
  >;
  /** Opens the phone numbers that people gave. */
  readonly phones: Seal;
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
/** How far the platform's clock may be behind ours. */
const MAX_SKEW_MS = MINUTE_MS;
/** Uploads the platform has thrown away. */
const UPLOAD_EXPIRED_CODE = -100;

/** What closes one lane alone. */
const LANE_FAULTS: ReadonlySet<string> = new Set(["zalo-template-missing", "zalo-phone-missing"]);

const isRate = (failure: Failure): boolean =>
  failure.kind === "refused" && knownError(failure.family, failure.code).kind === "rate";

const never = (reason: string, scope: "message" | "person"): SendOutcome => ({
  kind: "never",
  reason,
  scope,
});

/**
 * A template that is refused leaves the other lanes open; what is wrong with a phone number says nothing about
 * its owner's account.
 */
function onThisLane(outcome: SendOutcome, lane: SendLane): SendOutcome {
  if (outcome.kind !== "never") return outcome;
  const isOwn = lane === "phone" || (lane === "template" && outcome.scope !== "person");
  return isOwn ? { kind: "lane-closed", reason: outcome.reason } : outcome;
}

class ZaloChannel implements Channel {
  readonly fit = fit;
  /** Until this instant the account's calls of the minute are spent. */
  private pausedUntil: Instant = 0;

  constructor(private readonly parts: ChannelParts) {}

  async send(
    to: Addressee,
    message: Message,
    by: { readonly lane: SendLane; readonly attempt: number; readonly key: string },
  ): Promise<SendOutcome> {
    const { clock, ids, log } = this.parts;
    const { attempt } = by;
    if (!ADDRESS.test(to.address)) return never("not an address of this platform", "person");
    const [only, ...more] = fit(message);
    if (only === undefined || more.length > 0)
      return never("not one request: fit the message first", "message");
    const waitMs = this.pausedUntil - clock.now();
    if (waitMs > 0)
      return { kind: "later", afterMs: waitMs, reason: "the calls of this minute are spent", untried: true };
    try {
      const reply = await this.onLane(to, only, by);
      return reply.kind === "ok" ? this.sent(reply) : this.failed(reply, by);
    } catch (error) {
      log.error("a message could not be handed to zalo", { reason: messageOf(error) });
      if (error instanceof AppError) return this.withoutRequest(error, attempt);
      // Whatever went wrong before the request (a database that is away), nothing was sent.
      return { kind: "later", afterMs: backOffMs({ ids, attempt }), reason: messageOf(error) };
    }
  }

  async standing({ address }: Addressee): Promise<Standing | null> {
    const { client, tokens } = this.parts;
    const reply = await this.asked(() => withToken(tokens, (token) => client.userQuota(token, address)));
    return reply === null
      ? null
      : { lastInteractionAt: reply.lastInteractionAt, repliesLeft: reply.repliesLeft };
  }

  async findSaid(
    { address, groupId }: Addressee,
    message: Message,
    since: Instant,
  ): Promise<readonly string[]> {
    const words = wordsOf(message.text);
    // Of a picture alone, or in a group, the history tells nothing we could recognise.
    if (words === "" || groupId !== null) return [];
    const { client, tokens } = this.parts;
    const said = await this.asked(() => withToken(tokens, (token) => client.conversation(token, address)));
    return (said ?? [])
      .filter(({ at, text }) => at >= since - MAX_SKEW_MS && wordsOf(text) === words)
      .sort((a, b) => a.at - b.at)
      .map(({ messageId }) => messageId);
  }

  /** The answer to a question about the account's own books; null when there is none. */
  private async asked<T>(ask: () => Promise<Reply<T>>): Promise<T | null> {
    try {
      const reply = await ask();
      return reply.kind === "ok" ? reply.value : null;
    } catch (error) {
      this.parts.log.warn("zalo could not be asked", { reason: messageOf(error) });
      return null;
    }
  }

  private onLane(
    to: Addressee,
    message: Message,
    { lane, key }: { readonly lane: SendLane; readonly key: string },
  ): Promise<Reply<Sent>> {
    const { client, tokens } = this.parts;
    switch (lane) {
      case "free":
      case "paid":
        return this.request(message, (token, imageId) =>
          client.sendMessage(token, bodyOf(to.address, message, imageId)),
        );
      case "group": {
        const { groupId } = to;
        if (groupId === null) throw broken("zalo-group-missing", "no group to send to");
        return this.request(message, (token, imageId) =>
          client.sendToGroup(token, groupBodyOf(groupId, message, imageId)),
        );
      }
      case "template": {
        const { templateId, data } = this.templateOf(message);
        const body = templateBodyOf(to.address, templateId, data);
        return withToken(tokens, (token) => client.sendTemplate(token, body));
      }
      case "phone": {
        const { templateId, data } = this.templateOf(message);
        const phone = to.phone === null ? null : this.parts.phones.open(to.phone);
        if (phone === null) throw broken("zalo-phone-missing", "no phone number that opens");
        const body = phoneBodyOf(phone, templateId, { data, trackingId: key });
        return withToken(tokens, (token) => client.sendByPhone(token, body));
      }
    }
  }

  private templateOf({ template }: Message): { templateId: string; data: Readonly<Record<string, string>> } {
    const templateId = template === undefined ? undefined : this.parts.templates[template.name];
    if (template === undefined || templateId === undefined)
      throw broken("zalo-template-missing", "no approved template stands for this message");
    return { templateId, data: template.data };
  }

  /** A request that may carry a picture or file; an upload the platform has thrown away is made again. */
  private async request(
    message: Message,
    send: (token: string, uploadId: string | undefined) => Promise<Reply<Sent>>,
  ): Promise<Reply<Sent>> {
    const { tokens, uploads } = this.parts;
    const call = (uploadId: string | null) => {
      if (uploadId === null && message.text === "" && message.picture !== undefined)
        throw broken("zalo-picture-missing", "nothing but a picture, and no picture");
      return withToken(tokens, (token) => send(token, uploadId ?? undefined));
    };
    const upload = () =>
      message.file === undefined ? this.pictureId(message.picture) : this.fileId(message.file);
    const uploaded = await upload();
    if (uploaded.kind !== "ok") return uploaded;
    const reply = await call(uploaded.value);
    const isExpired = reply.kind === "refused" && reply.code === UPLOAD_EXPIRED_CODE;
    if (!isExpired || uploaded.value === null) return reply;
    uploads.forget(uploaded.value);
    const again = await upload();
    return again.kind === "ok" ? call(again.value) : again;
  }

  /** The uploaded document: nothing goes without it, so whatever went wrong with it went wrong with the message. */
  private async fileId(name: string): Promise<Reply<string>> {
    const file = await this.parts.file(name);
    if (file === null) throw broken("zalo-file-missing", "nothing but a file, and no file");
    return this.parts.uploads.idOf("file", file);
  }

  /** The uploaded picture; null when there is none, and the words go alone. Only for a call do they wait. */
  private async pictureId(name: string | undefined): Promise<Reply<string | null>> {
    const none = { kind: "ok", value: null, callsLeft: null } as const;
    const file = name === undefined ? null : await this.parts.picture(name);
    if (file === null) return none;
    const reply = await this.parts.uploads.idOf("image", file);
    if (reply.kind === "ok" || (reply.kind === "not-sent" && reply.reason === NO_CALLS_LEFT)) return reply;
    this.parts.log.warn("a picture could not be uploaded", { picture: name, failure: reply.kind });
    return none;
  }

  private sent(reply: Extract<Reply<Sent>, { kind: "ok" }>): SendOutcome {
    const noneLeft = reply.callsLeft !== null && reply.callsLeft <= 0;
    if (noneLeft) this.pausedUntil = this.parts.clock.now() + untilNextMinuteMs(this.parts);
    return { kind: "sent", ...reply.value };
  }

  private failed(failure: Failure, { lane, attempt }: { lane: SendLane; attempt: number }): SendOutcome {
    const { clock, ids, log } = this.parts;
    const outcome = onThisLane(outcomeOf(failure, { clock, ids, attempt }), lane);
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
    if (error.code.startsWith("zalo-grant")) return withoutGrant(error.code);
    return LANE_FAULTS.has(error.code)
      ? { kind: "lane-closed", reason: error.code }
      : never(error.code, "message");
  }
}

export const createChannel = (parts: ChannelParts): Channel => new ZaloChannel(parts);
