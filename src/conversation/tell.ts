/** News: what the program has to tell a person, without touching the conversation in hand. */
import type { Effect } from "./effects";
import type { News } from "./event";
import type { Tellers, Told, View } from "./flow";
import { joined } from "./message";

/** News that a person who asked for silence still gets: answers to what they themselves asked. */
const EVEN_WHEN_OPTED_OUT: ReadonlySet<News["kind"]> = new Set([
  "ticket-replied",
  "ticket-closed",
  "ticket-escalated",
  "extension-decided",
  "delegation-made",
  "clarification-answered",
]);

export function tellNews(tellers: Tellers, news: News, view: View): readonly Effect[] {
  if (view.context.person.optedOut && !EVEN_WHEN_OPTED_OUT.has(news.kind)) return [];
  const told = tell(tellers, news, view);
  if (told === null) return [];
  const messages = joined(told.messages);
  return [
    ...(told.effects ?? []),
    ...(messages.length === 0 ? [] : [{ type: "say", kind: told.kind, messages } as const]),
  ];
}

function tell(tellers: Tellers, news: News, view: View): Told | null {
  switch (news.kind) {
    case "reminder":
      return tellers.reminder(news, view);
    case "digest":
      return tellers.digest(news, view);
    case "correction":
      return tellers.correction(news, view);
    case "ticket-opened":
      return tellers["ticket-opened"](news, view);
    case "ticket-replied":
      return tellers["ticket-replied"](news, view);
    case "ticket-closed":
      return tellers["ticket-closed"](news, view);
    case "ticket-escalated":
      return tellers["ticket-escalated"](news, view);
    case "extension-asked":
      return tellers["extension-asked"](news, view);
    case "extension-decided":
      return tellers["extension-decided"](news, view);
    case "delegation-made":
      return tellers["delegation-made"](news, view);
    case "delegation-ended":
      return tellers["delegation-ended"](news, view);
    case "report-forwarded":
      return tellers["report-forwarded"](news, view);
    case "clarification-asked":
      return tellers["clarification-asked"](news, view);
    case "clarification-answered":
      return tellers["clarification-answered"](news, view);
    case "alarm":
      return tellers.alarm(news, view);
    case "month-card":
      return tellers["month-card"](news, view);
  }
}
