/**
 * What the web needs from the rest of the program. Instants are numbers here. What does not exist is refused
 * with a code that begins with `unknown-` (answered 404); what the present state forbids is refused with any
 * other code (answered 409).
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Instant } from "../core/clock";
import type * as shapes from "./api/shapes";

export type UnitItem = z.input<typeof shapes.unit>;
export type InvitationItem = z.input<typeof shapes.invitation>;
export type LineItem = z.input<typeof shapes.line>;
export type TemplateItem = z.input<typeof shapes.template>;
export type PeriodItem = z.input<typeof shapes.period>;
export type ObligationItem = z.input<typeof shapes.obligation>;
export type ReportItem = z.input<typeof shapes.report>;
export type DigestItem = z.input<typeof shapes.digest>;
export type TicketItem = z.input<typeof shapes.ticket>;
export type GeneralAnswerItem = z.input<typeof shapes.generalAnswer>;
export type FeedbackItem = z.input<typeof shapes.feedback>;
export type AnswerItem = z.input<typeof shapes.answer>;
/** `after`: what was asked before, oldest first. */
export interface AskedQuestion {
  readonly text: string;
  readonly after: readonly string[];
}
export type ExplanationItem = z.input<typeof shapes.explanation>;
export type DeliveryItem = z.input<typeof shapes.delivery>;
export type AuditItem = z.input<typeof shapes.auditRow>;
export type RehearsedItem = z.input<typeof shapes.rehearsed>;
export type WaveItem = z.input<typeof shapes.wave>;
export type RosterImportItem = z.input<typeof shapes.rosterImport>;
export type DigestFormat = "pdf" | "docx" | "xlsx" | "png";

/** A filter that is not given does not narrow the list. */
type Filter<T> = { readonly [K in keyof T]?: T[K] | undefined };

export interface ApiPorts extends DoctorPort {
  /** `query` is matched without regard to accents. */
  searchUnits(filter: Filter<{ query: string; group: string; parent: string }>): Promise<UnitItem[]>;
  createInvitation(wanted: {
    readonly unitCode: string;
    readonly role: InvitationItem["role"];
    readonly post?: (typeof shapes.POSTS)[number] | undefined;
  }): Promise<InvitationItem>;
  listLines(): Promise<LineItem[]>;
  getTemplate(id: string): Promise<TemplateItem>;
  listPeriods(filter: Filter<{ line: string }>): Promise<PeriodItem[]>;
  listObligations(
    filter: Filter<{ line: string; period: string; status: ObligationItem["status"] }>,
  ): Promise<ObligationItem[]>;
  getReport(of: {
    readonly line: string;
    readonly period: string;
    readonly unitCode: string;
  }): Promise<ReportItem>;
  listDigests(filter: Filter<{ line: string; period: string }>): Promise<DigestItem[]>;
  renderDigest(id: string, format: DigestFormat): Promise<Uint8Array>;
  createExtension(extension: ExtensionOrder): Promise<void>;
  createExemption(exemption: ExemptionOrder): Promise<void>;
  listTickets(
    filter: Filter<{ kind: TicketItem["kind"]; status: TicketItem["status"] }>,
  ): Promise<TicketItem[]>;
  /** Everything that would be told up to `to` if nobody answered; what comes before `from` is left out. */
  rehearse(span: {
    readonly from?: Instant | undefined;
    readonly to?: Instant | undefined;
  }): Promise<RehearsedItem[]>;
  /** With a general question the answer becomes one for everybody, too. */
  replyTicket(code: string, text: string, generalQuestion?: string): Promise<void>;
  /** Puts a waiting question under another that asks the same. */
  mergeTicket(code: string, into: string): Promise<void>;
  /** Closes a question that is no business of this channel; its askers get one polite line. */
  declineTicket(code: string): Promise<void>;
  listGeneralAnswers(): Promise<GeneralAnswerItem[]>;
  /** Without an answer of its own, the last reply is published. */
  approveAnswer(code: string, words: GeneralWords): Promise<GeneralAnswerItem>;
  withdrawAnswer(code: string): Promise<void>;
  /** By entry, those found wrong most often first. */
  listFeedback(): Promise<FeedbackItem[]>;
  ask(question: AskedQuestion): Promise<AnswerItem>;
  explain(question: AskedQuestion): Promise<ExplanationItem>;
  /** A page of the audit trail, the newest first; `before` is the id of the last row of the page before. */
  listAudit(
    filter: Filter<{ from: Instant; to: Instant; actor: string; before: number }>,
  ): Promise<AuditItem[]>;
  /** Refuses while another one is being made. */
  makeBackup(): Promise<{ readonly fileName: string; readonly stream: Readable }>;
  listDeliveries(
    filter: Filter<{ status: DeliveryItem["status"]; personId: string }>,
  ): Promise<DeliveryItem[]>;
  /** Null when the campaign has no reminder left to send. */
  nextWave(): Promise<WaveItem | null>;
  /** Changes all that the file says, or nothing where a row is wrong; with `dryRun` it only says what would change. */
  importUnits(file: {
    readonly bytes: Uint8Array;
    readonly fileName: string;
    readonly dryRun: boolean;
  }): Promise<RosterImportItem>;
}

/** What everybody may read: nothing by which the asker can be told. */
export interface GeneralWords {
  readonly question: string;
  readonly answer?: string | undefined;
}

export interface ExemptionOrder {
  readonly line: string;
  readonly unitCode: string;
  readonly period: string;
  readonly reason: string;
}
export interface ExtensionOrder extends ExemptionOrder {
  readonly until: Instant;
}

export interface DoctorPort {
  /** Every link of the set-up chain; never rejects for a broken one. */
  examine(): Promise<z.input<typeof shapes.finding>[]>;
}

export interface WebhookPort {
  /**
   * Takes the bytes as they came. `accepted` once the event is durable, `dropped` when it is not authentic or
   * not readable; rejects only when an authentic event could not be stored.
   */
  receive(rawBody: Buffer, headers: IncomingHttpHeaders): Promise<"accepted" | "dropped">;
}

export interface GrantPort {
  /** What has to be saved in the platform's console, byte for byte. */
  readonly callbackUrl: string;
  /** Where the account's administrator agrees: a link that works once, for a short while. */
  begin(): Promise<string>;
  /** Takes what the platform sent the administrator's browser back with. */
  finish(answer: {
    readonly code: string | undefined;
    readonly state: string | undefined;
    readonly oaId: string | undefined;
  }): Promise<{ readonly kind: "granted" | "denied" | "stale-link" | "other-account" | "failed" }>;
}

export interface HealthPort {
  /** Each part the program needs to take traffic, and whether it is there. */
  readiness(): Promise<Readonly<Record<string, boolean>>>;
}

export interface DevPort {
  /** Forward only, doing what falls due on the way in order of time; resolves once inbox and outbox are idle. */
  moveClock(to: Instant): Promise<{
    readonly now: Instant;
    readonly eventsHandled: number;
    readonly messagesSent: number;
  }>;
  /** Resolves once inbox and outbox are idle; a retry planned for later counts as idle. */
  settle(): Promise<void>;
}

/** What `/` says about the campaign. */
export interface SiteView {
  readonly name: string;
  readonly about: string;
  readonly office: string;
  /** The platform's code that proves whose domain this is. */
  readonly verification: string | undefined;
  /** Where the simulator's page is, in simulator mode. */
  readonly simulatorPath: string | undefined;
}
