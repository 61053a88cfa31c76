/** What changes in the room, told to every open page at once (server-sent events). */
import type { Request, Response } from "express";
import { SECOND_MS, type Instant } from "../core/clock";
import type { ChatEntry, SimPerson } from "./room-state";

export interface StoryState {
  readonly running: boolean;
  readonly caption: string | null;
  /** Whose phone to look at. */
  readonly personId: string | null;
}

export type LiveEvent =
  | { readonly type: "people"; readonly people: readonly SimPerson[] }
  | { readonly type: "message"; readonly entry: ChatEntry }
  | { readonly type: "clock"; readonly now: Instant; readonly moving: boolean }
  | ({ readonly type: "story" } & StoryState);

/** Proxies close a silent connection after half a minute or a minute. */
const KEEP_ALIVE_MS = 20 * SECOND_MS;

export interface Live {
  publish(event: LiveEvent): void;
  /** Keeps the answer open and writes every event to it. */
  stream(request: Request, response: Response): void;
  close(): void;
}

export function createLive(): Live {
  const open = new Set<Response>();
  const keepAlive = setInterval(() => {
    for (const response of open) response.write(": still here\n\n");
  }, KEEP_ALIVE_MS);
  keepAlive.unref();

  return {
    publish(event) {
      const line = `data: ${JSON.stringify(event)}\n\n`;
      for (const response of open) response.write(line);
    },
    stream(request, response) {
      response.status(200).set({ "content-type": "text/event-stream", "cache-control": "no-store" });
      response.flushHeaders();
      response.write(": open\n\n");
      open.add(response);
      request.on("close", () => open.delete(response));
    },
    close() {
      clearInterval(keepAlive);
      for (const response of open) response.end();
      open.clear();
    },
  };
}
