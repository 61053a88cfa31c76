/** Questions without an answer (`HD-…`) and difficulties (`VM-…`): asked once, answered by an office, told back. */
import { and, asc, desc, eq, inArray, or } from "drizzle-orm";
import type { Instant } from "../core/clock";
import { refused } from "../core/errors";
import type { Db } from "../store/database";
import { ticketReplies, tickets } from "../store/tables";

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
  readonly at: Instant;
}

/** Opens a ticket; the same code again changes nothing. */
export async function openTicket(db: Db, { at, ...ticket }: NewTicket): Promise<void> {
  await db
    .insert(tickets)
    .values({ ...ticket, status: "open", createdAt: at })
    .onConflictDoNothing();
}

export interface TicketReply {
  readonly code: string;
  readonly text: string;
  /** Person id of the officer, or `api`. */
  readonly by: string;
  readonly at: Instant;
}

/** Keeps an answer; refuses a code that nobody was given and a ticket that is closed. */
export async function replyTicket(db: Db, { code, text, by, at }: TicketReply): Promise<void> {
  const [ticket] = await db.select().from(tickets).where(eq(tickets.code, code)).for("update");
  if (ticket === undefined) throw refused("unknown-ticket", `Không có phiếu "${code}".`);
  if (ticket.status === "closed") throw refused("ticket-closed", `Phiếu ${code} đã đóng.`);
  await db.insert(ticketReplies).values({ ticketCode: code, text, by, at });
  await db.update(tickets).set({ status: "answered" }).where(eq(tickets.code, code));
}

/** Nothing more is expected on this ticket; closing it again changes nothing. */
export async function closeTicket(db: Db, code: string): Promise<void> {
  await db.update(tickets).set({ status: "closed" }).where(eq(tickets.code, code));
}

export interface ListedTicket {
  readonly code: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly text: string;
  readonly unitCode?: string;
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
  const codes = rows.map(({ code }) => code);
  const replies = await db
    .select()
    .from(ticketReplies)
    .where(inArray(ticketReplies.ticketCode, codes))
    .orderBy(asc(ticketReplies.id));
  return rows.map(({ code, unitCode, kind: what, status: state, text, createdAt }) => ({
    code,
    kind: what,
    status: state,
    text,
    createdAt,
    ...(unitCode === null ? {} : { unitCode }),
    replies: replies
      .filter((reply) => reply.ticketCode === code)
      .map((reply) => ({ text: reply.text, by: reply.by, at: reply.at })),
  }));
}

export type TicketRow = typeof tickets.$inferSelect;

/** What a person can still act on is among the newest; older ones are history. */
const MAX_TICKETS = 200;

/** Tickets of these people, and those that wait for these offices; the newest first. */
export async function loadTicketsFor(
  db: Db,
  personIds: readonly string[],
  officeUnitCodes: readonly string[],
): Promise<readonly TicketRow[]> {
  if (personIds.length === 0 && officeUnitCodes.length === 0) return [];
  const ofPeople = personIds.length === 0 ? undefined : inArray(tickets.personId, [...personIds]);
  const ofOffices =
    officeUnitCodes.length === 0
      ? undefined
      : and(inArray(tickets.receiverUnitCode, [...officeUnitCodes]), eq(tickets.status, "open"));
  return db
    .select()
    .from(tickets)
    .where(or(ofPeople, ofOffices))
    .orderBy(desc(tickets.createdAt))
    .limit(MAX_TICKETS);
}
