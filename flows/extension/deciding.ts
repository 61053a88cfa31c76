/** An officer's yes or no; whoever asked is told by whoever writes it down. */
import type { View } from "../../src/conversation/flow";
import type { Effect } from "../../src/conversation/effects";
import { say, type Message } from "../../src/conversation/message";
import { isStaffOf } from "../staff/waiting";
import { wording } from "./wording.vi";

export function decide(
  id: string,
  granted: boolean,
  view: View,
): { readonly end: readonly Message[]; readonly effects?: readonly Effect[] } {
  const extension = view.context.extensions.find((asked) => asked.id === id);
  if (extension === undefined || !isStaffOf(view, extension.receiverUnitCode)) {
    return { end: [say(wording.unknown)] };
  }
  if (extension.state !== "asked") return { end: [say(wording.decided(extension))] };
  return {
    end: [say(granted ? wording.granted(extension) : wording.refused(extension))],
    effects: [{ type: "decide-extension", id, granted }],
  };
}
