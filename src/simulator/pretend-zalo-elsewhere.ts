/** What the pretend platform takes besides messages to one person: groups, reactions, templates by phone, history. */
import { z } from "zod";
import type { Clock, Instant } from "../core/clock";
import type { WireAnswer } from "./pretend-zalo-script";
import { conversationSchema, groupSchema, phoneTemplateSchema, reactionSchema } from "./wire-schemas";

export interface GroupPost {
  readonly at: Instant;
  readonly groupId: string;
  readonly text: string | null;
}

export interface PhonePost {
  readonly at: Instant;
  readonly phone: string;
  readonly trackingId: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface ReactionPost {
  readonly at: Instant;
  readonly userId: string;
  readonly messageId: string;
  readonly icon: string;
}

interface Line {
  readonly messageId: string;
  readonly text: string;
  readonly at: Instant;
}

export interface ElsewhereParts {
  readonly clock: Clock;
  readonly newMessageId: () => string;
  readonly violated: (what: string) => WireAnswer;
}

const NOT_IN_GROUP = -403;
const TOO_MANY_REACTIONS = -210;
const REACTIONS_PER_MESSAGE = 50;
/** One call of the history gives no more. */
const HISTORY_KEPT = 10;
const DAILY_QUOTA = 500;

const ok = (data: unknown): WireAnswer => ({ status: 200, body: { error: 0, message: "Success", data } });
const refuse = (error: number, message: string): WireAnswer => ({ status: 200, body: { error, message } });

export class PretendElsewhere {
  readonly groupPosts: GroupPost[] = [];
  readonly phonePosts: PhonePost[] = [];
  readonly reactions: ReactionPost[] = [];
  private readonly groups = new Set<string>();
  private readonly histories = new Map<string, Line[]>();

  constructor(private readonly parts: ElsewhereParts) {}

  /** The account may post only to groups it owns. */
  ownGroup(groupId: string): void {
    this.groups.add(groupId);
  }

  /** Somebody has taken the account out of the group, or ended it. */
  loseGroup(groupId: string): void {
    this.groups.delete(groupId);
  }

  /** The account's own message becomes part of the conversation. */
  remember(userId: string, line: Line): void {
    this.histories.set(userId, [line, ...(this.histories.get(userId) ?? [])].slice(0, HISTORY_KEPT));
  }

  takeGroupMessage(body: unknown): WireAnswer {
    const read = groupSchema.safeParse(body);
    if (!read.success) return this.parts.violated(`group: ${z.prettifyError(read.error)}`);
    const { recipient, message } = read.data;
    if (!this.groups.has(recipient.group_id)) return refuse(NOT_IN_GROUP, "OA is not in this group");
    const text = "text" in message ? (message.text ?? null) : null;
    this.groupPosts.push({ at: this.parts.clock.now(), groupId: recipient.group_id, text });
    return ok({ message_id: this.parts.newMessageId(), group_id: recipient.group_id });
  }

  takeReaction(body: unknown): WireAnswer {
    const read = reactionSchema.safeParse(body);
    if (!read.success) return this.parts.violated(`reaction: ${z.prettifyError(read.error)}`);
    const { recipient, sender_action } = read.data;
    const messageId = sender_action.react_message_id;
    if (this.reactions.filter((known) => known.messageId === messageId).length >= REACTIONS_PER_MESSAGE)
      return refuse(TOO_MANY_REACTIONS, "Too many reactions");
    this.reactions.push({
      at: this.parts.clock.now(),
      userId: recipient.user_id,
      messageId,
      icon: sender_action.react_icon,
    });
    return ok({ message_id: messageId, user_id: recipient.user_id });
  }

  takePhoneTemplate(body: unknown): WireAnswer {
    const read = phoneTemplateSchema.safeParse(body);
    if (!read.success) return this.parts.violated(`phone template: ${z.prettifyError(read.error)}`);
    const { phone, tracking_id, template_data } = read.data;
    const at = this.parts.clock.now();
    this.phonePosts.push({ at, phone, trackingId: tracking_id, data: template_data });
    return ok({
      msg_id: this.parts.newMessageId(),
      sent_time: String(at),
      sending_mode: "1",
      quota: {
        dailyQuota: String(DAILY_QUOTA),
        remainingQuota: String(DAILY_QUOTA - this.phonePosts.length),
      },
    });
  }

  tellConversation(data: unknown): WireAnswer {
    const read = conversationSchema.safeParse(data);
    if (!read.success) return this.parts.violated(`conversation: ${z.prettifyError(read.error)}`);
    const { user_id, offset, count } = read.data;
    const lines = (this.histories.get(user_id) ?? []).slice(offset, offset + count);
    return ok(
      lines.map(({ messageId, text, at }) => ({
        src: 0,
        time: at,
        type: "text",
        message: text,
        message_id: messageId,
        to_id: user_id,
      })),
    );
  }
}
