/** Every call of `/api/v1` over real HTTP, with stub ports behind: what goes through, what is refused, and how. */
import { describe, expect, test } from "@jest/globals";
import { at } from "../../src/core/clock";
import { refused } from "../../src/core/errors";
import { API, aWeb, TOKEN } from "../support/web-stubs";

const api = (path: string) => `/api/v1${path}`;

const stubs = API as unknown as Record<string, (...args: unknown[]) => Promise<never>>;

/** A port that answers as usual and keeps what it was asked. */
function recording(name: keyof typeof API) {
  const calls: unknown[][] = [];
  const port = (...args: unknown[]) => {
    calls.push(args);
    return stubs[name]?.(...args);
  };
  return { calls, ports: { [name]: port } };
}

describe("lists", () => {
  test.each([
    [
      "/units?query=chu%20van%20an&group=truong&parent=so-gddt",
      "searchUnits",
      { query: "chu van an", group: "truong", parent: "so-gddt" },
      {
        code: "thpt-chu-van-an",
        name: "THPT Chu Văn An",
        shortName: "Chu Văn An",
        group: "truong",
        parentCode: null,
      },
    ],
    [
      "/periods?line=so-gddt",
      "listPeriods",
      { line: "so-gddt" },
      {
        id: "2025-W49",
        startsOn: "2025-11-27",
        endsOn: "2025-12-03",
        opensAt: "2025-12-03T12:00:00+07:00",
        dueAt: "2025-12-03T17:00:00+07:00",
        closesAt: "2025-12-03T17:00:00+07:00",
      },
    ],
    [
      "/obligations?line=so-gddt&period=2025-W49&status=waiting",
      "listObligations",
      { line: "so-gddt", period: "2025-W49", status: "waiting" },
      {
        unitCode: "thpt-chu-van-an",
        status: "waiting",
        dueAt: "2025-12-03T17:00:00+07:00",
        submittedAt: null,
        version: 0,
        reached: true,
      },
    ],
    [
      "/digests?line=so-gddt&period=2025-W49",
      "listDigests",
      { line: "so-gddt", period: "2025-W49" },
      {
        id: "TH-7K2M9QX",
        frozenAt: "2025-12-03T17:00:00+07:00",
        sha256: "ab".repeat(32),
        acknowledged: [{ by: "p1", at: "2025-12-03T17:00:00+07:00" }],
        clarifications: [],
        counts: { expected: 3, received: 2, onTime: 2, late: 0, nil: 1, missing: 1, notReached: 0 },
        totals: { tin_bai: 5 },
        text: "Tổng hợp",
      },
    ],
    [
      "/tickets?kind=question&status=answered",
      "listTickets",
      { kind: "question", status: "answered" },
      {
        code: "HD-7K2M9QX",
        kind: "question",
        status: "answered",
        text: "Khi nào?",
        createdAt: "2025-12-03T12:00:00+07:00",
        replies: [{ text: "Tuần sau.", by: "api", at: "2025-12-03T17:00:00+07:00" }],
      },
    ],
    [
      "/deliveries?status=sent&personId=p1",
      "listDeliveries",
      { status: "sent", personId: "p1" },
      {
        id: "d1",
        personId: "p1",
        kind: "reply",
        status: "sent",
        attempts: 1,
        createdAt: "2025-12-03T12:00:00+07:00",
        sentAt: "2025-12-03T17:00:00+07:00",
      },
    ],
    [
      "/audit?from=2025-12-01T00:00:00%2B07:00&to=2025-12-04T00:00:00%2B07:00&actor=api&before=9",
      "listAudit",
      { from: at("2025-12-01", "00:00"), to: at("2025-12-04", "00:00"), actor: "api", before: 9 },
      {
        id: 3,
        at: "2025-12-03T12:00:00+07:00",
        actor: "api",
        action: "exempted",
        target: "o1",
        details: { reason: "Nghỉ" },
      },
    ],
  ] as const)("%s", async (path, name, filter, item) => {
    const { calls, ports } = recording(name);
    const web = await aWeb({ api: ports });
    const answer = await web.call("GET", api(path));
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.json).toEqual({ items: [item] });
    expect(answer.headers.get("cache-control")).toBe("no-store");

    const bare = path.split("?")[0] ?? "";
    expect((await web.call("GET", api(bare))).status).toBe(200);
    const empty = path.replace(/=[^&]*/g, "=");
    expect((await web.call("GET", api(empty))).status).toBe(200);
    expect(calls).toEqual([[filter], [{}], [{}]]);
  });

  test("a roster file reaches its room as it came, to be looked at or to count", async () => {
    const { calls, ports } = recording("importUnits");
    const web = await aWeb({ api: ports });
    const bytes = new TextEncoder().encode("mã,tên\n");
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "text/csv; charset=utf-8" };
    const seen = await web.call("POST", api("/units/import?dryRun=1"), bytes, headers);
    expect(seen.json).toMatchObject({ applied: false, changes: [{ code: "thon-1", kind: "new" }] });
    await web.call("POST", api("/units/import?file=xa.csv"), bytes, headers);
    expect(calls).toEqual([
      [{ bytes: Buffer.from(bytes), fileName: "roster", dryRun: true }],
      [{ bytes: Buffer.from(bytes), fileName: "xa.csv", dryRun: false }],
    ]);
    const refused = await web.call("POST", api("/units/import"), { units: [] });
    expect(refused).toMatchObject({ status: 400, json: { error: { code: "bad-request" } } });
  });

  test("/lines", async () => {
    const web = await aWeb();
    const line = { id: "so-gddt", receiverUnitCode: "so-gddt", weekday: 3, dueTime: "17:00", expected: 3 };
    expect(await web.call("GET", api("/lines"))).toMatchObject({ status: 200, json: { items: [line] } });
  });

  test.each([
    ["/obligations?status=done", ["status"]],
    ["/tickets?kind=praise&status=lost", ["kind", "status"]],
    ["/deliveries?status=gone", ["status"]],
    ["/periods?line=a&line=b", ["line"]],
    ["/periods?line=a%00b", ["line"]],
    [`/units?query=${"x".repeat(201)}`, ["query"]],
    [`/digests?period=${"x".repeat(101)}`, ["period"]],
  ])("%s is refused by the name of the field", async (path, fields) => {
    const web = await aWeb();
    const answer = await web.call("GET", api(path));
    expect(answer).toMatchObject({ status: 400, json: { error: { code: "bad-request" } } });
    const { error } = answer.json as { error: { details: Record<string, string> } };
    expect(Object.keys(error.details)).toEqual(fields);
  });
});

describe("one thing", () => {
  test("a template in its order", async () => {
    const web = await aWeb();
    expect((await web.call("GET", api("/templates/bao-cao-tuan"))).json).toEqual({
      id: "bao-cao-tuan",
      fields: [
        { id: "tin_bai", label: "Số tin, bài đăng", type: "integer", required: true, min: 0, max: 100_000 },
        { id: "ket_qua", label: "Kết quả nổi bật", type: "text", required: false, maxLength: 500 },
      ],
    });
  });

  test("a report with its versions", async () => {
    const { calls, ports } = recording("getReport");
    const web = await aWeb({ api: ports });
    expect((await web.call("GET", api("/reports/so-gddt/2025-W49/thpt-chu-van-an"))).json).toEqual({
      status: "late",
      version: 1,
      values: { tin_bai: 5, ket_qua: "Tốt" },
      attachments: [],
      submittedAt: "2025-12-03T17:00:00+07:00",
      submittedBy: "p1",
      history: [
        { version: 1, at: "2025-12-03T17:00:00+07:00", by: "p1", values: { tin_bai: 5, ket_qua: "Tốt" } },
      ],
    });
    expect(calls).toEqual([[{ line: "so-gddt", period: "2025-W49", unitCode: "thpt-chu-van-an" }]]);
  });

  test.each([
    ["pdf", "application/pdf"],
    ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["png", "image/png"],
  ])("a digest as %s", async (format, media) => {
    const web = await aWeb();
    const answer = await web.call("GET", api(`/digests/TH-7K2M9QX.${format}`));
    expect([answer.status, answer.text]).toEqual([200, `TH-7K2M9QX as ${format}`]);
    expect(answer.headers.get("content-type")).toBe(media);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename=TH-7K2M9QX.${format}`);
  });

  test("a digest in a form that is not offered", async () => {
    const web = await aWeb();
    expect((await web.call("GET", api("/digests/TH-7K2M9QX.exe"))).status).toBe(404);
    expect((await web.call("GET", api("/digests/TH-7K2M9QX"))).status).toBe(404);
  });

  test.each([
    ["GET /templates/x", "getTemplate", "unknown-template", undefined],
    ["GET /periods?line=x", "listPeriods", "unknown-line", undefined],
    ["GET /obligations?period=x", "listObligations", "unknown-period", undefined],
    ["GET /reports/a/b/c", "getReport", "unknown-unit", undefined],
    ["GET /digests/x.pdf", "renderDigest", "unknown-digest", undefined],
    ["POST /invitations", "createInvitation", "unknown-unit", { unitCode: "x", role: "staff" }],
    ["POST /tickets/x/replies", "replyTicket", "unknown-ticket", { text: "a" }],
    [
      "POST /lines/x/exemptions",
      "createExemption",
      "unknown-line",
      { unitCode: "a", period: "b", reason: "c" },
    ],
  ] as const)("%s does not exist", async (call, name, code, body) => {
    const [method = "", path = ""] = call.split(" ");
    const web = await aWeb({ api: { [name]: () => Promise.reject(refused(code, "Không có.")) } });
    expect(await web.call(method, api(path), body)).toMatchObject({
      status: 404,
      json: { error: { code, message: "Không có." } },
    });
  });
});

describe("invitations", () => {
  test("are made for a unit and a role", async () => {
    const web = await aWeb();
    const answer = await web.call("POST", api("/invitations"), {
      unitCode: "thpt-chu-van-an",
      role: "reporter",
    });
    expect(answer).toMatchObject({
      status: 201,
      json: {
        code: "7K2M9QXA",
        unitCode: "thpt-chu-van-an",
        role: "reporter",
        expiresAt: "2025-12-03T17:00:00+07:00",
      },
    });
  });

  test.each([
    ["without a body", undefined, { body: "còn thiếu" }],
    ["with an empty body", {}, { unitCode: "còn thiếu", role: "còn thiếu" }],
    ["with a list", [], { body: expect.any(String) }],
    ["for another role", { unitCode: "a", role: "admin" }, { role: expect.stringContaining("reporter") }],
    ["for a unit that is no text", { unitCode: 5, role: "staff" }, { unitCode: expect.any(String) }],
    ["for no unit", { unitCode: "", role: "staff" }, { unitCode: expect.any(String) }],
  ])("are refused %s", async (_how, body, details) => {
    const { calls, ports } = recording("createInvitation");
    const web = await aWeb({ api: ports });
    expect(await web.call("POST", api("/invitations"), body)).toMatchObject({
      status: 400,
      json: { error: { code: "bad-request", details } },
    });
    expect(calls).toEqual([]);
  });
});

describe("more time, or none needed", () => {
  const until = "2025-12-05T10:00:00Z";
  const order = { unitCode: "thpt-chu-van-an", period: "2025-W49", reason: "Bão" };

  test("an extension reaches its room as an instant and is repeated to the caller", async () => {
    const { calls, ports } = recording("createExtension");
    const web = await aWeb({ api: ports });
    const answer = await web.call("POST", api("/lines/so-gddt/extensions"), { ...order, until });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({ line: "so-gddt", ...order, until: "2025-12-05T17:00:00+07:00" });
    expect(calls).toEqual([[{ line: "so-gddt", ...order, until: at("2025-12-05", "17:00") }]]);
  });

  test("an exemption too", async () => {
    const { calls, ports } = recording("createExemption");
    const web = await aWeb({ api: ports });
    const answer = await web.call("POST", api("/lines/so-gddt/exemptions"), order);
    expect(answer).toMatchObject({ status: 201, json: { line: "so-gddt", ...order } });
    expect(calls).toEqual([[{ line: "so-gddt", ...order }]]);
  });

  test("what the present state forbids is a conflict", async () => {
    const reject = () => Promise.reject(refused("already-reported", "Đã nộp báo cáo."));
    const web = await aWeb({ api: { createExemption: reject, createExtension: reject } });
    for (const [path, body] of [
      ["/lines/a/exemptions", order],
      ["/lines/a/extensions", { ...order, until }],
    ] as const)
      expect(await web.call("POST", api(path), body)).toMatchObject({
        status: 409,
        json: { error: { code: "already-reported" } },
      });
  });

  test.each([
    ["no instant", { ...order }, ["until"]],
    ["a day alone", { ...order, until: "2025-12-05" }, ["until"]],
    ["an instant without offset", { ...order, until: "2025-12-05T17:00:00" }, ["until"]],
    ["a day that does not exist", { ...order, until: "2025-11-31T17:00:00+07:00" }, ["until"]],
    ["blank reason", { ...order, until, reason: "  " }, ["reason"]],
    ["too long a reason", { ...order, until, reason: "x".repeat(501) }, ["reason"]],
    ["nothing", {}, ["unitCode", "period", "until", "reason"]],
  ])("an extension with %s is refused", async (_what, body, fields) => {
    const web = await aWeb();
    const answer = await web.call("POST", api("/lines/so-gddt/extensions"), body);
    expect(answer.status).toBe(400);
    const { error } = answer.json as { error: { details: Record<string, string> } };
    expect(Object.keys(error.details)).toEqual(fields);
  });
});

describe("tickets and questions", () => {
  test("an answer keeps its lines and loses its margins", async () => {
    const { calls, ports } = recording("replyTicket");
    const web = await aWeb({ api: ports });
    const answer = await web.call("POST", api("/tickets/HD-7K2M9QX/replies"), { text: "  Một.\nHai.  " });
    expect(answer).toMatchObject({ status: 201, json: { code: "HD-7K2M9QX", text: "Một.\nHai." } });
    expect(calls).toEqual([["HD-7K2M9QX", "Một.\nHai.", undefined]]);
  });

  test("an answer may become one for everybody, under a question that names nobody", async () => {
    const { calls, ports } = recording("replyTicket");
    const web = await aWeb({ api: ports });
    const body = { text: "Tuần sau.", generalQuestion: "Bao giờ có mẫu?" };
    expect(await web.call("POST", api("/tickets/HD-7K2M9QX/replies"), body)).toMatchObject({
      status: 201,
      json: { code: "HD-7K2M9QX", ...body },
    });
    expect(calls).toEqual([["HD-7K2M9QX", body.text, body.generalQuestion]]);
  });

  test.each([
    ["Gọi cho tôi số 0912 345 678 được không?", "số điện thoại"],
    ["CCCD 001085012345 có đăng ký được không?", "số giấy tờ"],
    ["Gửi mẫu vào lan.nguyen@example.com được không?", "email"],
  ])("what everybody will read may not tell who asked: %s", async (generalQuestion, what) => {
    const { calls, ports } = recording("replyTicket");
    const web = await aWeb({ api: ports });
    const body = { text: "Tuần sau.", generalQuestion };
    const answer = await web.call("POST", api("/tickets/HD-7K2M9QX/replies"), body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toContain(what);
    expect(calls).toEqual([]);
  });

  test.each([
    { path: "merge", body: { into: "HD-2" }, name: "mergeTicket", asked: ["HD-2"], status: 200 },
    { path: "out-of-scope", name: "declineTicket", asked: [], status: 200 },
    {
      path: "general-answer",
      body: { question: "a" },
      name: "approveAnswer",
      asked: [{ question: "a" }],
      status: 201,
    },
    { path: "general-answer/withdrawal", name: "withdrawAnswer", asked: [], status: 200 },
  ] as const)("a ticket's $path reaches its room", async ({ path, name, asked, status, ...given }) => {
    const body = "body" in given ? given.body : undefined;
    const { calls, ports } = recording(name);
    const web = await aWeb({ api: ports });
    expect((await web.call("POST", api(`/tickets/HD-1/${path}`), body)).status).toBe(status);
    expect(calls).toEqual([["HD-1", ...asked]]);
    const closed = () => Promise.reject(refused("ticket-closed", "Đã đóng."));
    const refusing = await aWeb({ api: { [name]: closed } });
    expect((await refusing.call("POST", api(`/tickets/HD-1/${path}`), body)).status).toBe(409);
  });

  test("opinions and answers for everybody are listed", async () => {
    const web = await aWeb();
    expect((await web.call("GET", api("/feedback"))).json).toEqual({
      items: [{ entryId: "nq30-mau", question: "Bao giờ có mẫu?", helpful: 1, wrong: 4 }],
    });
    expect((await web.call("GET", api("/general-answers"))).json).toMatchObject({
      items: [{ code: "HD-7K2M9QX", approvedAt: "2025-12-03T12:00:00+07:00" }],
    });
  });

  test("a question goes to the engine with the earlier ones", async () => {
    const { calls, ports } = recording("ask");
    const web = await aWeb({ api: ports });
    const answer = await web.call("POST", api("/ask"), { text: "học bổng", after: ["Nghị quyết 29"] });
    expect(answer).toMatchObject({
      status: 200,
      json: { kind: "answer", text: "Về học bổng", entryIds: ["nq-29/1"], score: 0.9 },
    });
    await web.call("POST", api("/ask"), { text: "a" });
    expect(calls).toEqual([[{ text: "học bổng", after: ["Nghị quyết 29"] }], [{ text: "a", after: [] }]]);
  });

  test.each([
    ["/tickets/HD-1/replies", {}, "text"],
    ["/tickets/HD-1/replies", { text: " \n " }, "text"],
    ["/tickets/HD-1/replies", { text: "a\u0000b" }, "text"],
    ["/tickets/HD-1/replies", { text: "nửa \ud83d chữ" }, "text"],
    ["/tickets/HD-1/replies", { text: "x".repeat(5_001) }, "text"],
    ["/ask", { text: null }, "text"],
    ["/ask", { text: "a", after: "b" }, "after"],
    ["/ask", { text: "a", after: ["b", 3] }, "after.1"],
  ])("%s %j is refused", async (path, body, field) => {
    const web = await aWeb();
    const answer = await web.call("POST", api(path), body);
    expect(answer.status).toBe(400);
    const { error } = answer.json as { error: { details: Record<string, string> } };
    expect(Object.keys(error.details)).toEqual([field]);
  });
});

describe("what cannot be read", () => {
  const headers = { authorization: "Bearer the-right-token", "content-type": "application/json" };

  test.each([
    ["half a body", '{"text":', headers, 400],
    ["no JSON", "text=a", headers, 400],
    ["too much", JSON.stringify({ text: "x".repeat(300_000) }), headers, 413],
    ["another character set", "{}", { ...headers, "content-type": "application/json; charset=klingon" }, 415],
  ])("%s", async (_what, body, given, status) => {
    const web = await aWeb();
    const answer = await web.call("POST", api("/ask"), body, given);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error: { code: status === 413 ? "too-large" : "bad-body" } });
  });

  test("a body that does not say it is JSON is no body", async () => {
    const web = await aWeb();
    const answer = await web.call("POST", api("/ask"), '{"text":"a"}', {
      ...headers,
      "content-type": "text/plain",
    });
    expect(answer).toMatchObject({ status: 400, json: { error: { details: { body: "còn thiếu" } } } });
  });

  test("an address with broken escapes", async () => {
    const web = await aWeb();
    expect((await web.call("GET", api("/templates/%E0%A4%A"))).status).toBe(400);
  });

  test("a call that does not exist, or is made in another way", async () => {
    const web = await aWeb();
    for (const [method, path] of [
      ["GET", "/nothing"],
      ["DELETE", "/units"],
      ["GET", "/ask"],
      ["POST", "/lines"],
    ] as const)
      expect(await web.call(method, api(path))).toMatchObject({
        status: 404,
        json: { error: { code: "not-found" } },
      });
  });
});
