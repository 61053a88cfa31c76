/** The private card of the month: once for each person who reports, over all their units. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { postNews } from "../messaging/inbox";
import { dropHeldCards } from "../messaging/outbox";
import type { Campaign } from "../reporting/campaign";
import { groupBy } from "../reporting/group-by";
import { cardMonths } from "../reporting/unit-card";
import { loadCards } from "../reporting/unit-cards";
import { rowsOf, type Db } from "../store/database";

/**
 * Records the cards that fell due after `from`, up to and including `to`; after a long stop those of the newest
 * month alone. Cards of earlier months that nobody came for are dropped: one is enough.
 */
export async function recordMonthCards(
  db: Db,
  campaign: Campaign,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<void> {
  const due = cardMonths(campaign).findLast(({ at }) => at > from && at <= to);
  if (due === undefined) return;
  const cards = await loadCards(db, campaign, due);
  const reporters = groupBy(await reportersNow(db), ({ personId }) => personId);
  const items = [...reporters].flatMap(([personId, units]) => {
    const own = units.flatMap(({ unitCode }) => cards.get(unitCode) ?? []);
    if (own.length === 0) return [];
    const news = { kind: "month-card" as const, month: due.month, cards: own };
    return [{ personId, key: `card:${due.month}:${personId}`, news }];
  });
  await dropHeldCards(db);
  await postNews(db, items, to);
}

/** Whoever reports for a unit as their own task; who stands in for a few days has no record there. */
const reportersNow = (db: Db) =>
  rowsOf(
    db,
    sql`select m.person_id as "personId", m.unit_code as "unitCode" from memberships m
      join persons p on p.id = m.person_id
      where m.role = 'reporter' and m.delegation_id is null and p.opted_out_at is null
        and p.unreachable is null and p.forgotten_at is null
      order by m.person_id, m.linked_at, m.unit_code`,
    z.object({ personId: z.string(), unitCode: z.string() }),
  );
