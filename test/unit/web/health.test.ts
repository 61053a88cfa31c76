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
    const metrics = createMetrics([
      () => Promise.resolve([{ gauge: "inbox_lag_seconds", value: 2.5 }]),
      () =>
        Promise.resolve([{ gauge: "outbox_depth", labels: { kind: "reply", state: "ready" }, value: 12 }]),
    ]);
    metrics.eventReceived("text", true);
    metrics.eventReceived("seen", false);
    metrics.turnsTaken(3);
    metrics.deliverySettled({ kind: "reply", status: "sent", reason: "none", tookMs: 400 });
    metrics.alarmTold("change_template_status:418802:1");
    const web = await aWeb({ metrics });
    const answer = await web.call("GET", "/metrics", undefined, {});
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(answer.text.split("\n")).toEqual(
      expect.arrayContaining([
        'cau_noi_events_total{name="text"} 1',
        'cau_noi_events_ignored_total{name="seen"} 1',
        "cau_noi_turns_total 3",
        'cau_noi_deliveries_total{kind="reply",status="sent",reason="none"} 1',
        'cau_noi_delivery_seconds_bucket{le="0.5",kind="reply"} 1',
        'cau_noi_alarms_total{cause="change_template_status"} 1',
        "cau_noi_inbox_lag_seconds 2.5",
        'cau_noi_outbox_depth{kind="reply",state="ready"} 12',
        "cau_noi_gauges_unread 0",
      ]),
    );
  });

  test("that cannot be read are left out, and keep the others not back", async () => {
    let away = false;
    const metrics = createMetrics([
      () =>
        away
          ? Promise.reject(new Error("no database"))
          : Promise.resolve([{ gauge: "inbox_lag_seconds", value: 7 }]),
      () => Promise.resolve([{ gauge: "digests_late", value: 1 }]),
    ]);
    expect(await metrics.text()).toContain("cau_noi_inbox_lag_seconds 7");
    away = true;
    const text = await metrics.text();
    expect(text).not.toMatch(/^cau_noi_inbox_lag_seconds/m);
    expect(text).toContain("cau_noi_digests_late 1");
    expect(text).toContain("cau_noi_gauges_unread 1");
  });

  test("stay few, whatever names arrive", async () => {
    const metrics = createMetrics([]);
    for (let i = 0; i < 1_000; i++) metrics.eventReceived(`event_${i}`, false);
    const series = (await metrics.text())
      .split("\n")
      .filter((line) => line.startsWith("cau_noi_events_total{"));
    expect(series).toHaveLength(101);
    expect(series.at(-1)).toBe('cau_noi_events_total{name="other"} 900');
  });
});
