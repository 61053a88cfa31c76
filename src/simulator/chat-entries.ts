/** What happened on the wire, as the page shows it: the chat bubble and the packet behind it. */
import type { Instant } from "../core/clock";
import { parseSafely } from "../zalo/safe-json";
import type { SentMessage, SignedWebhook } from "./pretend-zalo";
import type { ChatButton, ChatEntry, ChatMedia, WireView } from "./room-state";
import type { WireButton } from "./wire-schemas";

const HIDDEN = "(ẩn)";
const SENDING = "/v3.0/oa/message/cs";
const SENDING_TEMPLATE = "/v3.0/oa/message/template";
const WEBHOOK = "/webhook/zalo";

function chatButton(button: WireButton): ChatButton {
  const { title } = button;
  switch (button.type) {
    case "oa.query.hide":
      return { kind: "hidden", title, send: button.payload };
    case "oa.query.show":
      return { kind: "shown", title, send: button.payload };
    case "oa.open.url":
      return { kind: "link", title, url: button.payload.url };
    case "oa.open.sms":
      return { kind: "link", title, url: `sms:${button.payload.phone_code}` };
    case "oa.open.phone":
      return { kind: "link", title, url: `tel:${button.payload.phone_code}` };
  }
}

function mediaOf({ mediaUrl, body }: SentMessage): ChatMedia | null {
  if (mediaUrl === null || !("message" in body)) return null;
  const isFile = "attachment" in body.message && body.message.attachment.type === "file";
  return { kind: isFile ? "file" : "image", name: "", url: mediaUrl };
}

/** A message the program sent, as the person sees it. */
export const entryOfSent = (id: string, sent: SentMessage): ChatEntry => ({
  id,
  personId: sent.userId,
  at: sent.at,
  from: "account",
  text: sent.text,
  tapped: false,
  media: mediaOf(sent),
  buttons: sent.buttons.map(chatButton),
  wire: {
    method: "POST",
    path: "template_id" in sent.body ? SENDING_TEMPLATE : SENDING,
    headers: { "content-type": "application/json", access_token: HIDDEN },
    body: sent.body,
    status: 200,
  },
});

export interface Said {
  readonly id: string;
  readonly personId: string;
  readonly at: Instant;
  readonly text: string | null;
  readonly tapped: boolean;
  readonly media: ChatMedia | null;
}

const wireOf = ({ rawBody, headers }: SignedWebhook): WireView => ({
  method: "POST",
  path: WEBHOOK,
  headers: { ...headers },
  body: parseSafely(rawBody.toString("utf8")),
  status: null,
});

/** What a person did, before the program has answered the webhook. */
export const entryOfSaid = (said: Said, webhook: SignedWebhook): ChatEntry => ({
  ...said,
  from: "person",
  buttons: [],
  wire: wireOf(webhook),
});

export const withStatus = (entry: ChatEntry, status: number): ChatEntry => ({
  ...entry,
  wire: { ...entry.wire, status },
});
