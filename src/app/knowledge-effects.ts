/** Effects on questions and difficulties: tickets, answers, and whether an answer helped. */
import { sql } from "drizzle-orm";
import { recordFeedback } from "../knowledge/feedback";
import { closeTicket, openTicket } from "../knowledge/tickets";
import { postNews } from "../messaging/inbox";
import { linkedTo } from "../people/persons";
import type { Campaign } from "../reporting/campaign";
import { answerTicket } from "./answer-ticket";
import type { Handlers } from "./effects";
import { recipientsOf } from "./recipients";
import type { Rooms } from "./rooms";

type Own = "open-ticket" | "reply-ticket" | "close-ticket" | "feedback";

export function handlersOf({ campaign }: Rooms): Pick<Handlers, Own> {
  return {
    "open-ticket": async (db, { code, kind, text, unitCode, line }, { personId, at, now }) => {
      const receiverUnitCode = receiverOf(campaign, line);
      await openTicket(db, { code, kind, text, unitCode, line, personId, receiverUnitCode, at });
      const staff = await linkedTo(db, [receiverUnitCode], "staff");
      await postNews(
        db,
        staff.map((to) => ({
          personId: to,
          key: `ticket-opened:${code}:${to}`,
          news: { kind: "ticket-opened", ticketCode: code },
        })),
        now,
      );
    },
    "reply-ticket": (db, { code, text }, { personId, eventKey, now }) =>
      answerTicket(db, { code, text, by: personId, key: eventKey }, now),
    "close-ticket": async (db, { code }, { personId, at, now }) => {
      await closeTicket(db, code);
      await db.execute(sql`insert into audit (at, actor, action, target, details)
        values (${at}, ${personId}, 'close-ticket', ${code}, '{}'::jsonb)`);
      const askers = await recipientsOf(db, { ticketAsker: code });
      await postNews(
        db,
        askers
          .filter((to) => to !== personId)
          .map((to) => ({
            personId: to,
            key: `ticket-closed:${code}`,
            news: { kind: "ticket-closed", ticketCode: code },
          })),
        now,
      );
    },
    feedback: (db, { entryId, helpful }, { personId, at }) =>
      recordFeedback(db, { personId, entryId, helpful, at }),
  };
}

/** A difficulty goes to the office that receives the line; a question to the office of the campaign. */
const receiverOf = (campaign: Campaign, line: string | null): string =>
  campaign.lines.find(({ id }) => id === line)?.receiver ?? campaign.office;
