/** A digest with what can be done about it. */
import type { DigestView } from "../../src/conversation/context";
import { tap, type Message } from "../../src/conversation/message";
import { titles } from "./wording.vi";

export function digestMessage(digest: DigestView): Message {
  const { id, text, missing, upwardObligationId, upwardName } = digest;
  const buttons = [
    ...(upwardObligationId === null
      ? []
      : [tap(titles.upward(upwardName ?? ""), "report.start", upwardObligationId)]),
    ...(missing > 0 ? [tap(titles.remind(missing), "staff.remind", id)] : []),
    tap(titles.waiting, "staff.waiting"),
  ];
  return { text, buttons, picture: `digest:${id}` };
}
