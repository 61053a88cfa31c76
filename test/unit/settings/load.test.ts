import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { isKind } from "../../../src/core/errors";
import { seededIds } from "../../../src/core/ids";
import { loadSettings } from "../../../src/settings/load";

const CREDENTIALS = {
  ZALO_APP_ID: "316",
  ZALO_APP_SECRET: "app-secret",
  ZALO_OA_ID: "4316",
  ZALO_OA_SECRET_KEY: "oa-secret",
};
const LIVE = { ...CREDENTIALS, ADMIN_TOKEN: "right" };
const DOUBLE = {
  ZALO_API_URL: "http://127.0.0.1:4000/",
  ZALO_ZBS_URL: "http://localhost:4000",
  ZALO_OAUTH_URL: "http://[::1]:4000",
};

describe("without any variable", () => {
  const settings = loadSettings({}, seededIds());

  test("the program runs in simulator mode on its defaults", () => {
    expect(settings).toEqual({
      mode: "simulator",
      keep: { messagesDays: 180, filesDays: 730, ticketsDays: 365, auditDays: 730, silentPeopleDays: 365 },
      port: 3000,
      host: "127.0.0.1",
      dataDir: resolve("./data"),
      databaseUrl: undefined,
      redisUrl: undefined,
      campaign: "kh-316",
      publicUrl: "http://localhost:3000",
      adminToken: seededIds().secretCode(26),
      adminTokenMade: true,
      templates: { reminder: undefined, digest: undefined },
      callsPerMinute: 4000,
      siteVerification: undefined,
      clockStart: undefined,
      devControl: false,
      logLevel: "info",
    });
  });

  test("nothing of it can be changed", () => {
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.templates)).toBe(true);
  });

  test("every start makes another token", () => {
    expect(loadSettings({}).adminToken).not.toBe(loadSettings({}).adminToken);
  });
});

describe("in live mode", () => {
  test("all four credentials lead to the public hosts", () => {
    const settings = loadSettings(LIVE);
    expect(settings.mode === "live" && settings.zalo).toEqual({
      appId: "316",
      appSecret: "app-secret",
      oaId: "4316",
      oaSecretKey: "oa-secret",
      apiUrl: "https://openapi.zalo.me",
      zbsUrl: "https://business.openapi.zalo.me",
      oauthUrl: "https://oauth.zaloapp.com",
      signature: {},
    });
    expect(settings).toMatchObject({ adminToken: "right", adminTokenMade: false });
    expect(Object.isFrozen(settings.mode === "live" && settings.zalo)).toBe(true);
  });

  test("the clock can be set and moved where all three addresses are this machine's", () => {
    const settings = loadSettings({
      ...LIVE,
      ...DOUBLE,
      CLOCK: "2025-12-02T08:00+07:00",
      DEV_CONTROL: "1",
      ZALO_REFRESH_TOKEN: "first",
      ZALO_OAUTH_VERIFIER: "v".repeat(43),
      ZALO_SIGNATURE_SECRET: "app-secret",
      ZALO_SIGNATURE_FIRST_TERM: "oa-id",
    });
    expect(settings).toMatchObject({
      clockStart: Date.parse("2025-12-02T08:00:00+07:00"),
      devControl: true,
      zalo: {
        apiUrl: "http://127.0.0.1:4000",
        oauthUrl: "http://[::1]:4000",
        refreshToken: "first",
        oauthVerifier: "v".repeat(43),
        signature: { secret: "app-secret", firstTerm: "oa-id" },
      },
    });
  });
});

test("in simulator mode the clock is free: the pretend platform is on this machine", () => {
  expect(loadSettings({ CLOCK: "2025-12-02T08:00:00+07:00", DEV_CONTROL: "1" })).toMatchObject({
    mode: "simulator",
    clockStart: Date.parse("2025-12-02T08:00:00+07:00"),
    devControl: true,
  });
});

test("every other variable arrives where it belongs", () => {
  const settings = loadSettings({
    PORT: " 8080 ",
    HOST: "0.0.0.0",
    DATA_DIR: "/var/lib/cau-noi",
    DATABASE_URL: "postgres://u:p@db/cau_noi",
    REDIS_URL: "rediss://cache:6380",
    CAMPAIGN: "kh-316",
    PUBLIC_URL: "https://bot.example.vn/",
    ADMIN_TOKEN: "right",
    ZALO_TEMPLATE_REMINDER: "101",
    ZALO_TEMPLATE_DIGEST: "102",
    ZALO_CALLS_PER_MINUTE: "1200",
    ZALO_SITE_VERIFICATION: "Ab-9_=.",
    DEV_CONTROL: "0",
    LOG_LEVEL: "debug",
    HOME: "/root",
    KEEP_MESSAGES_DAYS: "30",
    KEEP_FILES_DAYS: "3650",
    KEEP_TICKETS_DAYS: "1",
    KEEP_AUDIT_DAYS: "365",
    KEEP_SILENT_PEOPLE_DAYS: "36500",
  });
  expect(settings).toEqual({
    mode: "simulator",
    keep: { messagesDays: 30, filesDays: 3650, ticketsDays: 1, auditDays: 365, silentPeopleDays: 36500 },
    port: 8080,
    host: "0.0.0.0",
    dataDir: "/var/lib/cau-noi",
    databaseUrl: "postgres://u:p@db/cau_noi",
    redisUrl: "rediss://cache:6380",
    campaign: "kh-316",
    publicUrl: "https://bot.example.vn",
    adminToken: "right",
    adminTokenMade: false,
    templates: { reminder: "101", digest: "102" },
    callsPerMinute: 1200,
    siteVerification: "Ab-9_=.",
    clockStart: undefined,
    devControl: false,
    logLevel: "debug",
  });
});

describe("the museum of broken settings", () => {
  const folder = join(__dirname, "..", "..", "fixtures", "broken-settings");
  const exhibit = z.strictObject({ env: z.record(z.string(), z.string()), problems: z.array(z.string()) });

  function problemsOf(env: Record<string, string>): string[] {
    try {
      loadSettings(env);
    } catch (error) {
      if (!isKind(error, "broken") || error.code !== "settings") throw error;
      return error.message.split("\n");
    }
    return [];
  }

  test.each(readdirSync(folder))("%s", (file) => {
    const { env, problems } = exhibit.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));
    expect(problemsOf(env)).toEqual([
      `Cài đặt chưa đúng (${problems.length} lỗi), chương trình chưa khởi động:`,
      ...problems.map((problem) => `- ${problem}`),
    ]);
  });
});
