/**
 * Talks to the bundled conversations as one person. Between two messages the session goes through JSON, and
 * what a turn asks for is applied to a small model of the books, as the program would.
 */
import { takeTurn } from "../../src/conversation/turn";
import type { InvitationView, ReportView, TicketView, TurnContext } from "../../src/conversation/context";
import type { Effect, EffectOf } from "../../src/conversation/effects";
import { eventSchema, type ConversationEvent, type FileRef } from "../../src/conversation/event";
import { messageSchema, type Message } from "../../src/conversation/message";
import { EMPTY_SESSION, sessionSchema, type Session } from "../../src/conversation/session";
import type { House } from "../../src/conversation/house";
import { house as bundled } from "../../flows";
import { aContext, aTicket, TUESDAY } from "./builders";

/** What the platform shows under one message, and how long a title may be. */
const MAX_BUTTONS = 5;
const MAX_TITLE = 100;

export interface Talk {
  /** The messages that answer the last event. */
  readonly heard: readonly Message[];
  readonly text: string;
  readonly titles: readonly string[];
  readonly effects: readonly Effect[];
  readonly session: Session;
  readonly report: ReportView;
  context: TurnContext;
  now: number;
  says(text: string): Talk;
  /** Taps the newest button whose title is this, or begins with it. */
  taps(title: string): Talk;
  sends(...files: readonly Partial<FileRef>[]): Talk;
  meets(event: ConversationEvent): Talk;
  effectsOf<T extends Effect["type"]>(type: T): readonly Extract<Effect, { type: T }>[];
}

export interface TalkOptions {
  readonly context?: Partial<TurnContext>;
  readonly invitations?: readonly InvitationView[];
  readonly session?: Session;
  readonly now?: number;
  readonly house?: House;
}

export function talkTo({
  context,
  invitations = [],
  session,
  now = TUESDAY,
  house = bundled,
}: TalkOptions = {}): Talk {
  let stored = JSON.stringify(session ?? EMPTY_SESSION);
  let turns = 0;
  const shown: Message[] = [];
  const state = { heard: [] as readonly Message[], effects: [] as readonly Effect[] };

  const talk: Talk = {
    context: aContext(context),
    now,
    get heard() {
      return state.heard;
    },
    get text() {
      return state.heard.map((message) => message.text).join("\n---\n");
    },
    get titles() {
      return state.heard.flatMap((message) => message.buttons ?? []).map((button) => button.title);
    },
    get effects() {
      return state.effects;
    },
    get session() {
      return sessionSchema.parse(JSON.parse(stored));
    },
    get report() {
      const [report] = talk.context.reports;
      if (report === undefined) throw new Error("no report in this talk");
      return report;
    },
    effectsOf: (type) => state.effects.filter((effect): effect is never => effect.type === type),
    says: (text) => talk.meets({ kind: "text", text }),
    taps(title) {
      const lists = shown.toReversed().map((message) => message.buttons ?? []);
      const button = lists
        .map((list) => list.find((b) => b.title === title) ?? list.find((b) => b.title.startsWith(title)))
        .find((found) => found !== undefined);
      const buttons = lists.flat();
      if (button === undefined || !("tap" in button)) {
        throw new Error(`no button "${title}" among: ${buttons.map((known) => known.title).join(" | ")}`);
      }
      return talk.says(button.tap);
    },
    sends: (...files) =>
      talk.meets({
        kind: "files",
        files: files.map((file, i) => ({
          url: `https://files/${turns}-${i}`,
          name: `anh-${i}.jpg`,
          kind: "image",
          ...file,
        })),
      }),
    meets(event) {
      const before = sessionSchema.parse(JSON.parse(stored));
      const typed = event.kind === "text" ? event.text : event.kind === "group-bind" ? event.code : "";
      const codes = typed.match(/[0-9A-Za-z]{8}/g) ?? [];
      const found = invitations.filter(({ code }) => codes.some((known) => known.toUpperCase() === code));
      const turn = takeTurn(house, {
        session: before,
        event: eventSchema.parse(JSON.parse(JSON.stringify(event))),
        eventKey: `event-${turns++}`,
        context: { ...talk.context, invitations: new Map(found.map((known) => [known.code, known])) },
        now: talk.now,
      });
      stored = JSON.stringify(turn.session);
      state.effects = turn.effects;
      state.heard = turn.effects.flatMap((effect) => (effect.type === "say" ? effect.messages : []));
      state.heard.forEach(checkMessage);
      shown.push(...state.heard);
      for (const effect of turn.effects) talk.context = applied(talk.context, effect, talk.now);
      return talk;
    },
  };
  return talk;
}

function checkMessage(message: Message): void {
  messageSchema.parse(message);
  const { text, buttons = [] } = message;
  if (text !== text.normalize("NFC")) throw new Error(`not NFC: ${text}`);
  if (buttons.length > MAX_BUTTONS) throw new Error(`more than ${MAX_BUTTONS} buttons under: ${text}`);
  const long = buttons.find(({ title }) => title.length > MAX_TITLE || title === "");
  if (long !== undefined) throw new Error(`a title that does not fit: "${long.title}"`);
  if (/undefined|NaN|\[object/.test(text)) throw new Error(`not a sentence: ${text}`);
}

/** What the program would have written down, as far as a conversation can see it. */
function applied(context: TurnContext, effect: Effect, now: number): TurnContext {
  const { person } = context;
  switch (effect.type) {
    case "save-draft": {
      const draft = { values: effect.values, marks: effect.marks, personId: person.id, updatedAt: now };
      return withReport(context, effect.obligationId, (report) => ({
        draft,
        status: report.version === 0 ? "drafting" : report.status,
      }));
    }
    case "discard-draft":
      return withReport(context, effect.obligationId, () => ({ draft: null }));
    case "submit-report":
      return withReport(context, effect.obligationId, (report) => {
        if (report.version !== effect.seenVersion) throw new Error("another version came in between");
        return {
          draft: null,
          submitted: effect.values,
          version: report.version + 1,
          status: effect.nil ? "nil" : now > report.dueAt ? "late" : "submitted",
        };
      });
    case "keep-evidence":
      return withReport(context, effect.obligationId, (report) => ({
        attachmentCount: report.attachmentCount + 1,
      }));
    case "ask-extension":
      return withReport(context, effect.obligationId, () => ({ extensionPending: true }));
    case "link-failed":
      return {
        ...context,
        person: { ...person, linkTries: effect.tries, linkBlockedUntil: effect.blockedUntil },
      };
    case "consent":
      return { ...context, person: { ...person, consented: effect.granted } };
    case "withdraw-consent":
      return {
        ...context,
        person: { ...person, memberships: [], consented: false, phone: null, phoneAgreed: false },
      };
    case "agree-phone":
      return { ...context, person: { ...person, phoneAgreed: true } };
    case "save-phone":
      return { ...context, person: { ...person, phone: "********017" } };
    case "drop-phone":
      return { ...context, person: { ...person, phone: null, phoneAgreed: false } };
    case "opt-out":
    case "opt-in":
      return { ...context, person: { ...person, optedOut: effect.type === "opt-out" } };
    case "keep-silent":
      return { ...context, person: { ...person, silentUntil: effect.until } };
    case "close-ticket":
    case "decline-ticket":
      return withTicket(context, effect.code, { status: "closed" });
    case "reply-ticket":
      return withTicket(context, effect.code, { status: "answered", reply: effect.text });
    case "merge-ticket":
      return withTicket(context, effect.code, { leadCode: effect.into });
    case "approve-answer":
      return withTicket(context, effect.code, { generalQuestion: effect.question });
    case "withdraw-answer":
      return withTicket(context, effect.code, { generalQuestion: null });
    case "acknowledge-digest":
      return {
        ...context,
        digests: context.digests.map((digest) =>
          digest.id === effect.digestId ? { ...digest, readBy: [...digest.readBy, person.id] } : digest,
        ),
      };
    case "answer-clarification":
      return {
        ...context,
        clarifications: context.clarifications.map((asked) =>
          asked.code === effect.code ? { ...asked, answer: effect.text } : asked,
        ),
      };
    case "open-ticket":
      return { ...context, tickets: [opened(effect), ...context.tickets] };
    case "say":
    case "tell":
    case "redeem-invitation":
    case "bind-group":
    case "end-group":
    case "forget-person":
    case "decide-extension":
    case "delegate":
    case "end-delegation":
    case "remind-missing":
    case "escalate-ticket":
    case "ask-clarification":
    case "feedback":
      return context;
  }
}

const opened = ({ code, kind, text }: EffectOf<"open-ticket">): TicketView =>
  aTicket({ code, kind, text, askedByMe: true });

const withTicket = (context: TurnContext, code: string, changes: Partial<TicketView>): TurnContext => ({
  ...context,
  tickets: context.tickets.map((ticket) => (ticket.code === code ? { ...ticket, ...changes } : ticket)),
});

function withReport(
  context: TurnContext,
  obligationId: string,
  change: (report: ReportView) => Partial<ReportView>,
): TurnContext {
  return {
    ...context,
    reports: context.reports.map((report) =>
      report.obligationId === obligationId ? { ...report, ...change(report) } : report,
    ),
  };
}
