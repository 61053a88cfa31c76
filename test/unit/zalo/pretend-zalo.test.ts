import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { DAY_MS, HOUR_MS } from "../../../src/core/clock";
import type { PretendEvent } from "../../../src/simulator/pretend-zalo-events";
import { firstRefreshToken, PretendTokens } from "../../../src/simulator/pretend-zalo-tokens";
import { readEvent } from "../../../src/zalo/events";
import { createVerify } from "../../../src/zalo/signature";
import { FIXTURE_IDS, PERSON, startFakeZalo, type FakeZalo } from "../../support/fake-zalo";
import { webhookFixture } from "../../support/fake-zalo-fixtures";

let fake: FakeZalo;
let token: string;
let refreshToken: string;

function newToken(): void {
  const pair = fake.zalo.tokens.refresh(refreshToken);
  token = String(pair["access_token"]);
  refreshToken = String(pair["refresh_token"]);
}

async function call(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(fake.settings.apiUrl + path, {
    ...init,
    headers: {
      access_token: token,
      "content-type": "application/json",
      ...(init.headers as Record<string, string>),
    },
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
const post = (path: string, body: unknown) => call(path, { method: "POST", body: JSON.stringify(body) });
const message = (message: unknown) =>
  post("/v3.0/oa/message/cs", { recipient: { user_id: PERSON }, message });
const buttons = (...list: unknown[]) => ({ type: "template", payload: { buttons: list } });
const BUTTON = { title: "Gửi", type: "oa.query.hide", payload: "#send" };

beforeEach(async () => {
  fake = await startFakeZalo();
  refreshToken = fake.settings.refreshToken ?? "";
  newToken();
});
afterEach(() => fake.close());

/** The same keys in the same order, whatever the values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.entries(value).map(([key, part]) => [key, shapeOf(part)]);
}

describe("webhooks of the pretend platform", () => {
  const url = "https://f12-zpg.fixture.example/talk/o/7c1e0a55.jpg";
  it.each<[string, PretendEvent]>([
    ["user_send_text", { kind: "text", from: PERSON, text: "Chào" }],
    ["user_send_image", { kind: "image", from: PERSON, url, text: "Ảnh" }],
    ["user_send_audio", { kind: "audio", from: PERSON, url }],
    ["user_send_video", { kind: "video", from: PERSON, url }],
    ["user_send_file", { kind: "file", from: PERSON, url, name: "a.pdf", sizeBytes: 9, checksum: "c" }],
    ["user_send_sticker", { kind: "sticker", from: PERSON, stickerId: "1", url }],
    ["user_send_location", { kind: "location", from: PERSON, latitude: "21.0", longitude: "105.8" }],
    ["follow", { kind: "follow", from: PERSON }],
    ["unfollow", { kind: "unfollow", from: PERSON }],
    ["user_withdraw", { kind: "withdraw", from: PERSON }],
    ["user_seen_message", { kind: "seen", from: PERSON, messageIds: ["a", "b"] }],
    ["user_received_message", { kind: "received", from: PERSON, messageId: "a" }],
    ["oa_send_text", { kind: "echo", to: PERSON, text: "Dạ", adminId: "6604418823950017326" }],
  ])("look like %s, and are authentic", (name, event) => {
    const { rawBody, headers } = fake.zalo.signedWebhook(event);
    const real: unknown = JSON.parse(webhookFixture(name).rawBody);
    expect(shapeOf(JSON.parse(rawBody.toString()))).toEqual(shapeOf(real));
    expect(createVerify(fake.settings)(rawBody, headers)).toMatchObject({
      secret: "oa-secret-key",
      firstTerm: "app-id",
    });
    expect(readEvent(rawBody, fake.settings.oaId)).toMatchObject({
      name,
      address: PERSON,
      occurredAt: fake.clock.now(),
    });
  });

  it("read as what was meant for the rest", () => {
    const inputOf = (event: PretendEvent) =>
      readEvent(fake.zalo.signedWebhook(event).rawBody, fake.settings.oaId)?.input;
    expect(inputOf({ kind: "submit-info", from: PERSON, name: "An", phone: "84900000017" })).toEqual({
      kind: "shared-info",
      name: "An",
    });
    expect(inputOf({ kind: "gif", from: PERSON, url })).toMatchObject({ kind: "files", files: [{ url }] });
    expect(inputOf({ kind: "link", from: PERSON, url, description: "d" })).toEqual({
      kind: "text",
      text: url,
    });
    expect(inputOf({ kind: "echo", to: PERSON, text: "Dạ" })).toBeNull();
  });
});

describe("the pretend platform", () => {
  it.each<[string, unknown]>([
    ["a text that is too long", { text: "x".repeat(2001) }],
    ["a blank text", { text: " \n" }],
    ["six buttons", { text: "a", attachment: buttons(BUTTON, BUTTON, BUTTON, BUTTON, BUTTON, BUTTON) }],
    ["no button", { text: "a", attachment: buttons() }],
    ["a title that is too long", { text: "a", attachment: buttons({ ...BUTTON, title: "x".repeat(101) }) }],
    [
      "a payload that is too long",
      { text: "a", attachment: buttons({ ...BUTTON, payload: "x".repeat(1001) }) },
    ],
    ["buttons without text", { attachment: buttons(BUTTON) }],
    ["an unknown field", { text: "a", typing: true }],
    [
      "two sources of one picture",
      {
        attachment: {
          type: "template",
          payload: {
            template_type: "media",
            elements: [{ media_type: "image", url: "https://a.vn/a", attachment_id: "b" }],
          },
        },
      },
    ],
  ])("refuses %s and remembers it", async (_what, body) => {
    expect((await message(body)).body["error"]).toBe(-201);
    expect(fake.zalo.violations.splice(0)).toHaveLength(1);
  });

  it("refuses a user id that went through a number, and paths that are not there", async () => {
    await post("/v3.0/oa/message/cs", { recipient: { user_id: Number(PERSON) }, message: { text: "a" } });
    expect((await post("/v3.0/oa/message", {})).status).toBe(404);
    expect((await post("/v2.0/oa/message", {})).body["error"]).toBe(-240);
    expect(fake.zalo.violations.splice(0)).toHaveLength(3);
  });

  it.each([
    ["text at the limit", { text: "ệ".normalize("NFD").repeat(2000) }],
    [
      "a picture by address",
      {
        attachment: {
          type: "template",
          payload: { template_type: "media", elements: [{ media_type: "image", url: "https://a.vn/a.jpg" }] },
        },
      },
    ],
    [
      "a request for information",
      {
        attachment: {
          type: "template",
          payload: {
            template_type: "request_user_info",
            elements: [{ title: "a", subtitle: "b", image_url: "https://a.vn/a.jpg" }],
          },
        },
      },
    ],
  ])("takes %s", async (_what, body) => {
    expect((await message(body)).body["error"]).toBe(0);
  });

  it("checks the token first", async () => {
    const refusal = async (headers: Record<string, string>, path = "/v2.0/oa/getoa") =>
      (await call(path, { headers })).body["error"];
    expect(await refusal({ access_token: "nonsense" })).toBe(-216);
    expect(await refusal({ access_token: "nonsense" }, "/template/info/v2?template_id=1")).toBe(-124);
    fake.clock.moveTo(fake.clock.now() + 25 * HOUR_MS);
    expect(await refusal({})).toBe(-220);
    expect(await refusal({ authorization: "Bearer x" })).toBe(-216);
    expect(fake.zalo.violations.splice(0)).toHaveLength(1);
  });

  it("knows its tokens again after a restart, and spent ones too", () => {
    expect(fake.zalo.tokens.refresh(firstRefreshToken("another secret"))["error"]).toBe(-14014);
    const restarted = new PretendTokens(FIXTURE_IDS.appSecret, fake.clock);
    expect(restarted.check(token)).toBe(0);
    expect(restarted.refresh(fake.settings.refreshToken ?? "")["error"]).toBe(-14014);
  });

  it("tells who a person is, and where they stand with their window", async () => {
    fake.zalo.addPerson(PERSON, "Nguyễn An");
    fake.zalo.windows.enforce(1);
    const data = encodeURIComponent(JSON.stringify({ user_id: PERSON }));
    expect((await call(`/v3.0/oa/user/detail?data=${data}`)).body["data"]).toMatchObject({
      display_name: "Nguyễn An",
    });
    fake.zalo.signedWebhook({ kind: "follow", from: PERSON });
    await message({ text: "Chào" });
    expect((await post("/v3.0/oa/quota/message", { user_id: PERSON })).body["data"]).toMatchObject({
      last_interaction: String(fake.clock.now()),
      cs_reply: { remain: 7, total: 8 },
    });
    fake.clock.moveTo(fake.clock.now() + 3 * DAY_MS);
    newToken();
    expect((await message({ text: "Nhắc" })).body["data"]).toMatchObject({
      quota: { quota_type: "sub_quota", remain: "0" },
    });
    expect((await message({ text: "Nhắc" })).body["error"]).toBe(-320);
  });

  it("serves what simulated people send", async () => {
    const address = fake.zalo.hostFile({ name: "a.txt", mime: "text/plain", bytes: Buffer.from("Xin chào") });
    expect(await (await fetch(address)).text()).toBe("Xin chào");
  });

  it("answers when it is told to", async () => {
    let open = (): void => undefined;
    fake.zalo.scriptNext("message", { do: "wait", until: new Promise((resolve) => (open = resolve)) });
    const held = message({ text: "Một" });
    expect((await message({ text: "Hai" })).body["error"]).toBe(0);
    expect(fake.zalo.calls).toHaveLength(1);
    open();
    expect((await held).body["error"]).toBe(0);
    expect(fake.zalo.calls.map((sent) => sent.at)).toEqual([fake.clock.now(), fake.clock.now()]);
  });
});
