/** Persons as a turn sees them, loaded for a whole batch at once. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { rowsOf, type Db } from "../store/database";
import { PHONE_PURPOSE } from "./purposes";
import { anyOf } from "../store/lists";
import { together } from "../store/together";

export type Role = "reporter" | "staff";

export interface Membership {
  readonly unitCode: string;
  readonly unitName: string;
  readonly role: Role;
  /** By a delegation, and not of their own. */
  readonly delegated: boolean;
}

export interface Person {
  readonly id: string;
  readonly displayName: string | null;
  readonly optedOut: boolean;
  readonly consented: boolean;
  /** Sealed. */
  readonly phoneSealed: string | null;
  /** Whether they have agreed to be reminded by phone number. */
  readonly phoneAgreed: boolean;
  readonly linkTries: number;
  readonly linkBlockedUntil: Instant | null;
  readonly silentUntil: Instant | null;
  readonly memberships: readonly Membership[];
  readonly kept: {
    readonly since: Instant;
    readonly messages: number;
    readonly reports: number;
    readonly tickets: number;
  };
}

const instant = z.coerce.number();
const personRow = z.object({
  id: z.string(),
  displayName: z.string().nullable(),
  optedOut: z.boolean(),
  consented: z.boolean(),
  phoneSealed: z.string().nullable(),
  phoneAgreed: z.boolean(),
  linkTries: z.number(),
  linkBlockedUntil: instant.nullable(),
  silentUntil: instant.nullable(),
  since: instant,
  messages: instant,
  reports: instant,
  tickets: instant,
});
const membershipRow = z.object({
  personId: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  role: z.enum(["reporter", "staff"]),
  delegated: z.boolean(),
});

export async function loadPersons(db: Db, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const [persons, memberships] = await together(db, () => [personsOf(db, ids), membershipsOf(db, ids)]);
  return new Map(
    persons.map(({ since, messages, reports, tickets, ...person }) => [
      person.id,
      {
        ...person,
        kept: { since, messages, reports, tickets },
        memberships: memberships
          .filter((m) => m.personId === person.id)
          .map(({ unitCode, unitName, role, delegated }) => ({ unitCode, unitName, role, delegated })),
      },
    ]),
  );
}

const personsOf = (db: Db, ids: readonly string[]) =>
  rowsOf(
    db,
    sql`select p.id, p.display_name as "displayName", p.opted_out_at is not null as "optedOut",
        coalesce((select c.granted from consents c where c.person_id = p.id and c.purpose <> ${PHONE_PURPOSE}
          order by c.id desc limit 1), false) as consented,
        coalesce((select c.granted from consents c where c.person_id = p.id and c.purpose = ${PHONE_PURPOSE}
          order by c.id desc limit 1), false) as "phoneAgreed", p.phone_sealed as "phoneSealed",
        p.link_tries as "linkTries", p.link_blocked_until as "linkBlockedUntil", p.silent_until as "silentUntil",
        p.created_at as since,
        (select count(*) from inbox i where i.person_id = p.id and i.kind not like 'news:%') as messages,
        (select count(*) from reports r where r.person_id = p.id) as reports,
        (select count(*) from tickets t where t.person_id = p.id) as tickets
      from persons p where p.id = ${anyOf(ids)}`,
    personRow,
  );

const membershipsOf = (db: Db, ids: readonly string[]) =>
  rowsOf(
    db,
    sql`select m.person_id as "personId", m.unit_code as "unitCode", u.name as "unitName", m.role,
        m.delegation_id is not null as delegated
      from memberships m join units u on u.code = m.unit_code
      where m.person_id = ${anyOf(ids)} order by m.linked_at, m.unit_code, m.role`,
    membershipRow,
  );

/** Ids of the people linked to any of these units in this role, each once. */
export async function linkedTo(db: Db, unitCodes: readonly string[], role: Role): Promise<string[]> {
  if (unitCodes.length === 0) return [];
  const rows = await rowsOf(
    db,
    sql`select distinct person_id as id from memberships where role = ${role} and unit_code = ${anyOf(unitCodes)} order by 1`,
    z.object({ id: z.string() }),
  );
  return rows.map((row) => row.id);
}

export async function setOptOut(db: Db, personId: string, at: Instant | null): Promise<void> {
  await db.execute(sql`update persons set opted_out_at = ${at} where id = ${personId}`);
}

export async function keepSilent(db: Db, personId: string, until: Instant): Promise<void> {
  await db.execute(sql`update persons set silent_until = ${until} where id = ${personId}`);
}

/** Consent is proven by rows that are only ever added: who, when, for what, to which wording. */
export async function recordConsent(
  db: Db,
  consent: { personId: string; purpose: string; wordingVersion: string; granted: boolean },
  now: Instant,
): Promise<void> {
  await db.execute(sql`insert into consents (person_id, purpose, wording_version, granted, at)
    values (${consent.personId}, ${consent.purpose}, ${consent.wordingVersion}, ${consent.granted}, ${now})`);
}
