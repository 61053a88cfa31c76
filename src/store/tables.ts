/**
 * Every table, in the order of the way of a message. Instants are milliseconds since the epoch, days are
 * `YYYY-MM-DD` in Hà Nội.
 */
export * from "./tables/people";
export * from "./tables/inbox";
export * from "./tables/ledger";
export * from "./tables/tickets";
export * from "./tables/digest-answers";
export * from "./tables/outbox";
export * from "./tables/housekeeping";
export * from "./tables/replicas";
