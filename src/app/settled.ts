/** What the ledger learns from the sender: whether a unit could be reached. */
import type { Settlement } from "../messaging/outbox";
import { markReached, obligationsReminded, type DeliveryResult } from "../reporting/reached";
import type { Db } from "../store/database";
import { appWording } from "./wording.vi";

const words: Readonly<Record<string, string>> = appWording.notDelivered;

export async function noteReached(db: Db, settlements: readonly Settlement[]): Promise<void> {
  const reminders = settlements.filter(
    ({ delivery, settled }) =>
      delivery.kind === "reminder" && settled.status !== "later" && settled.status !== "unknown",
  );
  const about = await obligationsReminded(
    db,
    reminders.map(({ delivery }) => delivery.eventKey),
  );
  const results = reminders.map(({ delivery, settled }): DeliveryResult => {
    const obligationIds = about.get(delivery.eventKey) ?? [];
    if (settled.status === "sent") return { obligationIds, ok: true, reason: "" };
    return { obligationIds, ok: false, reason: words[settled.reason] ?? appWording.notDeliveredOtherwise };
  });
  if (results.length > 0) await markReached(db, results);
}
