/** Tickets as the turns of a batch see them: a person's own, and those of an officer's desk. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { anyOf } from "../store/lists";
import { rowsOf, type Db } from "../store/database";

const seenTicket = z.object({
  code: z.string(),
  kind: z.enum(["question", "difficulty"]),
  status: z.enum(["open", "answered", "closed"]),
  text: z.string(),
  personId: z.string().nullable(),
  unitCode: z.string().nullable(),
  receiverUnitCode: z.string(),
  leadCode: z.string().nullable(),
  /** How many people wait for its answer. */
  askers: z.coerce.number(),
  /** The last answer given. */
  reply: z.string().nullable(),
  /** Its question as everybody may read it, once an answer has been approved for all. */
  generalQuestion: z.string().nullable(),
});
export type SeenTicket = z.infer<typeof seenTicket>;

export interface TicketsWanted {
  readonly personIds: readonly string[];
  readonly offices: readonly string[];
  /** Named by somebody: seen however old they are. */
  readonly codes: readonly string[];
}

/** What a person can still act on is among the newest; older ones are history. */
const MAX_TICKETS = 200;

/** Tickets of these people, what these offices have not closed or have published, and those named; open ones first. */
export async function loadTicketViews(
  db: Db,
  { personIds, offices, codes }: TicketsWanted,
): Promise<SeenTicket[]> {
  const wanted = [
    ...(personIds.length === 0 ? [] : [sql`t.person_id = ${anyOf(personIds)}`]),
    ...(offices.length === 0
      ? []
      : [
          sql`(t.receiver_unit_code = ${anyOf(offices)} and t.lead_code is null
            and (t.status <> 'closed' or g.ticket_code is not null))`,
        ]),
    ...(codes.length === 0 ? [] : [sql`t.code = ${anyOf(codes)}`]),
  ];
  if (wanted.length === 0) return [];
  return rowsOf(
    db,
    sql`select t.code, t.kind, t.status, t.text, t.person_id as "personId", t.unit_code as "unitCode",
        t.receiver_unit_code as "receiverUnitCode", t.lead_code as "leadCode",
        (select count(distinct m.person_id) from tickets m where m.code = t.code or m.lead_code = t.code) as askers,
        (select r.text from ticket_replies r where r.ticket_code = coalesce(t.lead_code, t.code)
          order by r.id desc limit 1) as reply,
        g.question as "generalQuestion"
      from tickets t left join general_answers g on g.ticket_code = t.code and g.withdrawn_at is null
      where ${sql.join(wanted, sql` or `)}
      order by (t.code = ${anyOf(codes)}) desc, (t.status = 'open') desc, t.created_at desc, t.code limit ${MAX_TICKETS}`,
    seenTicket,
  );
}
