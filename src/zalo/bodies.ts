/** The one place that builds request bodies, within every limit of the platform. */
import { broken } from "../core/errors";
import { clip } from "../core/text";
import { TAP_PREFIX, type Button, type Message } from "../conversation/message";
import {
  MAX_BUTTONS,
  MAX_PAYLOAD_UNITS,
  MAX_SUBTITLE_UNITS,
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

interface Picture {
  type: "template";
  payload: { template_type: "media"; elements: [{ media_type: "image"; attachment_id: string }] };
}

interface UploadedFile {
  type: "file";
  payload: { token: string };
}

type Attachment =
  | { type: "template"; payload: { buttons: WireButton[] } }
  | Picture
  | {
      type: "template";
      payload: {
        template_type: "request_user_info";
        elements: [{ title: string; subtitle: string; image_url: string }];
      };
    }
  | UploadedFile;

/** A body of the consultation call (tin tư vấn). */
export interface MessageBody {
  recipient: { user_id: string };
  message: { text?: string; attachment?: Attachment };
}

/** A body of the group call (GMF). Groups take no buttons. */
export interface GroupBody {
  recipient: { group_id: string };
  message: { text?: string; attachment?: Picture | UploadedFile };
}

/** A template by phone number (ZBS). */
export interface PhoneTemplateBody {
  phone: string;
  template_id: string;
  template_data: Record<string, string>;
  tracking_id: string;
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
  const { picture, file, askInfo } = message;
  // The platform's own form is a message of its own, before the words that come with it.
  if (askInfo !== undefined) return [{ text: "", askInfo }, ...fitWords(withoutForm(message))];
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

function withoutForm(message: Message): Message {
  const rest = { ...message };
  delete rest.askInfo;
  return rest;
}

/** A title within the limit even where every letter beyond the basic plane counts twice. */
const titleOf = (title: string): string => shortened(title, MAX_TITLE_UNITS);

function shortened(text: string, maxUnits: number): string {
  const whole = text.normalize("NFC").replace(/\p{Surrogate}/gu, "\uFFFD");
  const doubled = whole.length - Array.from(whole).length;
  const cut = whole.length <= maxUnits ? whole : clip(whole, Math.max(1, maxUnits - doubled));
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

const pictureOf = (uploadId: string): Picture => ({
  type: "template",
  payload: { template_type: "media", elements: [{ media_type: "image", attachment_id: uploadId }] },
});

const pictured = (text: string, uploadId: string): { text?: string; attachment: Picture } =>
  text === ""
    ? { attachment: pictureOf(uploadId) }
    : { text: wireText(text), attachment: pictureOf(uploadId) };

const fileOf = (token: string): UploadedFile => ({ type: "file", payload: { token } });

/** What one fitted message is on the wire. `uploadId` is its uploaded picture or file, when it has one. */
export function bodyOf(address: string, message: Message, uploadId?: string): MessageBody {
  const recipient = { user_id: address };
  if (message.file !== undefined && uploadId !== undefined)
    return { recipient, message: { attachment: fileOf(uploadId) } };
  if (message.askInfo !== undefined) {
    const { title, subtitle, imageUrl } = message.askInfo;
    const element = {
      title: titleOf(title),
      subtitle: shortened(subtitle, MAX_SUBTITLE_UNITS),
      image_url: imageUrl,
    };
    const payload = { template_type: "request_user_info" as const, elements: [element] as [typeof element] };
    return { recipient, message: { attachment: { type: "template", payload } } };
  }
  if (uploadId !== undefined) return { recipient, message: pictured(message.text, uploadId) };
  if (message.buttons === undefined || message.buttons.length === 0) {
    return { recipient, message: { text: wireText(message.text) } };
  }
  const text = message.text.trim() === "" ? MORE_CHOICES : wireText(message.text);
  const attachment: Attachment = { type: "template", payload: { buttons: message.buttons.map(wireButton) } };
  return { recipient, message: { text, attachment } };
}

/** The same message in a group: words, picture or file, no buttons. */
export function groupBodyOf(groupId: string, message: Message, uploadId?: string): GroupBody {
  const recipient = { group_id: groupId };
  if (message.file !== undefined && uploadId !== undefined)
    return { recipient, message: { attachment: fileOf(uploadId) } };
  if (uploadId !== undefined) return { recipient, message: pictured(message.text, uploadId) };
  return { recipient, message: { text: wireText(message.text) } };
}

/** Fills a template; values are cut to what the platform takes of the largest parameter. */
const filled = (data: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, clip(wireText(value), MAX_TEMPLATE_VALUE_CHARS)]),
  );

type TemplateData = Readonly<Record<string, string>>;

export const templateBodyOf = (address: string, templateId: string, data: TemplateData): TemplateBody => ({
  user_id: address,
  template_id: templateId,
  template_data: filled(data),
});

/** `phone` in the country's form, `84…`; `trackingId` comes back with the receipt. */
export const phoneBodyOf = (
  phone: string,
  templateId: string,
  { data, trackingId }: { readonly data: TemplateData; readonly trackingId: string },
): PhoneTemplateBody => ({
  phone,
  template_id: templateId,
  template_data: filled(data),
  tracking_id: trackingId,
});

/** Every request a message without pictures takes, in order. */
export const bodiesOf = (address: string, message: Message): MessageBody[] =>
  fit(message).map((part) => bodyOf(address, part));
