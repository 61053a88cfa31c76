/** Whether a unit could be told at all: one that no reminder reaches is not at fault for its silence. */
import { inArray, sql } from "drizzle-orm";
import type { Db } from "../store/database";
import { obligations, reminderSteps } from "../store/tables";
import { anyOf } from "../store/lists";
import { groupBy } from "./group-by";
import { ledgerWording } from "./ledger-wording.vi";

export interface Reachable {
  readonly unitCode: string;
  readonly optedOut: boolean;
  /** Why the platform delivers nothing to this person any more; null while it does. */
  readonly unreachable: string | null;
}

/** Marks obligations of which a reminder falls due while nobody of the unit can be written to, with the reason. */
export async function markNobodyThere(
  db: Db,
  due: readonly { readonly id: string; readonly unitCode: string }[],
  people: readonly Reachable[],
): Promise<void> {
  const teams = groupBy(people, ({ unitCode }) => unitCode);
  const untold = due.flatMap(({ id, unitCode }) => {
    const reason = whyNobody(teams.get(unitCode) ?? []);
    return reason === null ? [] : [{ id, reason }];
  });
  for (const [reason, group] of groupBy(untold, ({ reason }) => reason)) {
    await db
      .update(obligations)
      .set({ reached: false, notReachedReason: reason })
      .where(
        inArray(
          obligations.id,
          group.map(({ id }) => id),
        ),
      );
  }
}

function whyNobody(people: readonly Reachable[]): string | null {
  if (people.some(({ optedOut, unreachable }) => !optedOut && unreachable === null)) return null;
  if (people.length === 0) return ledgerWording.nobodyLinked;
  return people.every(({ optedOut }) => optedOut) ? ledgerWording.allOptedOut : ledgerWording.allUnreachable;
}

export interface DeliveryResult {
  readonly obligationIds: readonly string[];
  readonly ok: boolean;
  /** Why it was not delivered, in words for the office; unused where it was. */
  readonly reason: string;
}

/**
 * Notes how reminders ended. A unit is reached once any one of them was delivered; it is not reached when one
 * failed and none got through.
 */
export async function markReached(db: Db, results: readonly DeliveryResult[]): Promise<void> {
  const delivered = new Set(results.filter(({ ok }) => ok).flatMap(({ obligationIds }) => obligationIds));
  if (delivered.size > 0)
    await db
      .update(obligations)
      .set({ reached: true, notReachedReason: null })
      .where(inArray(obligations.id, [...delivered]));
  for (const { obligationIds, ok, reason } of results) {
    const failed = obligationIds.filter((id) => !ok && !delivered.has(id));
    if (failed.length === 0) continue;
    await db.execute(sql`
      update obligations o set reached = false, not_reached_reason = ${reason}
      where o.id = ${anyOf(failed)} and o.version = 0 and not exists (
        select 1 from reminder_steps s join deliveries d on d.event_key = s.event_key and d.person_id = s.person_id
        where s.obligation_id = o.id and d.status = 'sent')`);
  }
}

/** Which obligations each of these reminder events was about, for `markReached`. */
export async function obligationsReminded(
  db: Db,
  eventKeys: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (eventKeys.length === 0) return found;
  const rows = await db
    .select({ eventKey: reminderSteps.eventKey, obligationId: reminderSteps.obligationId })
    .from(reminderSteps)
    .where(inArray(reminderSteps.eventKey, [...eventKeys]));
  for (const { eventKey, obligationId } of rows)
    found.set(eventKey, [...(found.get(eventKey) ?? []), obligationId]);
  return found;
}
