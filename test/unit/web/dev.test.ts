import { describe, expect, test } from "@jest/globals";
import { MINUTE_MS, type Instant } from "../../../src/core/clock";
import { aWeb, NOW } from "../../support/web-stubs";

const idle = {
  moveClock: (to: Instant) => Promise.resolve({ now: to, eventsHandled: 2, messagesSent: 3 }),
  settle: () => Promise.resolve(),
};

describe("moving the clock", () => {
  test("tells where it stands and what happened on the way", async () => {
    const web = await aWeb({ dev: idle });
    const answer = await web.call("POST", "/dev/clock", { now: "2025-12-03T10:00:00Z" }, {});
    expect(answer).toMatchObject({
      status: 200,
      json: { now: "2025-12-03T17:00:00+07:00", eventsHandled: 2, messagesSent: 3 },
    });
  });

  test("to where it stands already is no move into the past", async () => {
    const web = await aWeb({ dev: idle });
    expect((await web.call("POST", "/dev/clock", { now: "2025-12-03T12:00:00+07:00" }, {})).status).toBe(200);
  });

  test("backwards is refused, and nothing moves", async () => {
    const moves: Instant[] = [];
    const dev = { ...idle, moveClock: (to: Instant) => (moves.push(to), idle.moveClock(to)) };
    const web = await aWeb({ dev });
    web.clock.moveTo(NOW + MINUTE_MS);
    expect(await web.call("POST", "/dev/clock", { now: "2025-12-03T12:00:59+07:00" }, {})).toMatchObject({
      status: 409,
      json: { error: { code: "time-in-the-past" } },
    });
    expect(moves).toEqual([]);
  });

  test.each([
    ["nothing", undefined],
    ["no body that can be read", "{"],
    ["no instant", {}],
    ["a number", { now: 1_764_738_000_000 }],
    ["an instant without offset", { now: "2025-12-03T17:00:00" }],
    ["a day that does not exist", { now: "2026-02-30T17:00:00+07:00" }],
  ])("to %s is refused", async (_what, body) => {
    const web = await aWeb({ dev: idle });
    const headers: Record<string, string> = body === "{" ? { "content-type": "application/json" } : {};
    expect((await web.call("POST", "/dev/clock", body, headers)).status).toBe(400);
  });
});

describe("settling", () => {
  test("is answered once all is idle", async () => {
    const web = await aWeb({ dev: idle });
    expect(await web.call("POST", "/dev/settle", undefined, {})).toMatchObject({
      status: 200,
      json: { idle: true },
    });
  });

  test("that does not come to an end is given up", async () => {
    const web = await aWeb({
      dev: { ...idle, settle: () => new Promise(() => undefined) },
      limits: { settleMs: 20 },
    });
    expect(await web.call("POST", "/dev/settle", undefined, {})).toMatchObject({
      status: 504,
      json: { error: { code: "not-idle" } },
    });
  });
});
