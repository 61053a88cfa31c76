/** Questions that mean the same wait together: one leads, one answer reaches everybody who asked. */
import { and, desc, eq, isNull, or, sql } from "drizzle-orm";
import { refused } from "../core/errors";
import type { Db } from "../store/database";
import { tickets } from "../store/tables";
import { holdLead, type TicketRow } from "./tickets";
import { wording } from "./wording.vi";

/** A new question is compared with so many that wait, the newest first. */
const MOST_COMPARED = 200;
/** Tickets are opened one transaction at a time, so that two who ask the same at once find each other; any number will do. */
const OPENING_LOCK = 31_600_317;

/** The place of the question among the others that asks the same. */
export type SameAs = (text: string, others: readonly string[]) => number | null;

/** The waiting question of this office that means the same, or null; until the transaction ends no other is opened. */
export async function findLead(
  db: Db,
  { text, receiverUnitCode }: { readonly text: string; readonly receiverUnitCode: string },
  sameAs: SameAs,
): Promise<string | null> {
  await db.execute(sql`select pg_advisory_xact_lock(${OPENING_LOCK})`);
  const waiting = await db
    .select({ code: tickets.code, text: tickets.text })
    .from(tickets)
    .where(
      and(
        eq(tickets.kind, "question"),
        eq(tickets.status, "open"),
        isNull(tickets.leadCode),
        eq(tickets.receiverUnitCode, receiverUnitCode),
      ),
    )
    .orderBy(desc(tickets.createdAt))
    .limit(MOST_COMPARED);
  const place = sameAs(
    text,
    waiting.map((ticket) => ticket.text),
  );
  return place === null ? null : (waiting[place]?.code ?? null);
}

/**
 * Puts a waiting question and all it speaks for under another one that waits at the same office; gives both
 * leading tickets as they were.
 */
export async function mergeTickets(
  db: Db,
  { code, into }: { readonly code: string; readonly into: string },
): Promise<{ readonly merged: TicketRow; readonly lead: TicketRow }> {
  // Always in the same order: two officers who merge crosswise must not wait for each other.
  const [first, second] = [code, into].sort();
  const held = new Map<string, TicketRow>();
  for (const each of [first ?? code, second ?? into]) held.set(each, await holdLead(db, each));
  const merged = held.get(code);
  const lead = held.get(into);
  if (merged === undefined || lead === undefined || merged.code === lead.code)
    throw refused("same-ticket", wording.sameTicket(code, into));
  for (const ticket of [merged, lead]) {
    if (ticket.kind !== "question") throw refused("not-a-question", wording.notAQuestion(ticket.code));
    if (ticket.status !== "open") throw refused("ticket-not-open", wording.ticketNotOpen(ticket.code));
  }
  if (merged.receiverUnitCode !== lead.receiverUnitCode)
    throw refused("other-office", wording.otherOffice(code, into));
  await db
    .update(tickets)
    .set({ leadCode: lead.code })
    .where(or(eq(tickets.code, merged.code), eq(tickets.leadCode, merged.code)));
  return { merged, lead };
}
