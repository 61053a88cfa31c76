import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { eq } from "drizzle-orm";
import { HOUR_MS, MINUTE_MS } from "../../../src/core/clock";
import { AppError, messageOf } from "../../../src/core/errors";
import { silentLog } from "../../../src/core/log";
import { oaTokens } from "../../../src/store/tables";
import { createClient } from "../../../src/zalo/client";
import { createSeal } from "../../../src/zalo/seal";
import { createTokenStore, type TokenStore } from "../../../src/zalo/token-store";
import { createTokens, type Lease, type TokenParts } from "../../../src/zalo/tokens";
import { grantMissing, grantRefused } from "../../../src/zalo/grant-alarms";
import { startFakeZalo, type FakeZalo } from "../../support/fake-zalo";
import { eachStore } from "../../support/stores";

/** A lease among the token keepers of one test: whoever comes second is told so. */
function sharedLease(): Lease {
  let held = false;
  return async (_name, _ttlMs, work) => {
    if (held) return "busy";
    held = true;
    return work().finally(() => (held = false));
  };
}

eachStore((store) => {
  let fake: FakeZalo;
  let alarms: string[];
  let lease: Lease;
  let tokenStore: TokenStore;

  beforeEach(async () => {
    fake = await startFakeZalo();
    alarms = [];
    lease = sharedLease();
    await store().db.delete(oaTokens);
    const { appSecret, oaId } = fake.settings;
    tokenStore = createTokenStore(store().db, createSeal(appSecret, oaId), oaId);
  });
  afterEach(() => fake.close());

  const keeper = (changes: Partial<TokenParts> = {}) =>
    createTokens({
      settings: fake.settings,
      client: createClient(fake.settings),
      store: tokenStore,
      withLease: lease,
      clock: fake.clock,
      log: silentLog,
      alarm: ({ cause }) => alarms.push(cause),
      ...changes,
    });
  const refreshes = () => fake.zalo.calls.filter((call) => call.endpoint === "token").length;
  const row = async () =>
    (await store().db.select().from(oaTokens).where(eq(oaTokens.oaId, fake.settings.oaId)))[0];
  const pass = (ms: number) => fake.clock.moveTo(fake.clock.now() + ms);
  const codeOf = (promise: Promise<string>): Promise<string> =>
    promise.then(
      () => "a token",
      (error: unknown) => (error instanceof AppError ? error.code : messageOf(error)),
    );

  describe("the access token", () => {
    it("comes from the refresh token of the settings, once, and is kept", async () => {
      const tokens = keeper();
      const token = await tokens.accessToken();
      expect(await tokens.accessToken()).toBe(token);
      expect(await keeper().accessToken()).toBe(token);
      expect(refreshes()).toBe(1);
      expect(fake.zalo.tokens.check(token)).toBe(0);
    });

    it("is unreadable in the database, and the pair before is kept", async () => {
      const token = await keeper().accessToken();
      const first = await row();
      expect(JSON.stringify(first)).not.toContain(token.slice(0, 12));
      pass(21 * HOUR_MS);
      await keeper().accessToken();
      expect((await row())?.previousSealed).toBe(first?.sealed);
    });

    it("is refreshed after 20 of its 25 hours, not before", async () => {
      const tokens = keeper();
      const first = await tokens.accessToken();
      pass(20 * HOUR_MS - MINUTE_MS);
      expect(await tokens.accessToken()).toBe(first);
      pass(2 * MINUTE_MS);
      expect(await tokens.accessToken()).not.toBe(first);
      expect(refreshes()).toBe(2);
    });

    it("is asked for once by whoever comes at the same time", async () => {
      const tokens = keeper();
      const all = await Promise.all(Array.from({ length: 200 }, () => tokens.accessToken()));
      expect(new Set(all).size).toBe(1);
      expect(refreshes()).toBe(1);
    });

    it("is renewed once for all who were refused with the same one", async () => {
      const tokens = keeper();
      const old = await tokens.accessToken();
      fake.zalo.tokens.voidAccess();
      const all = await Promise.all(Array.from({ length: 200 }, () => tokens.renew(old)));
      expect(new Set(all).size).toBe(1);
      expect(all[0]).not.toBe(old);
      expect(await tokens.renew(old)).toBe(all[0]);
      expect(refreshes()).toBe(2);
    });

    it("is taken from another replica that was quicker", async () => {
      const [one, two] = [keeper(), keeper()];
      const old = await one.accessToken();
      expect(await two.accessToken()).toBe(old);
      fake.zalo.tokens.voidAccess();
      const renewed = await one.renew(old);
      expect(await two.renew(old)).toBe(renewed);
      expect(refreshes()).toBe(2);
    });

    it("is used on while another replica refreshes early, and waited for when there is none", async () => {
      const tokens = keeper();
      const old = await tokens.accessToken();
      const other = keeper({ withLease: () => Promise.resolve("busy") });
      expect(await other.accessToken()).toBe(old);
      pass(21 * HOUR_MS);
      expect(await other.accessToken()).toBe(old);
      expect(await codeOf(other.renew(old))).toBe("zalo-refresh-busy");
    });
  });

  describe("when a refresh fails", () => {
    it("goes on with the present token, and does not ask again for a minute", async () => {
      const tokens = keeper();
      const old = await tokens.accessToken();
      pass(21 * HOUR_MS);
      fake.zalo.scriptNext("token", { do: "answer", status: 503, body: "" });
      expect(await tokens.accessToken()).toBe(old);
      expect(await tokens.accessToken()).toBe(old);
      expect(refreshes()).toBe(2);
      pass(MINUTE_MS + 1);
      expect(await tokens.accessToken()).not.toBe(old);
    });

    it("raises one alarm for a spent refresh token, and never loops", async () => {
      await createClient(fake.settings).refreshToken(fake.settings.refreshToken ?? "");
      const tokens = keeper();
      const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(tokens.accessToken())));
      expect(new Set(codes)).toEqual(new Set(["zalo-grant-refused"]));
      for (let hour = 0; hour < 30; hour++) {
        pass(HOUR_MS);
        expect(await codeOf(tokens.accessToken())).toBe("zalo-grant-refused");
      }
      expect(await codeOf(keeper().accessToken())).toBe("zalo-grant-refused");
      expect(alarms).toEqual([grantRefused.cause]);
      expect(refreshes()).toBe(2);
      expect((await row())?.refusedAt).not.toBeNull();
    });

    it("raises one alarm when the answer of a refresh was lost", async () => {
      const tokens = keeper();
      const old = await tokens.accessToken();
      fake.zalo.scriptNext("token", { do: "accept-then-hang-up" });
      expect(await codeOf(tokens.renew(old))).toBe("zalo-refresh-failed");
      for (let minute = 0; minute < 10; minute++) {
        pass(2 * MINUTE_MS);
        expect(await codeOf(tokens.renew(old))).toBe("zalo-grant-refused");
      }
      expect(alarms).toEqual([grantRefused.cause]);
      expect(refreshes()).toBe(3);
    });

    it("raises no alarm when another replica had spent the refresh token a moment before", async () => {
      const unguarded: Lease = (_name, _ttlMs, work) => work();
      const [one, two] = [keeper({ withLease: unguarded }), keeper({ withLease: unguarded })];
      const old = await one.accessToken();
      await two.accessToken();
      pass(21 * HOUR_MS);
      await Promise.all([one.accessToken(), two.accessToken()]);
      // Two calls where both read before either wrote, one where the second already found the new pair.
      expect(refreshes()).toBeLessThanOrEqual(3);
      expect((await row())?.refusedAt).toBeNull();
      expect(alarms).toEqual([]);
      pass(2 * MINUTE_MS);
      const renewed = await Promise.all([one.renew(old), two.renew(old)]);
      expect(renewed.map((token) => fake.zalo.tokens.check(token))).toEqual([0, 0]);
    });

    it("uses a refused grant's token as long as it lives", async () => {
      const tokens = keeper();
      const old = await tokens.accessToken();
      pass(21 * HOUR_MS);
      fake.zalo.scriptNext("token", {
        do: "answer",
        status: 200,
        body: '{"error":-14014,"error_name":"no"}',
      });
      expect(await tokens.accessToken()).toBe(old);
      expect(await keeper().accessToken()).toBe(old);
      pass(5 * HOUR_MS);
      expect(await codeOf(keeper().accessToken())).toBe("zalo-grant-refused");
      expect(alarms).toEqual([grantRefused.cause]);
    });

    it("takes up a new grant from the settings", async () => {
      const tokens = keeper();
      const old = await tokens.accessToken();
      fake.zalo.scriptNext("token", {
        do: "answer",
        status: 200,
        body: '{"error":-14014,"error_name":"no"}',
      });
      await codeOf(tokens.renew(old));
      const granted = (await tokenStore.read())?.refreshToken ?? "";
      const again = keeper({ settings: { ...fake.settings, refreshToken: granted } });
      expect(fake.zalo.tokens.check(await again.accessToken())).toBe(0);
      expect((await row())?.refusedAt).toBeNull();
    });

    it("says once that no grant is there", async () => {
      const { oaId } = fake.settings;
      const tokens = keeper({ settings: { oaId } });
      expect(await codeOf(tokens.accessToken())).toBe("zalo-grant-missing");
      pass(HOUR_MS);
      expect(await codeOf(tokens.accessToken())).toBe("zalo-grant-missing");
      expect(alarms).toEqual([grantMissing.cause]);
    });

    it("loses no pair that could not be written at once, and uses none before", async () => {
      let broken = false;
      const flaky: TokenStore = {
        ...tokenStore,
        save: (grant, now) =>
          broken ? Promise.reject(new Error("the database is away")) : tokenStore.save(grant, now),
      };
      const tokens = keeper({ store: flaky });
      const old = await tokens.accessToken();
      broken = true;
      expect(await codeOf(tokens.renew(old))).toBe("the database is away");
      broken = false;
      // At once: the platform is not asked again.
      const token = await tokens.renew(old);
      expect(fake.zalo.tokens.check(token)).toBe(0);
      expect(await keeper().accessToken()).toBe(token);
      expect(refreshes()).toBe(2);
      expect(alarms).toEqual([]);
    });
  });
});
