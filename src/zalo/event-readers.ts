/**
 * The register of events: every name of the platform's catalogue with what it means here. A name that is not
 * in it is kept and counted, nothing more.
 */
import type { FileRef, Input } from "../conversation/event";
import { groupWordsIn } from "../conversation/group-words";
import type { Echo } from "../messaging/ports";
import { attachmentSchema, type ZaloEvent } from "./event-shape";
import { UNNAMED } from "./wording.vi";

/** What an event says: about whom, what they did, and whether they may be answered freely again. */
export interface Reading {
  readonly address: string | null;
  readonly input: Input | null;
  readonly opensWindow: boolean;
  readonly echo?: Echo;
  /** A chat group that is gone, or that the account is no longer in. */
  readonly groupGone?: string;
}

type Reader = (event: ZaloEvent, oaId: string) => Reading;

/** Kept and counted; about nobody we talk with. */
export const NOBODY: Reading = { address: null, input: null, opensWindow: false };

/** Ids of people are decimal; phones, groups and anonymous visitors look otherwise or are read elsewhere. */
const PERSON_ID = /^\d{6,32}$/;
const MAX_NAME_CHARS = 120;

const person = (id: string | undefined): string | null =>
  id !== undefined && PERSON_ID.test(id) ? id : null;

/** A person wrote to the account. */
const fromUser =
  (read: (event: ZaloEvent) => Input | null): Reader =>
  (event, oaId) => {
    const address = person(event.sender?.id);
    return address === null || address === oaId ? NOBODY : { address, input: read(event), opensWindow: true };
  };

/** Something was learnt about a person; no turn. */
const about =
  (
    id: (event: ZaloEvent) => string | undefined,
    opens: (event: ZaloEvent) => boolean = () => false,
  ): Reader =>
  (event) => {
    const address = person(id(event));
    return address === null ? NOBODY : { address, input: null, opensWindow: opens(event) };
  };

const kept: Reader = () => NOBODY;

const textOf = (event: ZaloEvent): string | null => {
  const text = event.message?.text ?? "";
  return text.trim() === "" ? null : text;
};

const readText = (event: ZaloEvent): Input | null => {
  const text = textOf(event);
  return text === null ? null : { kind: "text", text };
};

function nameFrom(url: string): string {
  const last = /\/([^/?#]+)(?:[?#].*)?$/.exec(url.replace(/^https?:\/\/[^/]*/, ""))?.[1] ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function fileFrom(attachment: unknown, kind: FileRef["kind"]): FileRef[] {
  const read = attachmentSchema.safeParse(attachment);
  if (!read.success) return [];
  const { url, name, size } = read.data.payload;
  const shown = (name ?? nameFrom(url)).trim().slice(0, MAX_NAME_CHARS);
  const sizeBytes = size === undefined ? {} : { sizeBytes: size };
  return [{ url, kind, name: shown === "" ? UNNAMED[kind] : shown, ...sizeBytes }];
}

const files = (kind: FileRef["kind"]): Reader =>
  fromUser((event) => {
    const found = (event.message?.attachments ?? []).flatMap((attachment) => fileFrom(attachment, kind));
    if (found.length === 0) return readText(event);
    const text = textOf(event);
    return { kind: "files", files: found, ...(text === null ? {} : { text }) };
  });

type Unreadable = Extract<Input, { kind: "unreadable" }>["what"];
const unreadable = (what: Unreadable): Reader => fromUser(() => ({ kind: "unreadable", what }));

/** The account's own message comes back: an officer's (`admin_id`), or proof that one of ours was taken. */
const echo: Reader = (event) => {
  const address = person(event.recipient?.id);
  if (address === null) return NOBODY;
  if (event.sender?.admin_id !== undefined)
    return { address, input: { kind: "officer-spoke" }, opensWindow: false };
  const text = textOf(event);
  const messageId = event.message?.msg_id;
  const proof = text === null || messageId === undefined ? {} : { echo: { messageId, text } };
  return { address, input: null, opensWindow: false, ...proof };
};

const follower =
  (kind: "follow" | "unfollow"): Reader =>
  (event) => {
    const address = person(event.follower?.id);
    return address === null ? NOBODY : { address, input: { kind }, opensWindow: kind === "follow" };
  };

const submitInfo = fromUser((event) => {
  const name = event.info?.name?.trim() ?? "";
  return { kind: "shared-info", ...(name === "" ? {} : { name }) };
});

const withdraw: Reader = (event) => {
  const address = person(event.user_id);
  return address === null ? NOBODY : { address, input: { kind: "withdraw" }, opensWindow: false };
};

/** Of what people say in a chat group only the words that bind it are heard; the rest is theirs. */
const groupText: Reader = (event) => {
  const address = person(event.sender?.id);
  const groupId = event.recipient?.id;
  const words = groupWordsIn(event.message?.text ?? "");
  if (address === null || groupId === undefined || words === null) return NOBODY;
  const input: Input =
    words.kind === "bind"
      ? { kind: "group-bind", groupId, code: words.code }
      : { kind: "group-end", groupId };
  return { address, input, opensWindow: false };
};

const groupGone: Reader = ({ group_id }) =>
  group_id === undefined ? NOBODY : { ...NOBODY, groupGone: group_id };

/** Somebody left; it concerns us where it is the account itself. */
const leftGroup: Reader = (event, oaId) =>
  event.users?.some(({ id }) => id === oaId) === true ? groupGone(event, oaId) : NOBODY;

/** Sources differ on which side is the person; receipts of messages by phone name a phone number instead. */
const received: Reader = (event, oaId) => {
  if (event.message?.tracking_id !== undefined || event.message?.delivery_time !== undefined) return NOBODY;
  const address = person([event.sender?.id, event.recipient?.id].find((id) => id !== oaId));
  return address === null ? NOBODY : { address, input: null, opensWindow: false };
};

const bySender = about((event) => event.sender?.id);
const byRecipient = about((event) => event.recipient?.id);
const byUserId = about((event) => event.user_id);
const byTag = about((event) => event.tag?.user_ids?.[0]);
/** A call that was taken counts as an interaction, whoever rang. */
const call = about(
  (event) => event.user_id,
  (event) => (event.talk_time ?? 0) > 0,
);
/** A first tap on the message button: they may be written to, but have said nothing yet. */
const chatNow = about(
  (event) => event.user_id,
  () => true,
);

const forEach = (names: readonly string[], reader: Reader): [string, Reader][] =>
  names.map((name) => [name, reader]);

const GROUP_MEDIA = [
  "image",
  "gif",
  "link",
  "audio",
  "video",
  "sticker",
  "location",
  "business_card",
  "file",
];
const ANONYMOUS_MEDIA = ["text", "image", "file", "sticker"];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["user_send_text", fromUser(readText)],
  ...forEach(["user_send_image", "user_send_gif"], files("image")),
  ["user_send_file", files("file")],
  ["user_send_audio", files("audio")],
  ["user_send_video", files("video")],
  ["user_send_link", fromUser((event) => readText(event) ?? { kind: "unreadable", what: "link" })],
  ["user_send_sticker", unreadable("sticker")],
  ["user_send_location", unreadable("location")],
  ["user_send_business_card", unreadable("card")],
  ["follow", follower("follow")],
  ["unfollow", follower("unfollow")],
  ["user_submit_info", submitInfo],
  ["user_withdraw", withdraw],
  ["user_click_chatnow", chatNow],
  ...forEach(["user_call_oa", "oa_call_user"], call),
  ...forEach(["oa_send_text", "oa_send_image", "oa_send_gif", "oa_send_file", "oa_send_sticker"], echo),
  ...forEach(["oa_send_list", "oa_send_template"], echo),
  ["user_received_message", received],
  ...forEach(["user_seen_message", "user_reacted_message"], bySender),
  ["oa_reacted_message", byRecipient],
  ["update_user_info", byUserId],
  ...forEach(["add_user_to_tag", "remove_user_from_tag"], byTag),
  ...forEach(
    ["widget_interaction_accepted", "widget_failed_to_sync_user_external_id"],
    about((event) => event.data?.user_id),
  ),
  // Named by some lists, never sent: taps arrive as texts.
  ["user_click_button", kept],
  // Operators are told by whoever counts the names; nobody's conversation changes.
  ...forEach(["permission_revoked", "remove_tag", "extension_purchased", "shop_has_order"], kept),
  // A visitor without an account has no conversation of ours to go on with.
  ...forEach(
    ANONYMOUS_MEDIA.map((what) => `anonymous_send_${what}`),
    kept,
  ),
  ...forEach(
    ANONYMOUS_MEDIA.map((what) => `oa_send_anonymous_${what}`),
    kept,
  ),
  ["user_send_group_text", groupText],
  // Groups are written to, not talked with.
  ...forEach(
    GROUP_MEDIA.flatMap((what) => [`user_send_group_${what}`, `oa_send_group_${what}`]),
    kept,
  ),
  ...forEach(["oa_send_group_text", "create_group", "update_group_info"], kept),
  ...forEach(["delete_group", "disperse_group"], groupGone),
  ...forEach(["user_out_group", "user_leave_group"], leftGroup),
  ...forEach(["user_join_group", "user_request_join_group"], kept),
  ...forEach(
    ["accept_request_join_group", "react_request_join_group_accept", "react_request_join_group"],
    kept,
  ),
  ...forEach(["reject_request_join_group", "react_request_join_group_reject"], kept),
  ...forEach(["add_group_admin", "remove_group_admin"], kept),
  // Templates by phone and calls: told by phone number, not by person.
  ...forEach(["oa_send_consent", "user_reply_consent", "user_feedback", "user_click_response_button"], kept),
  ...forEach(["change_oa_daily_quota", "change_oa_template_tags", "change_template_quality"], kept),
  ...forEach(["change_template_quota", "change_template_status"], kept),
  ...forEach(["event_journey_time_out", "event_journey_acknowledged"], kept),
]);

/** Whether somebody has thought about events of this name. */
export const isDecided = (name: string): boolean => READERS.has(name);

/** What the event says, by its name. */
export const readByName = (event: ZaloEvent, oaId: string): Reading =>
  (READERS.get(event.event_name) ?? kept)(event, oaId);
