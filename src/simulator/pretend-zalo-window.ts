/** Who may be written to, and what it counts on: the 48 hours of free replies and the 7 days after them. */
import { DAY_MS, HOUR_MS, type Clock, type Instant } from "../core/clock";

const FREE_WINDOW_MS = 48 * HOUR_MS;
const REPLY_WINDOW_MS = 7 * DAY_MS;

const NO_INTERACTION_7_DAYS = -230;
const NEVER_INTERACTED = -232;
const RECIPIENT_QUOTA_EXCEEDED = -218;
const ZCA_NOT_LINKED = -320;

/** The free replies of one window as the public pages give them. */
export const FREE_REPLIES = 8;

/** What the smallest package holds, where nothing is counted. */
const PACKAGE_REPLIES = 500;

export interface Quota {
  readonly quota_type: "reply" | "sub_quota";
  readonly remain: string;
  readonly total: string;
}

export class ReplyWindows {
  private readonly people = new Map<string, { lastAt: Instant; used: number }>();
  private enforced = false;
  private packageTotal = 0;
  private packageUsed = 0;

  constructor(private readonly clock: Clock) {}

  /** From now on windows and quotas count; `packageReplies` are what the account has bought on top. */
  enforce(packageReplies = 0): void {
    this.enforced = true;
    this.packageTotal = packageReplies;
  }

  /** A person wrote, followed or tapped: the window starts anew. */
  interacted(userId: string, at: Instant): void {
    this.people.set(userId, { lastAt: at, used: 0 });
  }

  lastInteraction(userId: string): Instant | null {
    return this.people.get(userId)?.lastAt ?? null;
  }

  freeLeft(userId: string): number {
    if (!this.enforced) return FREE_REPLIES;
    const person = this.people.get(userId);
    if (person === undefined || this.clock.now() - person.lastAt > FREE_WINDOW_MS) return 0;
    return Math.max(0, FREE_REPLIES - person.used);
  }

  /** Counts one message: its quota, or the code of the refusal. */
  spend(userId: string): Quota | number {
    if (!this.enforced) return this.free(FREE_REPLIES);
    const person = this.people.get(userId);
    if (person === undefined) return NEVER_INTERACTED;
    const silentMs = this.clock.now() - person.lastAt;
    if (silentMs > REPLY_WINDOW_MS) return NO_INTERACTION_7_DAYS;
    if (this.freeLeft(userId) > 0) {
      person.used++;
      return this.free(this.freeLeft(userId));
    }
    if (this.packageUsed >= this.packageTotal) {
      return silentMs > FREE_WINDOW_MS ? ZCA_NOT_LINKED : RECIPIENT_QUOTA_EXCEEDED;
    }
    this.packageUsed++;
    const remain = this.packageTotal - this.packageUsed;
    return { quota_type: "sub_quota", remain: String(remain), total: String(this.packageTotal) };
  }

  /** What is left of the bought messages, as texts like everything the platform counts. */
  package(): Pick<Quota, "remain" | "total"> {
    const total = this.enforced ? this.packageTotal : PACKAGE_REPLIES;
    return { remain: String(total - this.packageUsed), total: String(total) };
  }

  private free(remain: number): Quota {
    return { quota_type: "reply", remain: String(remain), total: String(FREE_REPLIES) };
  }
}
