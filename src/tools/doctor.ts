/**
 * `npm run doctor`: asks the running program to look at its whole set-up chain; where none runs, looks itself.
 * `--json` for machines; `--refresh` lets a doctor that is alone with its database exchange the refresh token.
 */
import { join } from "node:path";
import { z } from "zod";
import { createDoctor } from "../app/doctor";
import { SECOND_MS, systemClock } from "../core/clock";
import { AppError, messageOf } from "../core/errors";
import type { Finding } from "../core/finding";
import { systemIds } from "../core/ids";
import { silentLog } from "../core/log";
import { ROOT } from "../core/root";
import { syncUnits } from "../reporting/ledger";
import { loadCampaign } from "../reporting/load-campaign";
import { createLiveCampaign } from "../reporting/roster-import/live-campaign";
import { loadSettings } from "../settings/load";
import type { Settings } from "../settings/settings";
import { createCoordination } from "../store/coordination";
import { openEmbedded, openServer, type Store } from "../store/database";
import { installationOf } from "../store/installation";
import { connectZalo } from "../zalo/connect";
import { tableOf } from "./doctor-table";
import { TOOL } from "./doctor.vi";
import { addressOf } from "./running-program";

const EXIT_BROKEN = 1;
/** Longer than every call of an examination may take. */
const ANSWER_TIMEOUT_MS = 90 * SECOND_MS;
const UNAUTHORIZED = 401;

const answerSchema = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        title: z.string(),
        state: z.enum(["ok", "warn", "fail", "unknown"]),
        detail: z.string(),
        advice: z.string().optional(),
      })
      .transform(({ advice, ...rest }): Finding => ({
        ...rest,
        ...(advice === undefined ? {} : { advice }),
      })),
  ),
});

interface Examined {
  readonly by: "program" | "doctor";
  readonly findings: readonly Finding[];
}

/** What the program that runs here says of itself; null when none runs. */
async function askProgram(settings: Settings): Promise<readonly Finding[] | null> {
  const url = `${addressOf(settings)}/api/v1/doctor`;
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${settings.adminToken}` },
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  }).catch(() => null);
  if (answer === null) return null;
  if (answer.status === UNAUTHORIZED) throw new AppError("refused", "unauthorized", TOOL.wrongToken(url));
  if (!answer.ok) throw new AppError("refused", "not-ours", TOOL.notOurs(url, answer.status));
  return answerSchema.parse(await answer.json()).items;
}

/** Refresh tokens work once: only who is surely alone, or holds the lease of all replicas, may use one. */
const mayRefresh = async (settings: Settings, store: Store, isAsked: boolean): Promise<boolean> =>
  isAsked && (settings.redisUrl !== undefined || (await store.programs()) === 1);

const openAlone = ({ dataDir, host, port }: Settings): Promise<Store> =>
  openEmbedded(dataDir).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    throw new AppError("refused", error.code, TOOL.inUse(dataDir, `${host}:${port}`));
  });

async function examineAlone(settings: Settings, isRefreshAsked: boolean): Promise<readonly Finding[]> {
  const live = createLiveCampaign(loadCampaign(join(ROOT, "config"), settings.campaign));
  const { campaign } = live;
  const store =
    settings.databaseUrl === undefined ? await openAlone(settings) : await openServer(settings.databaseUrl);
  const { callsPerMinute } = settings;
  const coordination = createCoordination({
    redisUrl: settings.redisUrl,
    log: silentLog,
    callsPerMinute,
    // The lease of the running replicas, or it would protect nothing.
    namespace: `cau-noi:${await installationOf(store.db, systemIds, systemClock.now())}`,
  });
  try {
    await live.refresh(store.db);
    await store.transaction((tx) => syncUnits(tx, campaign));
    const zalo =
      settings.mode === "simulator"
        ? null
        : connectZalo({
            settings: settings.zalo,
            db: store.db,
            budget: (lane) => coordination.budget.take(lane),
            withLease: coordination.lease,
            clock: systemClock,
            ids: systemIds,
            log: silentLog,
            picture: () => Promise.resolve(null),
            file: () => Promise.resolve(null),
            alarm: () => undefined,
            templates: settings.templates,
            callbackUrl: `${settings.publicUrl}/zalo/callback`,
          });
    const refreshes = zalo !== null && (await mayRefresh(settings, store, isRefreshAsked));
    return await createDoctor({
      rooms: { store, clock: systemClock, campaign },
      settings,
      coordination,
      zalo: zalo === null || settings.mode === "simulator" ? null : { ...zalo, account: settings.zalo },
      accessToken: refreshes ? () => zalo.tokens.accessToken() : null,
    })();
  } finally {
    await coordination.close();
    await store.close();
  }
}

async function main(): Promise<number> {
  const isJson = process.argv.includes("--json");
  const settings = loadSettings();
  const running = await askProgram(settings);
  const examined: Examined =
    running === null
      ? { by: "doctor", findings: await examineAlone(settings, process.argv.includes("--refresh")) }
      : { by: "program", findings: running };
  const { findings } = examined;
  console.log(
    isJson
      ? JSON.stringify({ by: examined.by, items: findings }, null, 2)
      : tableOf(findings, { by: examined.by, isColoured: process.stdout.isTTY }),
  );
  return findings.some(({ state }) => state === "fail") ? EXIT_BROKEN : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof AppError ? error.message : messageOf(error));
    process.exit(EXIT_BROKEN);
  },
);
