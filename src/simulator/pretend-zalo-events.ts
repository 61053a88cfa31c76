/** Webhook bodies as the platform sends them, field for field. */
import type { Instant } from "../core/clock";

export type PretendEvent =
  | { readonly kind: "text"; readonly from: string; readonly text: string }
  | { readonly kind: "image" | "gif"; readonly from: string; readonly url: string; readonly text?: string }
  | { readonly kind: "audio" | "video"; readonly from: string; readonly url: string }
  | {
      readonly kind: "file";
      readonly from: string;
      readonly url: string;
      readonly name: string;
      readonly sizeBytes: number;
      readonly checksum: string;
    }
  | { readonly kind: "sticker"; readonly from: string; readonly stickerId: string; readonly url: string }
  | {
      readonly kind: "location";
      readonly from: string;
      readonly latitude: string;
      readonly longitude: string;
    }
  | { readonly kind: "link"; readonly from: string; readonly url: string; readonly description: string }
  | { readonly kind: "follow" | "unfollow" | "withdraw"; readonly from: string }
  | { readonly kind: "submit-info"; readonly from: string; readonly name: string; readonly phone: string }
  /** Said in a chat group of the account. */
  | { readonly kind: "group-text"; readonly from: string; readonly groupId: string; readonly text: string }
  | { readonly kind: "group-deleted"; readonly groupId: string }
  /** The person opened the chat and saw these messages. */
  | { readonly kind: "seen"; readonly from: string; readonly messageIds: readonly string[] }
  /** The message reached the person's phone. */
  | { readonly kind: "received"; readonly from: string; readonly messageId: string }
  /** A message of the account comes back; with `adminId` an officer wrote it by hand. */
  | {
      readonly kind: "echo";
      readonly to: string;
      readonly text: string;
      readonly messageId?: string;
      readonly adminId?: string;
    };

export interface EventFrame {
  readonly appId: string;
  readonly oaId: string;
  readonly timestamp: Instant;
  /** The id of the message this event is, when it is one. */
  readonly messageId: string;
}

type Fields = Record<string, unknown>;

/** An app knows a person by another id than the account does. */
const idByApp = (userId: string): string => Array.from(userId).reverse().join("");

const fromPerson = (name: string, from: string, frame: EventFrame, rest: Fields): Fields => ({
  app_id: frame.appId,
  user_id_by_app: idByApp(from),
  event_name: name,
  timestamp: String(frame.timestamp),
  sender: { id: from },
  recipient: { id: frame.oaId },
  ...rest,
});

const toPerson = (name: string, to: string, frame: EventFrame, rest: Fields): Fields => ({
  ...fromPerson(name, to, frame, {}),
  sender: { id: frame.oaId },
  recipient: { id: to },
  ...rest,
});

/** Some events between two leave the app's own id of the person out. */
function between(from: string, to: string, name: string, frame: EventFrame): Fields {
  const { appId, timestamp } = frame;
  return {
    app_id: appId,
    event_name: name,
    timestamp: String(timestamp),
    sender: { id: from },
    recipient: { id: to },
  };
}

/** Events about a person that are no messages name account and person on top. */
const aboutPerson = (name: string, from: string, frame: EventFrame): Fields => ({
  app_id: frame.appId,
  oa_id: frame.oaId,
  user_id: from,
  user_id_by_app: idByApp(from),
  event_name: name,
  timestamp: String(frame.timestamp),
});

const followBody = (name: string, from: string, frame: EventFrame): Fields => ({
  oa_id: frame.oaId,
  follower: { id: from },
  user_id_by_app: idByApp(from),
  event_name: name,
  source: "oa_profile",
  app_id: frame.appId,
  timestamp: String(frame.timestamp),
});

const media = (frame: EventFrame, type: string, payload: Fields, text?: string): Fields => ({
  message: {
    msg_id: frame.messageId,
    ...(text === undefined ? {} : { text }),
    attachments: [{ type, payload }],
  },
});

/** Whether the platform counts it as an interaction: the free reply window starts anew. */
export const isInteraction = (event: PretendEvent): boolean =>
  !["unfollow", "withdraw", "group-text", "group-deleted", "seen", "received", "echo"].includes(event.kind);

/** Whom an event is about. */
export const personOf = (event: PretendEvent): string =>
  event.kind === "echo" ? event.to : event.kind === "group-deleted" ? event.groupId : event.from;

/** The body of one event. */
export function bodyOfEvent(event: PretendEvent, frame: EventFrame): Fields {
  const send = (what: string, rest: Fields) => fromPerson(`user_send_${what}`, personOf(event), frame, rest);
  switch (event.kind) {
    case "text":
      return send("text", { message: { text: event.text, msg_id: frame.messageId } });
    case "image":
    case "gif":
      return send(event.kind, media(frame, event.kind, { thumbnail: event.url, url: event.url }, event.text));
    case "audio":
      return send("audio", media(frame, "audio", { url: event.url }));
    case "video":
      return send("video", media(frame, "video", { thumbnail: event.url, description: "", url: event.url }));
    case "file": {
      const { url, name, sizeBytes, checksum } = event;
      const type = name.split(".").at(-1) ?? "";
      return send("file", media(frame, "file", { size: String(sizeBytes), name, checksum, type, url }));
    }
    case "sticker":
      return send("sticker", media(frame, "sticker", { id: event.stickerId, url: event.url }));
    case "location": {
      const { latitude, longitude } = event;
      return send("location", media(frame, "location", { coordinates: { latitude, longitude } }, ""));
    }
    case "link": {
      const { url, description } = event;
      return send("link", media(frame, "link", { thumbnail: url, description, url }, url));
    }
    case "follow":
    case "unfollow":
      return followBody(event.kind, event.from, frame);
    case "withdraw":
      return aboutPerson("user_withdraw", event.from, frame);
    case "submit-info": {
      const info = { name: event.name, phone: event.phone, full_address: {} };
      return { ...between(event.from, frame.oaId, "user_submit_info", frame), info };
    }
    case "group-text": {
      const message = { text: event.text, msg_id: frame.messageId };
      const said = fromPerson("user_send_group_text", event.from, frame, { message });
      return { ...said, oa_id: frame.oaId, recipient: { id: event.groupId } };
    }
    case "group-deleted": {
      const { appId, oaId, timestamp } = frame;
      const about = { app_id: appId, oa_id: oaId, group_id: event.groupId };
      return { ...about, event_name: "delete_group", timestamp: String(timestamp) };
    }
    case "seen":
      return fromPerson("user_seen_message", event.from, frame, { message: { msg_ids: event.messageIds } });
    case "received": {
      const message = { msg_id: event.messageId };
      return { ...between(frame.oaId, event.from, "user_received_message", frame), message };
    }
    case "echo": {
      const admin = event.adminId === undefined ? {} : { admin_id: event.adminId };
      const message = { text: event.text, msg_id: event.messageId ?? frame.messageId };
      return toPerson("oa_send_text", event.to, frame, { sender: { id: frame.oaId, ...admin }, message });
    }
  }
}
