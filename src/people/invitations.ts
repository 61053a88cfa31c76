/** Invitation codes: how a person proves that a unit has named them. Single use, expiring, unguessable. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, type Instant } from "../core/clock";
import { refused, stale } from "../core/errors";
import type { Ids } from "../core/ids";
import { rowsOf, type Db } from "../store/database";
import { invitations } from "../store/tables";
import { putDelegationsInForce } from "./delegations-in-force";
import { type Role } from "./persons";
import { anyOf } from "../store/lists";

/** Eight of 32 letters: 2^40 codes, hopeless to guess in five tries an hour. */
export const CODE_CHARS = 8;
/** Long enough to reach a principal on leave, short enough that a lost letter is no key. */
const LIFETIME_MS = 14 * DAY_MS;

/** What a reporter is in the unit: a deputy is only asked once the head has not answered in time. */
export type Post = "head" | "deputy";

export interface Invitation {
  readonly code: string;
  readonly unitCode: string;
  readonly role: Role;
  readonly expiresAt: Instant;
}

/** Makes a code for a unit that works no longer than `until`; refuses a unit that nobody knows. */
export async function createInvitation(
  db: Db,
  {
    until = Infinity,
    ...wanted
  }: { unitCode: string; role: Role; post?: Post | undefined; delegationId?: string; until?: Instant },
  now: Instant,
  ids: Ids,
): Promise<Invitation> {
  const known = await rowsOf(
    db,
    sql`select code from units where code = ${wanted.unitCode}`,
    z.object({ code: z.string() }),
  );
  if (known.length === 0) throw refused("unknown-unit", `Không có đơn vị nào mang mã "${wanted.unitCode}".`);
  const invitation = {
    ...wanted,
    code: ids.secretCode(CODE_CHARS),
    createdAt: now,
    expiresAt: Math.min(now + LIFETIME_MS, until),
  };
  await db.insert(invitations).values(invitation);
  return invitation;
}

const foundRow = z.object({
  code: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  role: z.enum(["reporter", "staff"]),
  state: z.enum(["valid", "used", "expired"]),
  delegated: z.boolean(),
  fromDay: z.string().nullable(),
  toDay: z.string().nullable(),
});
export type FoundInvitation = z.infer<typeof foundRow>;

/** Those of the codes that exist, by code. */
export async function findInvitations(
  db: Db,
  codes: readonly string[],
  now: Instant,
): Promise<Map<string, FoundInvitation>> {
  if (codes.length === 0) return new Map();
  const rows = await rowsOf(
    db,
    sql`select i.code, i.unit_code as "unitCode", u.name as "unitName", i.role,
        case when i.used_at is not null then 'used' when i.expires_at <= ${now} then 'expired' else 'valid' end as state,
        d.id is not null as delegated, d.from_day as "fromDay", d.to_day as "toDay"
      from invitations i join units u on u.code = i.unit_code left join delegations d on d.id = i.delegation_id
      where i.code = ${anyOf(codes)}`,
    foundRow,
  );
  return new Map(rows.map((row) => [row.code, row]));
}

const usedRow = z.object({
  unitCode: z.string(),
  role: z.enum(["reporter", "staff"]),
  post: z.string().nullable(),
  delegationId: z.string().nullable(),
});

/** Uses a code up; `stale` when somebody else used it in between. */
export async function useInvitation(
  db: Db,
  code: string,
  personId: string,
  now: Instant,
): Promise<z.infer<typeof usedRow>> {
  const [used] = await rowsOf(
    db,
    sql`update invitations set used_by = ${personId}, used_at = ${now}
      where code = ${code} and used_at is null and expires_at > ${now}
      returning unit_code as "unitCode", role, post, delegation_id as "delegationId"`,
    usedRow,
  );
  if (used === undefined) throw stale("invitation-used");
  return used;
}

/**
 * Uses a code up and links the person; `stale` when somebody else used it in between. The code of a delegation
 * links only for the days it names.
 */
export async function redeemInvitation(
  db: Db,
  code: string,
  personId: string,
  now: Instant,
): Promise<Pick<Invitation, "unitCode" | "role">> {
  const { unitCode, role, post, delegationId } = await useInvitation(db, code, personId, now);
  if (delegationId === null)
    // A link of one's own outlives a delegation that was there before it.
    await db.execute(sql`insert into memberships (person_id, unit_code, role, linked_at, post)
      values (${personId}, ${unitCode}, ${role}, ${now}, ${post})
      on conflict (person_id, unit_code, role) do update set delegation_id = null, post = excluded.post`);
  else {
    await db.execute(sql`update delegations set person_id = ${personId} where id = ${delegationId}`);
    await putDelegationsInForce(db, now);
  }
  await db.execute(sql`update persons set link_tries = 0, link_blocked_until = null where id = ${personId}`);
  return { unitCode, role };
}

export async function recordLinkFailure(
  db: Db,
  personId: string,
  tries: number,
  blockedUntil: Instant | null,
): Promise<void> {
  await db.execute(
    sql`update persons set link_tries = ${tries}, link_blocked_until = ${blockedUntil} where id = ${personId}`,
  );
}
