/** Every figure that is read when somebody looks, with what it means; all under the prefix `cau_noi_`. */
interface GaugeSpec {
  readonly help: string;
  readonly labels?: readonly string[];
}

export const GAUGES = {
  info: { help: "Always 1; says what runs here", labels: ["mode", "campaign"] },
  inbox_waiting: { help: "Events that wait for their turn", labels: ["from"] },
  inbox_lag_seconds: { help: "Age of the oldest event that waits; 0 when none does" },
  outbox_depth: {
    help: "Messages not sent yet: ready to go, held to an hour, or held until the person writes",
    labels: ["kind", "state"],
  },
  outbox_oldest_seconds: { help: "How long the oldest message that may go has waited", labels: ["kind"] },
  webhook_silence_seconds: { help: "Time since the platform's last event" },
  token_expires_seconds: { help: "Life left in the access token" },
  token_refused: { help: "1 while the platform refuses to refresh the grant: a person has to grant again" },
  calls_left: { help: "Calls to the platform left in this minute", labels: ["lane"] },
  package_left_ratio: { help: "Share of the account's package of messages that is left" },
  agenda_age_seconds: { help: "Time since the schedule was last looked at; a minute when all is well" },
  digests_frozen: { help: "Digests frozen so far", labels: ["line"] },
  digests_late: { help: "Periods that are past their due instant by a quarter of an hour without a digest" },
  alarms_open: { help: "Causes of alarm without an all-clear within a day" },
  db_connections: { help: "Connections of this process to the database server", labels: ["state"] },
  leases_held: { help: "Leases this process holds now", labels: ["name"] },
  gauges_unread: { help: "Groups of these figures that could not be read for this look" },
} as const satisfies Readonly<Record<string, GaugeSpec>>;

export type GaugeName = keyof typeof GAUGES;

export interface Reading {
  readonly gauge: GaugeName;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Figures that come from one place and are missing together when it does not answer. */
export type ReadGauges = () => Promise<readonly Reading[]>;
