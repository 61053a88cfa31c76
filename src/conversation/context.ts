/**
 * What a turn may know. Plain data, loaded by the worker for a whole batch in a few queries; the shapes are
 * owned here, the rooms that hold the data fill them.
 */
import type { Day, Instant } from "../core/clock";

export type FieldType = "integer" | "text" | "files";

export interface FieldView {
  readonly id: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** Shown when an answer was not understood: `ví dụ: 12`. */
  readonly example: string;
  /** Folded words people use for this field in a message with several figures. */
  readonly aliases: readonly string[];
  /** Where one week of one unit usually lies; only ever asked about, never refused. */
  readonly usual?: { readonly low: number; readonly high: number };
}

/** "`part` is more than 0, then `whole` must be too": contradictions a form can name. */
export interface SumRule {
  readonly part: string;
  readonly whole: string;
  readonly message: string;
}

export type Values = Readonly<Record<string, number | string>>;

export type ObligationStatus = "waiting" | "drafting" | "submitted" | "nil" | "late" | "missing" | "exempt";

/** One report that one of the person's units owes, or has handed in. */
export interface ReportView {
  readonly obligationId: string;
  readonly line: string;
  readonly lineName: string;
  readonly receiverUnitCode: string;
  readonly receiverName: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly period: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly dueAt: Instant;
  readonly closesAt: Instant;
  readonly status: ObligationStatus;
  readonly version: number;
  readonly fields: readonly FieldView[];
  readonly sumRules: readonly SumRule[];
  readonly draft: {
    readonly values: Values;
    readonly marks: readonly string[];
    readonly personId: string;
    readonly updatedAt: Instant;
  } | null;
  /** The newest version handed in for this period. */
  readonly submitted: Values | null;
  /** The same unit's values of the period before, for "như tuần trước". */
  readonly lastWeek: Values | null;
  /** What the digests from below add up to, for an office that reports upward. */
  readonly prefill: Values | null;
  /** The texts from below one by one, each with its unit, in the order of the form. */
  readonly passedOn: readonly { readonly field: string; readonly text: string }[];
  readonly attachmentCount: number;
  readonly extensionPending: boolean;
}

export interface MembershipView {
  readonly unitCode: string;
  readonly unitName: string;
  readonly role: "reporter" | "staff";
  /** By a delegation, for its days alone. */
  readonly delegated?: boolean;
}

export interface PersonView {
  readonly id: string;
  readonly displayName: string | null;
  readonly optedOut: boolean;
  readonly consented: boolean;
  /** The number given for reminders, all but its last digits hidden; null without one. */
  readonly phone: string | null;
  /** Whether the person has agreed to give one. */
  readonly phoneAgreed: boolean;
  readonly linkTries: number;
  readonly linkBlockedUntil: Instant | null;
  readonly silentUntil: Instant | null;
  readonly memberships: readonly MembershipView[];
  /** What we keep, counted by kind, for "dữ liệu của tôi". */
  readonly kept: {
    readonly since: Instant;
    readonly messages: number;
    readonly reports: number;
    readonly tickets: number;
  };
}

export interface InvitationView {
  readonly code: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly role: "reporter" | "staff";
  readonly state: "valid" | "used" | "expired";
  /** By a delegation: from which day, and until which (null = until it is ended). */
  readonly delegated?: boolean;
  readonly fromDay?: Day | null;
  readonly toDay?: Day | null;
}

/** A chat group that an office has made its own. */
export interface GroupView {
  readonly unitCode: string;
  readonly unitName: string;
  /** The person who bound it. */
  readonly boundBy: string;
}

/** Somebody may report in a unit's name for a while. */
export interface DelegationView {
  readonly id: string;
  readonly unitCode: string;
  readonly from: Day;
  readonly to: Day | null;
  /** The display name of who used the code; null where it is unknown or nobody has. */
  readonly holder: string | null;
  readonly used: boolean;
}

export interface TicketView {
  readonly code: string;
  readonly kind: "question" | "difficulty";
  readonly status: "open" | "answered" | "closed";
  readonly text: string;
  readonly unitName: string | null;
  readonly receiverUnitCode: string;
  /** The office above, where a difficulty can be passed on to one. */
  readonly above?: string | null;
  readonly askedByMe: boolean;
  /** The ticket that speaks for this one, when others asked the same before. */
  readonly leadCode: string | null;
  /** How many people wait for its answer. */
  readonly askers: number;
  /** The last answer given. */
  readonly reply: string | null;
  /** Its question as everybody may read it, while its answer is one for all. */
  readonly generalQuestion: string | null;
}

export interface ExtensionView {
  readonly id: string;
  readonly unitName: string;
  readonly lineName: string;
  readonly period: string;
  readonly until: Instant;
  readonly reason: string;
  readonly state: "asked" | "granted" | "refused";
  readonly receiverUnitCode: string;
}

/** A question of an office about a figure of one of its digests. */
export interface ClarificationView {
  readonly code: string;
  readonly digestId: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly officeUnitCode: string;
  readonly officeName: string;
  readonly period: string;
  /** The field's label; null for the whole report. */
  readonly label: string | null;
  readonly value: number | string | null;
  readonly question: string;
  readonly answer: string | null;
  readonly askedBy: string | null;
  /** The report it is about, to be amended where the figure was wrong. */
  readonly obligationId: string | null;
}

/** The reports inside one digest, loaded only where the person is picking one of its figures. */
export interface DigestUnits {
  readonly digestId: string;
  readonly fields: readonly { readonly id: string; readonly label: string; readonly type: string }[];
  readonly units: readonly {
    readonly code: string;
    readonly name: string;
    readonly values: Values;
    /** Fields whose figure still has to be checked. */
    readonly marks: readonly string[];
    /** Somebody of the unit takes messages. */
    readonly linked: boolean;
  }[];
}

export interface DigestView {
  readonly id: string;
  readonly line: string;
  readonly lineName: string;
  readonly period: string;
  readonly text: string;
  /** Units still missing that can be reminded from here. */
  readonly missing: number;
  /** The office's own report upward for this period, when it owes one. */
  readonly upwardObligationId: string | null;
  readonly upwardName: string | null;
  /** Ids of the officers who have confirmed it. */
  readonly readBy: readonly string[];
}

/** How a unit has kept to its deadlines, for its own reporters alone. */
export interface CardView {
  readonly unitName: string;
  /** Null where the unit owes one kind of report only. */
  readonly lineName: string | null;
  readonly owed: number;
  readonly onTime: number;
  readonly streak: number;
  /** The middle of the unit's group; null where the group is too small to be nameless. */
  readonly median: number | null;
}

export interface EntryView {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  readonly more: string | null;
  readonly related: readonly { readonly id: string; readonly question: string }[];
}

export interface AnswerView {
  readonly kind: "answer" | "choices" | "gap" | "abstain" | "smalltalk";
  readonly text: string;
  readonly entryIds: readonly string[];
  readonly score: number;
  /** Abstained because it is no business of this channel: nothing an officer could add. */
  readonly offTopic?: boolean;
}

/** The question engine as a turn sees it: in memory, without side effects. */
export interface KnowledgeView {
  ask(text: string, after: readonly string[]): AnswerView;
  entry(id: string): EntryView | null;
  /** Browsing: the resolutions, the topics of one, the questions of one topic. */
  resolutions(): readonly { readonly id: string; readonly title: string }[];
  topics(resolution: string): readonly { readonly id: string; readonly title: string }[];
  questions(resolution: string, topic: string): readonly { readonly id: string; readonly question: string }[];
  /** How near each of the others comes to asking the same, 0 to 1. */
  alike(text: string, others: readonly string[]): readonly number[];
  /** The place of the one that asks the same; null when none does. */
  sameAs(text: string, others: readonly string[]): number | null;
}

export interface CampaignView {
  readonly id: string;
  readonly name: string;
  /** Who controls the data and answers what the bot cannot. */
  readonly office: string;
  readonly officeUnitCode: string;
  readonly consentVersion: string;
  readonly extensionMaxDays: number;
  /** How long the bot leaves a conversation to an officer who has answered by hand. */
  readonly officerSilenceMs: number;
  /** The picture of the form that asks for a phone number; null where a number would be of no use. */
  readonly phoneForm: string | null;
}

export interface TurnContext {
  readonly campaign: CampaignView;
  readonly person: PersonView;
  /** Reports open, missed or handed in that the person may still act on, the next due first. */
  readonly reports: readonly ReportView[];
  readonly invitations: ReadonlyMap<string, InvitationView>;
  /** By group id, for the group in which something was said just now. */
  readonly groups: ReadonlyMap<string, GroupView>;
  /** The person's own tickets and, for staff, those of their office; newest first. */
  readonly tickets: readonly TicketView[];
  readonly extensions: readonly ExtensionView[];
  /** What stands for the units the person heads. */
  readonly delegations: readonly DelegationView[];
  /** For staff: the digests of the lines their office receives, newest first. */
  readonly digests: readonly DigestView[];
  /** By digest id, for those that the message in hand or the conversation is about. */
  readonly digestUnits: ReadonlyMap<string, DigestUnits>;
  /** Questions about figures of the person's units, and those the person asked; newest first. */
  readonly clarifications: readonly ClarificationView[];
  /** Since the campaign began, for the units the person reports for; loaded only where they ask for it. */
  readonly cards: readonly CardView[];
  readonly knowledge: KnowledgeView;
}
