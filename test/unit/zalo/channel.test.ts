import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../src/core/clock";
import { say, tap, type Message } from "../../../src/conversation/message";
import type { Addressee, SendLane } from "../../../src/messaging/ports";
import type { SentMessage } from "../../../src/simulator/pretend-zalo";
import type { Db, Store } from "../../../src/store/database";
import { oaTokens } from "../../../src/store/tables";
import type { Templates } from "../../../src/zalo/channel";
import type { Timeouts, UploadFile } from "../../../src/zalo/client";
import type { Zalo } from "../../../src/zalo/connect";
import { firstRefreshToken } from "../../../src/simulator/pretend-zalo-tokens";
import { connectFake } from "../../support/connect-fake";
import { FIXTURE_IDS, PERSON, startFakeZalo, type FakeZalo } from "../../support/fake-zalo";
import { freshEmbedded } from "../../support/stores";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const PDF = Buffer.from("%PDF-1.3 bản tổng hợp");
const CHART: UploadFile = { bytes: new Uint8Array(PNG), name: "chart.png", mime: "image/png" };

let fake: FakeZalo;
let store: Store;
let zalo: Zalo;
let alarms: string[];
let sent: SentMessage[];
let charts: Record<string, UploadFile>;
let documents: Record<string, UploadFile>;

interface Changes {
  readonly apiUrl?: string;
  readonly refreshToken?: string;
  readonly db?: Db;
  readonly timeouts?: Timeouts;
  readonly templates?: Templates;
}

function connect({ db, timeouts, templates, ...settings }: Changes = {}): Zalo {
  return connectFake(fake, db ?? store.db, {
    settings: { ...fake.settings, ...settings },
    ids: { ...fake.ids, random: () => 0 },
    picture: (name) => Promise.resolve(charts[name] ?? null),
    file: (name) => Promise.resolve(documents[name] ?? null),
    alarm: ({ cause }) => alarms.push(cause),
    ...(templates === undefined ? {} : { templates }),
    ...(timeouts === undefined ? {} : { timeouts }),
  });
}

beforeAll(async () => {
  store = await freshEmbedded();
});
afterAll(() => store.close());
beforeEach(async () => {
  fake = await startFakeZalo();
  await store.db.delete(oaTokens);
  alarms = [];
  sent = [];
  charts = { "digest:1": CHART };
  documents = { "digest:1": { name: "ban-tong-hop.pdf", mime: "application/pdf", bytes: PDF } };
  fake.zalo.onSent((message) => sent.push(message));
  zalo = connect();
});
afterEach(() => fake.close());

const to = (address = PERSON): Addressee => ({ address, phone: null, groupId: null });
const by = (lane: SendLane, attempt = 1) => ({ lane, attempt, key: "01JD0000000000000000000001" });
const send = (message: Message, attempt = 1) => zalo.channel.send(to(), message, by("free", attempt));
const count = (endpoint: string) => fake.zalo.calls.filter((call) => call.endpoint === endpoint).length;

describe("sending through the channel", () => {
  it("delivers words and buttons, and tells the free replies left", async () => {
    const outcome = await send(say("Chọn:", [tap("Gửi", "send")]));
    expect(outcome).toEqual({ kind: "sent", messageId: sent[0]?.messageId, repliesLeft: 8, charged: false });
    expect(sent[0]).toMatchObject({
      userId: PERSON,
      text: "Chọn:",
      buttons: [{ title: "Gửi", type: "oa.query.hide", payload: "#send" }],
    });
  });

  it("counts down the free replies of a window", async () => {
    fake.zalo.windows.enforce();
    expect(await send(say("Chào"))).toMatchObject({
      kind: "lane-closed",
      reason: "-232 NO_INTERACTION_OR_EXPIRED",
    });
    fake.zalo.signedWebhook({ kind: "text", from: PERSON, text: "Chào" });
    for (let left = 7; left >= 0; left--)
      expect(await send(say("Vâng"))).toMatchObject({ kind: "sent", repliesLeft: left });
    expect(await send(say("Vâng"))).toMatchObject({ kind: "lane-closed" });
    fake.clock.moveTo(fake.clock.now() + 8 * 24 * HOUR_MS);
    expect(await send(say("Vâng"))).toMatchObject({
      kind: "lane-closed",
      reason: "-230 NO_INTERACTION_7_DAYS",
    });
  });

  it("renews an expired token once under 200 sends at a time, and delivers each once", async () => {
    // On a busy machine 200 answers at once may take longer than the platform ever does.
    zalo = connect({ timeouts: { callMs: MINUTE_MS, uploadMs: MINUTE_MS, downloadMs: MINUTE_MS } });
    await send(say("Mở đầu"));
    fake.zalo.tokens.voidAccess();
    const outcomes = await Promise.all(Array.from({ length: 200 }, (_, i) => send(say(`Tin ${i}`))));
    expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(["sent"]));
    expect(sent).toHaveLength(201);
    expect(new Set(sent.map((message) => message.text)).size).toBe(201);
    expect(count("token")).toBe(2);
  });

  it("repeats a call once for a token error, then waits and says so", async () => {
    fake.zalo.scriptNext("message", { do: "error", code: -216 }, { do: "error", code: -220 });
    expect(await send(say("Chào"))).toMatchObject({ kind: "later", reason: "-220 TOKEN_EXPIRED" });
    expect(count("message")).toBe(2);
    expect(alarms).toHaveLength(1);
  });

  it("keeps messages for a new grant when the present one is refused", async () => {
    zalo = connect({ refreshToken: `${firstRefreshToken(FIXTURE_IDS.appSecret)}x` });
    for (let i = 0; i < 20; i++)
      expect(await send(say("Chào"))).toMatchObject({ kind: "later", reason: "zalo-grant-refused" });
    expect(count("token")).toBe(1);
    expect(count("message")).toBe(0);
    expect(alarms).toHaveLength(1);
  });

  it.each([
    [{ do: "hang-up" }, "ECONNRESET"],
    [{ do: "accept-then-hang-up" }, "ECONNRESET"],
    [{ do: "never-answer" }, "ETIMEDOUT"],
    [{ do: "answer", status: 500, body: "oops" }, "http-500-no-answer"],
    [{ do: "answer", status: 200, body: "<html>" }, "http-200-no-answer"],
    [{ do: "error", code: -12345 }, "-12345 UNLISTED"],
  ] as const)("does not know what became of it: %j", async (step, reason) => {
    fake.zalo.scriptNext("message", step);
    await zalo.tokens.accessToken();
    // Short only where no answer ever comes: on a busy machine others may take longer.
    if (step.do === "never-answer")
      zalo = connect({ timeouts: { callMs: 100, uploadMs: 100, downloadMs: 100 } });
    expect(await send(say("Chào"))).toEqual({ kind: "unknown", reason });
    expect(count("message")).toBe(1);
  });

  it("comes again when nobody listens", async () => {
    await zalo.tokens.accessToken();
    zalo = connect({ apiUrl: "http://127.0.0.1:1" });
    expect(await send(say("Chào"))).toEqual({ kind: "later", afterMs: 2500, reason: "ECONNREFUSED" });
  });

  it("comes again when the database is away", async () => {
    const select = () => {
      throw new Error("the database is away");
    };
    zalo = connect({ db: { select } as unknown as Db });
    expect(await send(say("Chào"))).toEqual({ kind: "later", afterMs: 2500, reason: "the database is away" });
  });

  it("holds the whole account back until the next minute after the rate limit", async () => {
    fake.clock.moveTo(fake.clock.now() + 20 * SECOND_MS);
    fake.zalo.scriptNext("message", { do: "error", code: -32 });
    expect(await send(say("Một"))).toEqual({
      kind: "later",
      afterMs: 40 * SECOND_MS,
      reason: "-32 RATE_LIMITED",
    });
    expect(await send(say("Hai"))).toMatchObject({ kind: "later", afterMs: 40 * SECOND_MS, untried: true });
    expect(count("message")).toBe(1);
    fake.clock.moveTo(fake.clock.now() + 40 * SECOND_MS);
    expect(await send(say("Hai"))).toMatchObject({ kind: "sent" });
  });

  it("stops before the limit when the headers say that nothing is left", async () => {
    fake.zalo.scriptNext("message", {
      do: "pass",
      headers: { "X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0" },
    });
    expect(await send(say("Một"))).toMatchObject({ kind: "sent" });
    expect(await send(say("Hai"))).toMatchObject({ kind: "later", afterMs: MINUTE_MS });
    expect(count("message")).toBe(1);
  });

  it("gives the same trouble one name, whichever message meets it", async () => {
    const refusal = { do: "error", code: -224 } as const;
    fake.zalo.scriptNext("message", refusal, refusal);
    for (let i = 0; i < 2; i++)
      expect(await send(say("Chào"))).toMatchObject({ kind: "never", scope: "account" });
    expect(new Set(alarms)).toEqual(new Set(["zalo-setup-224"]));
  });

  it("refuses what cannot be one request, or goes to nobody here", async () => {
    expect(await send(say("x".repeat(3000)))).toMatchObject({ kind: "never", scope: "message" });
    expect(await send(say(""))).toMatchObject({ kind: "never", scope: "message" });
    expect(await send(say("Chọn", [{ title: "Gửi", tap: "" }]))).toMatchObject({
      kind: "never",
      scope: "message",
    });
    expect(await zalo.channel.send(to("0901234567x"), say("Chào"), by("free"))).toMatchObject({
      kind: "never",
      scope: "person",
    });
    expect(count("message")).toBe(0);
  });
});

describe("templates", () => {
  const reminder: Message = { text: "Nhắc", template: { name: "reminder", data: { don_vi: "Trường A" } } };
  const byTemplate = (message: Message) => zalo.channel.send(to(), message, by("template"));

  it("reach a person outside every window, filled within the limits", async () => {
    fake.zalo.windows.enforce();
    zalo = connect({ templates: { reminder: "418802", digest: undefined } });
    const long = { don_vi: "Trường ".repeat(60), bao_cao: "" };
    const outcome = await byTemplate({ text: "Nhắc", template: { name: "reminder", data: long } });
    expect(outcome).toEqual({
      kind: "sent",
      messageId: sent[0]?.messageId,
      repliesLeft: null,
      charged: false,
    });
    expect(sent[0]?.body).toMatchObject({ user_id: PERSON, template_id: "418802" });
    expect([count("template"), count("message")]).toEqual([1, 0]);
  });

  it("are never sent where none is approved or the message has none", async () => {
    expect(await byTemplate(reminder)).toMatchObject({
      kind: "lane-closed",
      reason: "zalo-template-missing",
    });
    zalo = connect({ templates: { reminder: "418802", digest: undefined } });
    expect(await byTemplate({ text: "Nhắc" })).toMatchObject({ kind: "lane-closed" });
    fake.zalo.scriptNext("template", { do: "error", code: -249 });
    expect(await byTemplate(reminder)).toMatchObject({ reason: "-249 TEMPLATE_NOT_FOR_UID" });
  });

  it("stand in for the whole message: they go with its first part", () => {
    const parts = zalo.channel.fit({ ...reminder, text: "một câu. ".repeat(500) });
    expect(parts.map(({ template }) => template !== undefined)).toEqual([true, false, false]);
  });
});

describe("pictures", () => {
  it("are uploaded once and sent with the words", async () => {
    await send({ text: "Biểu đồ", picture: "digest:1" });
    await send({ text: "", picture: "digest:1" });
    expect(count("upload")).toBe(1);
    expect(sent.map((message) => message.text)).toEqual(["Biểu đồ", null]);
    const picture = await zalo.fetchMedia(sent[0]?.mediaUrl ?? "");
    expect(picture).toMatchObject({ kind: "got", bytes: PNG });
  });

  it("are uploaded again when the platform has forgotten them", async () => {
    await send({ text: "Biểu đồ", picture: "digest:1" });
    fake.zalo.scriptNext("message", { do: "error", code: -100 });
    expect(await send({ text: "Biểu đồ", picture: "digest:1" })).toMatchObject({ kind: "sent" });
    expect(count("upload")).toBe(2);
  });

  it("are uploaded anew after six days", async () => {
    await send({ text: "Biểu đồ", picture: "digest:1" });
    fake.clock.moveTo(fake.clock.now() + 6 * 24 * HOUR_MS + 1);
    expect(await send({ text: "Biểu đồ", picture: "digest:1" })).toMatchObject({ kind: "sent" });
    expect(count("upload")).toBe(2);
  });

  it("do not keep the words back when they are missing, too large or refused", async () => {
    charts["big"] = { ...CHART, bytes: new Uint8Array(1024 * 1024 + 1) };
    fake.zalo.scriptNext("upload", { do: "error", code: -201 });
    for (const picture of ["digest:1", "none", "big"]) {
      expect(await send({ text: "Biểu đồ", picture })).toMatchObject({ kind: "sent" });
    }
    expect(sent.map((message) => message.mediaUrl)).toEqual([null, null, null]);
    expect(await send({ text: "", picture: "none" })).toMatchObject({ kind: "never", scope: "message" });
  });
});

describe("the minute that all replicas share", () => {
  it("counts uploads and quota calls, and what needs one waits where none is left", async () => {
    let left = 2;
    const asked: string[] = [];
    zalo = connectFake(fake, store.db, {
      picture: (name) => Promise.resolve(charts[name] ?? null),
      file: (name) => Promise.resolve(documents[name] ?? null),
      budget: (lane) => {
        asked.push(lane);
        return Promise.resolve(left-- > 0 ? { ok: true } : { ok: false, retryAfterMs: SECOND_MS });
      },
    });
    expect(await send({ text: "Biểu đồ", picture: "digest:1" })).toMatchObject({ kind: "sent" });
    expect(await zalo.channel.standing(to())).not.toBeNull();
    expect(asked).toEqual(["reply", "reply"]);

    charts["digest:2"] = { ...CHART, bytes: new Uint8Array(Buffer.concat([PNG, PNG])) };
    for (const message of [
      { text: "Biểu đồ", picture: "digest:2" },
      { text: "", file: "digest:1" },
    ])
      expect(await send(message)).toMatchObject({ kind: "later", reason: "rate-budget" });
    expect(await zalo.channel.standing(to())).toBeNull();
    // What is on the platform already needs no further call.
    expect(await send({ text: "Biểu đồ", picture: "digest:1" })).toMatchObject({ kind: "sent" });
    expect([count("upload"), count("quota"), asked.length]).toEqual([1, 1, 5]);
  });
});

describe("documents", () => {
  it("go alone, after the words", () => {
    const parts = zalo.channel.fit({ ...say("Bản in", [tap("Xong", "done")]), file: "digest:1" });
    expect(parts.map(({ text, file }) => [text, file])).toEqual([
      ["Bản in", undefined],
      ["", "digest:1"],
    ]);
  });

  it("are uploaded once, under the name they are found by", async () => {
    expect(await send({ text: "", file: "digest:1" })).toMatchObject({ kind: "sent" });
    expect(await send({ text: "", file: "digest:1" })).toMatchObject({ kind: "sent" });
    expect(count("upload")).toBe(1);
    const document = await zalo.fetchMedia(sent[0]?.mediaUrl ?? "");
    expect(document).toMatchObject({ kind: "got", mime: "application/pdf", bytes: PDF });
  });

  it("that cannot be uploaded now are tried again, and those that are gone never", async () => {
    expect(await send({ text: "", file: "digest:2" })).toMatchObject({ kind: "never", scope: "message" });
    documents["digest:2"] = {
      name: "lon.pdf",
      mime: "application/pdf",
      bytes: Buffer.concat([PDF, Buffer.alloc(5 * 1024 * 1024)]),
    };
    expect(await send({ text: "", file: "digest:2" })).toMatchObject({ kind: "later" });
    fake.zalo.scriptNext("upload", { do: "error", code: -32 });
    expect(await send({ text: "", file: "digest:1" })).toMatchObject({ kind: "later" });
    expect(sent).toEqual([]);
  });
});
