/** What operators watch: counters that the rooms move, and gauges read from the store when somebody looks. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { SECOND_MS } from "../core/clock";
import { GAUGES, type GaugeName, type ReadGauges } from "./gauge-list";
import { within } from "./time-limit";

export type WebhookOutcome = "accepted" | "dropped" | "too-large" | "not-stored" | "late";

export interface SettledDelivery {
  readonly kind: string;
  readonly status: string;
  /** A family of reasons, never a reason itself: figures must stay few. */
  readonly reason: string;
  /** From its writing to its sending. */
  readonly tookMs: number;
}

export interface Metrics {
  webhookAnswered(outcome: WebhookOutcome): void;
  /** By the platform's name of the event; of authentic events only. `started`: whether it begins a turn. */
  eventReceived(name: string, started: boolean): void;
  /** Which of the documented readings made an event authentic. */
  signatureMatched(reading: { readonly secret: string; readonly firstTerm: string }): void;
  turnsTaken(count: number): void;
  eventParked(): void;
  /** People who were told that their answer is late. */
  keptWaiting(people: number): void;
  deliverySettled(delivery: SettledDelivery): void;
  tokenRefreshed(outcome: string): void;
  grantEnded(outcome: string): void;
  alarmTold(cause: string): void;
  readonly contentType: string;
  /** In Prometheus' text form. */
  text(): Promise<string>;
}

const PREFIX = "cau_noi_";
/** A store that does not answer must not keep the other figures back. */
const GAUGE_LIMIT_MS = SECOND_MS;
/** Names that come from outside are counted up to this many; what comes after is `other`. */
const MAX_NAMES = 100;
/** From "at once" to "an outage": what people notice lies between one second and a minute. */
const DELIVERY_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800];

/** Keeps the number of different labels bounded, whatever arrives. */
function fewNames(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (!known.has(name) && known.size >= MAX_NAMES) return "other";
    known.add(name);
    return name;
  };
}

export function createMetrics(readers: readonly ReadGauges[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers });
  const nameOf = fewNames();
  const readGauges = createGaugeReader(registers, readers);

  const webhooks = counter("webhooks_total", "Webhook calls by how they were answered", "outcome");
  const events = counter("events_total", "Authentic events by name", "name");
  const ignored = counter("events_ignored_total", "Authentic events that start no turn, by name", "name");
  const signatures = counter(
    "webhook_signatures_total",
    "Authentic webhook calls by the reading of their signature",
    "secret",
    "first_term",
  );
  const turns = counter("turns_total", "Turns taken");
  const parked = counter("events_parked_total", "Events that failed too often and wait for a person");
  const kept = counter("kept_waiting_total", "People who were told that their answer is late");
  const deliveries = counter(
    "deliveries_total",
    "Tries to send by how they ended and why",
    "kind",
    "status",
    "reason",
  );
  const seconds = new Histogram({
    name: `${PREFIX}delivery_seconds`,
    help: "From the writing of a message to its sending",
    labelNames: ["kind"],
    buckets: DELIVERY_BUCKETS_SECONDS,
    registers,
  });
  const refreshes = counter("token_refreshes_total", "Refreshes of the access token by outcome", "outcome");
  const grants = counter("grants_total", "Grants that an administrator went through, by outcome", "outcome");
  const alarms = counter("alarms_total", "Alarms told to the operators, by cause", "cause");

  return {
    webhookAnswered: (outcome) => webhooks.inc({ outcome }),
    eventReceived: (given, started) => {
      const name = nameOf(given);
      events.inc({ name });
      if (!started) ignored.inc({ name });
    },
    signatureMatched: ({ secret, firstTerm }) => signatures.inc({ secret, first_term: firstTerm }),
    turnsTaken: (count) => turns.inc(count),
    eventParked: () => parked.inc(),
    keptWaiting: (people) => kept.inc(people),
    deliverySettled: ({ kind, status, reason, tookMs }) => {
      deliveries.inc({ kind, status, reason });
      if (status === "sent") seconds.observe({ kind }, tookMs / SECOND_MS);
    },
    tokenRefreshed: (outcome) => refreshes.inc({ outcome }),
    grantEnded: (outcome) => grants.inc({ outcome }),
    alarmTold: (cause) => alarms.inc({ cause: cause.split(":")[0] ?? "" }),
    contentType: registry.contentType,
    text: async () => {
      await readGauges();
      return registry.metrics();
    },
  };
}

/** Reads every group of gauges anew. What cannot be read is left out: an old figure would be a lie. */
function createGaugeReader(registers: Registry[], readers: readonly ReadGauges[]): () => Promise<void> {
  const gauges = new Map(
    Object.entries(GAUGES).map(([name, spec]) => {
      const labelNames = "labels" in spec ? [...spec.labels] : [];
      const gauge = new Gauge<string>({ name: PREFIX + name, help: spec.help, labelNames, registers });
      // Resetting one without labels would say 0, which is a figure too.
      const empty = () => (labelNames.length === 0 ? gauge.remove() : gauge.reset());
      return [name, { gauge, empty }];
    }),
  );
  const set = (name: GaugeName, labels: Readonly<Record<string, string>>, value: number) =>
    gauges.get(name)?.gauge.set({ ...labels }, value);
  return async () => {
    const groups = await Promise.all(
      readers.map((read) => within(GAUGE_LIMIT_MS, read).catch(() => "late" as const)),
    );
    for (const { empty } of gauges.values()) empty();
    for (const group of groups)
      if (group !== "late") for (const { gauge, labels = {}, value } of group) set(gauge, labels, value);
    set("gauges_unread", {}, groups.filter((group) => group === "late").length);
  };
}
