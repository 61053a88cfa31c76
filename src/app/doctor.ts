/** The doctor: every link that must hold before people can be served, from the settings to Zalo's own console. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, spokenInstant, systemClock } from "../core/clock";
import { messageOf } from "../core/errors";
import type { Finding } from "../core/finding";
import { linkedTo } from "../people/persons";
import type { Settings } from "../settings/settings";
import { rowsOf } from "../store/database";
import type { Coordination } from "../store/coordination";
import type { Zalo } from "../zalo/connect";
import { examineAccount, type DoctorParts as AccountParts } from "../zalo/doctor";
import { DOCTOR } from "./doctor.vi";
import { LAST_EVENT } from "./last-event";
import type { Rooms } from "./rooms";

export interface DoctorParts {
  readonly rooms: Pick<Rooms, "store" | "clock" | "campaign">;
  readonly settings: Settings;
  readonly coordination: Pick<Coordination, "answers">;
  /** Null without credentials: then only this side can be looked at. */
  readonly zalo: (Pick<Zalo, "client" | "grant"> & { readonly account: AccountParts["settings"] }) | null;
  /** Null where this process must not refresh the token. */
  readonly accessToken: AccountParts["accessToken"];
}

/** Tokens and quotas are counted by instants; more than this between two clocks is a fault of ours. */
const MAX_SKEW_MS = 30 * SECOND_MS;
/** A day without a single event happens on quiet days; it is worth a look all the same. */
const QUIET_DAY_MS = DAY_MS;
/** As many of the newest messages as are looked at for refusals. */
const LATE_MESSAGES = 2_000;
const MAX_PAGE_BYTES = 64 * 1024;
/** Shorter ones can be tried out. */
const MIN_TOKEN_CHARS = 16;

const say = (
  id: keyof typeof DOCTOR.links,
  state: Finding["state"],
  detail: string,
  advice: string = DOCTOR.links[id].advice,
): Finding => ({
  id,
  title: DOCTOR.links[id].title,
  state,
  detail,
  ...(state === "ok" || advice === "" ? {} : { advice }),
});

/** Never throws: a link that cannot be looked at is a finding too. */
export function createDoctor(parts: DoctorParts): () => Promise<Finding[]> {
  const { rooms, settings, zalo, accessToken } = parts;
  const { campaign, clock } = rooms;
  return async () => {
    const database = await databaseFinding(parts);
    if (database.state === "fail") return [settingsFinding(settings), database];
    return [
      settingsFinding(settings),
      database,
      await replicasFinding(parts),
      ...(await clockFinding(parts)),
      await staffFinding(parts),
      await addressFinding(parts),
      await webhookFinding(parts),
      ...(zalo === null
        ? []
        : await examineAccount({
            settings: zalo.account,
            client: zalo.client,
            grant: zalo.grant,
            accessToken,
            clock,
            templates: settings.templates,
            needsFunds:
              campaign.paidMessages.repliesPerMonth > 0 || campaign.paidMessages.templatesPerMonth > 0,
            lateCodes: await lateCodes(parts),
          })),
    ];
  };
}

function settingsFinding(settings: Settings): Finding {
  if (settings.mode === "simulator") return say("settings", "warn", DOCTOR.simulator);
  if (settings.adminToken.length < MIN_TOKEN_CHARS)
    return say("settings", "warn", DOCTOR.shortToken, DOCTOR.longerToken);
  return say("settings", "ok", DOCTOR.live);
}

async function databaseFinding({ rooms: { store }, settings }: DoctorParts): Promise<Finding> {
  const startedAt = systemClock.now();
  try {
    await store.ping();
  } catch (error) {
    return say("database", "fail", messageOf(error));
  }
  const tookMs = systemClock.now() - startedAt;
  return say("database", "ok", DOCTOR.database(settings.databaseUrl !== undefined, tookMs));
}

async function replicasFinding({ rooms: { store }, settings, coordination }: DoctorParts): Promise<Finding> {
  const programs = await store.programs();
  if (settings.redisUrl === undefined)
    return programs > 1
      ? say("replicas", "fail", DOCTOR.withoutRedis(programs))
      : say("replicas", "ok", DOCTOR.alone);
  return (await coordination.answers())
    ? say("replicas", "ok", DOCTOR.withRedis(programs))
    : say("replicas", "fail", DOCTOR.redisSilent);
}

async function clockFinding({ zalo }: DoctorParts): Promise<Finding[]> {
  if (zalo === null) return [];
  const theirs = await zalo.client.platformTime();
  if (theirs === null) return [say("clock", "unknown", DOCTOR.clockUnknown, "")];
  const skewMs = systemClock.now() - theirs;
  const isOff = Math.abs(skewMs) > MAX_SKEW_MS;
  return [say("clock", isOff ? "fail" : "ok", DOCTOR.skew(Math.round(skewMs / SECOND_MS)))];
}

async function staffFinding({ rooms: { store, campaign } }: DoctorParts): Promise<Finding> {
  const staff = await linkedTo(store.db, [campaign.office], "staff");
  return staff.length === 0
    ? say("staff", "warn", DOCTOR.nobody, DOCTOR.invite(campaign.office))
    : say("staff", "ok", DOCTOR.staff(staff.length));
}

/** Whether our own page answers at the public address, with the code that proves whose domain it is. */
async function addressFinding({ settings, zalo }: DoctorParts): Promise<Finding> {
  if (settings.mode === "simulator" || zalo === null)
    return say("address", "unknown", DOCTOR.addressSimulated, "");
  const url = new URL(`${settings.publicUrl}/`);
  if (url.protocol !== "https:" || url.port !== "")
    return say("address", "fail", DOCTOR.addressWrong(settings.publicUrl));
  const page = await zalo.client.fetch(url, MAX_PAGE_BYTES);
  if (page.kind !== "bytes") return say("address", "fail", DOCTOR.addressSilent(settings.publicUrl));
  const { siteVerification: code } = settings;
  if (code === undefined) return say("address", "warn", DOCTOR.noVerification, DOCTOR.verify);
  return page.bytes.toString("utf8").includes(code)
    ? say("address", "ok", DOCTOR.verified(settings.publicUrl))
    : say("address", "fail", DOCTOR.otherPage(settings.publicUrl));
}

const seenRow = z.object({ at: z.coerce.number() });

async function webhookFinding({ rooms: { store, clock }, settings }: DoctorParts): Promise<Finding> {
  const [row] = await rowsOf(store.db, LAST_EVENT, seenRow);
  if (row === undefined) return say("webhook", settings.mode === "live" ? "fail" : "warn", DOCTOR.neverSeen);
  const silentMs = clock.now() - row.at;
  const detail = DOCTOR.seen(
    spokenInstant(row.at),
    Math.floor(silentMs / MINUTE_MS),
    Math.floor(silentMs / HOUR_MS),
  );
  return say("webhook", silentMs > QUIET_DAY_MS ? "warn" : "ok", detail);
}

const codeRow = z.object({ code: z.coerce.number() });

/** Codes with which messages were refused within a day; found through the newest ones, whatever the table holds. */
async function lateCodes({ rooms: { store, clock } }: DoctorParts): Promise<number[]> {
  const rows = await rowsOf(
    store.db,
    sql`select distinct substring(last_error from '^-[0-9]+') as code from (
          select last_error, created_at from deliveries order by id desc limit ${LATE_MESSAGES}) as newest
        where created_at > ${clock.now() - DAY_MS} and last_error ~ '^-[0-9]+'`,
    codeRow,
  );
  return rows.map(({ code }) => code);
}
