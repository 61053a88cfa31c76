/** What waits for an answer of the person's own offices. */
import type { TicketView } from "../../src/conversation/context";
import type { View } from "../../src/conversation/flow";

/** Whether the person answers for an office. */
export const isStaffOf = ({ context }: View, unitCode: string): boolean =>
  context.person.memberships.some((member) => member.role === "staff" && member.unitCode === unitCode);

export const officeTickets = (view: View): TicketView[] =>
  view.context.tickets.filter(({ receiverUnitCode }) => isStaffOf(view, receiverUnitCode));

export const waitingTickets = (view: View): TicketView[] =>
  officeTickets(view).filter(({ status }) => status === "open");
