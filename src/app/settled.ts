/** What is learnt from the sender: whether a unit could be reached, and which chat groups are lost. */
import type { Instant } from "../core/clock";
import type { Found, Settlement } from "../messaging/outbox";
import { unbindGroup } from "../people/office-groups";
import { markReached, obligationsReminded, type DeliveryResult } from "../reporting/reached";
import type { Db } from "../store/database";
import { kindOfReason } from "../zalo/error-table";
import { isLostGroup } from "../zalo/failures";
import { NOT_DELIVERED } from "../zalo/wording.vi";
import { appWording } from "./wording.vi";

const words: Readonly<Record<string, string>> = appWording.notDelivered;

/** Why a message was not delivered, for people: our own reasons and the platform's. */
export function whyNotDelivered(reason: string): string {
  const kind = kindOfReason(reason);
  return words[reason] ?? (kind === null ? appWording.notDeliveredOtherwise : NOT_DELIVERED[kind]);
}

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
    return { obligationIds, ok: false, reason: whyNotDelivered(settled.reason) };
  });
  if (results.length > 0) await markReached(db, results);
}

/** A reminder that was found after all has reached its unit. */
export async function noteFound(db: Db, found: readonly Found[]): Promise<void> {
  const keys = found.flatMap(({ kind, eventKey }) => (kind === "reminder" ? [eventKey] : []));
  const obligationIds = [...(await obligationsReminded(db, keys)).values()].flat();
  if (obligationIds.length > 0) await markReached(db, [{ obligationIds, ok: true, reason: "" }]);
}

/** A chat group that the account is no longer in is nobody's any more; the offices whose they were. */
export async function leaveLostGroups(
  db: Db,
  settlements: readonly Settlement[],
  now: Instant,
): Promise<readonly string[]> {
  const offices: string[] = [];
  for (const { delivery, settled } of settlements) {
    const { groupId } = delivery;
    if (groupId === null || settled.status !== "never" || !isLostGroup(settled.reason)) continue;
    const office = await unbindGroup(db, { groupId, actor: "zalo" }, now);
    if (office !== null) offices.push(office);
  }
  return offices;
}
