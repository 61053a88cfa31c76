/** Invitation codes: how a person proves that a unit has named them. Single use, expiring, unguessable. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, type Instant } from "../core/clock";
import { refused, stale } from "../core/errors";
import type { Ids } from "../core/ids";
import { rowsOf, type Db } from "../store/database";
import { invitations } from "../store/tables";
import { idList, type Role } from "./persons";

/** Eight of 32 letters: 2^40 codes, hopeless to guess in five tries an hour. */
export const CODE_CHARS = 8;
/** Long enough to reach a principal on leave, short enough that a lost letter is no key. */
const LIFETIME_MS = 14 * DAY_MS;

export interface Invitation {
  readonly code: string;
  readonly unitCode: string;
  readonly role: Role;
  readonly expiresAt: Instant;
}

/** Makes a code for a unit; refuses a unit that nobody knows. */
export async function createInvitation(
  db: Db,
  wanted: { unitCode: string; role: Role },
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
    expiresAt: now + LIFETIME_MS,
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
        case when i.used_at is not null then 'used' when i.expires_at <= ${now} then 'expired' else 'valid' end as state
      from invitations i join units u on u.code = i.unit_code where i.code in (${idList(codes)})`,
    foundRow,
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** Uses a code up and links the person; `stale` when somebody else used it in between. */
export async function redeemInvitation(
  db: Db,
  code: string,
  personId: string,
  now: Instant,
): Promise<Pick<Invitation, "unitCode" | "role">> {
  const used = await rowsOf(
    db,
    sql`update invitations set used_by = ${personId}, used_at = ${now}
      where code = ${code} and used_at is null and expires_at > ${now} returning unit_code as "unitCode", role`,
    z.object({ unitCode: z.string(), role: z.enum(["reporter", "staff"]) }),
  );
  const [invitation] = used;
  if (invitation === undefined) throw stale("invitation-used");
  await db.execute(sql`insert into memberships (person_id, unit_code, role, linked_at)
    values (${personId}, ${invitation.unitCode}, ${invitation.role}, ${now}) on conflict do nothing`);
  await db.execute(sql`update persons set link_tries = 0, link_blocked_until = null where id = ${personId}`);
  return invitation;
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
