/** From the bytes of an authentic webhook to what it means for the conversation. */
import { sha256Hex } from "../core/ids";
import type { Input } from "../conversation/event";
import type { Incoming } from "../messaging/ports";
import { alarmOf } from "./event-alarms";
import { NOBODY, readByName } from "./event-readers";
import { zaloEventSchema, type ZaloEvent } from "./event-shape";
import type { Seal } from "./seal";
import { parseSafely } from "./safe-json";

/** Several accounts may have granted the same app: what is addressed to another one is not ours to answer. */
function isForeign(event: ZaloEvent, oaId: string): boolean {
  const named = event.oa_id ?? event.oaId;
  if (named !== undefined) return named !== oaId;
  const { sender, recipient } = event;
  return (
    sender?.id !== undefined && recipient?.id !== undefined && sender.id !== oaId && recipient.id !== oaId
  );
}

const subjectOf = (event: ZaloEvent): string =>
  [
    event.sender?.id,
    event.recipient?.id,
    event.follower?.id,
    event.user_id,
    event.group_id,
    event.template_id,
    event.extension_id,
    event.call_id,
    event.msg_id,
    event.data?.user_id,
    event.tag?.name,
    ...(event.tag?.user_ids ?? []),
    ...(event.users ?? []).map((user) => user.id),
  ]
    .filter((part) => part !== undefined)
    .join(",");

/**
 * The same for every delivery of one event. A message is known by its own id; receipts, reactions and all the
 * rest repeat ids of other things, so their time belongs to the key.
 */
function keyOf(event: ZaloEvent, oaId: string): string {
  const name = event.event_name;
  const ownId = name.includes("_send_") ? event.message?.msg_id : undefined;
  const ids = [event.message?.msg_id, event.message?.tracking_id, ...(event.message?.msg_ids ?? [])];
  const key =
    ownId === undefined
      ? [oaId, subjectOf(event), name, ids.filter((id) => id !== undefined).join(","), event.timestamp].join(
          ":",
        )
      : [oaId, event.sender?.id ?? "", name, ownId].join(":");
  // Keys stay in the tables when a person is forgotten, so whose event it was cannot be read from them.
  return `${oaId}:${name}:${sha256Hex(key)}`;
}

/** In the country's form; people also write a zero in front. */
const PHONE = /^(?:84|0)(\d{9,10})$/;

/** A number that was given goes no further unsealed, and nowhere without a seal. */
function withPhone(
  input: Input | null,
  event: ZaloEvent,
  phones: Pick<Seal, "close"> | undefined,
): Input | null {
  const digits = PHONE.exec((event.info?.phone ?? "").replace(/\D/g, ""))?.[1];
  if (input?.kind !== "shared-info" || digits === undefined || phones === undefined) return input;
  return { ...input, phoneSealed: phones.close(`84${digits}`) };
}

/**
 * Reads one event; null when the bytes are no event at all. Never throws. An event whose name nobody knows, or
 * that is addressed to another account, is given back without a person and without input: kept and counted.
 */
export function readEvent(rawBody: Buffer, oaId: string, phones?: Pick<Seal, "close">): Incoming | null {
  const parsed = zaloEventSchema.safeParse(parseSafely(rawBody.toString("utf8")));
  if (!parsed.success) return null;
  const event = parsed.data;
  const reading = isForeign(event, oaId) ? NOBODY : { ...readByName(event, oaId), ...alarmOf(event) };
  const known = { ...reading, input: withPhone(reading.input, event, phones) };
  return { eventKey: keyOf(event, oaId), name: event.event_name, occurredAt: event.timestamp, ...known };
}
