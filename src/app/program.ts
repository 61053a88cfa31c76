/** The whole program: every part started in order, stopped in reverse. */
import { join } from "node:path";
import cron from "node-cron";
import type { Raise } from "../core/alarm";
import { at, HOUR_MS, SECOND_MS, startingAt, type MovableClock } from "../core/clock";
import { broken } from "../core/errors";
import { systemIds } from "../core/ids";
import { createLog, type Log } from "../core/log";
import { ROOT } from "../core/root";
import { takeTurn } from "../conversation/turn";
import { faultsOf } from "../conversation/house";
import { house } from "../../flows";
import { loadKnowledge } from "../knowledge/entries";
import { approvedFolders } from "../knowledge/imports/folders";
import { createLiveKnowledge } from "../knowledge/live-knowledge";
import { unbindGroup } from "../people/office-groups";
import { createInbox } from "../messaging/inbox";
import { releaseForGrant } from "../messaging/outbox";
import { createOverload } from "../messaging/overload";
import { createSender } from "../messaging/sender";
import { createWorker } from "../messaging/worker";
import { syncUnits } from "../reporting/ledger";
import { loadCampaign } from "../reporting/load-campaign";
import { createLiveCampaign } from "../reporting/roster-import/live-campaign";
import { unitName } from "../reporting/roster";
import { createCoordination } from "../store/coordination";
import { installationOf } from "../store/installation";
import { createPresence } from "../store/presence";
import { countGrown } from "../store/statistics";
import { openEmbedded, openServer, type Store } from "../store/database";
import { createApp } from "../web/app";
import { createMetrics } from "../web/metrics";
import { listen } from "../web/server";
import { connectZalo } from "../zalo/connect";
import type { Settings } from "../settings/settings";
import { createAgenda, lookedAt } from "./agenda";
import { createAlarms } from "./alarm";
import { createApi } from "./api";
import { createLoad } from "./desk";
import { createApply, createHandlers } from "./effects";
import { countLeases } from "./counted-lease";
import { createDoctor } from "./doctor";
import { createEvidenceKeeper, evidenceFolder } from "./evidence";
import { FORM_PICTURE_PATH, serveFormPicture } from "./form-picture";
import { createGauges } from "./gauges";
import { createIdle } from "./idle";
import { drawPicture, printFile } from "./pictures";
import { policyOf, usesPhones } from "./policy";
import { startPretendPlatform } from "./pretend-platform";
import { createRehearsal } from "./rehearsal";
import { purgeOld } from "./retention";
import type { Rooms } from "./rooms";
import { createRosterImport } from "./roster-import";
import { leaveLostGroups, noteFound, noteReached } from "./settled";
import { openSimulator } from "./simulator-room";
import { countGrants } from "./counted-grants";
import { figuresOf } from "./reason-family";
import { createTimeTravel } from "./time-travel";
import { planNextWave } from "./wave-plan";
import { createWatch } from "./watch";
import { WATCH } from "./watch.vi";
import { createReceive } from "./webhook";
import { appWording } from "./wording.vi";

export interface Program {
  readonly port: number;
  close(): Promise<void>;
}

const CONFIG = join(ROOT, "config");
/** Tuesday of the first full week of the bundled campaign: a reminder and a deadline are one day ahead. */
const SIMULATOR_START = at("2025-12-02", "08:00");
/** Long enough for whoever waits for the start to hear that it is over. */
const WARM_UP_AFTER_MS = 1_000;
const FIRST_QUESTION = "menu";
/** A batch of every kind of old data takes less than a second. */
const RETENTION_LEASE_MS = 30 * SECOND_MS;
const EVERY_MINUTE = "* * * * *";
/** A front that asks every second whether this replica is ready has turned to the others by then. */
const DRAIN_MS = 3 * SECOND_MS;

export async function startProgram(settings: Settings): Promise<Program> {
  const log = createLog(settings.logLevel);
  const closers: (() => Promise<void>)[] = [];
  const opened = <T extends { close(): Promise<void> }>(part: T): T => {
    closers.unshift(() => part.close());
    return part;
  };
  try {
    return await assemble(settings, log, opened, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

const closeAll = async (closers: readonly (() => Promise<void>)[]): Promise<void> => {
  for (const close of closers) await close();
};

type Opened = <T extends { close(): Promise<void> }>(part: T) => T;

async function assemble(
  settings: Settings,
  log: Log,
  opened: Opened,
  closers: (() => Promise<void>)[],
): Promise<Program> {
  const faults = faultsOf(house);
  if (faults.length > 0) throw broken("flows", faults.join("\n"));
  const live = createLiveCampaign(loadCampaign(CONFIG, settings.campaign));
  const { campaign } = live;
  const store = opened(
    settings.databaseUrl === undefined
      ? await openEmbedded(settings.dataDir)
      : await openServer(settings.databaseUrl),
  );
  await live.refresh(store.db);
  const clock = await startClock(settings, store);
  const ids = systemIds;
  const written = loadKnowledge(join(CONFIG, "knowledge"), approvedFolders(settings.dataDir));
  const knowledge = createLiveKnowledge(written, clock, (unitCode) => unitName(campaign, unitCode));
  await knowledge.refresh(store.db);
  const rooms: Rooms = { store, clock, ids, log, campaign, knowledge };
  await store.transaction((tx) => syncUnits(tx, campaign));
  const coordination = opened(
    createCoordination({
      redisUrl: settings.redisUrl,
      log,
      callsPerMinute: settings.callsPerMinute,
      namespace: `cau-noi:${await installationOf(store.db, ids, clock.now())}`,
    }),
  );

  const platform = settings.mode === "simulator" ? opened(await startPretendPlatform(clock, ids)) : null;
  const zaloSettings = settings.mode === "live" ? settings.zalo : platform?.settings;
  if (zaloSettings === undefined) throw broken("no-platform", "neither an account nor a pretend platform");
  const leases = countLeases(coordination.lease);
  const alarms = createAlarms(
    rooms,
    () => worker.wake(),
    (cause) => metrics.alarmTold(cause),
  );
  const raise: Raise = (alarm) => void alarms.raise(alarm);
  const zalo = connectZalo({
    settings: zaloSettings,
    db: store.db,
    budget: (lane) => coordination.budget.take(lane),
    withLease: leases.lease,
    clock,
    ids,
    log,
    picture: (name) => drawPicture(store.db, name),
    file: (name) =>
      printFile(store.db, name, {
        office: unitName(campaign, campaign.office),
        masked: (sealed) => zalo.maskedPhone(sealed),
        clock,
      }),
    templates: settings.templates,
    alarm: raise,
    onRefresh: (outcome) => metrics.tokenRefreshed(outcome),
    callbackUrl: `${settings.publicUrl}/zalo/callback`,
  });

  // More than one replica needs Redis, so without it whoever else is on record is dead.
  const alone = settings.redisUrl === undefined;
  const presence = createPresence({ store, ids, log, alone });
  const watch = createWatch({
    rooms,
    alarms,
    zalo,
    isLive: settings.mode === "live" && !settings.devControl && settings.clockStart === undefined,
    isShared: settings.redisUrl !== undefined,
  });
  const metrics = createMetrics(
    createGauges({
      rooms,
      settings,
      coordination,
      grant: zalo.grant,
      leases: leases.held,
      packageLeft: watch.packageLeft,
    }),
  );
  const inbox = createInbox({ store, clock, ids, onWaiting: () => worker.wake(), onFound: noteFound });
  const policy = policyOf(campaign, settings.templates);
  const sender = createSender({
    store,
    clock,
    ids,
    log,
    channel: zalo.channel,
    budget: (lane) => coordination.budget.take(lane),
    policy,
    office: campaign.office,
    onSettled: async (db, settlements, now) => {
      for (const settlement of settlements) metrics.deliverySettled(figuresOf(settlement, now));
      for (const { settled } of settlements)
        if (settled.status === "parked")
          raise({ cause: "delivery-parked", text: WATCH.deliveryParked(settled.reason) });
      await noteReached(db, settlements);
      for (const office of await leaveLostGroups(db, settlements, now))
        raise({ cause: `group-lost ${office}`, text: WATCH.groupLost(unitName(campaign, office)) });
    },
    onFound: noteFound,
    onSpent: (purse) =>
      raise({ cause: `spent ${purse}`, text: appWording.spent[purse](policy.limits[purse]) }),
    presence,
  });
  const worker = createWorker({
    hand: () => sender.hand(),
    store,
    clock,
    ids,
    log,
    desk: {
      load: createLoad(rooms, {
        form: usesPhones(policy) ? settings.publicUrl + FORM_PICTURE_PATH : null,
        masked: (sealed) => zalo.maskedPhone(sealed),
      }),
      apply: createApply(createHandlers(rooms)),
    },
    takeTurn: (input) => takeTurn(house, input),
    fit: (message) => zalo.channel.fit(message),
    apology: { text: appWording.apology },
    onTurns: (turns, asked) => {
      metrics.turnsTaken(turns);
      if (asked.has("keep-evidence")) evidence.wake();
    },
    onParked: (reason) => {
      metrics.eventParked();
      raise({ cause: "event-parked", text: appWording.parked(reason), quietMs: HOUR_MS });
    },
  });
  const overload = createOverload({
    ...{ store, clock, ids, log },
    received: { text: appWording.received },
    onTold: (people) => {
      metrics.keptWaiting(people);
      sender.wake();
    },
  });
  const evidence = createEvidenceKeeper(rooms, settings.dataDir, zalo.fetchMedia);
  const agenda = createAgenda(rooms, leases.lease, () => worker.wake());
  const idle = createIdle({ store, clock, worker, sender, evidence });
  const moveClock = createTimeTravel({ store, clock, agenda, idle });

  const rehearse = createRehearsal(rooms, policy);
  const simulator =
    platform === null
      ? null
      : opened(
          await openSimulator({
            ...{ rooms, settings, platform, moveClock, rehearse, idle, port: () => server.port },
          }),
        );
  const app = createApp({
    log,
    clock,
    adminToken: settings.adminToken,
    site: {
      name: campaign.name,
      about: campaign.title,
      office: campaign.document,
      verification: settings.siteVerification,
      simulatorPath: simulator === null ? undefined : "/simulator/",
    },
    metrics,
    webhook: {
      receive: createReceive({
        ...{ zalo, inbox, metrics, alarm: raise },
        endGroup: async (groupId) => {
          await store.transaction((tx) => unbindGroup(tx, { groupId, actor: "zalo" }, clock.now()));
        },
      }),
    },
    health: {
      readiness: async () => ({ database: await answers(store), worker: running }),
    },
    grant: countGrants(zalo.grants, alarms, metrics, async () => {
      await releaseForGrant(store.db, clock.now());
      sender.wake();
    }),
    api: {
      ...createApi(rooms, settings.dataDir, () => worker.wake()),
      examine: createDoctor({
        rooms,
        settings,
        coordination,
        zalo: { ...zalo, account: zaloSettings },
        accessToken: () => zalo.tokens.accessToken(),
      }),
      rehearse,
      nextWave: () => planNextWave(rooms, policy, leases.lease),
      importUnits: createRosterImport(rooms, live),
    },
    dev: settings.devControl ? { moveClock, settle: () => idle.settle() } : null,
    pages: {
      [FORM_PICTURE_PATH]: serveFormPicture(unitName(campaign, campaign.office)),
      ...(simulator === null ? {} : { "/simulator": simulator.router }),
    },
  });

  let running = false;
  await presence.start();
  closers.unshift(() => presence.stop());
  closers.unshift(() => agenda.stop());
  await agenda.run();
  for (const loop of [worker, sender, overload, evidence]) {
    loop.start();
    closers.unshift(() => loop.stop());
  }
  const lookout = cron.schedule(EVERY_MINUTE, () => watch.look(), { noOverlap: true });
  const retention = { store, clock, keep: settings.keep, evidenceFolder: evidenceFolder(settings.dataDir) };
  const heartbeat = cron.schedule(
    EVERY_MINUTE,
    async () => {
      await live.refresh(store.db);
      await agenda.run();
      await coordination.lease("retention", RETENTION_LEASE_MS, () => purgeOld(retention));
      await countGrown(store.db);
    },
    { noOverlap: true },
  );
  closers.unshift(async () => {
    await heartbeat.destroy();
    await lookout.destroy();
  });
  const server = opened(await listen(app, { host: settings.host, port: settings.port }));
  running = true;
  // The first question builds the index: ours, so that nobody waits for it, once the start is over.
  const warmUp = setTimeout(() => knowledge.ask(FIRST_QUESTION, []), WARM_UP_AFTER_MS);
  closers.unshift(() => {
    clearTimeout(warmUp);
    return Promise.resolve();
  });
  log.info("started", { mode: settings.mode, port: server.port, campaign: campaign.id });
  return {
    port: server.port,
    close: async () => {
      running = false;
      server.drain();
      if (!alone) await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
      await closeAll(closers);
    },
  };
}

const answers = (store: Store): Promise<boolean> =>
  store.ping().then(
    () => true,
    () => false,
  );

/** Real time, or the time asked for; the simulator goes on where its campaign stood. */
async function startClock(settings: Settings, store: Store): Promise<MovableClock> {
  if (settings.clockStart !== undefined) return startingAt(settings.clockStart);
  if (settings.mode === "live") return startingAt("now");
  return startingAt(Math.max(SIMULATOR_START, (await lookedAt(store.db)) ?? SIMULATOR_START));
}
