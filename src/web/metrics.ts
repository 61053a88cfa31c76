/** What operators watch: counters that the rooms move, and gauges read from the store when somebody looks. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import { SECOND_MS } from "../core/clock";
import { within } from "./time-limit";

export type WebhookOutcome = "accepted" | "dropped" | "too-large" | "not-stored" | "late";

export interface Metrics {
  webhookAnswered(outcome: WebhookOutcome): void;
  /** By the platform's name of the event; of authentic events only, so that names stay few. */
  eventReceived(name: string): void;
  /** Which of the documented readings made an event authentic. */
  signatureMatched(reading: { readonly secret: string; readonly firstTerm: string }): void;
  turnsTaken(count: number): void;
  deliveriesSettled(status: string, count: number): void;
  readonly contentType: string;
  /** In Prometheus' text form. */
  text(): Promise<string>;
}

export interface Gauges {
  /** How long the oldest event has waited for its turn; 0 when none waits. */
  inboxLagMs(): Promise<number>;
  /** Messages that wait to be sent. */
  outboxDepth(): Promise<number>;
}

/** A store that does not answer must not keep the other figures back. */
const GAUGE_LIMIT_MS = SECOND_MS;

export function createMetrics(gauges: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `cau_noi_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `cau_noi_${name}`,
      help,
      registers,
      async collect() {
        const value = await within(GAUGE_LIMIT_MS, read).catch(() => "late" as const);
        // Not a number is what Prometheus knows as "not known".
        this.set(value === "late" ? NaN : value);
      },
    });

  const webhooks = counter("webhooks_total", "Webhook calls by how they were answered", "outcome");
  const events = counter("events_total", "Authentic events by name", "name");
  const signatures = counter(
    "webhook_signatures_total",
    "Authentic webhook calls by the reading of their signature",
    "secret",
    "first_term",
  );
  const turns = counter("turns_total", "Turns taken");
  const deliveries = counter("deliveries_total", "Deliveries by how sending ended", "status");
  gauge("inbox_lag_seconds", "Age of the oldest event that waits", async () => {
    return (await gauges.inboxLagMs()) / SECOND_MS;
  });
  gauge("outbox_depth", "Messages that wait to be sent", () => gauges.outboxDepth());

  return {
    webhookAnswered: (outcome) => webhooks.inc({ outcome }),
    eventReceived: (name) => events.inc({ name }),
    signatureMatched: ({ secret, firstTerm }) => signatures.inc({ secret, first_term: firstTerm }),
    turnsTaken: (count) => turns.inc(count),
    deliveriesSettled: (status, count) => deliveries.inc({ status }, count),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
