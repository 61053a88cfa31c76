/** Whoever is linked, whatever is finished, however the clock is looked at: reminders are few and never doubled. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { at, dayOf, HOUR_MS, isoWeekOf, MINUTE_MS, type Instant } from "../../src/core/clock";
import { periodsOf } from "../../src/reporting/periods";
import { isQuiet } from "../../src/reporting/reminder-steps";
import {
  planReminders,
  wavesBetween,
  type LinkedPerson,
  type OwedReport,
  type RecordedStep,
  type Wave,
} from "../../src/reporting/reminders";
import { aCampaign, aLine, upwardLine } from "../support/a-campaign";

const FROM = at("2025-11-30", "00:00");
const TO = at("2026-02-08", "00:00");
const UNITS = ["xa-a", "xa-b", "xa-c", "huyen"];

interface Situation {
  readonly campaign: ReturnType<typeof aCampaign>;
  readonly obligations: readonly OwedReport[];
  readonly people: readonly LinkedPerson[];
}

const situations: fc.Arbitrary<Situation> = fc
  .record({
    quietFrom: fc.constantFrom("20:00", "21:00", "23:00"),
    quietTo: fc.constantFrom("06:00", "07:00"),
    dueTime: fc.constantFrom("07:30", "11:15", "17:00", "22:00", "23:59"),
    maxWavesPerDay: fc.integer({ min: 1, max: 4 }),
    maxWavesPerWeek: fc.integer({ min: 2, max: 8 }),
    finished: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    extraHours: fc.array(fc.constantFrom(0, 0, 0, 30, 200), { minLength: 60, maxLength: 60 }),
    people: fc.array(
      fc.record({
        personId: fc.constantFrom("p1", "p2", "p3", "p4"),
        unitCode: fc.constantFrom(...UNITS),
        linkedAt: fc.integer({ min: FROM - 1000 * HOUR_MS, max: TO }),
      }),
      { maxLength: 8 },
    ),
    drafter: fc.option(fc.constantFrom("p1", "p2")),
  })
  .map(
    ({
      quietFrom,
      quietTo,
      dueTime,
      maxWavesPerDay,
      maxWavesPerWeek,
      finished,
      extraHours,
      people,
      drafter,
    }) => {
      const campaign = aCampaign({
        quietHours: { from: quietFrom, to: quietTo },
        maxWavesPerDay,
        maxWavesPerWeek,
        lines: [aLine({ dueTime }), upwardLine()],
      });
      const obligations = campaign.lines
        .flatMap((line) => periodsOf(campaign, line.id).map((period) => ({ line, period })))
        .flatMap(({ line, period }) =>
          (line.id === "len-tinh" ? ["huyen"] : ["xa-a", "xa-b", "xa-c"]).map((unitCode) => ({
            period,
            unitCode,
          })),
        )
        .map(({ period, unitCode }, i): OwedReport => {
          const extra = (extraHours[i] ?? 0) * HOUR_MS;
          return {
            id: `${period.line}-${period.id}-${unitCode}`,
            line: period.line,
            period: period.id,
            unitCode,
            opensAt: period.opensAt,
            dueAt: period.dueAt + extra,
            closesAt: period.closesAt + extra,
            finished: finished[i] ?? false,
            drafter,
          };
        });
      return { campaign, obligations, people };
    },
  );

const recordOf = (waves: readonly Wave[]): RecordedStep[] =>
  waves.flatMap(({ personId, at: plannedAt, steps }) =>
    steps.map(({ obligationId, step }) => ({ personId, obligationId, step, plannedAt })),
  );

/** Looks at the clock at each of these instants, as the heartbeat does. */
function lookAt({ campaign, obligations, people }: Situation, instants: readonly Instant[]): RecordedStep[] {
  const recorded: RecordedStep[] = [];
  let from = FROM;
  for (const now of instants) {
    const input = { campaign, obligations, people, recorded: [...recorded], from, to: now };
    recorded.push(...recordOf(planReminders(input, now)));
    from = now;
  }
  return recorded;
}

const sorted = (waves: readonly Wave[]) =>
  recordOf(waves)
    .map((step) => JSON.stringify(step))
    .sort();

const cuts = fc
  .array(fc.integer({ min: FROM, max: TO }), { maxLength: 30 })
  .map((instants) => [...instants.sort((a, b) => a - b), TO]);

describe("planned reminders", () => {
  test("are the same however the time is cut", () => {
    fc.assert(
      fc.property(situations, cuts, (situation, instants) => {
        const whole = wavesBetween({ ...situation, recorded: [], from: FROM, to: TO });
        let from = FROM;
        const pieces = instants.flatMap((to) => {
          const piece = wavesBetween({ ...situation, recorded: [], from, to });
          from = to;
          return piece;
        });
        expect(sorted(pieces)).toEqual(sorted(whole));
      }),
    );
  });

  test("come at most once for a person, an obligation and a step, however often one looks", () => {
    fc.assert(
      fc.property(situations, cuts, (situation, instants) => {
        const keys = lookAt(
          situation,
          [...instants, ...instants.map((i) => i + MINUTE_MS)].sort((a, b) => a - b),
        ).map(({ personId, obligationId, step }) => `${personId} ${obligationId} ${step}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test("never go to the finished, to strangers, into the quiet hours or over the ceilings", () => {
    fc.assert(
      fc.property(situations, cuts, (situation, instants) => {
        const owed = new Map(situation.obligations.map((obligation) => [obligation.id, obligation]));
        const days = new Map<string, Set<Instant>>();
        const weeks = new Map<string, Set<Instant>>();
        for (const { personId, obligationId, plannedAt } of lookAt(situation, instants)) {
          const obligation = owed.get(obligationId);
          expect(obligation?.finished).toBe(false);
          expect(
            situation.people.some((p) => p.personId === personId && p.unitCode === obligation?.unitCode),
          ).toBe(true);
          expect(isQuiet(situation.campaign.quietHours, plannedAt)).toBe(false);
          const day = `${personId} ${dayOf(plannedAt)}`;
          days.set(day, (days.get(day) ?? new Set()).add(plannedAt));
          const week = `${personId} ${isoWeekOf(dayOf(plannedAt))}`;
          weeks.set(week, (weeks.get(week) ?? new Set()).add(plannedAt));
        }
        for (const moments of days.values())
          expect(moments.size).toBeLessThanOrEqual(situation.campaign.maxWavesPerDay);
        for (const moments of weeks.values())
          expect(moments.size).toBeLessThanOrEqual(situation.campaign.maxWavesPerWeek);
      }),
    );
  });

  test("after a stop are one message a person, with the newest step of each obligation", () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: FROM, max: TO }), (situation, now) => {
        const input = { ...situation, recorded: [], from: FROM, to: now };
        const told = planReminders(input, now);
        expect(new Set(told.map(({ personId }) => personId)).size).toBe(told.length);
        const newest = new Map<string, string>();
        for (const { personId, steps } of wavesBetween(input))
          for (const { obligationId, step, usefulUntil } of steps)
            if (now < usefulUntil) newest.set(`${personId} ${obligationId}`, step);
        expect(
          new Map(recordOf(told).map((step) => [`${step.personId} ${step.obligationId}`, step.step])),
        ).toEqual(newest);
      }),
    );
  });
});
