/** The rest of the program, as little of it as the simulator needs: real HTTP, the real wire, a few rules for answers. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { at, frozenAt, HOUR_MS, type Instant } from "../../../src/core/clock";
import { seededIds } from "../../../src/core/ids";
import { silentLog } from "../../../src/core/log";
import { foldedWords } from "../../../src/core/text";
import type { Message } from "../../../src/conversation/message";
import { createLoopback } from "../../../src/simulator/loopback";
import type { SimulatorPorts, UnitRow } from "../../../src/simulator/ports";
import { PretendZalo } from "../../../src/simulator/pretend-zalo";
import { createPretendRouter } from "../../../src/simulator/pretend-zalo-router";
import type { Show } from "../../../src/simulator/show";
import { bodiesOf } from "../../../src/zalo/bodies";
import { createVerify } from "../../../src/zalo/signature";
import { watch } from "../../support/fake-zalo";
import { answerTo, digest, reminder, type StubWorld } from "./stub-bot";

const SETTINGS = {
  appId: "4127780359914062381",
  appSecret: "app-secret",
  oaId: "1908837465520113774",
  oaSecretKey: "key",
};
const MONDAY = "2025-12-01";
const TUESDAY = "2025-12-02";
const WEDNESDAY = "2025-12-03";
const DUE = at(WEDNESDAY, "17:00");
const REMINDERS = [at(TUESDAY, "16:00"), at(WEDNESDAY, "15:00")];
export const START = at(TUESDAY, "08:00");

export const UNITS: readonly UnitRow[] = [
  { code: "so-gddt", name: "Sở Giáo dục và Đào tạo", shortName: "Sở GD&ĐT", group: "Sở, ban, ngành" },
  {
    code: "thpt-chu-van-an",
    name: "Trường THPT Chu Văn An",
    shortName: "THPT Chu Văn An",
    group: "THPT chuyên",
  },
  { code: "thpt-tay-ho", name: "Trường THPT Tây Hồ", shortName: "THPT Tây Hồ", group: "THPT công lập" },
  {
    code: "thpt-thang-long",
    name: "Trường THPT Thăng Long",
    shortName: "THPT Thăng Long",
    group: "THPT công lập",
  },
  { code: "thpt-kim-lien", name: "Trường THPT Kim Liên", shortName: "THPT Kim Liên", group: "THPT công lập" },
];

export interface StubProgram {
  readonly app: Express;
  readonly ports: SimulatorPorts;
  readonly zalo: PretendZalo;
  readonly world: StubWorld;
  /** Authentic webhooks, oldest first. */
  readonly webhooks: SeenWebhook[];
  readonly slept: number[];
  readonly movedTo: Instant[];
  /** What the webhook answers from now on. */
  answerWith(status: number): void;
  url(path: string): string;
  send(personId: string, message: Message): void;
  close(): Promise<void>;
}

export interface StubOptions {
  readonly show: Show;
  readonly stateFile: string;
  readonly sleep?: (ms: number) => Promise<void>;
}

function createWorld(now: () => Instant): StubWorld {
  const schools = UNITS.slice(1).map(({ code, name }) => {
    const unit = { code, name, status: "waiting" as const, version: 0, submittedAt: null };
    return [code, unit] as const;
  });
  return {
    units: new Map(schools),
    invitations: new Map(),
    reporters: new Map(),
    staff: new Set(),
    now,
    dueAt: () => DUE,
  };
}

/** The parts of a webhook that tests look at. */
export interface SeenWebhook {
  readonly event_name: string;
  readonly sender?: { readonly id: string };
  readonly message?: {
    readonly text?: string;
    readonly attachments?: readonly { readonly payload: { readonly url: string } }[];
  };
}

/** Listens on loopback; the simulator is mounted on `app` by whoever tests it. */
export async function startStubProgram({ show, stateFile, sleep }: StubOptions): Promise<StubProgram> {
  const clock = frozenAt(START);
  const ids = seededIds();
  const world = createWorld(() => clock.now());
  const app = express();
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const zalo = watch(new PretendZalo({ settings: SETTINGS, clock, ids, baseUrl: () => url("/pretend") }));
  const webhooks: SeenWebhook[] = [];
  const slept: number[] = [];
  const movedTo: Instant[] = [];
  let webhookStatus = 200;
  let codes = 0;

  const send = (personId: string, message: Message): void => {
    for (const body of bodiesOf(personId, message)) zalo.takeMessage(body);
  };
  app.use("/pretend", createPretendRouter(zalo));
  const verify = createVerify(SETTINGS);
  app.post("/webhook/zalo", express.raw({ type: "*/*" }), (request, response) => {
    const raw = request.body as Buffer;
    const isTaken = webhookStatus === 200 && verify(raw, request.headers) !== null;
    response.status(webhookStatus).end();
    if (!isTaken) return;
    const event = JSON.parse(raw.toString("utf8")) as SeenWebhook;
    webhooks.push(event);
    if (event.event_name === "user_send_text") hear(event.sender?.id ?? "", event.message?.text ?? "");
  });

  function hear(id: string, text: string): void {
    const before = world.units.get(world.reporters.get(id) ?? "")?.version ?? 0;
    for (const message of answerTo(world, id, text)) send(id, message);
    const unit = world.units.get(world.reporters.get(id) ?? "");
    if (unit === undefined || unit.version === before || clock.now() < DUE) return;
    const news = before === 0 ? "vừa nộp muộn" : "đã điều chỉnh 450 → 540";
    for (const officer of world.staff) send(officer, { text: `${unit.name} ${news}.` });
  }

  function fallDue(instant: Instant): void {
    clock.moveTo(instant);
    if (instant === DUE) {
      for (const unit of world.units.values()) if (unit.version === 0) unit.status = "missing";
      for (const id of world.staff) send(id, digest());
    } else if (REMINDERS.includes(instant)) {
      for (const [id, code] of world.reporters)
        if (world.units.get(code)?.version === 0) send(id, reminder());
    }
  }

  const ports: SimulatorPorts = {
    clock,
    ids,
    log: silentLog,
    show,
    stateFile,
    zalo,
    sleep: async (ms) => {
      slept.push(ms);
      await sleep?.(ms);
    },
    ...createLoopback(() => url("/webhook/zalo")),
    searchUnits: ({ query, parent }) =>
      Promise.resolve(
        UNITS.filter(
          ({ code, name }) =>
            foldedWords(name).includes(foldedWords(query)) && (parent === undefined || code !== parent),
        ),
      ),
    createInvitation: (unitCode, role) => {
      const code = `MA${++codes}`;
      world.invitations.set(code, { unitCode, role });
      return Promise.resolve({ code });
    },
    lines: () => Promise.resolve([{ id: "so-gddt", name: "Báo cáo tuần gửi Sở GD&ĐT" }]),
    periods: () =>
      Promise.resolve([
        { id: "2025-W49", opensAt: at(MONDAY, "07:00"), dueAt: DUE, closesAt: DUE + 168 * HOUR_MS },
        {
          id: "2025-W50",
          opensAt: at("2025-12-08", "07:00"),
          dueAt: at("2025-12-10", "17:00"),
          closesAt: at("2025-12-17", "17:00"),
        },
      ]),
    obligations: (_line, period) =>
      Promise.resolve(
        period === "2025-W49"
          ? [...world.units.values()].map(({ code, name, ...state }) => ({
              unitCode: code,
              unitName: name,
              ...state,
              dueAt: DUE,
              reached: [...world.reporters.values()].includes(code),
            }))
          : [],
      ),
    rehearse: () =>
      Promise.resolve(
        REMINDERS.filter((instant) => instant > clock.now()).map((instant) => ({
          ...{ at: instant, personName: "Cô Lan", kind: "reminder" as const },
          ...{ unitNames: ["Trường THPT Chu Văn An"], lane: "free", reason: null },
        })),
      ),
    digests: (_line, period) =>
      Promise.resolve(
        clock.now() < DUE || period !== "2025-W49"
          ? []
          : [{ id: "TH-2M7Q", frozenAt: DUE, text: digest().text }],
      ),
    moveClock: (to) => {
      movedTo.push(to);
      for (const instant of [...REMINDERS, DUE]) if (instant > clock.now() && instant <= to) fallDue(instant);
      clock.moveTo(to);
      return Promise.resolve();
    },
    nextAgenda: (kind) => {
      const ahead = (kind === "reminder" ? REMINDERS : [DUE]).filter((instant) => instant > clock.now());
      return Promise.resolve(ahead[0] ?? null);
    },
    settle: () => Promise.resolve(),
  };

  return {
    app,
    ports,
    zalo,
    world,
    webhooks,
    slept,
    movedTo,
    answerWith: (status) => {
      webhookStatus = status;
    },
    url,
    send,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
