import { describe, expect, test } from "@jest/globals";
import { createMetrics } from "../../../src/web/metrics";
import { aWeb } from "../../support/web-stubs";

describe("readiness", () => {
  test("is told part by part", async () => {
    const web = await aWeb({
      health: { readiness: () => Promise.resolve({ database: true, worker: true }) },
    });
    expect(await web.call("GET", "/readyz", undefined, {})).toMatchObject({
      status: 200,
      json: { status: "ready", parts: { database: true, worker: true } },
    });
  });

  test("needs every part", async () => {
    const web = await aWeb({
      health: { readiness: () => Promise.resolve({ database: true, worker: false }) },
    });
    expect(await web.call("GET", "/readyz", undefined, {})).toMatchObject({
      status: 503,
      json: { status: "not-ready", parts: { worker: false } },
    });
  });

  test("that cannot be told is none, and the program is alive all the same", async () => {
    const web = await aWeb({ health: { readiness: () => Promise.reject(new Error("password wrong")) } });
    const answer = await web.call("GET", "/readyz", undefined, {});
    expect(answer.status).toBe(503);
    expect(answer.text).not.toContain("password");
    expect((await web.call("GET", "/healthz", undefined, {})).status).toBe(200);
  });
});

describe("figures", () => {
  test("are counted by name and read when somebody looks", async () => {
    const metrics = createMetrics({
      inboxLagMs: () => Promise.resolve(2_500),
      outboxDepth: () => Promise.resolve(12),
    });
    metrics.eventReceived("text");
    metrics.eventReceived("text");
    metrics.turnsTaken(3);
    metrics.deliveriesSettled("sent", 4);
    const web = await aWeb({ metrics });
    const answer = await web.call("GET", "/metrics", undefined, {});
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(answer.text.split("\n")).toEqual(
      expect.arrayContaining([
        'cau_noi_events_total{name="text"} 2',
        "cau_noi_turns_total 3",
        'cau_noi_deliveries_total{status="sent"} 4',
        "cau_noi_inbox_lag_seconds 2.5",
        "cau_noi_outbox_depth 12",
      ]),
    );
  });

  test("that cannot be read do not keep the others back", async () => {
    const metrics = createMetrics({
      inboxLagMs: () => Promise.reject(new Error("no database")),
      outboxDepth: () => Promise.resolve(1),
    });
    const lines = (await metrics.text()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining(["cau_noi_inbox_lag_seconds Nan", "cau_noi_outbox_depth 1"]),
    );
  });
});
