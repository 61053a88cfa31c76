/** Simulator mode: a pretend Zalo on a port of its own, with made-up credentials that open nothing else. */
import express from "express";
import type { Clock } from "../core/clock";
import type { Ids } from "../core/ids";
import { PretendZalo } from "../simulator/pretend-zalo";
import { createPretendRouter } from "../simulator/pretend-zalo-router";
import { firstRefreshToken } from "../simulator/pretend-zalo-tokens";
import { listen } from "../web/server";
import type { ZaloSettings } from "../zalo/settings";

export interface PretendPlatform {
  readonly zalo: PretendZalo;
  readonly settings: ZaloSettings;
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
/** The same at every start: what was sealed with them must open again. They belong to no real account. */
const IDENTITY = {
  appId: "1000000000000000001",
  oaId: "2000000000000000002",
  appSecret: "simulator-app",
  oaSecretKey: "simulator-oa",
} as const;

export async function startPretendPlatform(clock: Clock, ids: Ids): Promise<PretendPlatform> {
  let url = "";
  const zalo = new PretendZalo({ settings: IDENTITY, clock, ids, baseUrl: () => url });
  const server = await listen(express().use(createPretendRouter(zalo)), { host: LOOPBACK, port: 0 });
  url = `http://${LOOPBACK}:${server.port}`;
  return {
    zalo,
    settings: {
      ...IDENTITY,
      apiUrl: url,
      oauthUrl: url,
      zbsUrl: url,
      refreshToken: firstRefreshToken(IDENTITY.appSecret),
    },
    close: () => server.close(),
  };
}
