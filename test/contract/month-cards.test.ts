/** The card of the month: once for each reporter, only where it costs nothing, and only the newest. */
import { beforeEach, expect, test } from "@jest/globals";
import { eq, ne } from "drizzle-orm";
import { at, DAY_MS, frozenAt, HOUR_MS, type MovableClock } from "../../src/core/clock";
import { newsSchema } from "../../src/conversation/event";
import { outboxIdle, releaseOf } from "../../src/messaging/outbox";
import { putInOutbox } from "../../src/messaging/spoken";
import { nextAgendaInstant } from "../../src/reporting/agenda-instants";
import { addObligations } from "../../src/reporting/ledger";
import { deliveries, digests, inbox, obligations, persons } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { anAgenda } from "../support/an-agenda";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { aWorld } from "../support/messaging";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const START = at("2025-12-01", "08:00");
const CARD_AT = at("2026-01-05", "09:00");
const NEXT_CARD_AT = at("2026-02-02", "09:00");

const january = {
  ...{ id: "january", line: "len-huyen", period: "2026-W03", unitCode: "xa-a" },
  ...{ opensAt: START, dueAt: at("2026-01-14", "17:00"), closesAt: NEXT_CARD_AT },
};

eachStore((store) => {
  const db = () => store().db;
  let clock: MovableClock;

  const started = () => anAgenda(store(), clock, campaign);
  const cards = async () =>
    (await db().select().from(inbox).orderBy(inbox.id)).flatMap(({ personId, payload }) => {
      const news = newsSchema.parse(payload);
      return news.kind === "month-card" ? [{ personId, month: news.month, cards: news.cards }] : [];
    });

  beforeEach(async () => {
    await db().delete(digests);
    await db().delete(inbox);
    await startLedger(db(), campaign, START);
    await db().delete(obligations);
    const owed = ["xa-a", "xa-b"].flatMap((unitCode) =>
      ["2025-12-10", "2025-12-17"].map((day, i) => ({
        ...{ id: `${unitCode} ${i}`, line: "len-huyen", period: `2025-W${50 + i}`, unitCode },
        ...{ opensAt: START, dueAt: at(day, "17:00"), closesAt: at(day, "18:00") },
      })),
    );
    await addObligations(db(), owed);
    await linkPerson(db(), { id: "a", unitCode: "xa-a", linkedAt: START });
    await linkPerson(db(), { id: "b", unitCode: "xa-b", linkedAt: START, optedOutAt: START });
    await linkPerson(db(), { id: "office", unitCode: "huyen", role: "staff", linkedAt: START });
    clock = frozenAt(CARD_AT - HOUR_MS);
    await started().run();
    // The first week alone was missed; the others, and the one that opened by itself, were handed in.
    await db()
      .update(obligations)
      .set({ version: 1, nil: true, submittedAt: START })
      .where(ne(obligations.id, "xa-a 0"));
  });

  test("comes once on the first working morning, whatever is started again, and to nobody who wants no messages", async () => {
    expect(await cards()).toEqual([]);
    expect(await nextAgendaInstant(db(), campaign, CARD_AT - 1)).toBe(CARD_AT);
    clock.moveTo(CARD_AT);
    await started().run();
    const once = await cards();
    expect(once).toEqual([
      {
        personId: "a",
        month: "2025-12",
        cards: [{ unitName: "Đơn vị xa-a", lineName: null, owed: 3, onTime: 2, streak: 2, median: null }],
      },
    ]);
    // A look that died before it was remembered is had again.
    await started().run();
    await Promise.all([started().run(), started().run()]);
    clock.moveTo(CARD_AT + DAY_MS);
    await started().run();
    expect(await cards()).toEqual(once);
  });

  test("after months of silence only the newest month is told", async () => {
    await addObligations(db(), [january]);
    clock.moveTo(NEXT_CARD_AT + DAY_MS);
    await started().run();
    expect((await cards()).map(({ month }) => month)).toEqual(["2026-01"]);
  });

  test("waits for its person where it would cost anything, and gives way to a newer one", async () => {
    const put = (month: string) =>
      putInOutbox(
        db(),
        [{ personId: "a", kind: "card", message: { text: month }, eventKey: `card:${month}:a` }],
        ledgerIds,
        clock.now(),
      );
    const send = async () => {
      const world = aWorld(store());
      world.clock.moveTo(clock.now());
      world.sender.start();
      for (let i = 0; i < 500 && !(await outboxIdle(db(), clock.now())); i++) {
        world.sender.wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await world.sender.stop();
      return world.sent.map(({ text }) => text);
    };
    const wrote = (lastInteractionAt: number, repliesLeft: number | null) =>
      db().update(persons).set({ lastInteractionAt, repliesLeft }).where(eq(persons.id, "a"));
    await wrote(clock.now() - 3 * DAY_MS, null);
    await put("2025-12");
    expect(await send()).toEqual([]);
    clock.moveTo(NEXT_CARD_AT);
    await addObligations(db(), [january]);
    await started().run();
    await put("2026-01");
    expect(await send()).toEqual([]);
    await wrote(clock.now(), 3);
    await db().execute(releaseOf(["a"], clock.now()));
    expect(await send()).toEqual([]);
    await wrote(clock.now(), 8);
    await db().execute(releaseOf(["a"], clock.now()));
    expect(await send()).toEqual(["2026-01"]);
    const rows = await db().select().from(deliveries).orderBy(deliveries.seq);
    expect(rows.map(({ status, lane, lastError }) => `${status} ${lane ?? lastError ?? ""}`)).toEqual([
      "never newer-card",
      "sent free",
    ]);
  });
});
