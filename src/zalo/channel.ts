/** The account as a channel: a message in, an outcome out. Never throws. */
import { AppError, broken, messageOf } from "../core/errors";
import { MINUTE_MS, type Clock, type Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { Message } from "../conversation/message";
import type { Channel, SendOutcome } from "../messaging/ports";
import type { Sent } from "./answers";
import { bodyOf, fit } from "./bodies";
import type { Reply, UploadFile, ZaloClient } from "./client";
import { knownError } from "./error-table";
import { backOffMs, outcomeOf, troubleOf, untilNextMinuteMs, withoutGrant, type Failure } from "./failures";
import type { Tokens } from "./tokens";
import type { Uploads } from "./uploads";
import { withToken } from "./with-token";

export interface ChannelParts {
  readonly client: Pick<ZaloClient, "sendMessage">;
  readonly tokens: Tokens;
  readonly uploads: Uploads;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Draws the picture a message names; null when there is none any more. */
  readonly picture: (name: string) => Promise<UploadFile | null>;
  /** Tells the operators, in their language. */
  readonly alarm: (text: string) => void;
}

const ADDRESS = /^\d{6,32}$/;
/** Uploads the platform has thrown away. */
const UPLOAD_EXPIRED_CODE = -100;
/** The same trouble is said again only after this long: every message in a wave would repeat it. */
const ALARM_EVERY_MS = 60 * MINUTE_MS;

const isRate = (failure: Failure): boolean =>
  failure.kind === "refused" && knownError(failure.family, failure.code).kind === "rate";

const never = (reason: string, scope: "message" | "person"): SendOutcome => ({
  kind: "never",
  reason,
  scope,
});

export function createChannel(parts: ChannelParts): Channel {
  const { client, tokens, uploads, clock, ids, log } = parts;
  const saidAt = new Map<string, Instant>();
  /** Until this instant the account's calls of the minute are spent. */
  let pausedUntil: Instant = 0;

  function say(trouble: { name: string; text: string }): void {
    const before = saidAt.get(trouble.name);
    if (before !== undefined && clock.now() - before < ALARM_EVERY_MS) return;
    saidAt.set(trouble.name, clock.now());
    parts.alarm(trouble.text);
  }

  /** The uploaded picture; null when there is none, and the words go alone. */
  async function pictureId(name: string): Promise<string | null> {
    const file = await parts.picture(name);
    if (file === null) return null;
    const reply = await uploads.idOf("image", file);
    if (reply.kind === "ok") return reply.value;
    log.warn("a picture could not be uploaded", { picture: name, failure: reply.kind });
    return null;
  }

  async function request(address: string, message: Message): Promise<Reply<Sent>> {
    const imageId = message.picture === undefined ? null : await pictureId(message.picture);
    if (message.picture !== undefined && imageId === null && message.text === "") {
      throw broken("zalo-picture-missing", "nothing but a picture, and no picture");
    }
    const body = bodyOf(address, message, imageId ?? undefined);
    const reply = await withToken(tokens, (token) => client.sendMessage(token, body));
    const expired = reply.kind === "refused" && reply.code === UPLOAD_EXPIRED_CODE && imageId !== null;
    if (!expired || message.picture === undefined) return reply;
    uploads.forget(imageId);
    const freshId = await pictureId(message.picture);
    const again = bodyOf(address, message, freshId ?? undefined);
    return withToken(tokens, (token) => client.sendMessage(token, again));
  }

  function sent(reply: Extract<Reply<Sent>, { kind: "ok" }>): SendOutcome {
    if (reply.callsLeft !== null && reply.callsLeft <= 0)
      pausedUntil = clock.now() + untilNextMinuteMs({ clock, ids });
    return { kind: "sent", ...reply.value };
  }

  function failed(failure: Failure, attempt: number): SendOutcome {
    const outcome = outcomeOf(failure, { clock, ids, attempt });
    const trouble = troubleOf(failure);
    if (trouble !== null) say(trouble);
    // The whole account is held back: more calls in the same minute would be refused as well.
    if (outcome.kind === "later" && isRate(failure)) pausedUntil = clock.now() + outcome.afterMs;
    log.warn("zalo did not take a message", {
      outcome: outcome.kind,
      reason: failure.kind === "refused" ? failure.code : failure.reason,
    });
    return outcome;
  }

  function withoutToken(error: AppError, attempt: number): SendOutcome {
    if (error.kind === "temporary")
      return { kind: "later", afterMs: backOffMs({ ids, attempt }), reason: error.code };
    return error.code.startsWith("zalo-grant") ? withoutGrant(error.code) : never(error.code, "message");
  }

  return {
    fit,
    async send(address, message, attempt) {
      if (!ADDRESS.test(address)) return never("not an address of this platform", "person");
      const [only, ...more] = fit(message);
      if (only === undefined || more.length > 0)
        return never("not one request: fit the message first", "message");
      const waitMs = pausedUntil - clock.now();
      if (waitMs > 0) return { kind: "later", afterMs: waitMs, reason: "the calls of this minute are spent" };
      try {
        const reply = await request(address, only);
        return reply.kind === "ok" ? sent(reply) : failed(reply, attempt);
      } catch (error) {
        log.error("a message could not be handed to zalo", { reason: messageOf(error) });
        // Whatever went wrong before the request (a database that is away), nothing was sent.
        if (error instanceof AppError) return withoutToken(error, attempt);
        return { kind: "later", afterMs: backOffMs({ ids, attempt }), reason: messageOf(error) };
      }
    },
  };
}
