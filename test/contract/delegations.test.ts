/** Access hangs on the post: whoever stands in may act from the first day to the last, and not a minute longer. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { at, type Instant } from "../../src/core/clock";
import { delegate, endDelegation, standingDelegations } from "../../src/people/delegations";
import { putDelegationsInForce } from "../../src/people/delegations-in-force";
import { forgetPerson } from "../../src/people/forget";
import { createInvitation, findInvitations, redeemInvitation } from "../../src/people/invitations";
import { linkedTo, loadPersons } from "../../src/people/persons";
import { audit, delegations, invitations, persons } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const TUESDAY = at("2025-12-02", "08:00");
const morning = (day: string): Instant => at(day, "08:00");

eachStore((store) => {
  const db = () => store().db;
  beforeEach(async () => {
    await db().delete(delegations);
    await db().delete(invitations);
    await startLedger(db(), aCampaign(), TUESDAY);
    await linkPerson(db(), { id: "head", unitCode: "xa-a", linkedAt: TUESDAY });
    await db()
      .insert(persons)
      .values({ id: "other", address: "zalo-other", displayName: "Cô Lan", createdAt: TUESDAY });
  });

  const grant = (from: string, to: string | null, grantedBy = "head") =>
    delegate(db(), { unitCode: "xa-a", from, to, grantedBy }, TUESDAY, ledgerIds);
  const use = (code: string, now = TUESDAY) => redeemInvitation(db(), code, "other", now);
  const actors = async (now: Instant) => {
    await putDelegationsInForce(db(), now);
    return linkedTo(db(), ["xa-a"], "reporter");
  };
  const standing = async (now = TUESDAY) => standingDelegations(db(), ["xa-a"], now);

  describe("a delegation", () => {
    test("is in force from its first day to its last", async () => {
      await use((await grant("2025-12-04", "2025-12-05")).code);
      expect(await actors(morning("2025-12-03"))).toEqual(["head"]);
      expect(await actors(morning("2025-12-04"))).toEqual(["head", "other"]);
      expect(await actors(at("2025-12-05", "23:59"))).toEqual(["head", "other"]);
      expect(await actors(at("2025-12-06", "00:00"))).toEqual(["head"]);
    });

    test("that begins today is in force with the code", async () => {
      await use((await grant("2025-12-02", null)).code);
      expect(await linkedTo(db(), ["xa-a"], "reporter")).toEqual(["head", "other"]);
      const person = (await loadPersons(db(), ["other"])).get("other");
      expect(person?.memberships).toMatchObject([{ unitCode: "xa-a", role: "reporter", delegated: true }]);
    });

    test("is ended by the head, whether the code was used or not", async () => {
      const { code } = await grant("2025-12-02", "2025-12-20");
      const [open] = await standing();
      expect(open).toMatchObject({ used: false, holder: null });
      await use(code);
      const [used] = await standing();
      expect(used).toMatchObject({ used: true, holder: "Cô Lan", from: "2025-12-02", to: "2025-12-20" });
      const ended = await endDelegation(db(), { id: used?.id ?? "", by: "head" }, TUESDAY);
      expect(ended).toEqual({ unitCode: "xa-a", personId: "other" });
      expect(await linkedTo(db(), ["xa-a"], "reporter")).toEqual(["head"]);
      expect(await standing()).toEqual([]);
      expect(await endDelegation(db(), { id: used?.id ?? "", by: "head" }, TUESDAY)).toBeNull();

      const unused = await grant("2025-12-02", "2025-12-20");
      await endDelegation(db(), { id: (await standing())[0]?.id ?? "", by: "head" }, TUESDAY);
      expect((await findInvitations(db(), [unused.code], TUESDAY)).get(unused.code)?.state).toBe("expired");
      expect((await db().select().from(audit)).map(({ action }) => action)).toEqual([
        "delegated",
        "delegation-ended",
        "delegated",
        "delegation-ended",
      ]);
    });

    test("has a code that dies with its last day", async () => {
      const { code, expiresAt } = await grant("2025-12-02", "2025-12-03");
      expect(expiresAt).toBe(at("2025-12-04", "00:00"));
      await expect(use(code, at("2025-12-04", "00:00"))).rejects.toThrow("state changed since");
      expect((await findInvitations(db(), [code], TUESDAY)).get(code)).toMatchObject({
        delegated: true,
        fromDay: "2025-12-02",
        toDay: "2025-12-03",
      });
    });

    test("is granted and ended by heads alone", async () => {
      await use((await grant("2025-12-02", null)).code);
      await expect(grant("2025-12-02", null, "other")).rejects.toThrow("Chỉ đầu mối");
      const [own] = await standing();
      await expect(endDelegation(db(), { id: own?.id ?? "", by: "other" }, TUESDAY)).rejects.toThrow(
        "Chỉ đầu mối",
      );
    });

    test("leaves a link of one's own behind, whichever came first", async () => {
      await use((await grant("2025-12-02", "2025-12-03")).code);
      const own = await createInvitation(
        db(),
        { unitCode: "xa-a", role: "reporter", post: "deputy" },
        TUESDAY,
        ledgerIds,
      );
      await use(own.code);
      expect(await actors(morning("2025-12-08"))).toEqual(["head", "other"]);

      await use((await grant("2025-12-02", "2025-12-10")).code);
      expect(await actors(morning("2025-12-12"))).toEqual(["head", "other"]);
    });

    test("goes with the person who asks to be forgotten", async () => {
      await use((await grant("2025-12-02", null)).code);
      await forgetPerson(db(), "other", TUESDAY);
      expect(await actors(morning("2025-12-03"))).toEqual(["head"]);
      expect(await standing()).toEqual([]);
    });
  });
});
