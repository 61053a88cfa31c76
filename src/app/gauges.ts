/** How far behind the program is, read from the tables when somebody looks. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../core/clock";
import { backlogOf, UNTIL_THEY_WRITE } from "../messaging/outbox";
import { periodsToFreeze } from "../reporting/digest-input";
import type { Settings } from "../settings/settings";
import type { Coordination } from "../store/coordination";
import { rowsOf } from "../store/database";
import type { ReadGauges, Reading } from "../web/gauge-list";
import type { Grant } from "../zalo/token-store";
import { lookedAt } from "./agenda";
import { ALARM_MARK } from "./alarm";
import { LAST_EVENT } from "./last-event";
import type { Rooms } from "./rooms";

export interface GaugeParts {
  readonly rooms: Rooms;
  readonly settings: Pick<Settings, "mode">;
  readonly coordination: Pick<Coordination, "budget">;
  readonly grant: () => Promise<Grant | null>;
  /** Leases this process holds, by name. */
  readonly leases: () => ReadonlyMap<string, number>;
  /** The share of the package that was left when it was last asked about; null when it is not known. */
  readonly packageLeft: () => number | null;
}

/** A digest is late when the schedule has had ample time to freeze it. */
export const DIGEST_LATE_MS = 15 * MINUTE_MS;

const figure = z.coerce.number();
const inboxRow = z.object({ from: z.enum(["people", "news"]), waiting: figure, since: figure });
const outboxRow = z.object({
  kind: z.string(),
  ready: figure,
  later: figure,
  held: figure,
});
const lineRow = z.object({ line: z.string(), frozen: figure });
const atRow = z.object({ at: figure });

const seconds = (ms: number): number => ms / SECOND_MS;

/** Each group is one question to one place. */
export function createGauges(parts: GaugeParts): readonly ReadGauges[] {
  const { rooms, settings, coordination, grant, leases, packageLeft } = parts;
  const { store, clock, campaign } = rooms;

  async function inbox(): Promise<Reading[]> {
    const rows = await rowsOf(
      store.db,
      sql`select case when kind like 'news:%' then 'news' else 'people' end as "from", count(*) as waiting,
            min(received_at) as since from inbox where state = 'waiting' group by 1`,
      inboxRow,
    );
    const waiting = (from: "people" | "news"): Reading => ({
      gauge: "inbox_waiting",
      labels: { from },
      value: rows.find((row) => row.from === from)?.waiting ?? 0,
    });
    const lagMs = rows.length === 0 ? 0 : clock.now() - Math.min(...rows.map(({ since }) => since));
    return [waiting("people"), waiting("news"), { gauge: "inbox_lag_seconds", value: seconds(lagMs) }];
  }

  async function outbox(): Promise<Reading[]> {
    const now = clock.now();
    const rows = await rowsOf(
      store.db,
      sql`select kind, count(*) filter (where not_before <= ${now}) as ready,
            count(*) filter (where not_before > ${now} and not_before < ${UNTIL_THEY_WRITE}) as later,
            count(*) filter (where not_before >= ${UNTIL_THEY_WRITE}) as held
          from deliveries where status in ('queued', 'later') group by kind`,
      outboxRow,
    );
    const backlog = await backlogOf(store.db, now);
    return ["reply", "reminder", "digest", "notice", "card"].flatMap((kind): Reading[] => {
      const row = rows.find((candidate) => candidate.kind === kind);
      const since = backlog.find((candidate) => candidate.kind === kind)?.since ?? now;
      const depth = (state: string, value = 0): Reading => ({
        gauge: "outbox_depth",
        labels: { kind, state },
        value,
      });
      return [
        depth("ready", row?.ready),
        depth("later", row?.later),
        depth("until-they-write", row?.held),
        { gauge: "outbox_oldest_seconds", labels: { kind }, value: seconds(now - since) },
      ];
    });
  }

  async function schedule(): Promise<Reading[]> {
    const now = clock.now();
    const looked = await lookedAt(store.db);
    const late = await periodsToFreeze(store.db, now - DIGEST_LATE_MS);
    const frozen = await rowsOf(
      store.db,
      sql`select line, count(*) as frozen from digests group by line`,
      lineRow,
    );
    return [
      { gauge: "agenda_age_seconds", value: seconds(now - (looked ?? now)) },
      { gauge: "digests_late", value: late.length },
      ...campaign.lines.map(({ id }): Reading => ({
        gauge: "digests_frozen",
        labels: { line: id },
        value: frozen.find(({ line }) => line === id)?.frozen ?? 0,
      })),
    ];
  }

  async function platform(): Promise<Reading[]> {
    const now = clock.now();
    const [seen] = await rowsOf(store.db, LAST_EVENT, atRow);
    const held = await grant();
    const left = packageLeft();
    return [
      ...(seen === undefined
        ? []
        : [{ gauge: "webhook_silence_seconds" as const, value: seconds(now - seen.at) }]),
      { gauge: "token_expires_seconds", value: held === null ? 0 : seconds(held.expiresAt - now) },
      { gauge: "token_refused", value: held !== null && held.refusedAt !== null ? 1 : 0 },
      ...(left === null ? [] : [{ gauge: "package_left_ratio" as const, value: left }]),
    ];
  }

  async function calls(): Promise<Reading[]> {
    return Promise.all(
      (["reply", "wave"] as const).map(async (lane) => ({
        gauge: "calls_left" as const,
        labels: { lane },
        value: await coordination.budget.left(lane),
      })),
    );
  }

  async function alarms(): Promise<Reading[]> {
    const [row] = await rowsOf(
      store.db,
      sql`select count(*) as at from marks where name like ${`${ALARM_MARK}%`} and value ->> 'open' = 'true'
          and updated_at > ${clock.now() - DAY_MS}`,
      atRow,
    );
    return [{ gauge: "alarms_open", value: row?.at ?? 0 }];
  }

  /** What needs nobody's answer. */
  function here(): Promise<Reading[]> {
    const pool = store.connections();
    return Promise.resolve([
      { gauge: "info", labels: { mode: settings.mode, campaign: campaign.id }, value: 1 },
      ...Object.entries(pool ?? {}).map(([state, value]) => ({
        gauge: "db_connections" as const,
        labels: { state },
        value,
      })),
      ...[...leases()].map(([name, value]) => ({ gauge: "leases_held" as const, labels: { name }, value })),
    ]);
  }

  return [inbox, outbox, schedule, platform, calls, alarms, here];
}
