/** The API's port for an imported roster: a look at what it would change, or the change itself. */
import type { LiveCampaign } from "../reporting/roster-import/live-campaign";
import { readSheet } from "../reporting/roster-import/read-sheet";
import type { ApiPorts } from "../web/ports";
import type { Rooms } from "./rooms";

const API_ACTOR = "api";

export function createRosterImport(
  { store, clock }: Pick<Rooms, "store" | "clock">,
  live: LiveCampaign,
): ApiPorts["importUnits"] {
  return async ({ bytes, fileName, dryRun }) => {
    const sheet = await readSheet(bytes);
    const by = { actor: API_ACTOR, at: clock.now(), fileName };
    const plan = dryRun
      ? await live.preview(store.db, sheet)
      : await store.transaction((tx) => live.apply(tx, sheet, by));
    if (!dryRun) await live.refresh(store.db);
    const { changes, faults, unchanged, ignoredColumns } = plan;
    return {
      applied: !dryRun,
      changes: [...changes],
      faults: [...faults],
      unchanged,
      ignoredColumns: [...ignoredColumns],
    };
  };
}
