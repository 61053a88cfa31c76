/** The simulator's ports, filled by the rooms; made in simulator mode only. */
import { join } from "node:path";
import { MINUTE_MS, type Instant } from "../core/clock";
import { ROOT } from "../core/root";
import { createInvitation } from "../people/invitations";
import { agendaAfter } from "../reporting/agenda-instants";
import { listDigests } from "../reporting/digests";
import { listLines, listObligations, listPeriods, searchUnits } from "../reporting/queries";
import { unitName } from "../reporting/roster";
import type { Settings } from "../settings/settings";
import { createLoopback } from "../simulator/loopback";
import { readShow } from "../simulator/show";
import { createSimulator, type Simulator } from "../simulator/simulator";
import type { ApiPorts } from "../web/ports";
import type { Idle } from "./idle";
import type { PretendPlatform } from "./pretend-platform";
import type { Rooms } from "./rooms";

export interface SimulatorParts {
  readonly rooms: Rooms;
  readonly settings: Settings;
  readonly platform: PretendPlatform;
  readonly moveClock: (to: Instant) => Promise<unknown>;
  readonly rehearse: ApiPorts["rehearse"];
  readonly idle: Idle;
  /** Where the program's own server listens; asked once it does. */
  readonly port: () => number;
}

export async function openSimulator(parts: SimulatorParts): Promise<Simulator> {
  const { rooms, settings, platform, idle } = parts;
  const { store, clock, ids, log, campaign } = rooms;
  return createSimulator({
    clock,
    ids,
    log,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    stateFile: join(settings.dataDir, "simulator.json"),
    show: await readShow(join(ROOT, "config", "campaigns", campaign.id, "simulator.yaml")),
    zalo: platform.zalo,
    ...createLoopback(() => `http://127.0.0.1:${parts.port()}/webhook/zalo`),
    searchUnits: (wanted) => Promise.resolve(searchUnits(campaign, wanted)),
    createInvitation: (unitCode, role) => createInvitation(store.db, { unitCode, role }, clock.now(), ids),
    lines: () => Promise.resolve(listLines(campaign, clock.now())),
    periods: (line) => listPeriods(store.db, campaign, line),
    obligations: async (line, period) =>
      (await listObligations(store.db, { line, period }, clock.now())).map((row) => ({
        ...row,
        unitName: unitName(campaign, row.unitCode),
      })),
    digests: (line, period) => listDigests(store.db, { line, period }),
    rehearse: async () =>
      (await parts.rehearse({})).map(({ topics, ...message }) => ({
        ...message,
        unitNames: [...new Set(topics.map(({ unitCode }) => unitName(campaign, unitCode)))],
      })),
    moveClock: parts.moveClock,
    nextAgenda: (kind) => {
      const wanted = kind === "deadline" ? "due" : "reminder";
      const next = agendaAfter(campaign, clock.now()).find((item) => item.kind === wanted);
      // A look a moment after the instant itself: what falls due at it has happened.
      return Promise.resolve(next === undefined ? null : next.at + MINUTE_MS);
    },
    settle: () => idle.settle(),
  });
}
