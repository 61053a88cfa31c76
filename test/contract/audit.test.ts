/** What was decided by API and by staff can be read back: who, what, about whom, when; never a code or a text. */
import { beforeEach, expect, test } from "@jest/globals";
import { createApi } from "../../src/app/api";
import { createHandlers } from "../../src/app/effects";
import type { Rooms } from "../../src/app/rooms";
import { at, frozenAt, HOUR_MS, type MovableClock } from "../../src/core/clock";
import { silentLog } from "../../src/core/log";
import { MAX_AUDIT_ROWS } from "../../src/store/audit";
import { audit, consents, inbox, invitations } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { aKnowledge } from "../support/builders";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const MORNING = at("2025-12-02", "08:00");
const week = { line: "len-huyen", period: "2025-W49" };

eachStore((store) => {
  let clock: MovableClock;
  let rooms: Rooms;

  beforeEach(async () => {
    clock = frozenAt(MORNING);
    rooms = { store: store(), clock, ids: ledgerIds, log: silentLog, campaign, knowledge: aKnowledge({}) };
    for (const table of [inbox, invitations, consents]) await store().db.delete(table);
    await startLedger(store().db, campaign, MORNING);
  });

  test("what the API decided", async () => {
    const api = createApi(rooms, "data", () => undefined);
    const { code } = await api.createInvitation({ unitCode: "xa-a", role: "reporter" });
    await api.createExtension({
      ...week,
      unitCode: "xa-a",
      until: at("2025-12-04", "17:00"),
      reason: "Bão lụt",
    });
    await api.createExemption({ ...week, unitCode: "xa-b", reason: "Sáp nhập" });
    const rows = await api.listAudit({});
    expect(rows.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "api exempted",
      "api extension-granted",
      "api invitation-made",
    ]);
    expect(rows.at(-1)).toMatchObject({ at: MORNING, target: "xa-a", details: { role: "reporter" } });
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test("a link, with the unit and the role", async () => {
    const api = createApi(rooms, "data", () => undefined);
    const { code } = await api.createInvitation({ unitCode: "xa-a", role: "staff" });
    await linkPerson(store().db, { id: "co-lan", unitCode: "xa-b", linkedAt: MORNING });
    const asked = { personId: "co-lan", eventKey: "e1", at: MORNING, now: MORNING };
    await createHandlers(rooms)["redeem-invitation"](store().db, { type: "redeem-invitation", code }, asked);
    expect(await api.listAudit({ actor: "co-lan" })).toMatchObject([
      { action: "linked", target: "xa-a", details: { role: "staff" } },
    ]);
  });

  test("is read by time and actor, in pages", async () => {
    const api = createApi(rooms, "data", () => undefined);
    const rows = Array.from({ length: MAX_AUDIT_ROWS + 1 }, (_, i) => ({
      at: MORNING + i * HOUR_MS,
      actor: i % 2 === 0 ? "api" : "clock",
      action: "tried",
      target: String(i),
      details: {},
    }));
    await store().db.insert(audit).values(rows);
    const newest = await api.listAudit({});
    expect(newest).toHaveLength(MAX_AUDIT_ROWS);
    const rest = await api.listAudit({ before: newest.at(-1)?.id });
    expect(rest.map(({ target }) => target)).toEqual(["0"]);
    const some = await api.listAudit({
      from: MORNING + 2 * HOUR_MS,
      to: MORNING + 6 * HOUR_MS,
      actor: "api",
    });
    expect(some.map(({ target }) => target)).toEqual(["4", "2"]);
  });
});
