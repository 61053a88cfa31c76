/** Weeks of a campaign with the real planner: whatever it leaves out on purpose, the recount raises nothing. */
import { expect, test } from "@jest/globals";
import { addDays, at, DAY_MS, dayOf, HOUR_MS, MINUTE_MS, toIso, type Instant } from "../../src/core/clock";
import { nextAgendaInstant } from "../../src/reporting/agenda-instants";
import { openPeriods } from "../../src/reporting/ledger";
import { unfiredReminders } from "../../src/reporting/recount";
import { recordReminders } from "../../src/reporting/remind";
import { persons } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const START = at("2025-12-02", "08:00");
const END = at("2025-12-24", "20:00");
/** By then a wave must be on record. */
const GRACE_MS = 10 * MINUTE_MS;

eachStore((store) => {
  const db = () => store().db;

  async function play(maxWavesPerWeek: number, isForgotten: (now: Instant) => boolean): Promise<string[]> {
    const campaign = aCampaign({ maxWavesPerWeek });
    await startLedger(db(), campaign, START);
    for (const id of ["a", "b"])
      await linkPerson(db(), { id, unitCode: `xa-${id}`, linkedAt: START - DAY_MS });
    await linkPerson(db(), { id: "office", unitCode: "huyen", role: "staff", linkedAt: START - DAY_MS });
    await db()
      .update(persons)
      .set({ lastInteractionAt: START - DAY_MS });
    const found = new Set<string>();
    let from = START;
    for (;;) {
      const now = await nextAgendaInstant(db(), campaign, from);
      if (now === null || now > END) return [...found];
      await openPeriods(db(), campaign, now, ledgerIds);
      if (!isForgotten(now))
        await recordReminders(db(), campaign, { from, to: now, now }, () => Promise.resolve());
      from = now;
      // What falls due next is not told yet, and not asked for.
      const next = (await nextAgendaInstant(db(), campaign, now)) ?? END;
      const looks = [0, GRACE_MS, HOUR_MS, 8 * HOUR_MS, 16 * HOUR_MS].map((laterMs) => now + laterMs);
      for (const look of looks.filter((moment) => moment < next + GRACE_MS))
        for (const unfired of await unfiredReminders(db(), campaign, look))
          found.add(`${unfired.line} ${unfired.period} ${toIso(unfired.at).slice(0, 16)}`);
    }
  }

  test.each([2, 20])("with %i waves a week at most", async (maxWavesPerWeek) => {
    expect(await play(maxWavesPerWeek, () => false)).toEqual([]);
  });

  test("and of a day that was forgotten it finds every wave", async () => {
    const lost = addDays(dayOf(START), 7);
    const found = await play(20, (now) => dayOf(now) === lost);
    expect(found).not.toEqual([]);
    expect(new Set(found.map((wave) => wave.slice(-16, -6)))).toEqual(new Set([lost]));
  });
});
