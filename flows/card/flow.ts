/** `thẻ tháng`: a unit's own record, for whoever reports in its name and asks. */
import { CARD_TAP, CARD_WORDS } from "../../src/conversation/card-words";
import { defineFlow, type Told } from "../../src/conversation/flow";
import type { News } from "../../src/conversation/event";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { isReporter } from "../phone/flow";
import { titles, wording } from "./wording.vi";

export const card = defineFlow<never, Record<string, never>>({
  id: "card",
  version: 1,
  words: CARD_WORDS,
  taps: [CARD_TAP],
  parse: () => ({}),
  open(_start, { context }) {
    if (!isReporter(context))
      return { end: [say(wording.notLinked, [tap(titles.link, "link.how"), menuButton])] };
    if (context.cards.length === 0) return { end: [say(wording.nothingYet, [menuButton])] };
    return { end: [say(wording.sinceStart(context.cards), [menuButton])] };
  },
  steps: {},
});

/** The card that comes by itself, once a month. */
export const monthCard = ({ month, cards }: Extract<News, { kind: "month-card" }>): Told => ({
  kind: "card",
  messages: [say(wording.monthly(month, cards), [tap(titles.sinceStart, CARD_TAP), menuButton])],
});
