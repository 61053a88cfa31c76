/** Units' own records, read from the ledger. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Db } from "../store/database";
import { anyOf } from "../store/lists";
import type { Campaign } from "./campaign";
import { groupBy } from "./group-by";
import { lineOf } from "./periods";
import { unitName } from "./roster";
import { cardsOf, type Span, type UnitCard } from "./unit-card";

/** A card in the names that people use. */
export interface NamedCard extends Omit<UnitCard, "unitCode" | "line"> {
  readonly unitName: string;
  /** Null where the unit owes one kind of report only. */
  readonly lineName: string | null;
}

const weekRow = z.object({
  unitCode: z.string(),
  line: z.string(),
  period: z.string(),
  dueAt: z.coerce.number(),
  exempt: z.boolean(),
  submittedAt: z.coerce.number().nullable(),
});

/** By unit code, for every unit with a week owed in the span; one card for each of its lines. */
export async function loadCards(
  db: Db,
  campaign: Campaign,
  span: Span,
): Promise<ReadonlyMap<string, readonly NamedCard[]>> {
  const rows = await rowsOf(
    db,
    sql`select unit_code as "unitCode", line, period, due_at as "dueAt", exempt_reason is not null as exempt,
        submitted_at as "submittedAt" from obligations
      where due_at < ${span.to} and line = ${anyOf(campaign.lines.map(({ id }) => id))}`,
    weekRow,
  );
  const byUnit = groupBy(cardsOf(campaign, rows, span), ({ unitCode }) => unitCode);
  return new Map(
    [...byUnit].map(([code, cards]) => [
      code,
      cards.map(({ unitCode, line, ...figures }) => ({
        ...figures,
        unitName: unitName(campaign, unitCode),
        lineName: cards.length === 1 ? null : lineOf(campaign, line).name,
      })),
    ]),
  );
}
