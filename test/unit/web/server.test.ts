import { connect } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { isKind } from "../../../src/core/errors";
import { listen } from "../../../src/web/server";
import { aWeb } from "../../support/web-stubs";

/** Sends `text` and nothing more; what came back until the server closed the connection. */
const dawdle = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => (received += data.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(received));
  });

describe("a client that dawdles is cut off", () => {
  const serverLimits = { headersMs: 60, requestMs: 60, checkMs: 20, silenceMs: 10_000 };

  test("in its headers", async () => {
    const web = await aWeb({ serverLimits });
    expect(await dawdle(web.port, "POST /webhook/zalo HTTP/1.1\r\nHost: a\r\n")).toContain("408");
  });

  test("in its body, which nobody gets to see", async () => {
    const received: Buffer[] = [];
    const web = await aWeb({
      serverLimits,
      webhook: { receive: (body) => (received.push(body), Promise.resolve("accepted")) },
    });
    await dawdle(web.port, "POST /webhook/zalo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{");
    expect(received).toEqual([]);
  });

  test("in saying nothing at all", async () => {
    const web = await aWeb({
      serverLimits: { ...serverLimits, headersMs: 10_000, requestMs: 10_000, silenceMs: 50 },
    });
    expect(await dawdle(web.port, "")).toBe("");
  });
});

describe("stopping", () => {
  test("lets what is under way finish and takes nothing new", async () => {
    let finish: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (reached = resolve));
    const web = await aWeb({
      api: {
        listLines: () => {
          reached();
          return new Promise((resolve) => (finish = () => resolve([])));
        },
      },
    });
    const answer = web.call("GET", "/api/v1/lines");
    await underWay;
    const closed = web.server.close();
    await expect(web.call("GET", "/healthz")).rejects.toThrow();
    finish();
    expect((await answer).status).toBe(200);
    await closed;
  });
});

test("a port that is taken is told with its number", async () => {
  const web = await aWeb();
  const second = listen(() => undefined, { host: "127.0.0.1", port: web.port });
  await expect(second).rejects.toThrow(String(web.port));
  await second.catch((error: unknown) =>
    expect(isKind(error, "broken") && error.code).toBe("address-in-use"),
  );
});
