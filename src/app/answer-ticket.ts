/** An officer's answer, from the chat or by API: kept on the ticket and told to whoever asked. */
import type { Instant } from "../core/clock";
import { postNews } from "../messaging/inbox";
import { replyTicket } from "../knowledge/tickets";
import type { Db } from "../store/database";
import { recipientsOf } from "./recipients";

export interface TicketAnswer {
  readonly code: string;
  readonly text: string;
  /** Person id of the officer, or `api`. */
  readonly by: string;
  /** Sets this answer apart from another with the same words. */
  readonly key: string;
}

export async function answerTicket(
  db: Db,
  { code, text, by, key }: TicketAnswer,
  now: Instant,
): Promise<void> {
  await replyTicket(db, { code, text, by, at: now });
  const askers = await recipientsOf(db, { ticketAsker: code });
  await postNews(
    db,
    askers.map((personId) => ({
      personId,
      key: `ticket-replied:${code}:${key}`,
      news: { kind: "ticket-replied" as const, ticketCode: code, text },
    })),
    now,
  );
}
