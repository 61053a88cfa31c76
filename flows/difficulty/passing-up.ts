/** An office passes a difficulty on to the one above it. */
import type { TicketView } from "../../src/conversation/context";
import type { Move, View } from "../../src/conversation/flow";
import { say, tap, type Button } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { officeTickets } from "../staff/waiting";
import { titles, wording } from "./wording.vi";

/** Nothing for what has nowhere to go. */
export const upButton = ({ code, kind, above }: TicketView): Button[] =>
  kind === "difficulty" && typeof above === "string" ? [tap(titles.up, "difficulty.up", code)] : [];

export function passUp(code: string, view: View): Move<never, never> {
  const ticket = officeTickets(view).find((known) => known.code === code);
  if (ticket?.kind !== "difficulty" || ticket.status === "closed" || typeof ticket.above !== "string")
    return { end: [say(wording.notHere(code), [menuButton])] };
  return {
    end: [say(wording.passedUp(code, ticket.above))],
    effects: [{ type: "escalate-ticket", code, from: ticket.receiverUnitCode }],
  };
}
