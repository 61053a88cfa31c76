/**
 * Calls to the platform, one function each; the only file that speaks HTTP. Nothing here throws for what the
 * network or the platform does: every ending is a `Reply`, and who called decides.
 */
import { Readable } from "node:stream";
import axios, { AxiosError, type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from "axios";
import { z } from "zod";
import { messageOf } from "../core/errors";
import { SECOND_MS, type Instant } from "../core/clock";
import { othersTurn } from "../core/loop";
import {
  accountSchema,
  anythingSchema,
  conversationSchema,
  envelopeSchema,
  packageQuotaSchema,
  quotaSchema,
  sentSchema,
  templateStatusSchema,
  tokenErrorSchema,
  tokenPairSchema,
  uploadSchema,
  type Account,
  type PackageQuota,
  type Said,
  type Sent,
  type TokenPair,
  type Uploaded,
  type UserQuota,
} from "./answers";
import type { GroupBody, MessageBody, PhoneTemplateBody, TemplateBody } from "./bodies";
import type { Family } from "./error-table";
import { parseSafely } from "./safe-json";
import type { ZaloSettings } from "./settings";

export type Reply<T> =
  /** `callsLeft`: of this minute's budget, where the platform tells. */
  | { readonly kind: "ok"; readonly value: T; readonly callsLeft: number | null }
  /** The platform understood and said no. */
  | { readonly kind: "refused"; readonly family: Family; readonly code: number; readonly message: string }
  /** The request never left this machine. */
  | { readonly kind: "not-sent"; readonly reason: string }
  /** It may or may not have had its effect. */
  | { readonly kind: "unclear"; readonly reason: string };

export type UploadKind = "image" | "gif" | "file";
export interface UploadFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  readonly mime: string;
}

/** One answer to a download; a redirect is given back, not followed. */
export type Fetched =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "moved"; readonly to: string }
  | { readonly kind: "too-large" }
  | { readonly kind: "failed"; readonly status: number | null; readonly reason: string };

export interface ZaloClient {
  sendMessage(accessToken: string, body: MessageBody): Promise<Reply<Sent>>;
  sendTemplate(accessToken: string, body: TemplateBody): Promise<Reply<Sent>>;
  sendToGroup(accessToken: string, body: GroupBody): Promise<Reply<Sent>>;
  sendByPhone(accessToken: string, body: PhoneTemplateBody): Promise<Reply<Sent>>;
  /** The account's own words among the newest of a conversation. */
  conversation(accessToken: string, userId: string): Promise<Reply<Said[]>>;
  userQuota(accessToken: string, userId: string): Promise<Reply<UserQuota>>;
  account(accessToken: string): Promise<Reply<Account>>;
  /** What the clock of the platform shows, to the second; null when it does not say. */
  platformTime(): Promise<Instant | null>;
  /** The newest conversation: shows whether the account lets us read messages. */
  recentChats(accessToken: string): Promise<Reply<unknown>>;
  /** What is left of the messages the account's package holds. */
  packageQuota(accessToken: string): Promise<Reply<PackageQuota>>;
  templateStatus(accessToken: string, templateId: string): Promise<Reply<string>>;
  upload(accessToken: string, kind: UploadKind, file: UploadFile): Promise<Reply<Uploaded>>;
  refreshToken(refreshToken: string): Promise<Reply<TokenPair>>;
  /** The first pair of a grant, for the code that the platform gave the administrator's browser. */
  exchangeCode(code: string, verifier: string): Promise<Reply<TokenPair>>;
  fetch(url: URL, maxBytes: number): Promise<Fetched>;
}

export interface Timeouts {
  readonly callMs: number;
  readonly uploadMs: number;
  readonly downloadMs: number;
}

const TIMEOUTS: Timeouts = {
  // The platform answers within a second; ten times that is an outage, and one person's line waits meanwhile.
  callMs: 10 * SECOND_MS,
  // 5 MB over a slow line.
  uploadMs: 60 * SECOND_MS,
  downloadMs: 60 * SECOND_MS,
};
/** Answers are a few hundred bytes; anything larger is not the platform. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** As many as one call gives. */
const CONVERSATION_COUNT = 10;
const CALLS_LEFT_HEADER = "x-ratelimit-remain";
const OK = 200;
const REDIRECTS = 300;
const CLIENT_ERROR = 400;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;
/** "App or account used up its calls": what a bare 429 means. */
const RATE_LIMITED_CODE = -32;

/** Failures that happen before a single byte of the request is out. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** The network's own code for what went wrong. */
const nameOf = (error: unknown): string =>
  error instanceof AxiosError ? (error.code ?? "network") : messageOf(error);

function failureOf(error: unknown): Reply<never> {
  const code = nameOf(error);
  return BEFORE_SENDING.has(code) ? { kind: "not-sent", reason: code } : { kind: "unclear", reason: code };
}

const callsLeftSchema = z.coerce.number().int();

function callsLeftOf(response: AxiosResponse): number | null {
  const told: unknown = response.headers[CALLS_LEFT_HEADER];
  return told === undefined ? null : (callsLeftSchema.safeParse(told).data ?? null);
}

function readAnswer<T>(family: Family, response: AxiosResponse<string>, schema: z.ZodType<T>): Reply<T> {
  const body = envelopeSchema.safeParse(parseSafely(response.data));
  if (body.success && body.data.error !== 0) {
    return { kind: "refused", family, code: body.data.error, message: body.data.message };
  }
  if (response.status === TOO_MANY_REQUESTS) {
    return { kind: "refused", family, code: RATE_LIMITED_CODE, message: "HTTP 429" };
  }
  if (!body.success || response.status >= SERVER_ERROR) {
    return {
      kind: "unclear",
      reason: body.success ? `http-${response.status}` : `http-${response.status}-no-answer`,
    };
  }
  const value = schema.safeParse(body.data.data);
  if (!value.success) return { kind: "unclear", reason: "answer-not-understood" };
  return { kind: "ok", value: value.data, callsLeft: callsLeftOf(response) };
}

function readTokenAnswer(response: AxiosResponse<string>): Reply<TokenPair> {
  const body = parseSafely(response.data);
  const pair = tokenPairSchema.safeParse(body);
  if (pair.success) return { kind: "ok", value: pair.data, callsLeft: null };
  const error = tokenErrorSchema.safeParse(body);
  if (error.success && response.status < SERVER_ERROR) {
    return { kind: "refused", family: "oauth", code: error.data.error, message: error.data.error_name };
  }
  return { kind: "unclear", reason: `http-${response.status}` };
}

async function readLimited(stream: Readable, maxBytes: number): Promise<Buffer | "too-large"> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    size += bytes.length;
    // Leaving the loop closes the stream.
    if (size > maxBytes) return "too-large";
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

interface Download {
  readonly url: URL;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

async function download(http: AxiosInstance, { url, maxBytes, timeoutMs }: Download): Promise<Fetched> {
  try {
    const response = await http.request<unknown>({
      url: url.toString(),
      responseType: "stream",
      timeout: timeoutMs,
      // Also ends a download that trickles on without ever falling silent.
      signal: AbortSignal.timeout(timeoutMs),
      maxContentLength: Infinity,
    });
    const stream = z.instanceof(Readable).parse(response.data);
    if (response.status !== OK) {
      stream.destroy();
      const location = z.string().safeParse(response.headers["location"]);
      const isRedirect = response.status >= REDIRECTS && response.status < CLIENT_ERROR;
      if (isRedirect && location.success) return { kind: "moved", to: location.data };
      return { kind: "failed", status: response.status, reason: `http-${response.status}` };
    }
    const bytes = await readLimited(stream, maxBytes);
    return bytes === "too-large" ? { kind: "too-large" } : { kind: "bytes", bytes };
  } catch (error) {
    return { kind: "failed", status: null, reason: nameOf(error) };
  }
}

/**
 * Ends after `timeoutMs`, but not before what has arrived by then is read: a process that was stopped for a while
 * would else wake to its alarm and throw an answer away that lies at its door, and with it a token that exists once.
 */
function startPatience(timeoutMs: number): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    void othersTurn()
      .then(othersTurn)
      .then(() => controller.abort());
  }, timeoutMs);
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}

/** The client of one account. */
export function createClient(settings: ZaloSettings, timeouts: Timeouts = TIMEOUTS): ZaloClient {
  const http = axios.create({
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    maxBodyLength: Infinity,
    proxy: false,
    validateStatus: () => true,
    // Answers stay texts, unparsed: ids in them may exceed what JSON.parse keeps exact.
    responseType: "text",
  });

  async function call<T>(
    { timeout = timeouts.callMs, ...request }: AxiosRequestConfig,
    read: (answer: AxiosResponse<string>) => Reply<T>,
  ): Promise<Reply<T>> {
    const patience = startPatience(timeout);
    try {
      return read(await http.request<string>({ ...request, signal: patience.signal }));
    } catch (error) {
      return patience.signal.aborted ? { kind: "unclear", reason: "ETIMEDOUT" } : failureOf(error);
    } finally {
      patience.end();
    }
  }

  async function api<T>(accessToken: string, schema: z.ZodType<T>, request: AxiosRequestConfig) {
    const url = settings.apiUrl + (request.url ?? "");
    const read = (answer: AxiosResponse<string>) => readAnswer("oa", answer, schema);
    return call({ ...request, url, headers: { access_token: accessToken } }, read);
  }

  /** Templates live on a host of their own, with error numbers of their own. */
  const zbs = <T>(accessToken: string, schema: z.ZodType<T>, request: AxiosRequestConfig) =>
    call(
      { ...request, url: settings.zbsUrl + (request.url ?? ""), headers: { access_token: accessToken } },
      (answer) => readAnswer("zns", answer, schema),
    );

  const token = (form: Readonly<Record<string, string>>) =>
    call(
      {
        method: "POST",
        url: `${settings.oauthUrl}/v4/oa/access_token`,
        data: new URLSearchParams({ ...form, app_id: settings.appId }),
        headers: { secret_key: settings.appSecret },
      },
      readTokenAnswer,
    );

  return {
    sendMessage: (token, data) =>
      api(token, sentSchema, { method: "POST", url: "/v3.0/oa/message/cs", data }),
    sendTemplate: (token, data) =>
      api(token, sentSchema, { method: "POST", url: "/v3.0/oa/message/template", data }),
    sendToGroup: (token, data) =>
      api(token, sentSchema, { method: "POST", url: "/v3.0/oa/group/message", data }),
    sendByPhone: (token, data) => zbs(token, sentSchema, { method: "POST", url: "/message/template", data }),
    conversation: (token, userId) => {
      const data = JSON.stringify({ user_id: userId, offset: 0, count: CONVERSATION_COUNT });
      const url = "/v2.0/oa/conversation";
      return api(token, conversationSchema, { method: "GET", url, params: { data } });
    },
    userQuota: (token, userId) =>
      api(token, quotaSchema, { method: "POST", url: "/v3.0/oa/quota/message", data: { user_id: userId } }),
    account: (token) => api(token, accountSchema, { method: "GET", url: "/v2.0/oa/getoa" }),
    async platformTime() {
      try {
        const url = `${settings.apiUrl}/`;
        const { headers } = await http.request<string>({ method: "HEAD", url, timeout: timeouts.callMs });
        const at = Date.parse(z.string().parse(headers["date"]));
        return Number.isNaN(at) ? null : at;
      } catch {
        return null;
      }
    },
    recentChats: (token) =>
      api(token, anythingSchema, {
        method: "GET",
        url: "/v2.0/oa/listrecentchat",
        params: { data: JSON.stringify({ offset: 0, count: 1 }) },
      }),
    packageQuota: (token) =>
      api(token, packageQuotaSchema, {
        method: "POST",
        url: "/v3.0/oa/quota/message",
        data: { quota_owner: "OA", product_type: "cs", quota_type: "sub_quota" },
      }),
    templateStatus: (token, templateId) =>
      zbs(token, templateStatusSchema, {
        method: "GET",
        url: "/template/info/v2",
        params: { template_id: templateId },
      }),
    upload(token, kind, file) {
      const form = new FormData();
      form.append("file", new Blob([file.bytes], { type: file.mime }), file.name);
      const url = `/v2.0/oa/upload/${kind}`;
      return api(token, uploadSchema, { method: "POST", url, data: form, timeout: timeouts.uploadMs });
    },
    refreshToken: (refreshToken) => token({ refresh_token: refreshToken, grant_type: "refresh_token" }),
    exchangeCode: (code, verifier) =>
      token({ code, grant_type: "authorization_code", code_verifier: verifier }),
    fetch: (url, maxBytes) => download(http, { url, maxBytes, timeoutMs: timeouts.downloadMs }),
  };
}
