/** The coming instants at which something falls due, so that a clock can jump from one to the next. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import type { Campaign } from "./campaign";
import { allPeriods } from "./periods";
import { heldSince } from "./held-reminders";
import { cardMonths } from "./unit-card";
import { afterQuiet, isQuiet, stepsOf, type Owed } from "./reminder-steps";

export interface AgendaItem {
  readonly at: Instant;
  readonly kind: "opening" | "reminder" | "due" | "closing";
  readonly line: string;
  readonly period: string;
}

/** Everything that the calendar of the campaign brings after `after`, in order of time. */
export const agendaAfter = (campaign: Campaign, after: Instant): readonly AgendaItem[] =>
  [...allPeriods(campaign).values()]
    .flat()
    .flatMap((period) => itemsOf(campaign, { ...period, period: period.id }))
    .filter(({ at }) => at > after)
    .sort((a, b) => a.at - b.at);

function itemsOf(campaign: Campaign, owed: Owed): AgendaItem[] {
  const { line, period } = owed;
  return [
    { at: owed.opensAt, kind: "opening", line, period },
    ...stepsOf(campaign, owed).map(({ at }) => ({ at, kind: "reminder" as const, line, period })),
    { at: owed.dueAt, kind: "due", line, period },
    { at: owed.closesAt, kind: "closing", line, period },
  ];
}

const instant = z.coerce.number();
const movedRow = z.object({
  line: z.string(),
  period: z.string(),
  opensAt: instant,
  dueAt: instant,
  closesAt: instant,
});

/** The next instant at which anything falls due, deadlines moved for single units included; null after the last. */
export async function nextAgendaInstant(db: Db, campaign: Campaign, after: Instant): Promise<Instant | null> {
  const moved = await rowsOf(
    db,
    sql`select distinct o.line, o.period, o.opens_at as "opensAt", o.due_at as "dueAt", o.closes_at as "closesAt"
        from obligations o join periods p on p.line = o.line and p.id = o.period
        where o.due_at <> p.due_at and o.closes_at > ${after} and o.exempt_reason is null`,
    movedRow,
  );
  const instants = [
    ...agendaAfter(campaign, after).slice(0, 1),
    ...cardMonths(campaign)
      .filter(({ at }) => at > after)
      .slice(0, 1),
    ...moved
      .filter(({ line }) => campaign.lines.some(({ id }) => id === line))
      .flatMap((owed) => itemsOf(campaign, owed)),
  ].map(({ at }) => at);
  const quietEnd = isQuiet(campaign.quietHours, after) ? afterQuiet(campaign.quietHours, after) : null;
  if (quietEnd !== null && (await heldSince(db)) !== null) instants.push(quietEnd);
  const next = Math.min(...instants.filter((at) => at > after));
  return Number.isFinite(next) ? next : null;
}
