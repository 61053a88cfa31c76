/** Chat groups that offices have made their own; an office has one, the last it named. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { stale } from "../core/errors";
import { recordDecision } from "../store/audit";
import { rowsOf, type Db } from "../store/database";
import { useInvitation } from "./invitations";
import { anyOf } from "../store/lists";

export interface OfficeGroup {
  readonly unitCode: string;
  readonly unitName: string;
  readonly boundBy: string;
}

const groupRow = z.object({
  groupId: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  boundBy: z.string(),
});

/** Those of the groups that belong to an office. */
export async function findOfficeGroups(
  db: Db,
  groupIds: readonly string[],
): Promise<Map<string, OfficeGroup>> {
  if (groupIds.length === 0) return new Map();
  const rows = await rowsOf(
    db,
    sql`select g.group_id as "groupId", g.unit_code as "unitCode", u.name as "unitName", g.bound_by as "boundBy"
      from office_groups g join units u on u.code = g.unit_code where g.group_id = ${anyOf(groupIds)}`,
    groupRow,
  );
  return new Map(rows.map(({ groupId, ...group }) => [groupId, group]));
}

/** The offices that have a group of their own. */
export async function officesWithGroup(db: Db): Promise<ReadonlySet<string>> {
  const rows = await rowsOf(
    db,
    sql`select unit_code as "unitCode" from office_groups`,
    z.object({ unitCode: z.string() }),
  );
  return new Set(rows.map(({ unitCode }) => unitCode));
}

/** Uses a staff code up for the group: nobody is linked by it. `stale` when it was used, or the group taken, in between. */
export async function bindGroup(
  db: Db,
  { groupId, code, personId }: { readonly groupId: string; readonly code: string; readonly personId: string },
  now: Instant,
): Promise<void> {
  const { unitCode, role } = await useInvitation(db, code, personId, now);
  if (role !== "staff") throw stale("not-a-staff-code");
  await db.execute(sql`delete from office_groups where unit_code = ${unitCode}`);
  const bound = await rowsOf(
    db,
    sql`insert into office_groups (group_id, unit_code, bound_by, bound_at)
      values (${groupId}, ${unitCode}, ${personId}, ${now}) on conflict (group_id) do nothing
      returning group_id as "groupId"`,
    z.object({ groupId: z.string() }),
  );
  if (bound.length === 0) throw stale("group-taken");
  const details = { groupId };
  await recordDecision(db, { at: now, actor: personId, action: "group-linked", target: unitCode, details });
}

/** Ends it, whoever says so; the office whose it was, none where the group was nobody's. */
export async function unbindGroup(
  db: Db,
  { groupId, actor }: { readonly groupId: string; readonly actor: string },
  now: Instant,
): Promise<string | null> {
  const ended = await rowsOf(
    db,
    sql`delete from office_groups where group_id = ${groupId} returning unit_code as "unitCode"`,
    z.object({ unitCode: z.string() }),
  );
  const details = { groupId };
  for (const { unitCode } of ended)
    await recordDecision(db, { at: now, actor, action: "group-unlinked", target: unitCode, details });
  return ended[0]?.unitCode ?? null;
}
