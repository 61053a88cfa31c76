/** A digest with what can be done about it, the most pressing first. */
import type { DigestView } from "../../src/conversation/context";
import type { View } from "../../src/conversation/flow";
import { tap, type Message } from "../../src/conversation/message";
import { titles as clarifyTitles } from "../clarify/wording.vi";
import { titles } from "./wording.vi";

/** The platform shows five; what falls off is in the menu too. */
const MAX_BUTTONS = 5;

export function digestMessage(digest: DigestView, { context }: View): Message {
  const { id, text, missing, upwardObligationId, upwardName, readBy } = digest;
  const actions = [
    ...(upwardObligationId === null
      ? []
      : [tap(titles.upward(upwardName ?? ""), "report.start", upwardObligationId)]),
    ...(readBy.includes(context.person.id) ? [] : [tap(titles.read, "staff.read", id)]),
    tap(clarifyTitles.start, "clarify.start", id),
    ...(missing > 0 ? [tap(titles.remind(missing), "staff.remind", id)] : []),
    tap(titles.pdf, "staff.pdf", id),
    tap(titles.waiting, "staff.waiting"),
  ];
  return { text, buttons: actions.slice(0, MAX_BUTTONS), picture: `digest:${id}` };
}
