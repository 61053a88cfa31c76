/** The whole HTTP surface on a free port, with ports of the test's own behind it. */
import { Readable } from "node:stream";
import { afterEach } from "@jest/globals";
import { at, frozenAt, type MovableClock } from "../../src/core/clock";
import { silentLog } from "../../src/core/log";
import { createApp, type WebParts } from "../../src/web/app";
import { createMetrics } from "../../src/web/metrics";
import type { ApiPorts, GeneralAnswerItem } from "../../src/web/ports";
import { listen, type ServerLimits, type WebServer } from "../../src/web/server";

export const TOKEN = "the-right-token";
export const NOW = at("2025-12-03", "12:00");
export const DUE = at("2025-12-03", "17:00");

const GENERAL_ANSWER: GeneralAnswerItem = {
  code: "HD-7K2M9QX",
  entryId: "tra-loi-hd-7k2m9qx",
  question: "Bao giờ có mẫu?",
  answer: "Tuần sau.",
  officeUnitCode: "so-khcn",
  approvedBy: "api",
  approvedAt: NOW,
};

/** What a small, well-behaved program would answer. */
export const API: ApiPorts = {
  searchUnits: () =>
    Promise.resolve([
      {
        code: "thpt-chu-van-an",
        name: "THPT Chu Văn An",
        shortName: "Chu Văn An",
        group: "truong",
        parentCode: null,
      },
    ]),
  importUnits: ({ dryRun }) =>
    Promise.resolve({
      applied: !dryRun,
      changes: [{ row: 2, code: "thon-1", name: "Thôn 1", kind: "new", text: "Thêm Thôn 1." }],
      faults: [],
      unchanged: 0,
      ignoredColumns: [],
    }),
  createInvitation: ({ unitCode, role }) =>
    Promise.resolve({ code: "7K2M9QXA", unitCode, role, expiresAt: DUE }),
  listLines: () =>
    Promise.resolve([
      {
        id: "so-gddt",
        name: "Trường báo cáo Sở",
        receiverUnitCode: "so-gddt",
        weekday: 3,
        dueTime: "17:00",
        templateId: "bao-cao-tuan",
        expected: 3,
      },
    ]),
  getTemplate: (id) =>
    Promise.resolve({
      id,
      fields: [
        { id: "tin_bai", label: "Số tin, bài đăng", type: "integer", required: true, min: 0, max: 100_000 },
        { id: "ket_qua", label: "Kết quả nổi bật", type: "text", required: false, maxLength: 500 },
      ],
    }),
  listPeriods: () =>
    Promise.resolve([
      {
        id: "2025-W49",
        startsOn: "2025-11-27",
        endsOn: "2025-12-03",
        opensAt: NOW,
        dueAt: DUE,
        closesAt: DUE,
      },
    ]),
  listObligations: () =>
    Promise.resolve([
      {
        unitCode: "thpt-chu-van-an",
        status: "waiting",
        dueAt: DUE,
        submittedAt: null,
        version: 0,
        reached: true,
      },
    ]),
  getReport: () =>
    Promise.resolve({
      status: "late",
      version: 1,
      values: { tin_bai: 5, ket_qua: "Tốt" },
      attachments: [],
      submittedAt: DUE,
      submittedBy: "p1",
      history: [{ version: 1, at: DUE, by: "p1", values: { tin_bai: 5, ket_qua: "Tốt" } }],
    }),
  listDigests: () =>
    Promise.resolve([
      {
        id: "TH-7K2M9QX",
        frozenAt: DUE,
        sha256: "ab".repeat(32),
        counts: { expected: 3, received: 2, onTime: 2, late: 0, nil: 1, missing: 1, notReached: 0 },
        totals: { tin_bai: 5 },
        text: "Tổng hợp",
        acknowledged: [{ by: "p1", at: DUE }],
        clarifications: [],
      },
    ]),
  renderDigest: (id, format) => Promise.resolve(new TextEncoder().encode(`${id} as ${format}`)),
  createExtension: () => Promise.resolve(),
  createExemption: () => Promise.resolve(),
  listTickets: () =>
    Promise.resolve([
      {
        code: "HD-7K2M9QX",
        kind: "question",
        status: "answered",
        text: "Khi nào?",
        createdAt: NOW,
        replies: [{ text: "Tuần sau.", by: "api", at: DUE }],
      },
    ]),
  replyTicket: () => Promise.resolve(),
  mergeTicket: () => Promise.resolve(),
  declineTicket: () => Promise.resolve(),
  listGeneralAnswers: () => Promise.resolve([GENERAL_ANSWER]),
  approveAnswer: () => Promise.resolve(GENERAL_ANSWER),
  withdrawAnswer: () => Promise.resolve(),
  listFeedback: () =>
    Promise.resolve([{ entryId: "nq30-mau", question: "Bao giờ có mẫu?", helpful: 1, wrong: 4 }]),
  ask: ({ text }) =>
    Promise.resolve({ kind: "answer", text: `Về ${text}`, entryIds: ["nq-29/1"], score: 0.9 }),
  explain: ({ text }) =>
    Promise.resolve({
      answer: { kind: "answer", text: `Về ${text}`, entryIds: ["nq-29/1"], score: 0.9 },
      questions: [
        {
          words: text,
          sure: 0.9,
          signs: { score: 1 },
          types: ["what"],
          papers: ["nq29"],
          unknown: [],
          foreign: [],
          best: [{ id: "nq-29/1", score: 1, phrasing: text, fit: { words: 1 } }],
        },
      ],
    }),
  makeBackup: () =>
    Promise.resolve({ fileName: "cau-noi.gz", stream: Readable.from([Buffer.from("packed")]) }),
  rehearse: () =>
    Promise.resolve([
      {
        ...{ at: DUE, personId: "p1", personName: "Cô Lan", kind: "reminder", lane: "free", reason: null },
        topics: [{ line: "so-gddt", period: "2025-W49", unitCode: "thpt-chu-van-an", step: "due" }],
      },
    ]),
  listAudit: () =>
    Promise.resolve([
      { id: 3, at: NOW, actor: "api", action: "exempted", target: "o1", details: { reason: "Nghỉ" } },
    ]),
  examine: () =>
    Promise.resolve([{ id: "database", title: "Cơ sở dữ liệu", state: "ok", detail: "Trả lời trong 1 ms." }]),
  listDeliveries: () =>
    Promise.resolve([
      { id: "d1", personId: "p1", kind: "reply", status: "sent", attempts: 1, createdAt: NOW, sentAt: DUE },
    ]),
  nextWave: () =>
    Promise.resolve({
      at: DUE,
      people: 3,
      about: [{ line: "so-gddt", period: "2025-W49", step: "two-hours", units: 2 }],
      lanes: [
        { lane: "free", messages: 2, priceVnd: 0, costVnd: 0 },
        { lane: "paid", messages: 1, priceVnd: 55, costVnd: 55 },
      ],
      costVnd: 55,
      priceSource: "Zalo, 16/9/2026",
      leftThisMonth: { before: { replies: 10, templates: 0 }, after: { replies: 9, templates: 0 } },
      notReached: [
        {
          unitCode: "thpt-a",
          unitName: "THPT A",
          line: "so-gddt",
          period: "2025-W49",
          reason: "chưa có ai liên kết",
        },
      ],
    }),
};

type Overrides = Omit<Partial<WebParts>, "api"> & {
  readonly api?: Partial<ApiPorts>;
  readonly serverLimits?: ServerLimits;
};

export interface RunningWeb {
  readonly port: number;
  readonly url: string;
  readonly clock: MovableClock;
  readonly server: WebServer;
  /** A call with the right token unless `headers` say otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs until the end of the test that started it. */
export async function aWeb({ api, serverLimits, ...over }: Overrides = {}): Promise<RunningWeb> {
  const clock = frozenAt(NOW);
  const app = createApp({
    log: silentLog,
    clock,
    adminToken: TOKEN,
    site: {
      name: "90 ngày",
      about: "Một đợt tuyên truyền",
      office: "Sở Khoa học và Công nghệ",
      verification: undefined,
      simulatorPath: undefined,
    },
    metrics: createMetrics([]),
    webhook: { receive: () => Promise.resolve("accepted") },
    health: { readiness: () => Promise.resolve({ database: true }) },
    grant: {
      callbackUrl: "https://bot.example.vn/zalo/callback",
      begin: () => Promise.resolve("https://oauth.zalo.example/permission"),
      finish: () => Promise.resolve({ kind: "granted" }),
    },
    dev: null,
    ...over,
    api: { ...API, ...api },
  });
  const limits = serverLimits === undefined ? {} : { limits: serverLimits };
  const server = await listen(app, { host: "127.0.0.1", port: 0, ...limits });
  running.push(server);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    port: server.port,
    url,
    clock,
    server,
    call: async (method, path, body, headers = { authorization: `Bearer ${TOKEN}` }) => {
      const sent =
        body instanceof Uint8Array
          ? Uint8Array.from(body)
          : typeof body === "string"
            ? body
            : JSON.stringify(body);
      const isJson = typeof body === "object" && !(body instanceof Uint8Array);
      const response = await fetch(url + path, {
        method,
        headers: { ...(isJson ? { "content-type": "application/json" } : {}), ...headers },
        ...(body === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
  };
}
