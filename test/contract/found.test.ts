/** A reminder whose answer was lost and that is found after all: the ledger says that its unit was reached. */
import { beforeEach, expect, test } from "@jest/globals";
import { noteFound } from "../../src/app/settled";
import { at, frozenAt, SECOND_MS } from "../../src/core/clock";
import { LOOK_UP_AFTER_MS, lookUpUnknown } from "../../src/messaging/look-up";
import { markReached, recordReminders } from "../../src/reporting/remind";
import { deliveries, inbox } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, obligationOf, startLedger } from "../support/ledger";
import { anInbox, aText } from "../support/messaging";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const TUESDAY = at("2025-12-02", "08:00");
const DAY_BEFORE = at("2025-12-02", "15:00");
const [BY_ECHO, BY_HISTORY, NOT_AT_ALL] = ["a", "b", "c"] as const;
const PEOPLE = [BY_ECHO, BY_HISTORY, NOT_AT_ALL];

eachStore((store) => {
  beforeEach(async () => {
    const { db } = store();
    await db.delete(inbox);
    await startLedger(db, campaign, TUESDAY);
    for (const id of PEOPLE) await linkPerson(db, { id, unitCode: `xa-${id}`, linkedAt: TUESDAY });
    const told = new Map<string, string>();
    await recordReminders(
      db,
      campaign,
      { from: DAY_BEFORE - 1, to: DAY_BEFORE, now: DAY_BEFORE },
      (_db, items) => {
        for (const { personId, key } of items) told.set(personId, key);
        return Promise.resolve();
      },
    );
    // An earlier reminder had been refused; of this one nobody knows.
    const owed = await Promise.all(PEOPLE.map((id) => obligationOf(db, "len-huyen", "2025-W49", `xa-${id}`)));
    await markReached(db, [{ obligationIds: owed.map(({ id }) => id), ok: false, reason: "chặn" }]);
    await db.insert(deliveries).values(
      PEOPLE.map((id) => ({
        ...{ id: `D-${id}`, personId: id, kind: "reminder" as const, message: { text: "nhắc" } },
        ...{ status: "unknown" as const, lastError: "timeout", eventKey: told.get(id) ?? "" },
        ...{ notBefore: DAY_BEFORE, createdAt: DAY_BEFORE },
      })),
    );
  });
  const reached = async () => {
    const rows = await Promise.all(
      PEOPLE.map((id) => obligationOf(store().db, "len-huyen", "2025-W49", `xa-${id}`)),
    );
    return rows.map((row) => row.notReachedReason ?? row.reached);
  };

  test("by the platform's own report of it, and by its history of the conversation", async () => {
    expect(await reached()).toEqual(["chặn", "chặn", "chặn"]);
    const box = anInbox(store(), frozenAt(DAY_BEFORE + SECOND_MS), ledgerIds, noteFound);
    const echo = { input: null, opensWindow: false, echo: { messageId: "m1", text: "nhắc" } };
    await box.record(aText(`zalo-${BY_ECHO}`, "nhắc", { ...echo, occurredAt: DAY_BEFORE + SECOND_MS }));
    expect(await reached()).toEqual([true, "chặn", "chặn"]);

    const channel = {
      findSaid: ({ address }: { readonly address: string }) =>
        Promise.resolve(address === `zalo-${BY_HISTORY}` ? ["m2"] : []),
    };
    await lookUpUnknown(
      { store: store(), channel, budget: () => Promise.resolve({ ok: true }), onFound: noteFound },
      DAY_BEFORE + LOOK_UP_AFTER_MS,
    );
    expect(await reached()).toEqual([true, true, "chặn"]);
  });
});
