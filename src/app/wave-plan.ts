/**
 * The next wave of reminders before it goes out: whom it will reach on which lane, at what cost, and whom nobody
 * can reach. The plan is the real one, made in a transaction that never lands: nothing is recorded or sent.
 */
import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Instant } from "../core/clock";
import { refused } from "../core/errors";
import { purseOf, type MonthlyLimits, type Purse } from "../messaging/lanes";
import { maySend, type SendingPolicy } from "../messaging/may-send";
import type { SendLane } from "../messaging/ports";
import { leftThisMonth } from "../messaging/spending";
import { nextAgendaInstant } from "../reporting/agenda-instants";
import type { Campaign } from "../reporting/campaign";
import { openPeriods } from "../reporting/ledger";
import { recordReminders, type ReminderNews } from "../reporting/remind";
import { unitName } from "../reporting/roster";
import { rowsOf, type Db } from "../store/database";
import { obligations, persons } from "../store/tables";
import { lookedAt } from "./agenda";
import type { Rooms } from "./rooms";
import { whyNotDelivered } from "./settled";
import { appWording } from "./wording.vi";

export interface LaneShare {
  readonly lane: SendLane;
  readonly messages: number;
  /** Null where nobody has stated a price. */
  readonly priceVnd: number | null;
  readonly costVnd: number | null;
}

export interface WavePlan {
  readonly at: Instant;
  readonly people: number;
  readonly about: {
    readonly line: string;
    readonly period: string;
    readonly step: string;
    readonly units: number;
  }[];
  readonly lanes: LaneShare[];
  /** Null as soon as one message has no price. */
  readonly costVnd: number | null;
  readonly priceSource: string;
  readonly leftThisMonth: { readonly before: MonthlyLimits; readonly after: MonthlyLimits };
  readonly notReached: {
    readonly unitCode: string;
    readonly unitName: string;
    readonly line: string;
    readonly period: string;
    readonly reason: string;
  }[];
}

export type Planning = Pick<Rooms, "store" | "campaign" | "clock" | "ids">;

export type Lease = <T>(name: string, ttlMs: number, work: () => Promise<T>) => Promise<T | "busy">;

/** More instants than a week of the fullest campaign has: between two waves there are openings and closings. */
const MAX_LOOKS = 60;
/** Longer than a plan may take. */
const LEASE_MS = 60_000;

/** What the rehearsal came to; carried out of the transaction by the error that ends it. */
class Rehearsed extends Error {
  constructor(readonly wave: Rehearsal) {
    super("a rehearsal never lands");
  }
}

interface Rehearsal {
  readonly news: readonly ReminderNews[];
  readonly owed: ReadonlyMap<string, Owed>;
  /** Of the same reports those that nobody is told of. */
  readonly untold: readonly (Owed & { readonly reason: string })[];
}

interface Owed {
  readonly id: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

/** The next wave that would go out; null when the campaign has none left. */
export async function planNextWave(
  rooms: Planning,
  policy: SendingPolicy,
  lease: Lease,
): Promise<WavePlan | null> {
  // Beside the real look, which writes the same rows, a rehearsal would only wait for it.
  const plan = await lease("agenda", LEASE_MS, () => lookAhead(rooms, policy));
  if (plan === "busy") throw refused("busy", appWording.scheduleBusy);
  return plan;
}

async function lookAhead(rooms: Planning, policy: SendingPolicy): Promise<WavePlan | null> {
  const { store, campaign, clock } = rooms;
  let from = (await lookedAt(store.db)) ?? clock.now();
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const at = await nextAgendaInstant(store.db, campaign, from);
    if (at === null) return null;
    const wave = await rehearse(rooms, from, at);
    if (wave.news.length > 0) return plan(rooms, policy, wave, at);
    from = at;
  }
  return null;
}

async function rehearse({ store, campaign, ids }: Planning, from: Instant, at: Instant): Promise<Rehearsal> {
  try {
    await store.transaction(async (tx) => {
      const news: ReminderNews[] = [];
      await openPeriods(tx, campaign, at, ids);
      await recordReminders(tx, campaign, { from, to: at, now: at }, (_db, items) => {
        news.push(...items);
        return Promise.resolve();
      });
      throw new Rehearsed(await gather(tx, news));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.wave;
    throw error;
  }
  throw new Error("a rehearsal landed");
}

const owedRow = z.object({
  id: z.string(),
  line: z.string(),
  period: z.string(),
  unitCode: z.string(),
});

/** Everything the plan needs that will be gone when the transaction is. */
async function gather(tx: Db, news: readonly ReminderNews[]): Promise<Rehearsal> {
  const told = [...new Set(news.flatMap((item) => item.news.steps.map(({ obligationId }) => obligationId)))];
  if (told.length === 0) return { news, owed: new Map(), untold: [] };
  const owed = await tx
    .select({
      id: obligations.id,
      line: obligations.line,
      period: obligations.period,
      unitCode: obligations.unitCode,
    })
    .from(obligations)
    .where(inArray(obligations.id, told));
  const periods = [...new Set(owed.map(({ line, period }) => `${line} ${period}`))];
  const untold = await rowsOf(
    tx,
    sql`select id, line, period, unit_code as "unitCode", not_reached_reason as reason from obligations
        where not reached and version = 0 and exempt_reason is null
          and line || ' ' || period in (${sql.join(
            periods.map((key) => sql`${key}`),
            sql`, `,
          )})
        order by line, period, unit_code`,
    owedRow.extend({ reason: z.string().nullable() }),
  );
  const known = new Set(told);
  return {
    news,
    owed: new Map(owed.map((row) => [row.id, row])),
    untold: untold
      .filter(({ id }) => !known.has(id))
      .map(({ reason, ...row }) => ({ ...row, reason: reason ?? appWording.notDeliveredOtherwise })),
  };
}

async function plan(
  { store, campaign }: Planning,
  policy: SendingPolicy,
  { news, owed, untold }: Rehearsal,
  at: Instant,
): Promise<WavePlan> {
  const reach = await reachOf(store.db, [...new Set(news.map(({ personId }) => personId))]);
  const before = await leftThisMonth(store.db, policy.limits, at);
  const after: Record<Purse, number> = { ...before };
  const counts = new Map<SendLane, number>();
  /** Why nobody of a unit is reached; null as soon as somebody is. */
  const fates = new Map<string, string | null>();
  for (const { personId, news: told } of news) {
    const person = reach.get(personId);
    const { lane, reason } = person === undefined ? NOBODY : takeLane(person, policy, at, after);
    if (lane !== null) counts.set(lane, (counts.get(lane) ?? 0) + 1);
    for (const { obligationId } of told.steps) {
      const isReached = lane !== null || fates.get(obligationId) === null;
      fates.set(obligationId, isReached ? null : whyNotDelivered(reason));
    }
  }
  const lost = [...fates].flatMap(([id, reason]) => {
    const row = owed.get(id);
    return reason === null || row === undefined ? [] : [{ ...row, reason }];
  });
  const lanes = sharesOf(campaign, counts);
  const costs = lanes.map(({ costVnd }) => costVnd);
  return {
    at,
    people: new Set(news.map(({ personId }) => personId)).size,
    about: aboutOf(news, owed),
    lanes,
    costVnd: costs.some((cost) => cost === null) ? null : costs.reduce<number>((a, b) => a + (b ?? 0), 0),
    priceSource: campaign.paidMessages.prices.source,
    leftThisMonth: { before, after },
    notReached: [...untold, ...lost].map(({ unitCode, line, period, reason }) => ({
      unitCode,
      unitName: unitName(campaign, unitCode),
      line,
      period,
      reason,
    })),
  };
}

const LANE_ORDER: Readonly<Record<SendLane, number>> = { free: 0, paid: 1, template: 2, phone: 3, group: 4 };

interface Reachable {
  readonly lastInteractionAt: Instant | null;
  readonly repliesLeft: number | null;
  readonly phone: string | null;
  readonly optedOut: Instant | null;
  readonly unreachable: string | null;
}

async function reachOf(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, Reachable>> {
  const rows = await db
    .select({
      id: persons.id,
      lastInteractionAt: persons.lastInteractionAt,
      repliesLeft: persons.repliesLeft,
      phone: persons.phoneSealed,
      optedOut: persons.optedOutAt,
      unreachable: persons.unreachable,
    })
    .from(persons)
    .where(inArray(persons.id, [...personIds]));
  return new Map(rows.map((row) => [row.id, row]));
}

interface Taken {
  readonly lane: SendLane | null;
  /** Why there is none. */
  readonly reason: string;
}
/** Somebody who was forgotten in this very moment. */
const NOBODY: Taken = { lane: null, reason: "window-closed" };

/** The lane on which this person's reminder will go, paid from the month's purses; or why it cannot go. */
function takeLane(
  { phone, optedOut, ...person }: Reachable,
  policy: SendingPolicy,
  at: Instant,
  left: Record<Purse, number>,
): Taken {
  const permission = maySend(
    {
      ...person,
      kind: "reminder",
      message: { text: "", template: { name: "reminder", data: {} } },
      optedOut: optedOut !== null,
      hasPhone: phone !== null,
      hasGroup: false,
      groupId: null,
      refusedLanes: [],
      // The planner has kept the day's ceiling already.
      wavesToday: 0,
    },
    policy,
    at,
  );
  if (permission.kind !== "yes") return { lane: null, reason: permission.reason };
  for (const lane of permission.lanes) {
    const purse = purseOf(lane);
    if (purse === null) return { lane, reason: "" };
    if (left[purse] <= 0) continue;
    left[purse]--;
    return { lane, reason: "" };
  }
  return { lane: null, reason: "budget-spent" };
}

function sharesOf({ paidMessages }: Campaign, counts: ReadonlyMap<SendLane, number>): LaneShare[] {
  const { reply, template, phoneTemplate } = paidMessages.prices;
  const prices: Readonly<Record<SendLane, number | null>> = {
    free: 0,
    paid: reply,
    template,
    phone: phoneTemplate,
    group: 0,
  };
  return [...counts]
    .sort(([a], [b]) => LANE_ORDER[a] - LANE_ORDER[b])
    .map(([lane, messages]) => {
      const priceVnd = prices[lane];
      return { lane, messages, priceVnd, costVnd: priceVnd === null ? null : priceVnd * messages };
    });
}

function aboutOf(news: readonly ReminderNews[], owed: ReadonlyMap<string, Owed>): WavePlan["about"] {
  const units = new Map<string, { line: string; period: string; step: string; units: Set<string> }>();
  for (const { steps } of news.map((item) => item.news))
    for (const { obligationId, step } of steps) {
      const row = owed.get(obligationId);
      if (row === undefined) continue;
      const key = `${row.line} ${row.period} ${step}`;
      const group = units.get(key) ?? { line: row.line, period: row.period, step, units: new Set<string>() };
      group.units.add(row.unitCode);
      units.set(key, group);
    }
  return [...units.values()].map(({ units: told, ...rest }) => ({ ...rest, units: told.size }));
}
