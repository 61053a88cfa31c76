/**
 * Looks once a minute for what did not happen: no event, no turn, no sending, no digest. Each look either raises
 * its cause or clears it; how often people hear of it is the alarms' business. Every replica looks.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { at, dayOf, HOUR_MS, MINUTE_MS, spokenInstant, type Instant } from "../core/clock";
import { messageOf } from "../core/errors";
import { backlogOf } from "../messaging/outbox";
import { isWorkingDay } from "../reporting/calendar";
import { periodsToFreeze } from "../reporting/digest-input";
import { lineOf } from "../reporting/periods";
import { unfiredReminders } from "../reporting/recount";
import { rowsOf } from "../store/database";
import type { Zalo } from "../zalo/connect";
import { isLow, shareLeft } from "../zalo/doctor";
import { grantMissing, grantRefused, tokenExpiring } from "../zalo/grant-alarms";
import { withToken } from "../zalo/with-token";
import { lookedAt } from "./agenda";
import type { Alarms } from "./alarm";
import { DIGEST_LATE_MS } from "./gauges";
import { LAST_EVENT } from "./last-event";
import type { Rooms } from "./rooms";
import { WATCH } from "./watch.vi";

export interface WatchParts {
  readonly rooms: Rooms;
  readonly alarms: Alarms;
  readonly zalo: Pick<Zalo, "client" | "tokens" | "grant">;
  /** False in rehearsals, where the platform is silent on purpose and counts nothing. */
  readonly isLive: boolean;
  /** Whether replicas have a server to agree through. */
  readonly isShared: boolean;
}

export interface Watch {
  look(): Promise<void>;
  /** The share of the package that was left when it was last asked about. */
  readonly packageLeft: () => number | null;
}

/** When people are expected to write: the office hours, without the break at noon. */
const SESSIONS = [
  ["08:00", "11:30"],
  ["13:30", "17:00"],
] as const;
const SILENCE_MS = HOUR_MS;
/** A turn takes milliseconds and a request seconds; what has waited this long is stuck. */
const BEHIND_MS = 15 * MINUTE_MS;
/** The schedule is looked at every minute. */
const AGENDA_LATE_MS = 5 * MINUTE_MS;
/** A token is refreshed five hours before its end; two hours before it something is wrong. */
const EXPIRING_MS = 2 * HOUR_MS;
const ASK_PACKAGE_EVERY_MS = HOUR_MS;

const figureRow = z.object({ at: z.coerce.number().nullable() });
const minutes = (ms: number): number => Math.floor(ms / MINUTE_MS);

/** Since when silence counts at this instant: the beginning of the session it lies in; null outside all. */
export function sessionStart(isWorking: (day: string) => boolean, now: Instant): Instant | null {
  const day = dayOf(now);
  if (!isWorking(day)) return null;
  const session = SESSIONS.find(([from, to]) => now >= at(day, from) && now < at(day, to));
  return session === undefined ? null : at(day, session[0]);
}

export function createWatch(parts: WatchParts): Watch {
  const { rooms, alarms, zalo, isLive, isShared } = parts;
  const { store, clock, log, campaign } = rooms;
  const startedAt = clock.now();
  let packageAskedAt = -Infinity;
  let left: number | null = null;

  /** Raises the cause while there is a text for it, clears it otherwise. */
  async function judge(cause: string, text: string | null, fine: string): Promise<void> {
    if (text === null) await alarms.clear(cause, fine);
    else await alarms.raise({ cause, text });
  }
  const oldest = async (query: ReturnType<typeof sql>): Promise<Instant | null> =>
    (await rowsOf(store.db, query, figureRow))[0]?.at ?? null;
  const behind = (since: Instant | null, now: Instant, limitMs: number, text: (minutes: number) => string) =>
    since !== null && now - since >= limitMs ? text(minutes(now - since)) : null;

  async function silence(now: Instant): Promise<void> {
    const session = sessionStart((day) => isWorkingDay(campaign.holidays, day), now);
    const seen = await oldest(LAST_EVENT);
    if (session === null) return;
    const since = Math.max(session, startedAt, seen ?? 0);
    const text = behind(since, now, SILENCE_MS, WATCH.silent);
    // Silence that has not lasted yet proves nothing: only an event ends it.
    if (text !== null || since === seen) await judge("webhook-silent", text, WATCH.heardAgain);
  }

  async function token(now: Instant): Promise<void> {
    // A token nobody asks for is kept fresh all the same: a refusal is found by day, not with the next wave.
    await zalo.tokens.accessToken().catch((error: unknown) => {
      log.warn("no access token", { reason: messageOf(error) });
    });
    const grant = await zalo.grant();
    if (grant === null) return;
    if (grant.refusedAt !== null) return alarms.raise(grantRefused);
    if (grant.expiresAt - now < EXPIRING_MS) return alarms.raise(tokenExpiring);
    for (const { cause } of [grantRefused, grantMissing, tokenExpiring])
      await alarms.clear(cause, WATCH.granted);
  }

  async function packageQuota(now: Instant): Promise<void> {
    if (now - packageAskedAt < ASK_PACKAGE_EVERY_MS) return;
    packageAskedAt = now;
    const reply = await withToken(zalo.tokens, (accessToken) => zalo.client.packageQuota(accessToken));
    if (reply.kind !== "ok") return;
    left = shareLeft(reply.value);
    const text = left !== null && isLow(reply.value) ? WATCH.packageLow(Math.floor(left * 100)) : null;
    await judge("package-low", text, WATCH.packageFine);
  }

  async function queues(now: Instant): Promise<void> {
    const waiting = await oldest(sql`select min(received_at) as at from inbox where state = 'waiting'`);
    await judge("inbox-behind", behind(waiting, now, BEHIND_MS, WATCH.inboxBehind), WATCH.inboxFine);
    const backlog = await backlogOf(store.db, now);
    const ready = backlog.length === 0 ? null : Math.min(...backlog.map(({ since }) => since));
    await judge("outbox-behind", behind(ready, now, BEHIND_MS, WATCH.outboxBehind), WATCH.outboxFine);
  }

  async function schedule(now: Instant): Promise<void> {
    const looked = await lookedAt(store.db);
    await judge("agenda-late", behind(looked, now, AGENDA_LATE_MS, WATCH.agendaLate), WATCH.agendaFine);
    const [late] = await periodsToFreeze(store.db, now - DIGEST_LATE_MS);
    const text = late === undefined ? null : WATCH.digestLate(late.line, late.period.id);
    await judge("digest-late", text, WATCH.digestsFine);
  }

  /** What is over cannot be put right by itself: it is told once, and no all-clear follows. */
  async function reminders(now: Instant): Promise<void> {
    for (const { line, period, at: planned, units } of await unfiredReminders(store.db, campaign, now)) {
      const text = WATCH.remindersMissing(lineOf(campaign, line).name, spokenInstant(planned), units);
      await alarms.raise({ cause: `reminders-missing ${line} ${period}`, text });
    }
  }

  async function replicas(): Promise<void> {
    const programs = await store.programs();
    await judge("without-redis", programs > 1 ? WATCH.withoutRedis(programs) : null, WATCH.onlyOne);
  }

  return {
    packageLeft: () => left,
    async look() {
      const now = clock.now();
      const looks = [
        token,
        queues,
        schedule,
        reminders,
        ...(isLive ? [silence, packageQuota] : []),
        ...(isShared ? [] : [replicas]),
      ];
      for (const each of looks)
        await each(now).catch((error: unknown) =>
          log.error("a look of the watch failed", { look: each.name, reason: messageOf(error) }),
        );
    },
  };
}
