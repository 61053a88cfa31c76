/** People, links and open periods of the small campaign, for tests of the ledger. */
import type { Instant } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import type { Campaign } from "../../src/reporting/campaign";
import { openPeriods, syncUnits } from "../../src/reporting/ledger";
import type { Db } from "../../src/store/database";
import {
  attachments,
  audit,
  deliveries,
  drafts,
  extensions,
  marks,
  memberships,
  obligations,
  periods,
  persons,
  reminderSteps,
  reports,
  units,
} from "../../src/store/tables";

/** Leaves the ledger and its people empty, as it was on the first day. */
export async function emptyLedger(db: Db): Promise<void> {
  const children = [
    attachments,
    audit,
    deliveries,
    drafts,
    extensions,
    marks,
    memberships,
    reminderSteps,
    reports,
  ];
  for (const table of [...children, obligations, periods, persons, units]) await db.delete(table);
}

export const ledgerIds = seededIds();

/** The roster in place, and every period open that should be. */
export async function startLedger(db: Db, campaign: Campaign, now: Instant): Promise<void> {
  await emptyLedger(db);
  await syncUnits(db, campaign);
  await openPeriods(db, campaign, now, ledgerIds);
}

export interface Linked {
  readonly id: string;
  readonly unitCode: string;
  readonly linkedAt: Instant;
  readonly role?: "reporter" | "staff";
  readonly optedOutAt?: Instant;
  readonly unreachable?: string;
}

export async function linkPerson(db: Db, person: Linked): Promise<void> {
  const { id, unitCode, linkedAt, role = "reporter", optedOutAt, unreachable } = person;
  await db
    .insert(persons)
    .values({
      id,
      address: `zalo-${id}`,
      displayName: `Người ${id}`,
      createdAt: linkedAt,
      optedOutAt: optedOutAt ?? null,
      unreachable: unreachable ?? null,
    })
    .onConflictDoNothing();
  await db.insert(memberships).values({ personId: id, unitCode, role, linkedAt });
}

/** The obligation of a unit, by what it is owed for. */
export async function obligationOf(db: Db, line: string, period: string, unitCode: string) {
  const rows = await db.select().from(obligations);
  const row = rows.find((r) => r.line === line && r.period === period && r.unitCode === unitCode);
  if (row === undefined) throw new Error(`no obligation ${line} ${period} ${unitCode}`);
  return row;
}
