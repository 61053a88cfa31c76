/** What is old goes in small steps; what figures stand on, and whatever is still in use, stays. */
import { mkdtemp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { purgeOld } from "../../src/app/retention";
import { at, DAY_MS, frozenAt } from "../../src/core/clock";
import { sha256Hex } from "../../src/core/ids";
import { loadSettings } from "../../src/settings/load";
import {
  attachments,
  audit,
  deliveries,
  drafts,
  inbox,
  memberships,
  persons,
  reports,
  sessions,
  tickets,
} from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, obligationOf, startLedger } from "../support/ledger";
import { anInbox } from "../support/messaging";
import { eachStore } from "../support/stores";

const MORNING = at("2025-12-02", "08:00");
const SECRET = "Tôi tên Hoa, số 0912345678";
const { keep } = loadSettings({});

eachStore((store) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cau-noi-retention-"));
    for (const table of [inbox, tickets, sessions]) await store().db.delete(table);
    await startLedger(store().db, aCampaign(), MORNING);
    await linkPerson(store().db, { id: "chi-hoa", unitCode: "xa-a", linkedAt: MORNING });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const purgeAll = async (days: number): Promise<number> => {
    const parts = { store: store(), clock: frozenAt(MORNING + days * DAY_MS), keep, evidenceFolder: folder };
    let steps = 0;
    while ((await purgeOld(parts)) > 0) steps++;
    return steps;
  };

  test("texts of messages in both directions, not their ids, times and hashes; in bounded steps", async () => {
    const { db } = store();
    const box = anInbox(store(), frozenAt(MORNING), ledgerIds);
    const write = (n: number) =>
      box.record({
        eventKey: `e${n}`,
        address: "700000001",
        name: "text",
        occurredAt: MORNING,
        opensWindow: true,
        input: { kind: "text", text: `${SECRET} ${n}` },
      });
    await Promise.all(Array.from({ length: 1_100 }, (_, n) => write(n)));
    await db.update(inbox).set({ state: "done" });
    await db.update(inbox).set({ state: "waiting" }).where(eq(inbox.eventKey, "e7"));
    const said = { personId: "chi-hoa", kind: "reply" as const, message: { text: SECRET }, eventKey: "e1" };
    const times = { notBefore: MORNING, createdAt: MORNING };
    await db.insert(deliveries).values([
      { id: "D1", ...said, ...times, status: "sent" },
      { id: "D2", ...said, ...times, status: "later" },
    ]);

    await purgeAll(keep.messagesDays - 1);
    expect(JSON.stringify(await db.select().from(inbox))).toContain("0912345678");
    expect(await purgeAll(keep.messagesDays + 1)).toBeGreaterThanOrEqual(3);

    const rows = await db.select().from(inbox);
    expect(rows).toHaveLength(1_100);
    expect(rows.filter(({ payload }) => JSON.stringify(payload).includes("0912345678"))).toMatchObject([
      { eventKey: "e7" },
    ]);
    expect(rows.find(({ eventKey }) => eventKey === "e1")).toMatchObject({
      receivedAt: MORNING,
      payload: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const sent = await db.select().from(deliveries).orderBy(deliveries.id);
    expect(sent.map(({ message }) => JSON.stringify(message).includes("0912345678"))).toEqual([false, true]);
    await db.delete(inbox);
  });

  test("a report stays with its version, its values and the message it came by; its files go, its draft goes", async () => {
    const { db } = store();
    const { id: obligationId, closesAt } = await obligationOf(db, "len-huyen", "2025-W49", "xa-a");
    const handedIn = { obligationId, values: { so_buoi: 3 }, nil: false, late: false, personId: "chi-hoa" };
    await db.insert(reports).values({ ...handedIn, version: 1, code: "BC-1", at: MORNING, eventKey: "e1" });
    await db
      .insert(drafts)
      .values({ obligationId, values: { so_buoi: 4 }, personId: "chi-hoa", updatedAt: MORNING });
    const before = await db.select().from(reports);
    const [mine, shared] = [sha256Hex("a"), sha256Hex("b")];
    await mkdir(folder, { recursive: true });
    for (const name of [mine, shared]) await writeFile(join(folder, name), "x");
    const file = {
      obligationId,
      personId: "chi-hoa",
      url: "https://x",
      name: "Hoa.jpg",
      state: "stored" as const,
    };
    await db.insert(attachments).values([
      { id: "a1", ...file, sha256: mine, at: MORNING },
      { id: "a2", ...file, sha256: shared, at: MORNING },
      { id: "a3", ...file, sha256: shared, at: MORNING + 100 * DAY_MS },
    ]);
    await purgeAll((closesAt - MORNING) / DAY_MS + 29);
    expect(await db.select().from(drafts)).toHaveLength(1);
    await purgeAll(keep.filesDays + 1);
    expect(await db.select().from(drafts)).toEqual([]);
    expect(await readdir(folder)).toEqual([shared]);
    const kept = await db.select().from(attachments).orderBy(attachments.id);
    expect(kept.map(({ state, name }) => `${state} ${name}`)).toEqual([
      "removed ",
      "removed ",
      "stored Hoa.jpg",
    ]);
    expect(kept[0]?.sha256).toBe(mine);
    expect(await db.select().from(reports)).toEqual(before);
  });

  test("answered questions, sessions nobody goes on with, the oldest of the audit, citizens who never came back", async () => {
    const { db } = store();
    const ticket = {
      kind: "question" as const,
      text: SECRET,
      personId: "chi-hoa",
      receiverUnitCode: "huyen",
    };
    await db.insert(tickets).values([
      { code: "HD-1", ...ticket, status: "answered", createdAt: MORNING },
      { code: "HD-2", ...ticket, status: "open", createdAt: MORNING },
    ]);
    await db
      .insert(persons)
      .values({ id: "ba-tu", address: "7001", createdAt: MORNING, lastInteractionAt: MORNING });
    await db.insert(sessions).values({ personId: "ba-tu", data: { frames: [] }, updatedAt: MORNING });
    const row = { actor: "api", action: "x", target: "y", details: {} };
    await db.insert(audit).values([
      { ...row, at: MORNING },
      { ...row, at: MORNING + 600 * DAY_MS },
    ]);
    await purgeAll(31);
    expect(await db.select().from(sessions)).toEqual([]);
    expect(await db.select().from(persons).where(eq(persons.id, "ba-tu"))).toMatchObject([
      { forgottenAt: null },
    ]);
    await purgeAll(keep.auditDays + 1);
    const questions = await db.select().from(tickets).orderBy(tickets.code);
    expect(questions.map(({ text }) => text)).toEqual(["", SECRET]);
    expect((await db.select().from(audit)).filter(({ action }) => action === "x")).toHaveLength(1);
    expect(await db.select().from(persons).where(eq(persons.id, "ba-tu"))).toMatchObject([
      { forgottenAt: MORNING + (keep.auditDays + 1) * DAY_MS },
    ]);
    expect(await db.select().from(memberships)).toHaveLength(1);
  });
});
