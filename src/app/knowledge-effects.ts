/** Effects on questions and difficulties: tickets, what offices do with them, and whether an answer helped. */
import { recordFeedback } from "../knowledge/feedback";
import { findLead } from "../knowledge/ticket-groups";
import { openTicket } from "../knowledge/tickets";
import { postNews } from "../messaging/inbox";
import { linkedTo } from "../people/persons";
import type { Campaign } from "../reporting/campaign";
import type { Asked, Handlers } from "./handlers";
import { createOfficeActions, type By } from "./office-actions";
import type { Rooms } from "./rooms";

type Own =
  | "open-ticket"
  | "reply-ticket"
  | "close-ticket"
  | "merge-ticket"
  | "decline-ticket"
  | "approve-answer"
  | "withdraw-answer"
  | "feedback";

const officer = ({ personId, eventKey, now }: Asked): By => ({ actor: personId, key: eventKey, now });

export function handlersOf(rooms: Rooms): Pick<Handlers, Own> {
  const { campaign, knowledge } = rooms;
  const office = createOfficeActions(rooms);
  return {
    "open-ticket": async (db, { code, kind, text, unitCode, line }, { personId, at, now }) => {
      const receiverUnitCode = receiverOf(campaign, line);
      const leadCode =
        kind === "question"
          ? await findLead(db, { text, receiverUnitCode }, (one, others) => knowledge.sameAs(one, others))
          : null;
      await openTicket(db, { code, kind, text, unitCode, line, personId, receiverUnitCode, leadCode, at });
      // Staff have heard of the question already; the list of what waits counts those who ask it.
      if (leadCode !== null) return;
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
    "reply-ticket": (db, { code, text }, asked) => office.answer(db, code, text, officer(asked)),
    "close-ticket": (db, { code }, asked) => office.close(db, code, officer(asked)),
    "decline-ticket": (db, { code }, asked) => office.decline(db, code, officer(asked)),
    "merge-ticket": (db, { code, into }, asked) => office.merge(db, code, into, officer(asked)),
    "approve-answer": async (db, { code, question }, asked) => {
      await office.approve(db, code, { question }, officer(asked));
    },
    "withdraw-answer": (db, { code }, asked) => office.withdraw(db, code, officer(asked)),
    feedback: (db, { entryId, helpful }, { personId, at }) =>
      recordFeedback(db, { personId, entryId, helpful, at }),
  };
}

/** A difficulty goes to the office that receives the line; a question to the office of the campaign. */
const receiverOf = (campaign: Campaign, line: string | null): string =>
  campaign.lines.find(({ id }) => id === line)?.receiver ?? campaign.office;
