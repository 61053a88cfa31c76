/** Calls of the outer surface, of whichever process is running, and the variables it runs with. */
import type { z } from "zod";
import type { Instant } from "../../src/core/clock";
import type { SignedWebhook } from "../../src/simulator/pretend-zalo";
import type { FakeZalo } from "./fake-zalo";
import type { Running } from "./program-process";
import { clockAnswer } from "./story-answers";

export const ADMIN_TOKEN = "test-admin-token";
/** The program gives up settling after 30 s and says so; a few seconds more let that answer arrive. */
const CALL_TIMEOUT_MS = 40_000;
/** The platform itself waits two seconds. */
const WEBHOOK_TIMEOUT_MS = 5_000;
/** A day of campaign with a platform that leaves requests unanswered takes its time. */
const CLOCK_TIMEOUT_MS = 300_000;
const HTTP_OK = 200;

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export const iso = (instant: Instant): string => new Date(instant).toISOString();

/** The variables of a program in live mode against this platform. */
export const envFor = ({ settings }: FakeZalo): Record<string, string> => ({
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

export function expectOk(status: number): void {
  if (status !== HTTP_OK) throw new Error(`the webhook was answered with ${status}`);
}

export interface Calls {
  /** A call of `/api/v1` with the right token. */
  api(method: "GET" | "POST", path: string, body?: unknown): Promise<ApiAnswer>;
  /** A GET of `/api/v1` whose answer must be 200 and of this shape. */
  read<T>(path: string, shape: z.ZodType<T>): Promise<T>;
  /** Posts signed bytes to the webhook; gives the status. Rejects when the connection breaks. */
  deliver(webhook: SignedWebhook): Promise<number>;
  settle(): Promise<void>;
  /** Moves the program's clock. */
  moveClock(to: Instant): Promise<void>;
  post(path: string, body: unknown): Promise<ApiAnswer>;
}

/** HTTP calls to whichever process is running. */
export function createCalls(running: { readonly now: Running }): Calls {
  async function call(path: string, init: RequestInit, limitMs = CALL_TIMEOUT_MS): Promise<ApiAnswer> {
    try {
      const response = await fetch(running.now.url + path, {
        ...init,
        signal: AbortSignal.timeout(limitMs),
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
  const post = (path: string, body: unknown, limitMs?: number) =>
    call(path, { method: "POST", ...json(body) }, limitMs);
  const api: Calls["api"] = (method, path, body) =>
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
        await call(
          "/webhook/zalo",
          { method: "POST", headers: { ...headers }, body: new Uint8Array(rawBody) },
          WEBHOOK_TIMEOUT_MS,
        )
      ).status,
    async moveClock(to) {
      const { status, body } = await post("/dev/clock", { now: iso(to) }, CLOCK_TIMEOUT_MS);
      if (status !== HTTP_OK) throw new Error(`/dev/clock: ${status} ${JSON.stringify(body)}`);
      clockAnswer.parse(body);
    },
    async settle() {
      const { status, body } = await post("/dev/settle", undefined);
      if (status !== HTTP_OK) throw new Error(`/dev/settle: ${status} ${JSON.stringify(body)}`);
    },
  };
}
