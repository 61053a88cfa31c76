/**
 * Connections to a database server that may go away, be cut off or stop in the middle of an answer. Nothing here
 * waits for ever: whoever asked hears of a failure, and what a silent replica had locked is free again.
 */
import { hostname } from "node:os";
import { Pool, type PoolClient, type PoolConfig } from "pg";
import { SECOND_MS } from "../core/clock";
import { causeOf } from "../core/errors";
import { PLAN_BY_INDEX, prepareRepeated } from "./prepared";

/** Enough for one worker, one sender, the scheduler and a burst of webhooks; PostgreSQL's default allows 100 in all. */
const POOL_SIZE = 12;
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS;
/** A replica that falls silent inside a transaction keeps people's turns locked for so long and no longer. */
const MAX_IDLE_IN_TRANSACTION_MS = 10 * SECOND_MS;
/** Far above what any statement takes. */
const STATEMENT_TIMEOUT_MS = 15 * SECOND_MS;
/** The server ends what takes too long; if even that is not heard, nobody answers at the other end. */
const MAX_HELD_MS = STATEMENT_TIMEOUT_MS + MAX_IDLE_IN_TRANSACTION_MS;

/** What every connection to the server agrees on. */
export const connectionTo = (url: string): PoolConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
});

/** By this beginning of their name programs find each other among the connections of a server. */
export const APPLICATION = "cau-noi:";

export function createPool(url: string): Pool {
  const pool = new Pool({
    ...connectionTo(url),
    max: POOL_SIZE,
    options: PLAN_BY_INDEX,
    application_name: `${APPLICATION}${hostname()}:${process.pid}`,
    idle_in_transaction_session_timeout: MAX_IDLE_IN_TRANSACTION_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A connection that breaks is replaced by the pool, and fails what was asked on it; without a listener the event
  // alone would end the process.
  const quiet = (): void => undefined;
  pool.on("error", quiet);
  pool.on("connect", (client) => {
    client.on("error", quiet);
    prepareRepeated(client);
  });
  const cuts = new Map<PoolClient, NodeJS.Timeout>();
  const spare = (client: PoolClient): void => {
    clearTimeout(cuts.get(client));
    cuts.delete(client);
  };
  pool.on("acquire", (client) => {
    cuts.set(
      client,
      setTimeout(() => client.connection.stream.destroy(), MAX_HELD_MS),
    );
  });
  pool.on("release", (_error, client) => spare(client));
  pool.on("remove", spare);
  return pool;
}

/** PostgreSQL's classes and codes for what says nothing about the statement: broken connections, no room, a stop, two in each other's way. */
const PASSING = /^(08|53|57P0[1-5]|25P03|40001|40P01)/;
/** What node and the driver say when nobody is there. */
const GONE = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)/;
const TERMINATED = /^Connection terminated|^timeout exceeded when trying to connect|not queryable$/;

/** Whether the database, and nothing that was asked of it, is at fault: the same may work once it is back. */
export function isOutage(error: unknown): boolean {
  const cause = causeOf(error);
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return PASSING.test(code) || GONE.test(code) || TERMINATED.test(cause.message);
}
