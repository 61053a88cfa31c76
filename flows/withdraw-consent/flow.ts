/** `rút đồng ý`: ends what a person had agreed to, and nothing else; their messages and the unit's reports stay. */
import { defineFlow } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { asksSomething } from "../../src/core/question-words";
import { PURPOSE } from "../link/purpose";
import { menuButton } from "../menu/menu-button.vi";
import { saysBack, saysNo, saysYes } from "../spoken-words";
import { titles, wording } from "./wording.vi";

export const withdrawConsent = defineFlow<"confirm", Record<string, never>>({
  id: "withdraw-consent",
  version: 1,
  words: ["rut dong y", "rut lai dong y", "rut lai su dong y", "khong dong y nua"],
  taps: ["consent.withdraw", "consent.confirm", "consent.keep"],
  parse: () => ({}),
  open({ action }, { context }) {
    if (action === "consent.keep") return { end: [say(wording.kept, [menuButton])] };
    // An old button asks once more: nothing is ended by a tap of last week.
    if (context.person.memberships.length > 0) return { go: "confirm", data: {} };
    return { end: [say(wording.nothing, [menuButton])] };
  },
  leave: () => say(wording.kept),
  steps: {
    confirm: {
      claims: (folded) => saysBack(folded),
      ask: (_data, { context }) =>
        say(wording.ask([...new Set(context.person.memberships.map(({ unitName }) => unitName))]), [
          tap(titles.withdraw, "consent.confirm"),
          tap(titles.keep, "consent.keep"),
        ]),
      hear(heard, _data, view) {
        if (heard.kind === "files") return { again: [say(wording.askAgain)] };
        const word = heard.kind === "text" ? heard.text : "";
        const action = heard.kind === "tap" ? heard.action : "";
        if (action === "consent.confirm" || saysYes(word))
          return {
            end: [say(wording.withdrawn(view.code("RD")), [menuButton])],
            effects: [{ type: "withdraw-consent", purpose: PURPOSE }],
          };
        if (action === "consent.keep" || saysNo(word) || saysBack(word)) return { end: [say(wording.kept)] };
        if (heard.kind === "tap" || asksSomething(word)) return null;
        return { again: [say(wording.askAgain)] };
      },
    },
  },
});
