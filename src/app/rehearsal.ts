/** The days ahead without sending, down to the lane: the planner and the sending policy, asked as for real. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { at, DAY_MS, dayOf, type Instant } from "../core/clock";
import { refused } from "../core/errors";
import { purseOf, type MonthlyLimits, type Purse } from "../messaging/lanes";
import { maySend, type SendingPolicy } from "../messaging/may-send";
import type { SendLane } from "../messaging/ports";
import { leftThisMonth, monthOf } from "../messaging/spending";
import { officesWithGroup } from "../people/office-groups";
import { rehearse, type Rehearsed, type Span } from "../reporting/rehearsal";
import { rowsOf, type Db } from "../store/database";
import { anyOf } from "../store/lists";
import type { ApiPorts } from "../web/ports";
import { lookedAt } from "./agenda";
import type { Rooms } from "./rooms";
import { appWording } from "./wording.vi";

export interface RehearsedMessage extends Rehearsed {
  readonly personName: string | null;
  /** The lane it would go by; null when it would not go at all. */
  readonly lane: SendLane | null;
  /** Why it would not go; null when it would. */
  readonly reason: string | null;
}

const standingRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  optedOut: z.boolean(),
  unreachable: z.string().nullable(),
  lastInteractionAt: z.coerce.number().nullable(),
  repliesLeft: z.number().nullable(),
  hasPhone: z.boolean(),
  wavesToday: z.coerce.number(),
});
type Standing = z.infer<typeof standingRow>;
type Offices = ReadonlySet<string>;

/** A week is what an office plans ahead. */
const USUAL_DAYS = 7;
/** Beyond a month too much will have been answered for a rehearsal to say anything. */
const MAX_DAYS = 31;

/** The API's port: everything up to `to` is played, what comes before `from` is left out of the answer. */
export const createRehearsal =
  (rooms: Pick<Rooms, "store" | "campaign" | "clock">, policy: SendingPolicy): ApiPorts["rehearse"] =>
  async ({ from, to }) => {
    const now = rooms.clock.now();
    const until = to ?? now + USUAL_DAYS * DAY_MS;
    if (until <= Math.max(now, from ?? now)) throw refused("rehearsal-over", appWording.rehearsalOver);
    if (until > now + MAX_DAYS * DAY_MS)
      throw refused("rehearsal-too-long", appWording.rehearsalTooLong(MAX_DAYS));
    const looked = (await lookedAt(rooms.store.db)) ?? now;
    const items = await rehearseSending(rooms, policy, { from: looked, to: until });
    return items
      .filter((item) => item.at >= (from ?? now))
      .map((item) => ({ ...item, topics: [...item.topics] }));
  };

/** What would be told if nobody answered, each message with its lane or the reason why it would not go. */
export async function rehearseSending(
  { store: { db }, campaign, clock }: Pick<Rooms, "store" | "campaign" | "clock">,
  policy: SendingPolicy,
  span: Span,
): Promise<readonly RehearsedMessage[]> {
  const planned = await rehearse(db, campaign, span);
  const now = clock.now();
  const people = await standingOf(db, [...new Set(planned.map(({ personId }) => personId))], now);
  const left = await leftThisMonth(db, policy.limits, now);
  const sending = new Sending(policy, people, { now, left, groups: await officesWithGroup(db) });
  return planned.map((message) => ({
    ...message,
    personName: people.get(message.personId)?.name ?? null,
    ...sending.send(message),
  }));
}

async function standingOf(
  db: Db,
  ids: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Standing>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf(
    db,
    sql`select p.id, p.display_name as name, p.opted_out_at is not null as "optedOut", p.unreachable,
        p.last_interaction_at as "lastInteractionAt", p.replies_left as "repliesLeft",
        p.phone_sealed is not null as "hasPhone",
        (select count(*) from deliveries w where w.person_id = p.id and w.kind not in ('reply', 'card')
          and w.sent_at >= ${at(dayOf(now), "00:00")}) as "wavesToday"
      from persons p where p.id = ${anyOf(ids)}`,
    standingRow,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Keeps the books of a sending that does not happen: waves a day, free replies, the month's purse. */
class Sending {
  private readonly waves = new Map<string, number>();
  private readonly repliesLeft = new Map<string, number | null>();
  private readonly groups: Offices;
  private readonly purses = new Map<string, Record<Purse, number>>();

  constructor(
    private readonly policy: SendingPolicy,
    private readonly people: ReadonlyMap<string, Standing>,
    { now, left, groups }: { readonly now: Instant; readonly left: MonthlyLimits; readonly groups: Offices },
  ) {
    this.groups = groups;
    this.purses.set(monthOf(now), { ...left });
    for (const { id, repliesLeft, wavesToday } of people.values()) {
      this.repliesLeft.set(id, repliesLeft);
      this.waves.set(`${id} ${dayOf(now)}`, wavesToday);
    }
  }

  send({ personId, kind, topics, at: planned }: Rehearsed): Pick<RehearsedMessage, "at" | "lane" | "reason"> {
    const person = this.people.get(personId);
    if (person === undefined) return { at: planned, lane: null, reason: "unknown" };
    const permissionAt = (now: Instant) =>
      maySend(
        {
          ...person,
          kind,
          repliesLeft: this.repliesLeft.get(personId) ?? null,
          // A digest speaks of the office that receives it: its group alone may stand in.
          hasGroup: kind === "digest" && topics.some(({ unitCode }) => this.groups.has(unitCode)),
          wavesToday: this.wavesOn(person.id, now),
          message: { text: "", template: { name: kind, data: {} } },
          refusedLanes: [],
          groupId: null,
        },
        this.policy,
        now,
      );
    const first = permissionAt(planned);
    const when = first.kind === "later" ? first.notBefore : planned;
    const permission = first.kind === "later" ? permissionAt(when) : first;
    if (permission.kind !== "yes") return { at: when, lane: null, reason: permission.reason };
    const lane = permission.lanes.find((way) => this.pay(way, when));
    if (lane === undefined) return { at: when, lane: null, reason: "budget-spent" };
    this.note(person.id, lane, when);
    return { at: when, lane, reason: null };
  }

  /** Takes what the lane costs out of the month's purse; false when it is empty. */
  private pay(lane: SendLane, now: Instant): boolean {
    const purse = purseOf(lane);
    if (purse === null) return true;
    const left = this.purses.get(monthOf(now)) ?? { ...this.policy.limits };
    this.purses.set(monthOf(now), left);
    if (left[purse] <= 0) return false;
    left[purse]--;
    return true;
  }

  private note(personId: string, lane: SendLane, now: Instant): void {
    const left = this.repliesLeft.get(personId) ?? null;
    if (lane === "free" && left !== null) this.repliesLeft.set(personId, Math.max(0, left - 1));
    this.waves.set(`${personId} ${dayOf(now)}`, this.wavesOn(personId, now) + 1);
  }

  private wavesOn(personId: string, now: Instant): number {
    return this.waves.get(`${personId} ${dayOf(now)}`) ?? 0;
  }
}
