/**
 * What an office does with its tickets, from the chat or by API: kept on the ticket, noted in the audit, and
 * told to everybody who asked the same, each once and by their own question.
 */
import type { Instant } from "../core/clock";
import type { News } from "../conversation/event";
import { approveAnswer, withdrawAnswer, type GeneralAnswer } from "../knowledge/general-answers";
import { mergeTickets } from "../knowledge/ticket-groups";
import { askersOf, closeTicket, replyTicket, type Asker } from "../knowledge/tickets";
import { postNews } from "../messaging/inbox";
import { unitName } from "../reporting/roster";
import { recordDecision } from "../store/audit";
import type { Db } from "../store/database";
import type { Rooms } from "./rooms";

export interface By {
  /** Person id of the officer, or `api`. */
  readonly actor: string;
  /** Sets this act apart from another on the same ticket. */
  readonly key: string;
  readonly now: Instant;
}

export interface OfficeActions {
  answer(db: Db, code: string, text: string, by: By): Promise<void>;
  close(db: Db, code: string, by: By): Promise<void>;
  /** Closes with one polite line: no business of this channel. */
  decline(db: Db, code: string, by: By): Promise<void>;
  merge(db: Db, code: string, into: string, by: By): Promise<void>;
  approve(db: Db, code: string, words: GeneralWords, by: By): Promise<GeneralAnswer>;
  withdraw(db: Db, code: string, by: By): Promise<void>;
}

/** What everybody may read; without `answer`, the last reply. */
export interface GeneralWords {
  readonly question: string;
  readonly answer?: string | undefined;
}

export function createOfficeActions({
  campaign,
  knowledge,
}: Pick<Rooms, "campaign" | "knowledge">): OfficeActions {
  async function end(db: Db, code: string, offTopic: boolean, { actor, now }: By): Promise<void> {
    const lead = await closeTicket(db, code);
    if (lead.status === "closed") return;
    const action = offTopic ? "decline-ticket" : "close-ticket";
    await recordDecision(db, { at: now, actor, action, target: lead.code });
    await tellAskers(db, lead.code, { key: `ticket-closed:${lead.code}`, now }, ({ ticketCode, personId }) =>
      personId === actor
        ? null
        : { kind: "ticket-closed", ticketCode, ...(offTopic ? { offTopic: true } : {}) },
    );
  }

  return {
    async answer(db, code, text, { actor, key, now }) {
      const lead = await replyTicket(db, { code, text, by: actor, at: now });
      await recordDecision(db, { at: now, actor, action: "reply-ticket", target: lead.code });
      const from = { office: unitName(campaign, lead.receiverUnitCode), at: now };
      const told = { key: `ticket-replied:${lead.code}:${key}`, now };
      await tellAskers(db, lead.code, told, ({ ticketCode }) => ({
        kind: "ticket-replied",
        ticketCode,
        text,
        from,
      }));
    },
    close: (db, code, by) => end(db, code, false, by),
    decline: (db, code, by) => end(db, code, true, by),
    async merge(db, code, into, { actor, now }) {
      const { merged, lead } = await mergeTickets(db, { code, into });
      await recordDecision(db, {
        at: now,
        actor,
        action: "merge-ticket",
        target: merged.code,
        details: { into: lead.code },
      });
    },
    async approve(db, code, { question, answer }, { actor, now }) {
      const found = knowledge.ask(question, []);
      const fills = found.kind === "gap" ? (found.entryIds[0] ?? null) : null;
      const approved = await approveAnswer(db, { code, question, answer, fills, by: actor, at: now });
      const target = approved.ticketCode;
      await recordDecision(db, { at: now, actor, action: "approve-answer", target, details: { fills } });
      return approved;
    },
    async withdraw(db, code, { actor, now }) {
      const target = await withdrawAnswer(db, code, now);
      await recordDecision(db, { at: now, actor, action: "withdraw-answer", target });
    },
  };
}

/** The key sets one act apart from another; each asker hears of each act once. */
async function tellAskers(
  db: Db,
  leadCode: string,
  { key, now }: { readonly key: string; readonly now: Instant },
  newsFor: (asker: Asker) => News | null,
): Promise<void> {
  const items = (await askersOf(db, leadCode)).flatMap((asker) => {
    const news = newsFor(asker);
    return news === null ? [] : [{ personId: asker.personId, key: `${key}:${asker.personId}`, news }];
  });
  await postNews(db, items, now);
}
