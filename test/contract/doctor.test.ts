/** The doctor on this side of the wire: database, replicas, people, address, webhook. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createDoctor, type DoctorParts } from "../../src/app/doctor";
import { at, DAY_MS } from "../../src/core/clock";
import { loadSettings } from "../../src/settings/load";
import { deliveries, inbox, oaTokens } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { connectFake } from "../support/connect-fake";
import { startFakeZalo, type FakeZalo } from "../support/fake-zalo";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const NOW = at("2025-12-02", "08:00");
const REDIS = "redis://127.0.0.1:6379";

eachStore((store) => {
  let fake: FakeZalo;

  beforeEach(async () => {
    fake = await startFakeZalo();
    for (const table of [inbox, oaTokens]) await store().db.delete(table);
    await startLedger(store().db, campaign, NOW);
  });
  afterEach(() => fake.close());

  const settings = (over: Record<string, string> = {}) =>
    loadSettings({
      ADMIN_TOKEN: "a-token-of-more-than-sixteen-characters",
      ZALO_APP_ID: fake.settings.appId,
      ZALO_APP_SECRET: fake.settings.appSecret,
      ZALO_OA_ID: fake.settings.oaId,
      ZALO_OA_SECRET_KEY: fake.settings.oaSecretKey,
      ...over,
    });

  async function examine(over: Partial<DoctorParts> = {}) {
    const zalo = connectFake(fake, store().db);
    const findings = await createDoctor({
      rooms: { store: store(), clock: fake.clock, campaign },
      settings: settings(),
      coordination: { answers: () => Promise.resolve(true) },
      zalo: { ...zalo, account: fake.settings },
      accessToken: () => zalo.tokens.accessToken(),
      ...over,
    })();
    return (id: string) => {
      const found = findings.find((finding) => finding.id === id);
      return found === undefined ? "not looked at" : `${found.state}: ${found.detail}`;
    };
  }
  const event = (receivedAt: number, kind = "user_send_text") =>
    store()
      .db.insert(inbox)
      .values({
        eventKey: `${kind}:${receivedAt}`,
        kind,
        payload: {},
        occurredAt: receivedAt,
        receivedAt,
        state: "done",
      });

  test("a database that is away is the one thing told", async () => {
    const away = { ...store(), ping: () => Promise.reject(new Error("connection refused")) };
    const said = await examine({ rooms: { store: away, clock: fake.clock, campaign } });
    expect(said("database")).toBe("fail: connection refused");
    expect(said("token")).toBe("not looked at");
  });

  test("replicas need Redis, and Redis must answer", async () => {
    const two = { ...store(), programs: () => Promise.resolve(2) };
    const rooms = { store: two, clock: fake.clock, campaign };
    expect((await examine())("replicas")).toMatch(/^ok/);
    expect((await examine({ rooms }))("replicas")).toMatch(/^fail: 2 bản/);
    const shared = { rooms, settings: settings({ REDIS_URL: REDIS }) };
    expect((await examine(shared))("replicas")).toMatch(/^ok/);
    const silent = { answers: () => Promise.resolve(false) };
    expect((await examine({ ...shared, coordination: silent }))("replicas")).toMatch(/^fail/);
  });

  test("alarms need somebody who hears them", async () => {
    expect((await examine())("staff")).toMatch(/^warn/);
    await linkPerson(store().db, { id: "hoa", unitCode: campaign.office, role: "staff", linkedAt: NOW });
    expect((await examine())("staff")).toMatch(/^ok: 1 /);
  });

  test("the webhook is judged by what came from outside", async () => {
    await event(NOW, "news:reminder");
    expect((await examine())("webhook")).toMatch(/^fail/);
    await event(NOW - DAY_MS - 1);
    expect((await examine())("webhook")).toMatch(/^warn/);
    await event(NOW - 1000);
    expect((await examine())("webhook")).toMatch(/^ok/);
  });

  test("the public address must be https on a name of its own", async () => {
    expect((await examine())("address")).toMatch(/^fail: PUBLIC_URL/);
    const port = settings({ PUBLIC_URL: "https://bot.example.vn:8443" });
    expect((await examine({ settings: port }))("address")).toMatch(/^fail: PUBLIC_URL/);
  });

  test("what messages met within a day names the broken link", async () => {
    expect((await examine())("funds")).toMatch(/^ok/);
    await linkPerson(store().db, { id: "xa", unitCode: "xa-a", linkedAt: NOW });
    const row = (createdAt: number, lastError: string) => ({
      id: ledgerIds.next(createdAt),
      personId: "xa",
      kind: "reminder" as const,
      message: { text: "" },
      status: "never" as const,
      notBefore: createdAt,
      lastError,
      eventKey: lastError,
      createdAt,
    });
    await store()
      .db.insert(deliveries)
      .values([row(NOW - 2 * DAY_MS, "-224 OA_PACKAGE_REQUIRED"), row(NOW, "-320 ZCA_NOT_LINKED")]);
    const said = await examine();
    expect(said("funds")).toBe("fail: Tin gửi gần đây bị từ chối với mã -320.");
    expect(said("package")).toMatch(/^ok/);
  });
});
