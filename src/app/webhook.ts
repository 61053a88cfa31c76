/** What a webhook's bytes become: dropped, or an event that is durable. */
import type { Inbox } from "../messaging/inbox";
import type { Metrics } from "../web/metrics";
import type { WebhookPort } from "../web/ports";
import type { Zalo } from "../zalo/connect";

export const createReceive = (zalo: Zalo, inbox: Inbox, metrics: Metrics): WebhookPort["receive"] =>
  async function receive(rawBody, headers) {
    if (zalo.verify(rawBody, headers) === null) return "dropped";
    const incoming = zalo.read(rawBody);
    if (incoming === null) return "dropped";
    metrics.eventReceived(incoming.name);
    await inbox.record(incoming);
    return "accepted";
  };
