/** The pretend platform on a free port of this machine, for tests: strict, scriptable, without mercy for bad bodies. */
import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { afterEach } from "@jest/globals";
import express from "express";
import { at, frozenAt, type MovableClock } from "../../src/core/clock";
import { seededIds, type Ids } from "../../src/core/ids";
import { PretendZalo } from "../../src/simulator/pretend-zalo";
import { createPretendRouter } from "../../src/simulator/pretend-zalo-router";
import { firstRefreshToken } from "../../src/simulator/pretend-zalo-tokens";
import type { ZaloSettings } from "../../src/zalo/settings";

/** The ids of the fixtures, so that their webhooks are authentic for these settings. */
export const FIXTURE_IDS = {
  appId: "4127780359914062381",
  oaId: "1908837465520113774",
  oaSecretKey: "fixture-oa-secret-key-not-real",
  appSecret: "fixture-app-secret-not-real",
} as const;

export const PERSON = "7755120983364410296";

export interface FakeZalo {
  readonly zalo: PretendZalo;
  readonly settings: ZaloSettings;
  readonly clock: MovableClock;
  readonly ids: Ids;
  /** Ends the server; throws when the program sent anything that is not documented. */
  close(): Promise<void>;
}

const fakes = new Set<PretendZalo>();

/** Takes note of a platform: what it is sent that is not documented fails the test that sent it. */
export const watch = (zalo: PretendZalo): PretendZalo => {
  fakes.add(zalo);
  return zalo;
};

// Registered by whoever imports this file, before hooks of its own: a test that expects violations takes them itself.
afterEach(() => {
  const found = [...fakes].flatMap((zalo) => zalo.violations.splice(0));
  if (found.length > 0) throw new Error(`not as documented:\n${found.join("\n")}`);
});

/** Starts a fake platform whose clock stands still until it is moved. */
export async function startFakeZalo(options: { clock?: MovableClock; ids?: Ids } = {}): Promise<FakeZalo> {
  const clock = options.clock ?? frozenAt(at("2025-12-02", "08:00"));
  const ids = options.ids ?? seededIds();
  let url = "";
  const zalo = watch(new PretendZalo({ settings: FIXTURE_IDS, clock, ids, baseUrl: () => url }));
  const server = createServer(express().use(createPretendRouter(zalo)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    zalo,
    clock,
    ids,
    settings: {
      ...FIXTURE_IDS,
      apiUrl: url,
      oauthUrl: url,
      zbsUrl: url,
      refreshToken: firstRefreshToken(FIXTURE_IDS.appSecret),
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      fakes.delete(zalo);
      if (zalo.violations.length > 0) throw new Error(`not as documented:\n${zalo.violations.join("\n")}`);
    },
  };
}
