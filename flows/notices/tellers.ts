/** Every kind of news in words; null where it is of no use to the person any more. */
import type { Tellers, Told } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { wording as deputyWording } from "../deputy/wording.vi";
import { monthCard } from "../card/flow";
import { requestMessage } from "../clarify/flow";
import { wording as clarifyWording } from "../clarify/wording.vi";
import { upButton } from "../difficulty/passing-up";
import { wording as difficultyWording } from "../difficulty/wording.vi";
import { digestMessage } from "../staff/digest-message";
import { menuButton } from "../menu/menu-button.vi";
import { otherButtons } from "../staff/tickets";
import { officeTickets } from "../staff/waiting";
import { wording as staffWording } from "../staff/wording.vi";
import { reminder } from "./reminder";
import { titles, wording } from "./wording.vi";

const notice = (text: string): Told => ({ kind: "notice", messages: [say(text)] });

export const tellers: Tellers = {
  reminder,
  digest({ digestId }, view) {
    const { context } = view;
    const digest = context.digests.find(({ id }) => id === digestId);
    if (digest === undefined) return null;
    const template = { name: "digest" as const, data: wording.digestTemplate(digest) };
    return { kind: "digest", messages: [{ ...digestMessage(digest, view), template }] };
  },
  correction: ({ text }) => notice(text),
  "ticket-opened"({ ticketCode }, view) {
    const ticket = officeTickets(view).find(({ code }) => code === ticketCode);
    if (ticket?.status !== "open") return null;
    const message = say(staffWording.opened(ticket), [
      tap(titles.reply, "ticket.reply", ticketCode),
      ...upButton(ticket),
      ...otherButtons(ticket),
    ]);
    return { kind: "notice", messages: [message] };
  },
  "ticket-escalated"({ ticketCode, office }, { context }) {
    const ticket = context.tickets.find(({ code }) => code === ticketCode);
    return notice(difficultyWording.goneUp(ticketCode, office, ticket?.text ?? null));
  },
  "ticket-replied"({ ticketCode, text, from }, { context }) {
    const ticket = context.tickets.find(({ code }) => code === ticketCode) ?? null;
    return notice(wording.replied(ticket, { code: ticketCode, text, from: from ?? null }));
  },
  "ticket-closed"({ ticketCode, offTopic }, { context }) {
    const ticket = context.tickets.find(({ code }) => code === ticketCode) ?? null;
    if (offTopic === true)
      return {
        kind: "notice",
        messages: [say(wording.declined(ticketCode, ticket?.text ?? null), [menuButton])],
      };
    return notice(wording.ticketClosed(ticketCode, ticket?.kind ?? null));
  },
  "extension-asked"({ extensionId }, { context }) {
    const extension = context.extensions.find(({ id }) => id === extensionId);
    if (extension?.state !== "asked") return null;
    const message = say(wording.extensionAsked(extension), [
      tap(titles.grant, "ext.grant", extensionId),
      tap(titles.refuse, "ext.refuse", extensionId),
    ]);
    return { kind: "notice", messages: [message] };
  },
  "extension-decided": ({ text }) => notice(text),
  "delegation-made": (made) => notice(deputyWording.made(made)),
  "delegation-ended": ({ unitName }) => notice(deputyWording.ended(unitName)),
  // The tap opens the conversation anew, so that next week's reminder finds it open.
  "report-forwarded": ({ text, obligationId }) => ({
    kind: "notice",
    messages: [
      say(text, [
        tap(titles.seeReport, "report.start", ...(obligationId === undefined ? [] : [obligationId])),
      ]),
    ],
  }),
  "clarification-asked"({ code }, view) {
    const asked = view.context.clarifications.find((known) => known.code === code);
    if (asked === undefined || asked.answer !== null) return null;
    return { kind: "notice", messages: [requestMessage(asked, view)] };
  },
  "clarification-answered"({ code }, { context }) {
    const asked = context.clarifications.find((known) => known.code === code);
    return asked === undefined || asked.answer === null
      ? null
      : notice(clarifyWording.told(asked, asked.answer));
  },
  alarm: ({ text }) => notice(text),
  "month-card": monthCard,
};
