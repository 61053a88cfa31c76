/** What each variable of the environment must look like by itself, and what stands in where it is missing. */
import { z } from "zod";
import { fromIso } from "../core/clock";
import { WRONG } from "./wording.vi";

const MAX_PORT = 65_535;
const DEFAULT_PORT = 3000;
/** What Zalo takes from one app, whatever the calls are; an account's own limit may be lower (`X-RateLimit-Limit`). */
const PLATFORM_CALLS_PER_MINUTE = 4_000;
const LOG_LEVELS = ["error", "warn", "info", "http", "verbose", "debug", "silly"] as const;

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address leads to this machine alone; false also for what is no address. */
export const isLoopbackUrl = (address: string): boolean =>
  URL.canParse(address) && LOOPBACK_HOST.test(new URL(address).hostname);

const matching = (pattern: RegExp, message: string) => z.string().regex(pattern, { error: message });

/** Kept without the last slash, so that paths can be put behind it. */
const webAddress = z
  .string()
  .refine((text) => /^https?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text), {
    error: WRONG.webAddress,
    abort: true,
  })
  .transform((text) => text.replace(/\/+$/, ""));

/** Secrets travel to these addresses. */
const zaloAddress = webAddress.refine((text) => text.startsWith("https:") || isLoopbackUrl(text), {
  error: WRONG.encrypted,
});

/** A century is for ever; less than a day would take words from the people who still talk. */
const MAX_DAYS = 36_500;
/** Nghị định 333/2026 Điều 16: the logs of a service are kept for 12 months. */
const MIN_AUDIT_DAYS = 365;
const days = (least: number, standard: number) =>
  z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= MAX_DAYS, {
      error: WRONG.days(least, MAX_DAYS),
    })
    .transform(Number)
    .default(standard);

const secret = matching(/^\S+$/, WRONG.noSpaces);

/** Every variable the program knows; others are none of its business. */
export const environmentSchema = z.object({
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT, { error: WRONG.port })
    .transform(Number)
    .default(DEFAULT_PORT),
  HOST: matching(/^[\w.:-]+$/, WRONG.host).default("127.0.0.1"),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: matching(/^postgres(ql)?:\/\/\S+$/, WRONG.databaseUrl).optional(),
  REDIS_URL: matching(/^rediss?:\/\/\S+$/, WRONG.redisUrl).optional(),
  CAMPAIGN: z.string().default("kh-316"),
  PUBLIC_URL: webAddress.optional(),
  ADMIN_TOKEN: secret.optional(),
  ZALO_APP_ID: secret.optional(),
  ZALO_APP_SECRET: secret.optional(),
  ZALO_OA_ID: secret.optional(),
  ZALO_OA_SECRET_KEY: secret.optional(),
  ZALO_REFRESH_TOKEN: secret.optional(),
  ZALO_API_URL: zaloAddress.default("https://openapi.zalo.me"),
  ZALO_ZBS_URL: zaloAddress.default("https://business.openapi.zalo.me"),
  ZALO_OAUTH_URL: zaloAddress.default("https://oauth.zaloapp.com"),
  ZALO_TEMPLATE_REMINDER: secret.optional(),
  ZALO_TEMPLATE_DIGEST: secret.optional(),
  ZALO_OAUTH_VERIFIER: matching(/^[A-Za-z0-9_-]{43}$/, WRONG.verifier).optional(),
  ZALO_SIGNATURE_SECRET: z.enum(["oa-secret-key", "app-secret"], { error: WRONG.signatureSecret }).optional(),
  ZALO_SIGNATURE_FIRST_TERM: z.enum(["app-id", "oa-id"], { error: WRONG.signatureFirstTerm }).optional(),
  ZALO_CALLS_PER_MINUTE: z
    .string()
    .refine((text) => /^[1-9]\d{0,6}$/.test(text), { error: WRONG.callsPerMinute })
    .transform(Number)
    .default(PLATFORM_CALLS_PER_MINUTE),
  ZALO_SITE_VERIFICATION: matching(/^[\w.=-]+$/, WRONG.siteVerification).optional(),
  /** The 90 days of a campaign and as long again for whoever asks where a figure came from. */
  KEEP_MESSAGES_DAYS: days(1, 180),
  /** Evidence outlives its campaign by the yearly inspection that may ask for it. */
  KEEP_FILES_DAYS: days(1, 730),
  /** Until the year's report on what was asked is written. */
  KEEP_TICKETS_DAYS: days(1, 365),
  KEEP_AUDIT_DAYS: days(MIN_AUDIT_DAYS, 730),
  /** Citizens who asked once and never came back. */
  KEEP_SILENT_PEOPLE_DAYS: days(1, 365),
  CLOCK: z
    .string()
    .transform((text, context) => {
      const instant = fromIso(text);
      if (instant === null) context.addIssue({ code: "custom", message: WRONG.clock });
      return instant ?? 0;
    })
    .optional(),
  DEV_CONTROL: z
    .enum(["0", "1"], { error: WRONG.devControl })
    .default("0")
    .transform((text) => text === "1"),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: WRONG.logLevel }).default("info"),
});

export type Environment = z.output<typeof environmentSchema>;
export type VariableName = keyof Environment;

/** Values that are never repeated, not even in the message that says they are wrong. */
export const SECRET_VARIABLES: ReadonlySet<string> = new Set<VariableName>([
  "DATABASE_URL",
  "REDIS_URL",
  "ADMIN_TOKEN",
  "ZALO_APP_SECRET",
  "ZALO_OA_SECRET_KEY",
  "ZALO_REFRESH_TOKEN",
  "ZALO_OAUTH_VERIFIER",
]);
