/** "Chuyển cấp trên": the office above is told like of a new difficulty, and whoever raised it where it is now. */
import type { NewsItem } from "../messaging/inbox";
import { postNews } from "../messaging/inbox";
import { escalateTicket } from "../knowledge/escalate-ticket";
import { askersOf } from "../knowledge/tickets";
import { linkedTo } from "../people/persons";
import { officeAbove } from "../reporting/office-above";
import { recordDecision } from "../store/audit";
import type { Handler } from "./handlers";
import type { Rooms } from "./rooms";

export const escalateOf =
  ({ campaign }: Rooms): Handler<"escalate-ticket"> =>
  async (db, { code, from }, { personId, at, now }) => {
    const above = officeAbove(campaign, from);
    if (above === null) return;
    const { unitCode: to, name, line } = above;
    if (!(await escalateTicket(db, { code, from, to, line }))) return;
    await recordDecision(db, {
      at,
      actor: personId,
      action: "escalate-ticket",
      target: code,
      details: { to },
    });
    const staff = await linkedTo(db, [to], "staff");
    const askers = await askersOf(db, code);
    const items = [
      ...staff.map((id): NewsItem => ({
        personId: id,
        key: `ticket-opened:${code}:${to}:${id}`,
        news: { kind: "ticket-opened", ticketCode: code },
      })),
      ...askers.map((asker): NewsItem => ({
        personId: asker.personId,
        key: `ticket-escalated:${asker.ticketCode}:${to}`,
        news: { kind: "ticket-escalated", ticketCode: asker.ticketCode, office: name },
      })),
    ];
    await postNews(db, items, now);
  };
