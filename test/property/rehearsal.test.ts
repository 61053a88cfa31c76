/** A rehearsal is what then really happens when the clock moves and nobody answers. */
import { describe, expect, test } from "@jest/globals";
import { addDays, at, DAY_MS, dayOf, HOUR_MS, toIso, type Instant } from "../../src/core/clock";
import { delegate } from "../../src/people/delegations";
import { putDelegationsInForce } from "../../src/people/delegations-in-force";
import { redeemInvitation } from "../../src/people/invitations";
import { linkedTo } from "../../src/people/persons";
import { nextAgendaInstant } from "../../src/reporting/agenda-instants";
import { freezeDueDigests } from "../../src/reporting/digests";
import { exempt, extend } from "../../src/reporting/extensions";
import { openPeriods } from "../../src/reporting/ledger";
import { periodsOf } from "../../src/reporting/periods";
import { recordReminders, type ReminderNews } from "../../src/reporting/remind";
import { rehearse } from "../../src/reporting/rehearsal";
import { saveDrafts, submitReport } from "../../src/reporting/reports";
import { delegations, digests, invitations, obligations, persons } from "../../src/store/tables";
import type { Db } from "../../src/store/database";
import { aCampaign, aLine, upwardLine } from "../support/a-campaign";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";
import { diceOf, type Dice } from "../support/dice";

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);
const UNITS = ["xa-a", "xa-b", "xa-c", "huyen"];
const EARLIEST = at("2025-12-01", "08:00");

const oneOf = <T>(dice: Dice, items: readonly T[]): T => {
  const item = items[Math.floor(dice() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
};

const campaignOf = (dice: Dice) =>
  aCampaign({
    maxWavesPerDay: oneOf(dice, [1, 2, 4]),
    maxWavesPerWeek: oneOf(dice, [3, 12]),
    lines: [
      aLine({ dueTime: oneOf(dice, ["11:15", "17:00", "22:00"]), weekday: oneOf(dice, [1, 3, 5]) }),
      upwardLine({ daysOff: [{ day: "2025-12-11", name: "nghỉ riêng" }] }),
    ],
  });
type Campaign = ReturnType<typeof campaignOf>;

/** People with posts and delegations; reports begun, handed in, put off and excused. */
async function muddle(db: Db, campaign: Campaign, dice: Dice, now: Instant): Promise<void> {
  await db.delete(delegations);
  await db.delete(invitations);
  await db.delete(digests);
  await startLedger(db, campaign, now);
  for (const unitCode of UNITS)
    await linkPerson(db, { id: `head-${unitCode}`, unitCode, linkedAt: now - DAY_MS });
  for (let i = 0; i < 5; i++)
    await linkPerson(db, {
      id: `p${i}`,
      unitCode: oneOf(dice, UNITS),
      role: oneOf(dice, ["reporter", "reporter", "staff"] as const),
      linkedAt: now - Math.floor(dice() * 5 * HOUR_MS) - 1,
      ...(dice() < 0.1 ? { optedOutAt: now } : {}),
    });
  const today = dayOf(now);
  for (const id of ["d1", "d2"]) {
    await db.insert(persons).values({ id, address: `zalo-${id}`, createdAt: now });
    const from = addDays(today, Math.floor(dice() * 6));
    const to = dice() < 0.3 ? null : addDays(from, Math.floor(dice() * 5));
    const unitCode = oneOf(dice, UNITS);
    const { code } = await delegate(
      db,
      { unitCode, from, to, grantedBy: `head-${unitCode}` },
      now,
      ledgerIds,
    );
    await redeemInvitation(db, code, id, now);
  }
  for (const row of await db.select().from(obligations)) {
    const decision = {
      line: row.line,
      period: row.period,
      unitCode: row.unitCode,
      reason: "bận",
      actor: "api",
    };
    const roll = dice();
    const content = { obligationId: row.id, values: {}, marks: [], personId: "p0", at: now };
    if (roll < 0.15) await saveDrafts(db, [{ ...content, seen: null }]);
    else if (roll < 0.3)
      await submitReport(db, {
        ...content,
        seenVersion: 0,
        nil: true,
        code: `BC-${row.id}`,
        eventKey: row.id,
      });
    else if (roll < 0.4) await exempt(db, { campaign, ids: ledgerIds }, { ...decision, at: now });
    else if (roll < 0.55)
      await extend(
        db,
        { campaign, ids: ledgerIds },
        { ...decision, at: now, until: row.dueAt + 30 * HOUR_MS },
      );
  }
  const next = periodsOf(campaign, "len-huyen").find(({ opensAt }) => opensAt > now);
  if (next !== undefined)
    await extend(
      db,
      { campaign, ids: ledgerIds },
      {
        ...{ line: "len-huyen", period: next.id, unitCode: "xa-a", reason: "sớm", actor: "api", at: now },
        until: next.dueAt + 26 * HOUR_MS,
      },
    );
}

interface Told {
  readonly at: Instant;
  readonly personId: string;
  readonly topics: readonly string[];
}

const spoken = (told: readonly Told[]) =>
  told
    .map(({ at: when, personId, topics }) => [toIso(when), personId, ...topics.toSorted()].join(" "))
    .sort();

/** The clock jumps from one instant to the next at which anything falls due, and does what the program does. */
async function live(db: Db, campaign: Campaign, from: Instant, to: Instant): Promise<Told[]> {
  const told: Told[] = [];
  let since = from;
  for (;;) {
    const now = await nextAgendaInstant(db, campaign, since);
    if (now === null || now > to) return told;
    await putDelegationsInForce(db, now);
    await openPeriods(db, campaign, now, ledgerIds);
    const items: ReminderNews[] = [];
    await recordReminders(db, campaign, { from: since, to: now, now }, (_tx, posted) => {
      items.push(...posted);
      return Promise.resolve();
    });
    const rows = new Map((await db.select().from(obligations)).map((row) => [row.id, row]));
    for (const { personId, news } of items) {
      const topics = news.steps.map(({ obligationId, step }) => {
        const row = rows.get(obligationId);
        return `${row?.line} ${row?.period} ${row?.unitCode} ${step}`;
      });
      told.push({ at: now, personId, topics });
    }
    for (const digest of await freezeDueDigests(db, campaign, { dueBy: now, now })) {
      const topic = `${digest.line} ${digest.period} ${digest.receiverUnitCode} digest`;
      for (const personId of await linkedTo(db, [digest.receiverUnitCode], "staff"))
        told.push({ at: now, personId, topics: [topic] });
    }
    since = now;
  }
}

eachStore((store) => {
  describe("a rehearsal", () => {
    test.each(SEEDS)("is what happens when nobody answers (seed %i)", async (seed) => {
      const db = store().db;
      const dice = diceOf(seed);
      const campaign = campaignOf(dice);
      const now = EARLIEST + Math.floor(dice() * 20 * 24 * 4) * (HOUR_MS / 4);
      await muddle(db, campaign, dice, now);
      await freezeDueDigests(db, campaign, { dueBy: now, now });
      const to = now + Math.ceil(dice() * 12) * DAY_MS;

      const rehearsed = (await rehearse(db, campaign, { from: now, to })).map(
        ({ at: when, personId, kind, topics }) => ({
          at: when,
          personId,
          topics: topics.map(({ line, period, unitCode, step }) =>
            [line, period, unitCode, kind === "digest" ? "digest" : step].join(" "),
          ),
        }),
      );
      expect(rehearsed.length).toBeGreaterThan(0);
      expect(spoken(rehearsed)).toEqual(spoken(await live(db, campaign, now, to)));
    });
  });
});
