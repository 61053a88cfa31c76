/** What a webhook's bytes become: dropped, or an event that is durable, of which operators hear where they must. */
import type { Raise } from "../core/alarm";
import type { Inbox } from "../messaging/inbox";
import type { Metrics } from "../web/metrics";
import type { WebhookPort } from "../web/ports";
import type { Zalo } from "../zalo/connect";

export interface ReceiveParts {
  readonly zalo: Pick<Zalo, "verify" | "read">;
  readonly inbox: Inbox;
  readonly metrics: Pick<Metrics, "eventReceived" | "signatureMatched">;
  readonly alarm: Raise;
  /** Ends what an office made of a chat group; the same again changes nothing. */
  readonly endGroup: (groupId: string) => Promise<void>;
}

export const createReceive = ({
  zalo,
  inbox,
  metrics,
  alarm,
  endGroup,
}: ReceiveParts): WebhookPort["receive"] =>
  async function receive(rawBody, headers) {
    const reading = zalo.verify(rawBody, headers);
    if (reading === null) return "dropped";
    metrics.signatureMatched(reading);
    const incoming = zalo.read(rawBody);
    if (incoming === null) return "dropped";
    metrics.eventReceived(incoming.name, incoming.input !== null);
    // Before it is on record: an event that is not answered is delivered again.
    if (incoming.groupGone !== undefined) await endGroup(incoming.groupGone);
    const recorded = await inbox.record(incoming);
    if (recorded === "recorded" && incoming.alarm !== undefined) alarm(incoming.alarm);
    return "accepted";
  };
