/** `dừng nhận tin`, `nhận tin lại`. */
import { defineFlow } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { titles, wording } from "./wording.vi";

const ON_AGAIN = new Set(["nhan tin lai", "nhan lai tin", "bat tin nhac", "stop.resume"]);

export const stopMessages = defineFlow<never, Record<string, never>>({
  id: "stop-messages",
  version: 1,
  words: ["dung nhan tin", "ngung nhan tin", "tat tin nhac", "nhan tin lai", "nhan lai tin", "bat tin nhac"],
  taps: ["stop.stop", "stop.resume"],
  parse: () => ({}),
  open({ action }, { context }) {
    const { optedOut } = context.person;
    if (ON_AGAIN.has(action)) {
      if (!optedOut) return { end: [say(wording.alreadyOn, [menuButton])] };
      return { end: [say(wording.resumed, [menuButton])], effects: [{ type: "opt-in" }] };
    }
    const again = [tap(titles.resume, "stop.resume")];
    if (optedOut) return { end: [say(wording.alreadyStopped, again)] };
    return { end: [say(wording.stopped, again)], effects: [{ type: "opt-out" }] };
  },
  steps: {},
});
