/** The one reader of the environment: a frozen, checked `Settings`, or one error that lists every problem. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { broken } from "../core/errors";
import { systemIds, type Ids } from "../core/ids";
import { ROOT } from "../core/root";
import {
  environmentSchema,
  isLoopbackUrl,
  SECRET_VARIABLES,
  type Environment,
  type VariableName,
} from "./schema";
import type { Settings, ZaloAccess } from "./settings";
import {
  missingCredential,
  MISSING_TOKEN,
  onlyOnLoopback,
  problemLine,
  problemList,
  unknownCampaign,
} from "./wording.vi";

const CREDENTIALS = ["ZALO_APP_ID", "ZALO_APP_SECRET", "ZALO_OA_ID", "ZALO_OA_SECRET_KEY"] as const;
const PLATFORM_ADDRESSES = ["ZALO_API_URL", "ZALO_ZBS_URL", "ZALO_OAUTH_URL"] as const;
/** 26 of 32 letters: 130 bits, beyond guessing at any rate of calls. */
const MADE_TOKEN_CHARS = 26;

/** Variables that say something: an empty one (`NAME=` in a compose file) counts as not set. */
type Given = Readonly<Record<string, string>>;

interface Problem {
  readonly name: VariableName;
  readonly sentence: string;
}

/** Reads the environment; throws `broken("settings")` with all problems in its message, before anything starts. */
export function loadSettings(env: NodeJS.ProcessEnv = process.env, ids: Ids = systemIds): Settings {
  const given = givenIn(env);
  const parsed = environmentSchema.safeParse(given);
  const problems: Problem[] = [
    ...(parsed.error?.issues ?? []).map((issue) => ({
      name: environmentSchema.keyof().parse(issue.path[0]),
      sentence: issue.message,
    })),
    ...problemsBetween(given),
  ];
  if (!parsed.success || problems.length > 0) {
    const lines = problems.map(({ name, sentence }) =>
      problemLine(name, sentence, SECRET_VARIABLES.has(name) ? undefined : given[name]),
    );
    throw broken("settings", problemList(lines));
  }
  return settingsFrom(parsed.data, ids);
}

const givenIn = (env: NodeJS.ProcessEnv): Given =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const text = value?.trim() ?? "";
      return text === "" ? [] : [[name, text]];
    }),
  );

/** What is wrong with the variables taken together; each by itself may be fine. */
function problemsBetween(given: Given): Problem[] {
  const missing = CREDENTIALS.filter((name) => given[name] === undefined);
  const wantsLive = missing.length < CREDENTIALS.length;
  const problems: Problem[] = [];
  if (wantsLive) {
    for (const name of missing) problems.push({ name, sentence: missingCredential(CREDENTIALS) });
    if (given["ADMIN_TOKEN"] === undefined) problems.push({ name: "ADMIN_TOKEN", sentence: MISSING_TOKEN });
  }
  const known = readdirSync(join(ROOT, "config", "campaigns"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const campaign = given["CAMPAIGN"];
  if (campaign !== undefined && !known.includes(campaign))
    problems.push({ name: "CAMPAIGN", sentence: unknownCampaign(known) });

  // Unset addresses lead to the public hosts in live mode, and to the pretend platform on this machine otherwise.
  const outside = PLATFORM_ADDRESSES.filter((name) => {
    const address = given[name];
    return address === undefined ? wantsLive : !isLoopbackUrl(address);
  });
  if (outside.length > 0) {
    const sentence = onlyOnLoopback(outside);
    if (given["CLOCK"] !== undefined) problems.push({ name: "CLOCK", sentence });
    if (given["DEV_CONTROL"] === "1") problems.push({ name: "DEV_CONTROL", sentence });
  }
  return problems;
}

function settingsFrom(env: Environment, ids: Ids): Settings {
  const zalo = zaloAccess(env);
  const common = {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    campaign: env.CAMPAIGN,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    adminToken: env.ADMIN_TOKEN ?? ids.secretCode(MADE_TOKEN_CHARS),
    adminTokenMade: env.ADMIN_TOKEN === undefined,
    templates: Object.freeze({ reminder: env.ZALO_TEMPLATE_REMINDER, digest: env.ZALO_TEMPLATE_DIGEST }),
    callsPerMinute: env.ZALO_CALLS_PER_MINUTE,
    keep: Object.freeze({
      messagesDays: env.KEEP_MESSAGES_DAYS,
      filesDays: env.KEEP_FILES_DAYS,
      ticketsDays: env.KEEP_TICKETS_DAYS,
      auditDays: env.KEEP_AUDIT_DAYS,
      silentPeopleDays: env.KEEP_SILENT_PEOPLE_DAYS,
    }),
    siteVerification: env.ZALO_SITE_VERIFICATION,
    clockStart: env.CLOCK,
    devControl: env.DEV_CONTROL,
    logLevel: env.LOG_LEVEL,
  };
  return Object.freeze(
    zalo === null ? { ...common, mode: "simulator" as const } : { ...common, mode: "live" as const, zalo },
  );
}

/** Null unless all four credentials are there; that some are missing has been told before. */
function zaloAccess(env: Environment): ZaloAccess | null {
  const { ZALO_APP_ID, ZALO_APP_SECRET, ZALO_OA_ID, ZALO_OA_SECRET_KEY, ZALO_REFRESH_TOKEN } = env;
  if (
    ZALO_APP_ID === undefined ||
    ZALO_APP_SECRET === undefined ||
    ZALO_OA_ID === undefined ||
    ZALO_OA_SECRET_KEY === undefined
  )
    return null;
  return Object.freeze({
    appId: ZALO_APP_ID,
    appSecret: ZALO_APP_SECRET,
    oaId: ZALO_OA_ID,
    oaSecretKey: ZALO_OA_SECRET_KEY,
    apiUrl: env.ZALO_API_URL,
    zbsUrl: env.ZALO_ZBS_URL,
    oauthUrl: env.ZALO_OAUTH_URL,
    signature: Object.freeze({ secret: env.ZALO_SIGNATURE_SECRET, firstTerm: env.ZALO_SIGNATURE_FIRST_TERM }),
    ...(ZALO_REFRESH_TOKEN === undefined ? {} : { refreshToken: ZALO_REFRESH_TOKEN }),
    ...(env.ZALO_OAUTH_VERIFIER === undefined ? {} : { oauthVerifier: env.ZALO_OAUTH_VERIFIER }),
  });
}
