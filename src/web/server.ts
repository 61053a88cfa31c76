/** The app on a port, with clients that dawdle cut off. */
import { createServer, type RequestListener } from "node:http";
import { z } from "zod";
import { MINUTE_MS, SECOND_MS } from "../core/clock";
import { broken, messageOf } from "../core/errors";

export interface ServerLimits {
  /** For the headers of a request to arrive. */
  readonly headersMs: number;
  /** For a whole request to arrive. */
  readonly requestMs: number;
  /** How often the two are looked at. */
  readonly checkMs: number;
  /** For a connection on which nothing moves, in either direction. */
  readonly silenceMs: number;
}

/** The largest request is 256 KiB; at a poor phone's 20 KiB/s it takes 13 s. */
export const SERVER_LIMITS: ServerLimits = {
  headersMs: 10 * SECOND_MS,
  requestMs: 20 * SECOND_MS,
  checkMs: 5 * SECOND_MS,
  silenceMs: 2 * MINUTE_MS,
};
/** Longer than a front keeps its connections, so that the front is always the one to close. */
const KEEP_ALIVE_MS = 65 * SECOND_MS;
/** What is under way at a stop may finish within this time. */
const GRACE_MS = 5 * SECOND_MS;

export interface WebServer {
  /** The port it listens on: chosen by the system where 0 was asked for. */
  readonly port: number;
  /** From now on every answer ends its connection, so that a front asks elsewhere next time. */
  drain(): void;
  /** Takes nothing new, lets what is under way finish. */
  close(): Promise<void>;
}

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly limits?: ServerLimits;
}

/** Resolves once connections are taken; throws `broken` when the address cannot be had. */
export async function listen(app: RequestListener, place: Place): Promise<WebServer> {
  const { host, port, limits = SERVER_LIMITS } = place;
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    app,
  );
  server.setTimeout(limits.silenceMs);
  let isDraining = false;
  let isClosing = false;
  // A connection is kept for the next call; during a stop there will be none.
  server.prependListener("request", (_request, response) => {
    if (isDraining) response.setHeader("connection", "close");
    response.once("close", () => {
      if (isClosing) setImmediate(() => server.closeIdleConnections());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(broken("address-in-use", `cannot listen on ${host}:${port}: ${messageOf(error)}`)),
    );
    server.listen(port, host, resolve);
  });
  const bound = z.object({ port: z.int() }).parse(server.address());
  return {
    port: bound.port,
    drain: () => {
      isDraining = true;
    },
    close: () =>
      new Promise((resolve) => {
        isClosing = true;
        const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}
