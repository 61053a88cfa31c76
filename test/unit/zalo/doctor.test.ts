/** The set-up chain: a healthy one, and each broken link by the code with which the platform reports it. */
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { HOUR_MS } from "../../../src/core/clock";
import type { Finding } from "../../../src/core/finding";
import { createClient } from "../../../src/zalo/client";
import { examineAccount, type DoctorParts } from "../../../src/zalo/doctor";
import type { Grant } from "../../../src/zalo/token-store";
import { startFakeZalo, type FakeZalo } from "../../support/fake-zalo";

let fake: FakeZalo;
let fresh: Grant;
let grant: Grant | null;

beforeEach(async () => {
  fake = await startFakeZalo();
  fresh = await granted();
  grant = fresh;
});
afterEach(() => fake.close());

/** A pair as the program would have stored it a moment ago. */
async function granted(): Promise<Grant> {
  const reply = await createClient(fake.settings).refreshToken(fake.settings.refreshToken ?? "");
  if (reply.kind !== "ok") throw new Error("no pair");
  const issuedAt = fake.clock.now();
  return { ...reply.value, issuedAt, expiresAt: issuedAt + 25 * HOUR_MS, seeds: [], refusedAt: null };
}

async function examine(over: Partial<DoctorParts> = {}): Promise<Finding[]> {
  return examineAccount({
    settings: fake.settings,
    client: createClient(fake.settings),
    grant: () => Promise.resolve(grant),
    accessToken: () => Promise.resolve(grant?.accessToken ?? ""),
    clock: fake.clock,
    templates: { reminder: "418802", digest: "418803" },
    needsFunds: true,
    lateCodes: [],
    ...over,
  });
}
const stateOf = (findings: readonly Finding[], id: string) =>
  findings.find((found) => found.id === id)?.state;
const failing = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state === "fail").map(({ id }) => id);
const adviceOf = (findings: readonly Finding[], id: string) =>
  findings.find((found) => found.id === id)?.advice ?? "";

describe("the doctor", () => {
  it("finds nothing wrong with a healthy chain, and asks for nothing that changes anything", async () => {
    const before = fake.zalo.calls.length;
    const findings = await examine();
    expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(["ok"]));
    expect(findings.some(({ advice }) => advice !== undefined)).toBe(false);
    const endpoints = fake.zalo.calls.slice(before).map(({ endpoint }) => endpoint);
    expect(endpoints).toEqual(["account", "chats", "quota", "template-info", "template-info"]);
  });

  it.each([
    [-209, "app-active", "Đang hoạt động"],
    [-212, "api-registered", "Official Account API"],
    [-242, "proof", "appsecret_proof"],
    [-204, "account", "OA ID"],
    [-205, "account", "OA ID"],
    [-219, "grant-account", "/zalo/authorize"],
    [-221, "verified", "Xác thực tài khoản"],
    [-223, "grant-account", "/zalo/authorize"],
    [-224, "package", "Gói dịch vụ"],
    [-216, "token", "/zalo/authorize"],
    [-220, "token", "/zalo/authorize"],
  ])("takes %i at the account for a broken link: %s", async (code, link, advice) => {
    fake.zalo.scriptNext("account", { do: "error", code });
    const findings = await examine();
    expect(failing(findings)).toEqual([link]);
    expect(adviceOf(findings, link)).toContain(advice);
  });

  it.each([
    [-223, "grant-sending"],
    [-221, "verified"],
    [-224, "package"],
    [-320, "funds"],
    [-321, "funds"],
    [-211, "quota"],
  ])("takes %i at the quota for a broken link: %s", async (code, link) => {
    fake.zalo.scriptNext("quota", { do: "error", code });
    expect(failing(await examine())).toEqual([link]);
  });

  it("tells the permission groups apart", async () => {
    fake.zalo.scriptNext("chats", { do: "error", code: -223 });
    const findings = await examine();
    expect(failing(findings)).toEqual(["grant-messages"]);
    expect(stateOf(findings, "grant-sending")).toBe("ok");
  });

  it.each([-221, -224, -320, -321])("believes what messages met of late: %i", async (code) => {
    const findings = await examine({ lateCodes: [code, -230] });
    expect(failing(findings)).toHaveLength(1);
    expect(findings.find(({ state }) => state === "fail")?.detail).toContain(String(code));
  });

  it.each([
    [-136, ["funds", "template-reminder"]],
    [-137, ["funds", "template-reminder"]],
    [-112, ["template-reminder"]],
  ])("takes %i at a template for %s", async (code, links) => {
    fake.zalo.scriptNext("template-info", { do: "error", code });
    expect(failing(await examine())).toEqual(links);
  });

  it("knows a template that is not approved, and one that is not there yet", async () => {
    const body = '{"error":0,"message":"Success","data":{"status":"REJECT"}}';
    fake.zalo.scriptNext("template-info", { do: "answer", status: 200, body });
    const findings = await examine({ templates: { reminder: "418802", digest: undefined } });
    expect(failing(findings)).toEqual(["template-reminder"]);
    expect(adviceOf(findings, "template-digest")).toContain("ZALO_TEMPLATE_DIGEST");
  });

  it.each([
    ['{"oa_id":"1111111111","is_verified":true}', ["account"]],
    ['{"oaid":1908837465520113774,"is_verified":false}', ["verified"]],
    ['{"oa_id":"1908837465520113774","linked_ZCA":false}', ["funds"]],
    ['{"oa_id":"1908837465520113774"}', []],
  ])("reads what the account says of itself: %s", async (data, links) => {
    const body = `{"error":0,"message":"Success","data":${data}}`;
    fake.zalo.scriptNext("account", { do: "answer", status: 200, body });
    expect(failing(await examine())).toEqual(links);
  });

  it("warns when a tenth of the package is left", async () => {
    const told = (left: number) => {
      const body = `{"error":0,"message":"Success","data":[{"remain":"${left}","total":"500"}]}`;
      fake.zalo.scriptNext("quota", { do: "answer", status: 200, body });
      return examine();
    };
    expect(stateOf(await told(51), "quota")).toBe("ok");
    const low = await told(50);
    expect([stateOf(low, "quota"), failing(low)]).toEqual(["warn", []]);
  });

  it("says that the platform cannot be reached, and blames nothing else", async () => {
    const client = createClient({ ...fake.settings, apiUrl: "http://127.0.0.1:1" });
    const findings = await examine({ client });
    expect(failing(findings)).toEqual(["reach"]);
    expect(stateOf(findings, "app-active")).toBe("unknown");
  });

  it("tells a refused grant, and goes on asking with a token that still lives", async () => {
    grant = { ...fresh, refusedAt: fake.clock.now() };
    const findings = await examine({ accessToken: () => Promise.reject(new Error("zalo-grant-refused")) });
    expect(failing(findings)).toEqual(["token"]);
    expect(stateOf(findings, "app-active")).toBe("ok");
    fake.clock.moveTo(fake.clock.now() + 26 * HOUR_MS);
    const later = await examine({ accessToken: () => Promise.reject(new Error("zalo-grant-refused")) });
    expect([failing(later), stateOf(later, "app-active")]).toEqual([["token"], "unknown"]);
  });

  it("never uses the refresh token where somebody else may be using it", async () => {
    grant = null;
    const before = fake.zalo.calls.length;
    expect(stateOf(await examine({ accessToken: null }), "token")).toBe("unknown");
    grant = { ...fresh, expiresAt: fake.clock.now() - 1 };
    expect(stateOf(await examine({ accessToken: null }), "token")).toBe("unknown");
    expect(fake.zalo.calls.length).toBe(before);
  });

  it("misses the grant where there is none", async () => {
    grant = null;
    const { refreshToken, ...settings } = fake.settings;
    expect(refreshToken).toBeDefined();
    const findings = await examine({ settings, accessToken: () => Promise.reject(new Error("missing")) });
    expect(failing(findings)).toEqual(["token"]);
    expect(adviceOf(findings, "token")).toContain("/zalo/authorize");
  });

  it("never says a token aloud", async () => {
    const said = JSON.stringify(await examine());
    for (const secret of [grant?.accessToken, grant?.refreshToken, fake.settings.appSecret])
      expect(said).not.toContain(secret);
  });
});
