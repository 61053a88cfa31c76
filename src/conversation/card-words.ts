/** By which words and button a person asks for their unit's own record, so that it is looked up only for who asks. */
import { foldedWords } from "../core/text";
import type { ConversationEvent } from "./event";

export const CARD_WORDS: readonly string[] = ["the thang", "thanh tich", "ket qua cua toi"];
export const CARD_TAP = "card.open";

const ASKED: ReadonlySet<string> = new Set(CARD_WORDS);

export const asksForCard = (event: ConversationEvent): boolean =>
  event.kind === "text" && (event.text.startsWith(`#${CARD_TAP}`) || ASKED.has(foldedWords(event.text)));
