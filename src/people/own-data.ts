/** Everything kept about one person, for the copy they may ask for (Nghị định 356/2025/NĐ-CP, Điều 5). */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Db } from "../store/database";
import { together } from "../store/together";

const instant = z.coerce.number();
const personRow = z.object({
  displayName: z.string().nullable(),
  address: z.string(),
  phoneSealed: z.string().nullable(),
  optedOut: z.boolean(),
  since: instant,
});
const linkRow = z.object({ unitName: z.string(), role: z.enum(["reporter", "staff"]), at: instant });
const consentRow = z.object({
  purpose: z.string(),
  wordingVersion: z.string(),
  granted: z.boolean(),
  at: instant,
});
const reportRow = z.object({
  code: z.string(),
  unitName: z.string(),
  period: z.string(),
  version: z.number(),
  at: instant,
});
const ticketRow = z.object({
  code: z.string(),
  text: z.string(),
  reply: z.string().nullable(),
  at: instant,
});
const opinionRow = z.object({ entryId: z.string(), helpful: z.boolean(), at: instant });
const messageRow = z.object({ kind: z.string().nullable(), text: z.string().nullable(), at: instant });

export interface OwnData {
  readonly person: z.infer<typeof personRow>;
  readonly links: readonly z.infer<typeof linkRow>[];
  readonly consents: readonly z.infer<typeof consentRow>[];
  readonly reports: readonly z.infer<typeof reportRow>[];
  readonly tickets: readonly z.infer<typeof ticketRow>[];
  readonly opinions: readonly z.infer<typeof opinionRow>[];
  /** What they sent, the newest first. */
  readonly messages: readonly z.infer<typeof messageRow>[];
}

/** The whole of it, the newest first in each part; null for somebody unknown or forgotten. */
export async function loadOwnData(db: Db, personId: string): Promise<OwnData | null> {
  const [[person], links, consents, reports, tickets, opinions, messages] = await together(db, () => [
    rowsOf(
      db,
      sql`select display_name as "displayName", address, phone_sealed as "phoneSealed",
          opted_out_at is not null as "optedOut", created_at as since
        from persons where id = ${personId} and forgotten_at is null`,
      personRow,
    ),
    rowsOf(
      db,
      sql`select u.name as "unitName", m.role, m.linked_at as at
        from memberships m join units u on u.code = m.unit_code where m.person_id = ${personId} order by m.linked_at desc`,
      linkRow,
    ),
    rowsOf(
      db,
      sql`select purpose, wording_version as "wordingVersion", granted, at
        from consents where person_id = ${personId} order by id desc`,
      consentRow,
    ),
    rowsOf(
      db,
      sql`select r.code, u.name as "unitName", o.period, r.version, r.at
        from reports r join obligations o on o.id = r.obligation_id join units u on u.code = o.unit_code
        where r.person_id = ${personId} order by r.at desc`,
      reportRow,
    ),
    rowsOf(
      db,
      sql`select t.code, t.text, t.created_at as at, (select r.text from ticket_replies r
          where r.ticket_code = coalesce(t.lead_code, t.code) order by r.id desc limit 1) as reply
        from tickets t where t.person_id = ${personId} order by t.created_at desc`,
      ticketRow,
    ),
    rowsOf(
      db,
      sql`select entry_id as "entryId", helpful, at from feedback where person_id = ${personId} order by at desc`,
      opinionRow,
    ),
    rowsOf(
      db,
      sql`select payload ->> 'kind' as kind, payload ->> 'text' as text, received_at as at
        from inbox where person_id = ${personId} and kind not like 'news:%' order by id desc`,
      messageRow,
    ),
  ]);
  return person === undefined ? null : { person, links, consents, reports, tickets, opinions, messages };
}
