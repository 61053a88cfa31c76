/** A grant, its refreshes and their failures, with everything that is handed to the log kept and searched. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { HOUR_MS } from "../../../src/core/clock";
import type { Log } from "../../../src/core/log";
import type { Store } from "../../../src/store/database";
import type { Zalo } from "../../../src/zalo/connect";
import { connectFake } from "../../support/connect-fake";
import { PERSON, startFakeZalo, type FakeZalo } from "../../support/fake-zalo";
import { freshEmbedded } from "../../support/stores";

let fake: FakeZalo;
let store: Store;
let written: string[];

beforeEach(async () => {
  fake = await startFakeZalo();
  store = await freshEmbedded();
  written = [];
});
afterEach(async () => {
  await fake.close();
  await store.close();
});

/** Before any redaction: what is not handed over cannot leak. */
const keep = (message: string, fields?: Record<string, unknown>) =>
  void written.push(JSON.stringify([message, fields]));
const log: Log = { debug: keep, info: keep, warn: keep, error: keep };

const VERIFIER = "v".repeat(43);
const connect = (): Zalo =>
  connectFake(fake, store.db, {
    settings: { ...fake.settings, oauthVerifier: VERIFIER },
    log,
    alarm: (alarm) => keep("alarm", { ...alarm }),
  });

test("nothing secret is handed to the log, whatever becomes of a grant", async () => {
  const zalo = connect();
  const secrets = new Set([VERIFIER, fake.settings.appSecret, fake.settings.oaSecretKey]);
  const remember = async () => {
    const grant = await zalo.grant();
    for (const secret of [grant?.accessToken, grant?.refreshToken, fake.settings.refreshToken])
      if (secret !== undefined && secret !== "") secrets.add(secret);
  };
  const agree = async () => {
    const response = await fetch(await zalo.grants.begin(), { redirect: "manual" });
    const back = new URL(response.headers.get("location") ?? "").searchParams;
    const read = (name: string) => back.get(name) ?? undefined;
    const answer = { code: read("code"), state: read("state"), oaId: read("oa_id") };
    for (const secret of [answer.code, answer.state]) if (secret !== undefined) secrets.add(secret);
    return answer;
  };
  const to = { address: PERSON, phone: null, groupId: null };
  const send = () =>
    zalo.channel.send(to, { text: "Chào" }, { lane: "free", attempt: 1, key: "01JD0000000000000000000001" });

  await send();
  await remember();
  expect(await zalo.grants.finish(await agree())).toEqual({ kind: "granted" });
  await remember();
  expect(await zalo.grants.finish({ ...(await agree()), code: "spent-code" })).toMatchObject({
    kind: "failed",
  });
  fake.clock.moveTo(fake.clock.now() + 21 * HOUR_MS);
  await send();
  await remember();
  fake.zalo.scriptNext("message", { do: "error", code: -216 }, { do: "hang-up" });
  await send();
  await remember();
  fake.clock.moveTo(fake.clock.now() + 26 * HOUR_MS);
  fake.zalo.scriptNext("token", { do: "error", code: -14014 });
  await send();

  expect(written.some((line) => line.includes("the account granted the app"))).toBe(true);
  expect(written.some((line) => line.includes("zalo refused to refresh the grant"))).toBe(true);
  const leaked = [...secrets, "spent-code"].filter((secret) => written.join("\n").includes(secret));
  expect(leaked).toEqual([]);
});
