import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { MINUTE_MS } from "../../../src/core/clock";
import type { Store } from "../../../src/store/database";
import { marks, oaTokens } from "../../../src/store/tables";
import type { Zalo } from "../../../src/zalo/connect";
import { connectFake } from "../../support/connect-fake";
import { PERSON, startFakeZalo, type FakeZalo } from "../../support/fake-zalo";
import { freshEmbedded } from "../../support/stores";

const CALLBACK = "https://bot.example.vn/zalo/callback";
let fake: FakeZalo;
let store: Store;

beforeAll(async () => {
  store = await freshEmbedded();
});
afterAll(() => store.close());
beforeEach(async () => {
  fake = await startFakeZalo();
  await store.db.delete(oaTokens);
  await store.db.delete(marks);
});
afterEach(() => fake.close());

/** Without a first refresh token, as on the day of the set-up. */
function connect(over: { oauthVerifier?: string; oaId?: string } = {}): Zalo {
  const { refreshToken, ...settings } = fake.settings;
  expect(refreshToken).toBeDefined();
  return connectFake(fake, store.db, { settings: { ...settings, ...over }, callbackUrl: CALLBACK });
}

/** Opens the consent link as the administrator's browser does; gives what the platform sends back. */
async function agreed(link: string) {
  const response = await fetch(link, { redirect: "manual" });
  const back = new URL(response.headers.get("location") ?? "");
  expect(back.origin + back.pathname).toBe(CALLBACK);
  const read = (name: string) => back.searchParams.get(name) ?? undefined;
  return { code: read("code"), state: read("state"), oaId: read("oa_id") };
}

const say = (zalo: Zalo) =>
  zalo.channel.send(
    { address: PERSON, phone: null, groupId: null },
    { text: "Chào" },
    { lane: "free", attempt: 1, key: "01JD0000000000000000000001" },
  );

describe("granting the app", () => {
  it("ends with a pair that sends, also after a restart", async () => {
    const zalo = connect();
    expect(await say(zalo)).toMatchObject({ kind: "later", reason: "zalo-grant-missing", untried: true });
    const answer = await agreed(await zalo.grants.begin());
    expect(await zalo.grants.finish(answer)).toEqual({ kind: "granted" });
    expect(await say(zalo)).toMatchObject({ kind: "sent" });
    expect(await say(connect())).toMatchObject({ kind: "sent" });
    expect(await store.db.select().from(marks)).toEqual([]);
  });

  it("replaces a grant that was refused, while another refresh is under way", async () => {
    const zalo = connect();
    await zalo.grants.finish(await agreed(await zalo.grants.begin()));
    await store.db.update(oaTokens).set({ refusedAt: fake.clock.now() });
    fake.zalo.tokens.voidAccess();
    const waiting = say(zalo);
    expect(await zalo.grants.finish(await agreed(await zalo.grants.begin()))).toEqual({ kind: "granted" });
    await waiting;
    expect(await say(zalo)).toMatchObject({ kind: "sent" });
    expect((await store.db.select().from(oaTokens))[0]?.refusedAt).toBeNull();
  });

  it("takes each link once, and only for ten minutes", async () => {
    const { grants } = connect();
    const answer = await agreed(await grants.begin());
    await grants.finish(answer);
    expect(await grants.finish(answer)).toEqual({ kind: "stale-link" });
    const late = await agreed(await grants.begin());
    fake.clock.moveTo(fake.clock.now() + 10 * MINUTE_MS + 1);
    expect(await grants.finish(late)).toEqual({ kind: "stale-link" });
    expect(await grants.finish({ ...late, state: "invented" })).toEqual({ kind: "stale-link" });
    expect(await grants.finish({ ...late, state: undefined })).toEqual({ kind: "stale-link" });
  });

  it("uses the configured verifier for a link that the console made", async () => {
    const zalo = connect({ oauthVerifier: "v".repeat(43) });
    const { code, oaId } = await agreed(await zalo.grants.begin());
    expect(await zalo.grants.finish({ code, oaId, state: undefined })).toEqual({ kind: "granted" });
    expect(await say(zalo)).toMatchObject({ kind: "sent" });
  });

  it("refuses the grant of another account, whatever the address says", async () => {
    const { grants } = connect();
    const answer = await agreed(await grants.begin());
    expect(await grants.finish({ ...answer, oaId: "1111111111" })).toEqual({ kind: "other-account" });
    const other = connect({ oaId: "1111111111" });
    const forged = { ...(await agreed(await other.grants.begin())), oaId: "1111111111" };
    expect(await other.grants.finish(forged)).toEqual({ kind: "other-account" });
    expect(await store.db.select().from(oaTokens)).toEqual([]);
  });

  it("says when nobody agreed and when the platform does not take the code", async () => {
    const { grants } = connect();
    const { state } = await agreed(await grants.begin());
    expect(await grants.finish({ code: undefined, state, oaId: undefined })).toEqual({ kind: "denied" });
    const answer = await agreed(await grants.begin());
    expect(await grants.finish({ ...answer, code: "another" })).toEqual({ kind: "failed", reason: "-14012" });
  });

  it("keeps neither state nor verifier readable", async () => {
    const link = new URL(await connect().grants.begin());
    const [row] = await store.db.select().from(marks);
    expect(link.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(row?.name).not.toContain(link.searchParams.get("state"));
    expect(row?.value).toMatch(/^v1\./);
  });
});
