/** Who hears an alarm, and how often. */
import { beforeEach, expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { createAlarms } from "../../src/app/alarm";
import type { Rooms } from "../../src/app/rooms";
import { at, DAY_MS, frozenAt, HOUR_MS, MINUTE_MS, type MovableClock } from "../../src/core/clock";
import { silentLog, type Log } from "../../src/core/log";
import { inbox } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { aKnowledge } from "../support/builders";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const MORNING = at("2025-12-02", "08:00");
const trouble = { cause: "zalo-quota-320", text: "⚠️ Hết tiền." };

eachStore((store) => {
  let clock: MovableClock;
  let logged: string[];

  beforeEach(async () => {
    clock = frozenAt(MORNING);
    logged = [];
    await store().db.delete(inbox);
    await startLedger(store().db, campaign, MORNING);
    for (const id of ["chi-hoa", "anh-nam"])
      await linkPerson(store().db, { id, unitCode: campaign.office, role: "staff", linkedAt: MORNING });
    await linkPerson(store().db, { id: "xa", unitCode: "xa-a", linkedAt: MORNING });
  });

  const replica = () => {
    const log: Log = {
      ...silentLog,
      error: (message, fields) => logged.push(`${message}: ${String(fields?.["cause"])}`),
    };
    const rooms: Rooms = { store: store(), clock, ids: ledgerIds, log, campaign, knowledge: aKnowledge({}) };
    return createAlarms(rooms, () => undefined);
  };
  const pass = (ms: number) => clock.moveTo(clock.now() + ms);
  const told = async () =>
    (await store().db.select().from(inbox).where(eq(inbox.kind, "news:alarm")))
      .map(({ personId, payload }) => `${personId}: ${(payload as { text: string }).text}`)
      .sort();

  test("reaches everybody on the staff of the office, and nobody else", async () => {
    await replica().raise(trouble);
    expect(await told()).toEqual(["anh-nam: ⚠️ Hết tiền.", "chi-hoa: ⚠️ Hết tiền."]);
    expect(logged).toEqual(["alarm: zalo-quota-320"]);
  });

  test("is told once by a wave of failures on two replicas", async () => {
    const replicas = [replica(), replica()] as const;
    await Promise.all(Array.from({ length: 60 }, (_, i) => replicas[i % 2 === 0 ? 0 : 1].raise(trouble)));
    for (let minute = 0; minute < 90; minute++) {
      pass(MINUTE_MS);
      for (const { raise } of replicas) await raise(trouble);
    }
    expect(await told()).toHaveLength(2);
    expect(logged).toHaveLength(1);
  });

  test("is told again after its quiet time, however its words have changed", async () => {
    const { raise } = replica();
    await raise(trouble);
    pass(DAY_MS - MINUTE_MS);
    await raise({ ...trouble, text: "⚠️ Vẫn hết tiền." });
    expect(await told()).toHaveLength(2);
    pass(MINUTE_MS);
    await raise({ ...trouble, text: "⚠️ Vẫn hết tiền." });
    expect(await told()).toHaveLength(4);
  });

  test("keeps causes apart, and a quiet time of its own", async () => {
    const { raise } = replica();
    await raise(trouble);
    await raise({ cause: "parked", text: "⚠️ Tạm giữ.", quietMs: HOUR_MS });
    pass(HOUR_MS);
    await raise({ cause: "parked", text: "⚠️ Tạm giữ.", quietMs: HOUR_MS });
    expect((await told()).filter((line) => line.startsWith("chi-hoa"))).toHaveLength(3);
  });

  test("ends with one all-clear, after which the next is told at once", async () => {
    const [one, two] = [replica(), replica()];
    await one.clear(trouble.cause, "✅ Đã ổn.");
    expect(await told()).toEqual([]);
    await one.raise(trouble);
    await Promise.all([one.clear(trouble.cause, "✅ Đã ổn."), two.clear(trouble.cause, "✅ Đã ổn.")]);
    pass(MINUTE_MS);
    await two.raise(trouble);
    expect((await told()).filter((line) => line.startsWith("chi-hoa"))).toEqual([
      "chi-hoa: ⚠️ Hết tiền.",
      "chi-hoa: ⚠️ Hết tiền.",
      "chi-hoa: ✅ Đã ổn.",
    ]);
  });

  test("stands in the log even when the database does not answer", async () => {
    const away = { ...store(), transaction: () => Promise.reject(new Error("away")) };
    const log: Log = { ...silentLog, error: (message) => logged.push(message) };
    const rooms = { store: away, clock, ids: ledgerIds, log, campaign, knowledge: aKnowledge({}) };
    await createAlarms(rooms, () => undefined).raise(trouble);
    expect(logged).toEqual(["alarm", "an alarm could not be told"]);
  });
});
