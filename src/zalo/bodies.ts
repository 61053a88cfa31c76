/** The one place that builds request bodies, within every limit of the platform. */
import { broken } from "../core/errors";
import { clip } from "../core/text";
import { TAP_PREFIX, type Button, type Message } from "../conversation/message";
import {
  MAX_BUTTONS,
  MAX_PAYLOAD_UNITS,
  MAX_TEMPLATE_VALUE_CHARS,
  MAX_TEXT_UNITS,
  MAX_TITLE_UNITS,
  MAX_URL_UNITS,
  wireText,
} from "./limits";
import { splitText } from "./split-text";
import { MORE_CHOICES } from "./wording.vi";

type WireButton =
  | { title: string; type: "oa.query.hide" | "oa.query.show"; payload: string }
  | { title: string; type: "oa.open.url"; payload: { url: string } };

type Attachment =
  | { type: "template"; payload: { buttons: WireButton[] } }
  | {
      type: "template";
      payload: { template_type: "media"; elements: [{ media_type: "image"; attachment_id: string }] };
    }
  | { type: "file"; payload: { token: string } };

/** A body of the consultation call (tin tư vấn). */
export interface MessageBody {
  recipient: { user_id: string };
  message: { text?: string; attachment?: Attachment };
}

/** A template by user id (ZBS qua UID). */
export interface TemplateBody {
  user_id: string;
  template_id: string;
  template_data: Record<string, string>;
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let i = 0; i < items.length; i += size) groups.push(items.slice(i, i + size));
  return groups;
}

/**
 * Cuts a message into ones that each fit into one request. Their texts joined are the text, to the last blank.
 * A picture goes with the first, buttons with the last; buttons beyond five come in further messages without
 * text of their own, and a file comes last, alone. A message with nothing in it becomes none. A template stands in for the whole message, so
 * it goes with the first part.
 */
export function fit(message: Message): Message[] {
  const [first, ...more] = fitWords(message);
  if (first === undefined) return [];
  return [message.template === undefined ? first : { ...first, template: message.template }, ...more];
}

function fitWords(message: Message): Message[] {
  const { picture, file } = message;
  const [firstButtons, ...furtherButtons] = inGroups(message.buttons ?? [], MAX_BUTTONS);
  const pieces = message.text === "" ? [] : splitText(message.text, MAX_TEXT_UNITS);
  const texts = pieces.map((text): Message => ({ text }));
  if (picture !== undefined) {
    // A picture and buttons cannot share a message: then the picture goes ahead alone.
    const alone = texts.length === 0 || (texts.length === 1 && firstButtons !== undefined);
    if (alone) texts.unshift({ text: "", picture });
    else texts[0] = { ...(texts[0] ?? { text: "" }), picture };
  }
  if (firstButtons !== undefined) {
    const last = texts.at(-1);
    if (last === undefined || last.picture !== undefined) texts.push({ text: "", buttons: firstButtons });
    else texts[texts.length - 1] = { ...last, buttons: firstButtons };
  }
  return [
    ...texts,
    ...furtherButtons.map((buttons) => ({ text: "", buttons })),
    ...(file === undefined ? [] : [{ text: "", file }]),
  ];
}

/** A title within the limit even where every letter beyond the basic plane counts twice. */
function titleOf(title: string): string {
  const whole = title.normalize("NFC").replace(/\p{Surrogate}/gu, "\uFFFD");
  const doubled = whole.length - Array.from(whole).length;
  const cut = whole.length <= MAX_TITLE_UNITS ? whole : clip(whole, Math.max(1, MAX_TITLE_UNITS - doubled));
  return cut === "" ? "…" : cut;
}

function wireButton(button: Button): WireButton {
  const title = titleOf(button.title);
  if ("url" in button) {
    if (!/^https?:\/\/\S+$/.test(button.url) || button.url.length > MAX_URL_UNITS) {
      throw broken("zalo-button-url", "the address of a button cannot be sent", { title });
    }
    return { title, type: "oa.open.url", payload: { url: button.url } };
  }
  if (button.tap === "" || button.tap.length > MAX_PAYLOAD_UNITS) {
    throw broken("zalo-button-payload", "the payload of a button is empty or too long", { title });
  }
  // What the program says to itself stays out of sight; words are shown as if the person had typed them.
  return {
    title,
    type: button.tap.startsWith(TAP_PREFIX) ? "oa.query.hide" : "oa.query.show",
    payload: button.tap,
  };
}

/** What one fitted message is on the wire. `uploadId` is its uploaded picture or file, when it has one. */
export function bodyOf(address: string, message: Message, uploadId?: string): MessageBody {
  const recipient = { user_id: address };
  if (message.file !== undefined && uploadId !== undefined)
    return { recipient, message: { attachment: { type: "file", payload: { token: uploadId } } } };
  if (uploadId !== undefined) {
    const elements: [{ media_type: "image"; attachment_id: string }] = [
      { media_type: "image", attachment_id: uploadId },
    ];
    const attachment: Attachment = { type: "template", payload: { template_type: "media", elements } };
    return {
      recipient,
      message: message.text === "" ? { attachment } : { text: wireText(message.text), attachment },
    };
  }
  if (message.buttons === undefined || message.buttons.length === 0) {
    return { recipient, message: { text: wireText(message.text) } };
  }
  const text = message.text.trim() === "" ? MORE_CHOICES : wireText(message.text);
  const attachment: Attachment = { type: "template", payload: { buttons: message.buttons.map(wireButton) } };
  return { recipient, message: { text, attachment } };
}

/** Fills a template; values are cut to what the platform takes of the largest parameter. */
export function templateBodyOf(
  address: string,
  templateId: string,
  data: Readonly<Record<string, string>>,
): TemplateBody {
  const values = Object.entries(data).map(([name, value]): [string, string] => [
    name,
    clip(wireText(value), MAX_TEMPLATE_VALUE_CHARS),
  ]);
  return { user_id: address, template_id: templateId, template_data: Object.fromEntries(values) };
}

/** Every request a message without pictures takes, in order. */
export const bodiesOf = (address: string, message: Message): MessageBody[] =>
  fit(message).map((part) => bodyOf(address, part));
