/** `dữ liệu của tôi` shows what is kept, `bản sao dữ liệu` gives all of it; `xóa dữ liệu` removes it, with a receipt. */
import type { TurnContext } from "../../src/conversation/context";
import { defineFlow } from "../../src/conversation/flow";
import { say, tap, type Button } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { isReporter, phoneButtons } from "../phone/flow";
import { titles as phoneTitles } from "../phone/wording.vi";
import { asksSomething } from "../../src/core/question-words";
import { saysBack, saysNo, saysYes } from "../spoken-words";
import { titles as withdrawTitles } from "../withdraw-consent/wording.vi";
import { titles, wording } from "./wording.vi";

const COPY = new Set(["ban sao du lieu", "sao luu du lieu cua toi", "data.copy"]);
const REMOVE = new Set(["xoa du lieu", "xoa du lieu cua toi", "data.remove"]);

/** The platform takes five; the menu is the one that everybody finds without a button. */
const MAX_CHOICES = 5;

function choices(context: TurnContext): Button[] {
  const { person } = context;
  return [
    tap(titles.copy, "data.copy"),
    tap(titles.remove, "data.remove"),
    ...(person.memberships.length === 0 ? [] : [tap(withdrawTitles.withdraw, "consent.withdraw")]),
    ...phoneButtons(context, isReporter(context)),
    ...(person.phone === null ? [] : [tap(phoneTitles.drop, "phone.drop")]),
    ...(person.optedOut ? [] : [tap(titles.stop, "stop.stop")]),
    menuButton,
  ].slice(0, MAX_CHOICES);
}

export const myData = defineFlow<"confirm", Record<string, never>>({
  id: "my-data",
  version: 1,
  words: [
    "du lieu cua toi",
    "du lieu ca nhan",
    "ban sao du lieu",
    "sao luu du lieu cua toi",
    "xoa du lieu",
    "xoa du lieu cua toi",
  ],
  taps: ["data.show", "data.copy", "data.remove", "data.confirm", "data.keep"],
  parse: () => ({}),
  open({ action }, { context }) {
    // An old "Xác nhận xóa" asks once more: nothing is removed by a button of last week.
    if (REMOVE.has(action) || action === "data.confirm") return { go: "confirm", data: {} };
    if (COPY.has(action))
      return { end: [{ text: wording.copy, file: `own-data:${context.person.id}`, buttons: [menuButton] }] };
    if (action === "data.keep") return { end: [say(wording.notRemoved, [menuButton])] };
    return { end: [say(wording.kept(context.person, context.campaign.office), choices(context))] };
  },
  leave: () => say(wording.notRemoved),
  steps: {
    confirm: {
      claims: (folded) => saysBack(folded),
      ask: (_data, { context }) =>
        say(wording.confirm(context.person.memberships.length > 0), [
          tap(titles.confirm, "data.confirm"),
          tap(titles.keep, "data.keep"),
        ]),
      hear(heard, _data, view) {
        if (heard.kind === "files") return { again: [say(wording.confirmAgain)] };
        const word = heard.kind === "text" ? heard.text : "";
        const action = heard.kind === "tap" ? heard.action : "";
        if (action === "data.confirm" || saysYes(word)) {
          return { end: [say(wording.removed(view.code("XD")))], effects: [{ type: "forget-person" }] };
        }
        if (action === "data.keep" || saysNo(word) || saysBack(word)) {
          return { end: [say(wording.notRemoved)] };
        }
        if (heard.kind === "tap" || asksSomething(word)) return null;
        return { again: [say(wording.confirmAgain)] };
      },
    },
  },
});
