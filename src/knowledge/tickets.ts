/** Questions without an answer (`HD-…`) and difficulties (`VM-…`): asked once, answered by an office, told back. */
import { asc, desc, eq, inArray, and, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { refused } from "../core/errors";
import { rowsOf, type Db } from "../store/database";
import { ticketReplies, tickets } from "../store/tables";
import { wording } from "./wording.vi";

export type TicketKind = "question" | "difficulty";
export type TicketStatus = "open" | "answered" | "closed";

export interface NewTicket {
  readonly code: string;
  readonly kind: TicketKind;
  readonly text: string;
  readonly personId: string;
  readonly unitCode: string | null;
  readonly line: string | null;
  /** The office whose staff are to answer. */
  readonly receiverUnitCode: string;
  /** The ticket of somebody else who asks the same. */
  readonly leadCode: string | null;
  readonly at: Instant;
}

/** Opens a ticket; the same code again changes nothing. */
export async function openTicket(db: Db, { at, ...ticket }: NewTicket): Promise<void> {
  await db
    .insert(tickets)
    .values({ ...ticket, status: "open", createdAt: at })
    .onConflictDoNothing();
}

/** The ticket that speaks for this one, held until the transaction ends; refuses a code that nobody was given. */
export async function holdLead(db: Db, code: string): Promise<TicketRow> {
  const [ticket] = await db.select().from(tickets).where(eq(tickets.code, code)).for("update");
  if (ticket === undefined) throw refused("unknown-ticket", wording.unknownTicket(code));
  return ticket.leadCode === null ? ticket : holdLead(db, ticket.leadCode);
}

/** The ticket and all that it speaks for. */
const inGroup = (lead: string) => sql`(${tickets.code} = ${lead} or ${tickets.leadCode} = ${lead})`;

export interface TicketReply {
  readonly code: string;
  readonly text: string;
  /** Person id of the officer, or `api`. */
  readonly by: string;
  readonly at: Instant;
}

/** Keeps an answer for everybody who asked the same; refuses an unknown code and a ticket that is closed. */
export async function replyTicket(db: Db, { code, text, by, at }: TicketReply): Promise<TicketRow> {
  const lead = await holdLead(db, code);
  if (lead.status === "closed") throw refused("ticket-closed", wording.ticketClosed(code));
  await db.insert(ticketReplies).values({ ticketCode: lead.code, text, by, at });
  await db.update(tickets).set({ status: "answered" }).where(inGroup(lead.code));
  return lead;
}

/** Nothing more is expected on this ticket and those it speaks for; closing it again changes nothing. */
export async function closeTicket(db: Db, code: string): Promise<TicketRow> {
  const lead = await holdLead(db, code);
  await db.update(tickets).set({ status: "closed" }).where(inGroup(lead.code));
  return lead;
}

export interface Asker {
  readonly personId: string;
  readonly ticketCode: string;
}

/** Everybody who waits for the answer to this, each once, by the ticket that they opened first. */
export const askersOf = (db: Db, leadCode: string): Promise<Asker[]> =>
  rowsOf(
    db,
    sql`select distinct on (person_id) person_id as "personId", code as "ticketCode" from tickets
      where (code = ${leadCode} or lead_code = ${leadCode}) and person_id is not null
      order by person_id, created_at, code`,
    z.object({ personId: z.string(), ticketCode: z.string() }),
  );

export interface ListedTicket {
  readonly code: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly text: string;
  readonly unitCode?: string;
  readonly leadCode?: string;
  readonly createdAt: Instant;
  readonly replies: { readonly text: string; readonly by: string; readonly at: Instant }[];
}

/** Tickets with their answers, the newest first. */
export async function listTickets(
  db: Db,
  { kind, status }: { readonly kind?: TicketKind | undefined; readonly status?: TicketStatus | undefined },
): Promise<readonly ListedTicket[]> {
  const rows = await db
    .select()
    .from(tickets)
    .where(
      and(
        kind === undefined ? undefined : eq(tickets.kind, kind),
        status === undefined ? undefined : eq(tickets.status, status),
      ),
    )
    .orderBy(desc(tickets.createdAt), desc(tickets.code));
  if (rows.length === 0) return [];
  const leads = rows.map(({ code, leadCode }) => leadCode ?? code);
  const replies = await db
    .select()
    .from(ticketReplies)
    .where(inArray(ticketReplies.ticketCode, leads))
    .orderBy(asc(ticketReplies.id));
  return rows.map(({ code, unitCode, leadCode, kind: what, status: state, text, createdAt }) => ({
    code,
    kind: what,
    status: state,
    text,
    createdAt,
    ...(unitCode === null ? {} : { unitCode }),
    ...(leadCode === null ? {} : { leadCode }),
    replies: replies
      .filter((reply) => reply.ticketCode === (leadCode ?? code))
      .map((reply) => ({ text: reply.text, by: reply.by, at: reply.at })),
  }));
}

export type TicketRow = typeof tickets.$inferSelect;
