import { expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { at } from "../../src/core/clock";
import { loadPersons } from "../../src/people/persons";
import { withdrawConsent } from "../../src/people/withdraw";
import { saveDrafts } from "../../src/reporting/reports";
import { audit, consents, drafts, obligations } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const TUESDAY = at("2025-12-02", "08:00");

eachStore((store) => {
  test("an agreement taken back ends links and drafts of that person alone, and is on record", async () => {
    const { db } = store();
    await startLedger(db, aCampaign(), TUESDAY);
    for (const id of ["head", "deputy"]) await linkPerson(db, { id, unitCode: "xa-a", linkedAt: TUESDAY });
    const [owed] = await db.select().from(obligations).where(eq(obligations.unitCode, "xa-a"));
    const obligationId = owed?.id ?? "";
    await saveDrafts(db, [
      {
        obligationId,
        values: { tin_bai: 1 },
        marks: [],
        personId: "head",
        at: TUESDAY,
        seen: null,
      },
    ]);
    await store().transaction((tx) =>
      withdrawConsent(tx, { personId: "head", purpose: "zalo-reporting", wordingVersion: "v1" }, TUESDAY),
    );
    const people = await loadPersons(db, ["head", "deputy"]);
    expect(people.get("head")).toMatchObject({ memberships: [], consented: false, phoneAgreed: false });
    expect(people.get("deputy")?.memberships).toMatchObject([{ unitCode: "xa-a" }]);
    expect(await db.select().from(drafts)).toEqual([]);
    expect(await db.select().from(consents).where(eq(consents.personId, "head"))).toContainEqual(
      expect.objectContaining({ purpose: "zalo-reporting", granted: false, wordingVersion: "v1" }),
    );
    expect(await db.select().from(audit)).toContainEqual(
      expect.objectContaining({ action: "withdraw-consent", actor: "head" }),
    );
  });
});
