import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { createMetrics } from "../../../src/web/metrics";
import type { WebhookPort } from "../../../src/web/ports";
import { MAX_WEBHOOK_BYTES } from "../../../src/web/webhook";
import { aWeb } from "../../support/web-stubs";

/** A web whose webhook keeps what it was given. */
async function aListener(
  receive: WebhookPort["receive"] = () => Promise.resolve("accepted"),
  storeMs = 1_000,
) {
  const received: { body: Buffer; signature: unknown }[] = [];
  const metrics = createMetrics([]);
  const web = await aWeb({
    metrics,
    limits: { storeMs },
    webhook: {
      receive: (body, headers) => {
        received.push({ body, signature: headers["x-zevent-signature"] });
        return receive(body, headers);
      },
    },
  });
  const post = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
    web.call("POST", "/webhook/zalo", body, headers);
  const counted = async (outcome: string) => {
    const line = (await metrics.text())
      .split("\n")
      .find((text) => text.startsWith(`cau_noi_webhooks_total{outcome="${outcome}"}`));
    return Number(line?.split(" ")[1] ?? 0);
  };
  return { web, received, post, counted };
}

describe("an event", () => {
  test("is handed on byte for byte with its headers, and answered 200 once it is stored", async () => {
    const { post, received, counted } = await aListener();
    // Decomposed letters, odd spacing, an escape: any re-writing would break the signature.
    const bytes = Buffer.from('{ "a":"Tiê\u0301ng",  "b":"\\u0111", "n":1.0 }\n');
    const answer = await post(bytes, { "content-type": "application/json", "x-zevent-signature": "mac=ab" });
    expect(answer.status).toBe(200);
    expect(received.map(({ body, signature }) => [body.toString("hex"), signature])).toEqual([
      [bytes.toString("hex"), "mac=ab"],
    ]);
    expect(await counted("accepted")).toBe(1);
  });

  test.each([
    ["without a content type", {}],
    ["as a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["in an unknown character set", { "content-type": "application/json; charset=klingon" }],
    ["with a content type that is none", { "content-type": ";;;" }],
  ])("is taken %s", async (_how, headers) => {
    const { post, received } = await aListener();
    expect((await post(Buffer.from("{}"), headers)).status).toBe(200);
    expect(received.map(({ body }) => body.toString())).toEqual(["{}"]);
  });

  test("that is not authentic or not readable gets its 200 and is counted", async () => {
    const { post, counted } = await aListener(() => Promise.resolve("dropped"));
    for (const body of ["", "{}", "not json", "\u0000", "[".repeat(10_000)])
      expect((await post(Buffer.from(body))).status).toBe(200);
    expect(await counted("dropped")).toBe(5);
  });

  test("that comes packed is not read at all", async () => {
    const { post, received, counted } = await aListener();
    expect((await post(gzipSync("{}"), { "content-encoding": "gzip" })).status).toBe(200);
    expect(received).toEqual([]);
    expect(await counted("dropped")).toBe(1);
  });
});

describe("size", () => {
  test("256 KiB are taken", async () => {
    const { post, received } = await aListener();
    expect((await post(Buffer.alloc(MAX_WEBHOOK_BYTES, "a"))).status).toBe(200);
    expect(received[0]?.body.length).toBe(256 * 1024);
  });

  test("one byte more is not", async () => {
    const { post, received, counted } = await aListener();
    expect((await post(Buffer.alloc(MAX_WEBHOOK_BYTES + 1, "a"))).status).toBe(413);
    expect(received).toEqual([]);
    expect(await counted("too-large")).toBe(1);
  });

  test("a body that does not say how long it is cannot be longer either", async () => {
    const { web, received } = await aListener();
    const chunk = new Uint8Array(64 * 1024);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 5; i++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const response = await fetch(`${web.url}/webhook/zalo`, {
      method: "POST",
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(received).toEqual([]);
  });
});

describe("a store", () => {
  test("that fails makes the platform send again", async () => {
    const { post, counted } = await aListener(() => Promise.reject(new Error("disk full at /var/lib")));
    const answer = await post("{}");
    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({ error: { code: "not-stored", message: "Chưa lưu được; xin gửi lại." } });
    expect(await counted("not-stored")).toBe(1);
  });

  test("that throws at once does too", async () => {
    const { post } = await aListener(() => {
      throw new Error("no pool");
    });
    expect((await post("{}")).status).toBe(503);
  });

  test("that is slow does too, and its late failure harms nobody", async () => {
    let fail: (error: Error) => void = () => undefined;
    const { post, counted } = await aListener(() => new Promise((_resolve, reject) => (fail = reject)), 20);
    expect((await post("{}")).status).toBe(503);
    expect(await counted("late")).toBe(1);
    fail(new Error("too late"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await counted("not-stored")).toBe(0);
  });
});

test("a caller that breaks off half way leaves the next one unharmed", async () => {
  const { web, post, received } = await aListener();
  await new Promise<void>((resolve) => {
    const socket = connect(web.port, "127.0.0.1", () => {
      socket.write("POST /webhook/zalo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
      socket.destroy();
    });
    socket.on("close", () => resolve());
  });
  expect((await post("{}")).status).toBe(200);
  expect(received).toHaveLength(1);
});

test("looking at the address in a browser is answered", async () => {
  const { web, received } = await aListener();
  expect((await web.call("GET", "/webhook/zalo", undefined, {})).status).toBe(200);
  expect((await web.call("HEAD", "/webhook/zalo", undefined, {})).status).toBe(200);
  expect(received).toEqual([]);
});
