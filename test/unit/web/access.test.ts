import { describe, expect, test } from "@jest/globals";
import { PAGES_PER_MINUTE, WRONG_TOKENS_PER_MINUTE } from "../../../src/web/access";
import { aWeb, TOKEN, type RunningWeb } from "../../support/web-stubs";

const ask = (web: RunningWeb, headers: Record<string, string>) =>
  web.call("GET", "/api/v1/lines", undefined, headers);

describe("the API", () => {
  test.each([
    ["no header", {}],
    ["another scheme", { authorization: `Basic ${TOKEN}` }],
    ["an empty token", { authorization: "Bearer " }],
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["part of the token", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["more than the token", { authorization: `Bearer ${TOKEN}x` }],
    ["the token in other letters", { authorization: `Bearer ${TOKEN.toUpperCase()}` }],
    ["the token and another word", { authorization: `Bearer ${TOKEN} ${TOKEN}` }],
  ])("refuses %s", async (_what, headers: Record<string, string>) => {
    const web = await aWeb();
    const answer = await ask(web, headers);
    expect(answer).toMatchObject({ status: 401, json: { error: { code: "unauthorized" } } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("takes the token in either spelling of the scheme", async () => {
    const web = await aWeb();
    expect((await ask(web, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await ask(web, { authorization: `bearer ${TOKEN}` })).status).toBe(200);
  });

  test("tells strangers nothing about which calls there are, nor reads what they send", async () => {
    const web = await aWeb();
    expect((await web.call("GET", "/api/v1/nothing", undefined, {})).status).toBe(401);
    expect((await web.call("GET", "/api/v1/openapi.json", undefined, {})).status).toBe(401);
    expect((await web.call("POST", "/api/v1/ask", "{", { "content-type": "application/json" })).status).toBe(
      401,
    );
  });
});

describe("guessing", () => {
  const guess = (web: RunningWeb, from?: string) =>
    ask(web, { authorization: "Bearer wrong", ...(from === undefined ? {} : { "x-forwarded-for": from }) });

  test("is stopped for one address; the right token, other addresses and calls without any are not", async () => {
    const web = await aWeb();
    for (let i = 0; i < WRONG_TOKENS_PER_MINUTE; i++) expect((await guess(web)).status).toBe(401);
    const stopped = await guess(web);
    expect(stopped).toMatchObject({ status: 429, json: { error: { code: "too-many-attempts" } } });
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(stopped.headers.get("retry-after"))).toBeLessThanOrEqual(60);

    expect((await ask(web, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await ask(web, {})).status).toBe(401);
    expect((await guess(web, "203.0.113.7")).status).toBe(401);
  });

  test("behind a front is counted by the address the front names last", async () => {
    const web = await aWeb();
    for (let i = 0; i < WRONG_TOKENS_PER_MINUTE; i++)
      expect((await guess(web, `198.51.100.${i}, 203.0.113.7`)).status).toBe(401);
    expect((await guess(web, "192.0.2.1, 203.0.113.7")).status).toBe(429);
  });
});

test("authentic webhooks and right tokens are never limited by address", async () => {
  const web = await aWeb();
  const statuses = new Set<number>();
  for (let i = 0; i < 30; i++) {
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => web.call("POST", "/webhook/zalo", "{}", {})),
      ...Array.from({ length: 10 }, () => web.call("GET", "/api/v1/lines")),
    ]);
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([200]);
});

test("pages are open to everybody, but not without end for one address", async () => {
  const web = await aWeb();
  const open = (path: string, from: string) => web.call("GET", path, undefined, { "x-forwarded-for": from });
  for (let i = 0; i < PAGES_PER_MINUTE; i++)
    expect((await open(i % 2 === 0 ? "/" : "/zalo/authorize", "203.0.113.7")).status).toBe(200);
  for (const path of ["/", "/zalo/authorize", "/zalo/callback"]) {
    const stopped = await open(path, "203.0.113.7");
    expect(stopped).toMatchObject({ status: 429, json: { error: { code: "too-many-requests" } } });
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect((await open("/", "203.0.113.8")).status).toBe(200);
  expect((await open("/healthz", "203.0.113.7")).status).toBe(200);
  expect(
    (await ask(web, { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "203.0.113.7" })).status,
  ).toBe(200);
});
