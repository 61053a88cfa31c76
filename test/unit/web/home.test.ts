import { describe, expect, test } from "@jest/globals";
import { Router } from "express";
import { aWeb } from "../../support/web-stubs";

const site = {
  name: "90 ngày <script>alert(1)</script>",
  about: 'Đợt "tuyên truyền" & phổ biến',
  office: "Sở Khoa học và Công nghệ",
  verification: undefined,
  simulatorPath: undefined,
};

describe("the campaign's page", () => {
  test("says what this address is, with everything from outside as plain text", async () => {
    const web = await aWeb({ site });
    const answer = await web.call("GET", "/", undefined, {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.text).toContain("<h1>90 ngày &lt;script&gt;alert(1)&lt;/script&gt;</h1>");
    expect(answer.text).toContain("<p>Đợt &quot;tuyên truyền&quot; &amp; phổ biến</p>");
    expect(answer.text).toContain("Cơ quan phụ trách: Sở Khoa học và Công nghệ.");
    expect(answer.text).not.toMatch(/verification|simulator/);
  });

  test("loads nothing from elsewhere, is framed by nobody and its own style is the one allowed", async () => {
    const web = await aWeb({ site });
    const answer = await web.call("GET", "/", undefined, {});
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-inline");
    const style = /<style>([^]*)<\/style>/.exec(answer.text)?.[1] ?? "";
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    expect(policy).toContain(`'sha256-${Buffer.from(hash).toString("base64")}'`);
    expect(answer.headers.get("x-powered-by")).toBeNull();
  });

  test("leads to the simulator where there is one", async () => {
    const simulator = Router().get("/", (_request, response) => {
      response.send("mô phỏng");
    });
    const web = await aWeb({
      site: { ...site, simulatorPath: "/simulator" },
      pages: { "/simulator": simulator },
    });
    expect((await web.call("GET", "/", undefined, {})).text).toContain('<a href="/simulator">');
    expect((await web.call("GET", "/simulator", undefined, {})).text).toBe("mô phỏng");
  });
});

describe("the proof of whose domain this is", () => {
  const META = '<meta name="zalo-platform-site-verification" content="Ab-9_=.">';

  test("stands on the page and in its own file", async () => {
    const web = await aWeb({ site: { ...site, verification: "Ab-9_=." } });
    expect((await web.call("GET", "/", undefined, {})).text).toContain(META);
    const file = await web.call("GET", "/zalo_verifierAb-9_=..html", undefined, {});
    expect(file.status).toBe(200);
    expect(file.text).toContain(META);
    expect((await web.call("GET", "/zalo_verifierother.html", undefined, {})).status).toBe(404);
  });

  test("is nowhere without a code", async () => {
    const web = await aWeb({ site });
    expect((await web.call("GET", "/zalo_verifier.html", undefined, {})).status).toBe(404);
  });
});

test("an address that does not exist is told in the usual form", async () => {
  const web = await aWeb();
  for (const [method, path] of [
    ["GET", "/nowhere"],
    ["POST", "/healthz"],
    ["PUT", "/webhook/zalo"],
    ["GET", "/simulator"],
    ["POST", "/dev/clock"],
    ["POST", "/dev/settle"],
  ] as const)
    expect(await web.call(method, path, undefined, {})).toMatchObject({
      status: 404,
      json: { error: { code: "not-found", message: "Không có địa chỉ này." } },
    });
});
