import { describe, expect, test } from "@jest/globals";
import { WRONG_TOKENS_PER_MINUTE } from "../../../src/web/access";
import type { GrantPort } from "../../../src/web/ports";
import { aWeb, TOKEN, type RunningWeb } from "../../support/web-stubs";

const LINK = "https://oauth.zalo.example/permission?a=1&b=2";
const CALLBACK = "https://bot.example.vn/zalo/callback";
type Answer = Parameters<GrantPort["finish"]>[0];

function aGrant(kind: Awaited<ReturnType<GrantPort["finish"]>>["kind"] = "granted") {
  const answers: Answer[] = [];
  const begun = { times: 0 };
  const grant: GrantPort = {
    callbackUrl: CALLBACK,
    begin: () => {
      begun.times++;
      return Promise.resolve(LINK);
    },
    finish: (answer) => {
      answers.push(answer);
      return Promise.resolve({ kind });
    },
  };
  return { grant, answers, begun };
}

const open = (web: RunningWeb, init: RequestInit = {}, query = "") =>
  fetch(`${web.url}/zalo/authorize${query}`, { redirect: "manual", ...init });
const typed = (token: string): RequestInit => ({ method: "POST", body: new URLSearchParams({ token }) });

describe("granting the app", () => {
  test("the header's token leads on to the platform", async () => {
    const { grant } = aGrant();
    const response = await open(await aWeb({ grant }), { headers: { authorization: `Bearer ${TOKEN}` } });
    expect([response.status, response.headers.get("location")]).toEqual([302, LINK]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("a browser gets a form, and for the right token a link", async () => {
    const { grant, begun } = aGrant();
    const web = await aWeb({ grant });
    const asked = await (await open(web)).text();
    for (const part of [
      '<form method="post" action="/zalo/authorize">',
      `<code>${CALLBACK}</code>`,
      "ZALO_OAUTH_VERIFIER",
    ])
      expect(asked).toContain(part);
    expect(begun.times).toBe(0);
    const page = await (await open(web, typed(TOKEN))).text();
    expect(page).toContain('href="https://oauth.zalo.example/permission?a=1&amp;b=2"');
    expect(page).not.toContain(TOKEN);
  });

  test("a wrong token, or one in the address, opens nothing", async () => {
    const { grant, begun } = aGrant();
    const web = await aWeb({ grant });
    expect((await open(web, typed("wrong"))).status).toBe(401);
    expect((await open(web, { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
    expect((await open(web, { method: "POST" })).status).toBe(401);
    expect((await open(web, {}, `?token=${TOKEN}`)).status).toBe(200);
    expect(begun.times).toBe(0);
  });

  test("guesses here and at the API are counted together", async () => {
    const web = await aWeb({ grant: aGrant().grant });
    for (let i = 0; i < WRONG_TOKENS_PER_MINUTE; i++)
      await web.call("GET", "/api/v1/lines", undefined, { authorization: "Bearer wrong" });
    expect((await open(web, typed("wrong"))).status).toBe(429);
    expect((await open(web, typed(TOKEN))).status).toBe(200);
  });

  test("the way back is told in plain words", async () => {
    const { grant, answers } = aGrant();
    const web = await aWeb({ grant });
    const done = await fetch(`${web.url}/zalo/callback?code=c1&oa_id=42&state=s1`);
    expect([done.status, (await done.text()).includes("OA đã cấp quyền")]).toEqual([200, true]);
    await fetch(`${web.url}/zalo/callback?code=a&code=b&state=`);
    expect(answers).toEqual([
      { code: "c1", oaId: "42", state: "s1" },
      { code: undefined, oaId: undefined, state: undefined },
    ]);
  });

  test.each(["denied", "stale-link", "other-account", "failed"] as const)(
    "%s leads back to the start",
    async (kind) => {
      const web = await aWeb({ grant: aGrant(kind).grant });
      const page = await fetch(`${web.url}/zalo/callback?code=c1`);
      expect(page.status).toBe(400);
      const text = await page.text();
      expect(text).toContain('href="/zalo/authorize"');
      expect(text).toContain(`<code>${CALLBACK}</code>`);
    },
  );
});
