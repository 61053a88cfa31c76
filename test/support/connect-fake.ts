/** The program's side of an account, connected to the fake platform: alone, silent and without pictures, unless told. */
import { silentLog } from "../../src/core/log";
import type { Db } from "../../src/store/database";
import { connectZalo, type Zalo, type ZaloParts } from "../../src/zalo/connect";
import type { FakeZalo } from "./fake-zalo";

export const connectFake = (fake: FakeZalo, db: Db, over: Partial<ZaloParts> = {}): Zalo =>
  connectZalo({
    settings: fake.settings,
    db,
    budget: () => Promise.resolve({ ok: true }),
    withLease: (_name, _ttlMs, work) => work(),
    clock: fake.clock,
    ids: fake.ids,
    log: silentLog,
    picture: () => Promise.resolve(null),
    file: () => Promise.resolve(null),
    alarm: () => undefined,
    callbackUrl: "https://bot.example.vn/zalo/callback",
    ...over,
  });
