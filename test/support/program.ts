/**
 * The whole program in live mode against the fake platform: people write and tap, the clock moves, the power
 * fails. Everything goes through the outer surface; whatever the program sends that is not documented fails
 * the test when it ends.
 */
import type { z } from "zod";
import { at, startingAt, type Instant } from "../../src/core/clock";
import type { SignedWebhook } from "../../src/simulator/pretend-zalo";
import { startFakeZalo, type FakeZalo } from "./fake-zalo";
import { freshData, type DatabaseKind } from "./program-databases";
import { runProgram, type Running } from "./program-process";
import { clockAnswer } from "./story-answers";
import { createPhones, type Heard, type Phones } from "./story-phones";

const ADMIN_TOKEN = "test-admin-token";
/** The program gives up settling after 30 s and says so; a few seconds more let that answer arrive. */
const CALL_TIMEOUT_MS = 40_000;
const HTTP_OK = 200;
/** More than any story needs; how the program lives without them is tested elsewhere. */
const PACKAGE_REPLIES = 1_000;

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface Program {
  readonly fake: FakeZalo;
  readonly phones: Phones;
  /** A call of `/api/v1` with the right token. */
  api(method: "GET" | "POST", path: string, body?: unknown): Promise<ApiAnswer>;
  /** A GET of `/api/v1` whose answer must be 200 and of this shape. */
  read<T>(path: string, shape: z.ZodType<T>): Promise<T>;
  /** Posts signed bytes to the webhook; gives the status. Rejects when the connection breaks. */
  deliver(webhook: SignedWebhook): Promise<number>;
  /** A person follows the account; everything that this brings about is done when it resolves. */
  follows(user: string): Promise<void>;
  /** A person writes; answered when it resolves. */
  says(user: string, text: string): Promise<void>;
  /** A person taps the button with this title, or one that begins so, of the newest message that has one. */
  taps(user: string, titlePrefix: string): Promise<void>;
  heard(user: string): readonly Heard[];
  settle(): Promise<void>;
  /** Moves the clocks of program and platform. */
  clock(to: Instant): Promise<void>;
  /** Everything printed since the last start. */
  output(): string;
  kill(): Promise<void>;
  /** Starts again on the same data, the clock at this moment (where not told: now). */
  restart(options?: { clock?: Instant }): Promise<void>;
  /** Ends program, platform and data; fails when the platform was sent anything undocumented. */
  end(): Promise<void>;
}

export interface ProgramOptions {
  readonly database?: DatabaseKind;
  /** What both clocks show at the start; they run on at real speed. */
  readonly startsAt?: Instant;
}

const iso = (instant: Instant): string => new Date(instant).toISOString();

export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const fake = await startFakeZalo({ clock: startingAt(options.startsAt ?? at("2025-12-02", "08:00")) });
  // Windows and quotas count as they do on the real platform, for an account that has bought replies.
  fake.zalo.windows.enforce(PACKAGE_REPLIES);
  const phones = createPhones(fake.zalo);
  const data = await freshData(options.database ?? "PGlite");
  const start = (clock: Instant) => runProgram({ ...data.env, ...envFor(fake), CLOCK: iso(clock) });
  const running = { now: await start(fake.clock.now()) };
  const calls = createCalls(running);

  const program: Program = {
    fake,
    phones,
    ...calls,
    async follows(user) {
      expectOk(await calls.deliver(fake.zalo.signedWebhook({ kind: "follow", from: user })));
      await calls.settle();
    },
    async says(user, text) {
      expectOk(await calls.deliver(fake.zalo.signedWebhook({ kind: "text", from: user, text })));
      await calls.settle();
    },
    taps: (user, titlePrefix) => program.says(user, phones.tapOf(user, titlePrefix)),
    heard: (user) => phones.heard(user),
    async clock(to) {
      // The platform's clock goes first: the program never sees a platform that lives in its past.
      fake.clock.moveTo(to);
      const { status, body } = await calls.post("/dev/clock", { now: iso(to) });
      if (status !== HTTP_OK) throw new Error(`/dev/clock: ${status} ${JSON.stringify(body)}`);
      clockAnswer.parse(body);
    },
    output: () => running.now.output(),
    kill: () => running.now.kill(),
    async restart({ clock = fake.clock.now() } = {}) {
      running.now = await start(clock);
    },
    async end() {
      await running.now.stop();
      await data.remove();
      await fake.close();
    },
  };
  return program;
}

const envFor = ({ settings }: FakeZalo): Record<string, string> => ({
  ADMIN_TOKEN,
  ZALO_APP_ID: settings.appId,
  ZALO_APP_SECRET: settings.appSecret,
  ZALO_OA_ID: settings.oaId,
  ZALO_OA_SECRET_KEY: settings.oaSecretKey,
  ZALO_REFRESH_TOKEN: settings.refreshToken ?? "",
  ZALO_API_URL: settings.apiUrl,
  ZALO_ZBS_URL: settings.zbsUrl,
  ZALO_OAUTH_URL: settings.oauthUrl,
  DEV_CONTROL: "1",
  LOG_LEVEL: "error",
});

function expectOk(status: number): void {
  if (status !== HTTP_OK) throw new Error(`the webhook was answered with ${status}`);
}

type Calls = Pick<Program, "api" | "read" | "deliver" | "settle"> & {
  post(path: string, body: unknown): Promise<ApiAnswer>;
};

/** HTTP calls to whichever process is running. */
function createCalls(running: { readonly now: Running }): Calls {
  async function call(path: string, init: RequestInit): Promise<ApiAnswer> {
    try {
      const response = await fetch(running.now.url + path, {
        ...init,
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json") === true;
      const body: unknown = isJson ? JSON.parse(text) : text;
      return { status: response.status, body };
    } catch (error) {
      throw new Error(`${path}: no answer\n${running.now.output()}`, { cause: error });
    }
  }
  const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const post = (path: string, body: unknown) => call(path, { method: "POST", ...json(body) });
  const api: Program["api"] = (method, path, body) =>
    call(`/api/v1${path}`, { method, ...json(body, { authorization: `Bearer ${ADMIN_TOKEN}` }) });
  return {
    post,
    api,
    async read(path, shape) {
      const { status, body } = await api("GET", path);
      if (status !== HTTP_OK) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      return shape.parse(body);
    },
    deliver: async ({ rawBody, headers }) =>
      (
        await call("/webhook/zalo", {
          method: "POST",
          headers: { ...headers },
          body: new Uint8Array(rawBody),
        })
      ).status,
    async settle() {
      const { status, body } = await post("/dev/settle", undefined);
      if (status !== HTTP_OK) throw new Error(`/dev/settle: ${status} ${JSON.stringify(body)}`);
    },
  };
}
