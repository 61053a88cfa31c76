/** What the simulator room needs from the rest of the program; whoever mounts it fills these in. */
import type { Clock, Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { PretendZalo, SignedWebhook } from "./pretend-zalo";
import type { Show } from "./show";

export type UnitRole = "reporter" | "staff";

export interface UnitRow {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly group: string;
}

export interface LineRow {
  readonly id: string;
  readonly name: string;
}

export interface PeriodRow {
  readonly id: string;
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly closesAt: Instant;
}

export interface ObligationRow {
  readonly unitCode: string;
  readonly unitName: string;
  readonly status: "waiting" | "drafting" | "submitted" | "nil" | "late" | "missing" | "exempt";
  readonly dueAt: Instant;
  readonly submittedAt: Instant | null;
  readonly version: number;
  /** False when no reminder could be delivered to the unit. */
  readonly reached: boolean;
}

export interface DigestRow {
  readonly id: string;
  readonly frozenAt: Instant;
  readonly text: string;
}

/** A message that nobody has sent: who would get it, when, and by which way. */
export interface RehearsedRow {
  readonly at: Instant;
  readonly personName: string | null;
  readonly kind: "reminder" | "digest";
  readonly unitNames: readonly string[];
  /** Null when it would not go. */
  readonly lane: string | null;
  /** Why it would not go; null when it would. */
  readonly reason: string | null;
}

/** A file as the pretend platform serves it. */
export interface ServedFile {
  readonly mime: string;
  readonly bytes: Buffer;
}

/** What falls due next: a message to somebody, or the due instant of a period. */
export type Agenda = "reminder" | "deadline";

export interface SimulatorPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Real waiting, so that a viewer can follow; a test waits for nothing. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Where people and their chats are kept over a restart: `DATA_DIR/simulator.json`. */
  readonly stateFile: string;
  /** Roles and story of the campaign, from `readShow`. */
  readonly show: Show;
  readonly zalo: Pick<PretendZalo, "onSent" | "signedWebhook" | "hostFile" | "addPerson">;
  /** Posts the signed bytes to the program's own webhook; gives the HTTP status. */
  readonly deliver: (webhook: SignedWebhook) => Promise<number>;
  /** Reads a file back from the pretend platform's address; null when it is gone. */
  readonly fetchFile: (url: string) => Promise<ServedFile | null>;
  readonly searchUnits: (wanted: { query: string; parent?: string }) => Promise<readonly UnitRow[]>;
  readonly createInvitation: (unitCode: string, role: UnitRole) => Promise<{ readonly code: string }>;
  readonly lines: () => Promise<readonly LineRow[]>;
  readonly periods: (lineId: string) => Promise<readonly PeriodRow[]>;
  readonly obligations: (lineId: string, periodId: string) => Promise<readonly ObligationRow[]>;
  readonly digests: (lineId: string, periodId: string) => Promise<readonly DigestRow[]>;
  /** The week ahead if nobody answered, in order of time. */
  readonly rehearse: () => Promise<readonly RehearsedRow[]>;
  /** Moves the campaign clock, does everything due on the way and waits until nothing is left to do. */
  readonly moveClock: (to: Instant) => Promise<unknown>;
  /** When the next thing of this kind falls due; null when nothing is left. */
  readonly nextAgenda: (kind: Agenda) => Promise<Instant | null>;
  /** Resolves when inbox and outbox are idle. */
  readonly settle: () => Promise<unknown>;
}
