/** The campaign with the units that came by import over those of its files, on every replica within one heartbeat. */
import { asc, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../../core/clock";
import { refused } from "../../core/errors";
import { recordDecision } from "../../store/audit";
import { rowsOf, type Db } from "../../store/database";
import { rosterImports, rosterUnits } from "../../store/tables";
import { asRecords } from "../../store/lists";
import type { Campaign, Unit } from "../campaign";
import { syncUnits } from "../ledger";
import { planImport, type RosterPlan } from "./plan-import";
import type { Sheet } from "./read-sheet";
import { importWording } from "./wording.vi";

export interface LiveCampaign {
  /** The same object always; its units are those of the last look. */
  readonly campaign: Campaign;
  /** Takes in what was imported since the last look; one small read when nothing was. */
  refresh(db: Db): Promise<void>;
  /** What an import would change now. */
  preview(db: Db, sheet: Sheet): Promise<RosterPlan>;
  /** Writes all of it, or refuses it where a row is wrong. Counts in `campaign` from the next `refresh` on. */
  apply(tx: Db, sheet: Sheet, by: ImportedBy): Promise<RosterPlan>;
}

export interface ImportedBy {
  readonly actor: string;
  readonly at: Instant;
  readonly fileName: string;
}

/** Imports come one after the other, each over what the one before left. Any number will do. */
const IMPORT_LOCK = 31_600_318;

export function createLiveCampaign(base: Campaign): LiveCampaign {
  let units = base.units;
  let version = 0;
  const asStored = async (db: Db): Promise<Campaign> => ({
    ...base,
    units: over(base.units, await importedUnits(db)),
  });
  return {
    campaign: {
      ...base,
      get units() {
        return units;
      },
    },
    refresh: async (db) => {
      const newest = await newestImport(db);
      if (newest === version) return;
      ({ units } = await asStored(db));
      version = newest;
    },
    preview: async (db, sheet) => planImport(await asStored(db), sheet),
    apply: async (tx, sheet, by) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
      const campaign = await asStored(tx);
      const plan = planImport(campaign, sheet);
      if (plan.faults.length > 0) throw refused("bad-roster", importWording.refused, { faults: plan.faults });
      if (plan.units.length > 0) await write(tx, campaign, plan, by);
      return plan;
    },
  };
}

/** A unit that was imported stands in the place of the one with its code; new ones come last. */
function over(units: readonly Unit[], imported: readonly Unit[]): readonly Unit[] {
  const all = new Map([...units, ...imported].map((unit) => [unit.code, unit]));
  return [...all.values()];
}

const storedUnit = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  group: z.string(),
  parentCode: z.string().nullable(),
  aliases: z.array(z.string()),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  successorCode: z.string().nullable(),
});

async function importedUnits(db: Db): Promise<readonly Unit[]> {
  const rows = await db
    .select({ unit: rosterUnits.unit })
    .from(rosterUnits)
    .orderBy(asc(rosterUnits.seq), asc(rosterUnits.code));
  return rows.map(({ unit }) => storedUnit.parse(unit));
}

async function newestImport(db: Db): Promise<number> {
  const [row] = await rowsOf(
    db,
    sql`select coalesce(max(seq), 0) as seq from roster_imports`,
    z.object({ seq: z.coerce.number() }),
  );
  return row?.seq ?? 0;
}

async function write(tx: Db, campaign: Campaign, plan: RosterPlan, by: ImportedBy): Promise<void> {
  const { actor, at, fileName } = by;
  const [made] = await tx
    .insert(rosterImports)
    .values({ at, actor, fileName, changes: plan.changes })
    .returning({ seq: rosterImports.seq });
  const seq = made?.seq ?? 0;
  await tx.execute(sql`
    insert into roster_units (code, unit, seq)
    select v.unit ->> 'code', v.unit, ${seq}::int
    from jsonb_to_recordset(${asRecords(plan.units.map((unit) => ({ unit })))}) as v(unit jsonb)
    on conflict (code) do update set unit = excluded.unit, seq = excluded.seq`);
  await syncUnits(tx, { units: over(campaign.units, plan.units) });
  await recordDecision(tx, {
    at,
    actor,
    action: "roster-imported",
    target: String(seq),
    details: { units: plan.units.length, changes: plan.changes.length },
  });
}
