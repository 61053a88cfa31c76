import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { say } from "../../../src/conversation/message";
import { bodyOf } from "../../../src/zalo/bodies";
import { createClient, type UploadFile, type ZaloClient } from "../../../src/zalo/client";
import { PERSON, startFakeZalo, type FakeZalo } from "../../support/fake-zalo";

/** Only for the one call that is never answered: on a busy machine others may take longer. */
const IMPATIENT = { callMs: 100, uploadMs: 100, downloadMs: 100 };
const BODY = bodyOf(PERSON, say("Chào anh/chị"));
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const file = (bytes: Buffer, name = "a.png"): UploadFile => ({
  bytes: new Uint8Array(bytes),
  name,
  mime: "image/png",
});

let fake: FakeZalo;
let client: ZaloClient;
let token: string;

beforeEach(async () => {
  fake = await startFakeZalo();
  client = createClient(fake.settings);
  const pair = await client.refreshToken(fake.settings.refreshToken ?? "");
  token = pair.kind === "ok" ? pair.value.accessToken : "";
});
afterEach(() => fake.close());

/** A server in a thread of its own: it answers while this one is stopped. */
const ELSEWHERE = `
  const { createServer } = require("node:http");
  const { parentPort } = require("node:worker_threads");
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      parentPort.postMessage("asked");
      response.end(JSON.stringify({ access_token: "a", refresh_token: "r", expires_in: "3600" }));
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

it("reads what arrived while the process was stopped, although its time is over", async () => {
  const elsewhere = new Worker(ELSEWHERE, { eval: true });
  try {
    const [port] = z.tuple([z.number()]).parse(await once(elsewhere, "message"));
    const settings = { ...fake.settings, oauthUrl: `http://127.0.0.1:${port}` };
    const asked = createClient(settings, IMPATIENT).refreshToken("once");
    await once(elsewhere, "message");
    const stoppedUntil = performance.now() + 3 * IMPATIENT.callMs;
    while (performance.now() < stoppedUntil);
    expect(await asked).toMatchObject({ kind: "ok", value: { refreshToken: "r" } });
  } finally {
    await elsewhere.terminate();
  }
});

describe("sending", () => {
  it("gives the id of the message and the free replies left", async () => {
    const reply = await client.sendMessage(token, BODY);
    expect(reply).toMatchObject({ kind: "ok", value: { repliesLeft: 8 }, callsLeft: null });
    expect(fake.zalo.calls.at(-1)).toMatchObject({
      endpoint: "message",
      path: "/v3.0/oa/message/cs",
      body: BODY,
    });
  });

  it("tells the calls left of this minute", async () => {
    fake.zalo.scriptNext("message", { do: "pass", headers: { "X-RateLimit-Remain": "17" } });
    expect(await client.sendMessage(token, BODY)).toMatchObject({ kind: "ok", callsLeft: 17 });
  });

  it.each([
    [
      '{"error":0,"message":"Success","data":{"message_id":7755120983364410296}}',
      "7755120983364410296",
      null,
    ],
    ['{"error":"0","data":{"message_id":"a","quota":{"quota_type":"reply","remain":"3"}}}', "a", 3],
    ['{"error":0,"data":{"message_id":"a","quota":{"quota_type":"sub_quota","remain":499}}}', "a", 0],
    ['{"error":0,"data":{"message_id":"a","quota":{"quota_type":"reply"}}}', "a", null],
    ['{"error":0,"data":{}}', null, null],
  ])("reads %s", async (body, messageId, repliesLeft) => {
    fake.zalo.scriptNext("message", { do: "answer", status: 200, body });
    expect(await client.sendMessage(token, BODY)).toMatchObject({
      kind: "ok",
      value: { messageId, repliesLeft },
    });
  });

  it.each([200, 400, 500])("takes a refusal for what it is, also with HTTP %i", async (status) => {
    const body = '{"error":-230,"message":"7 days"}';
    fake.zalo.scriptNext("message", { do: "answer", status, body });
    expect(await client.sendMessage(token, BODY)).toEqual({
      kind: "refused",
      family: "oa",
      code: -230,
      message: "7 days",
    });
  });

  it("takes a bare 429 for the rate limit", async () => {
    fake.zalo.scriptNext("message", { do: "answer", status: 429, body: "slow down" });
    expect(await client.sendMessage(token, BODY)).toMatchObject({ kind: "refused", code: -32 });
  });

  it.each([
    [200, "<html>maintenance</html>"],
    [200, "[]"],
    [200, '{"error":0,"data":'],
    [200, '{"error":null}'],
    [502, "Bad gateway"],
    [500, '{"error":0,"data":{"message_id":"a"}}'],
    [404, "Not found"],
  ])("does not know what HTTP %i with %j did", async (status, body) => {
    fake.zalo.scriptNext("message", { do: "answer", status, body });
    expect((await client.sendMessage(token, BODY)).kind).toBe("unclear");
  });

  it("does not know what a broken connection or a silent platform did", async () => {
    fake.zalo.scriptNext("message", { do: "hang-up" }, { do: "accept-then-hang-up" }, { do: "never-answer" });
    expect(await client.sendMessage(token, BODY)).toEqual({ kind: "unclear", reason: "ECONNRESET" });
    expect(await client.sendMessage(token, BODY)).toEqual({ kind: "unclear", reason: "ECONNRESET" });
    const impatient = createClient(fake.settings, IMPATIENT);
    expect(await impatient.sendMessage(token, BODY)).toEqual({ kind: "unclear", reason: "ETIMEDOUT" });
  });

  it("knows that nothing went out where nobody listens", async () => {
    const nowhere = createClient({ ...fake.settings, apiUrl: "http://127.0.0.1:1" });
    expect(await nowhere.sendMessage(token, BODY)).toEqual({ kind: "not-sent", reason: "ECONNREFUSED" });
  });
});

describe("asking", () => {
  it("for a person's quota", async () => {
    fake.zalo.signedWebhook({ kind: "text", from: PERSON, text: "Chào" });
    expect(await client.userQuota(token, PERSON)).toMatchObject({
      kind: "ok",
      value: { lastInteractionAt: fake.clock.now(), repliesLeft: 8, repliesTotal: 8 },
    });
  });

  it("for the account, under either name of its id", async () => {
    expect(await client.account(token)).toMatchObject({
      kind: "ok",
      value: { oaId: fake.settings.oaId, verified: true },
    });
    fake.zalo.scriptNext("account", {
      do: "answer",
      status: 200,
      body: '{"error":0,"data":{"oaid":1908837465520113774}}',
    });
    expect(await client.account(token)).toMatchObject({
      value: { oaId: "1908837465520113774", verified: null },
    });
  });
});

describe("uploading", () => {
  it("gives an id that can be sent, byte for byte", async () => {
    const reply = await client.upload(token, "image", file(PNG));
    const id = reply.kind === "ok" ? reply.value.uploadId : "";
    expect(fake.zalo.file(id)?.bytes.equals(PNG)).toBe(true);
    expect((await client.sendMessage(token, bodyOf(PERSON, say("Hình"), id))).kind).toBe("ok");
  });

  it("gives a token for a document", async () => {
    const reply = await client.upload(token, "file", file(Buffer.from("%PDF-1.7\r\n\r\nx"), "Báo cáo.pdf"));
    expect(fake.zalo.file(reply.kind === "ok" ? reply.value.uploadId : "")?.name).toBe("Báo cáo.pdf");
  });

  it("is refused for the wrong type", async () => {
    expect(await client.upload(token, "gif", file(PNG))).toMatchObject({ kind: "refused", code: -201 });
    expect(fake.zalo.violations.splice(0)).toHaveLength(1);
  });
});

describe("refreshing the token", () => {
  it("works once with each refresh token", async () => {
    expect(await client.refreshToken(fake.settings.refreshToken ?? "")).toMatchObject({
      kind: "refused",
      family: "oauth",
    });
  });

  it("gives the life of the new pair", async () => {
    const other = await startFakeZalo();
    const reply = await createClient(other.settings).refreshToken(other.settings.refreshToken ?? "");
    expect(reply).toMatchObject({ kind: "ok", value: { expiresInSeconds: 90_000 } });
    await other.close();
  });

  it.each([
    [500, '{"error":-1,"error_name":"busy"}'],
    [200, "<html>"],
    [200, '{"access_token":"a"}'],
  ])("does not know what HTTP %i with %s did", async (status, body) => {
    fake.zalo.scriptNext("token", { do: "answer", status, body });
    expect((await client.refreshToken("x")).kind).toBe("unclear");
  });
});
