/** What waits for an answer of the person's own offices. */
import type { TicketView } from "../../src/conversation/context";
import type { View } from "../../src/conversation/flow";

/** Whether the person answers for an office. */
export const isStaffOf = ({ context }: View, unitCode: string): boolean =>
  context.person.memberships.some((member) => member.role === "staff" && member.unitCode === unitCode);

export const officeTickets = (view: View): TicketView[] =>
  view.context.tickets.filter(({ receiverUnitCode }) => isStaffOf(view, receiverUnitCode));

/** Each group of like questions once, by the ticket that speaks for it. */
export const waitingTickets = (view: View): TicketView[] =>
  officeTickets(view).filter(({ status, leadCode }) => status === "open" && leadCode === null);

/** The ticket with this code, or the one that speaks for it. */
export function ticketOf(code: string, view: View): TicketView | undefined {
  const ticket = officeTickets(view).find((each) => each.code === code);
  return ticket === undefined || ticket.leadCode === null
    ? ticket
    : (officeTickets(view).find((each) => each.code === ticket.leadCode) ?? ticket);
}
