/** What a rehearsal says of the way to each person, and that nothing is sent or written by asking. */
import { beforeEach, expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { policyOf } from "../../src/app/policy";
import { createRehearsal } from "../../src/app/rehearsal";
import { at, DAY_MS, frozenAt, toIso } from "../../src/core/clock";
import {
  deliveries,
  inbox,
  marks,
  memberships,
  officeGroups,
  persons,
  reminderSteps,
} from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const campaign = aCampaign();
const NOW = at("2025-12-02", "08:00");
const EVENING = at("2025-12-03", "18:00");

eachStore((store) => {
  const db = () => store().db;
  const rehearse = (span: { from?: number; to?: number }) =>
    createRehearsal(
      { store: store(), campaign, clock: frozenAt(NOW) },
      policyOf(campaign, { reminder: undefined, digest: undefined }),
    )(span);

  beforeEach(async () => {
    await db().delete(officeGroups);
    await startLedger(db(), campaign, NOW);
    const people = { a: "xa-a", b: "xa-b", c: "xa-c" };
    for (const [id, unitCode] of Object.entries(people))
      await linkPerson(db(), { id, unitCode, linkedAt: NOW - 1 });
    await linkPerson(db(), { id: "office", unitCode: "huyen", role: "staff", linkedAt: NOW - 1 });
    const wrote = (id: string, lastInteractionAt: number, repliesLeft: number | null) =>
      db().update(persons).set({ lastInteractionAt, repliesLeft }).where(eq(persons.id, id));
    await wrote("a", NOW, null);
    await wrote("b", NOW, 2);
    await wrote("c", NOW - 8 * DAY_MS, null);
    await wrote("office", NOW, null);
  });

  test("the lane of each message, or why there is none, in the order in which they would go", async () => {
    const items = await rehearse({ to: EVENING });
    const told = (id: string) =>
      items
        .filter(({ personId }) => personId === id)
        .map(({ at: when, kind, lane, reason }) =>
          [toIso(when).slice(5, 16), kind, lane ?? reason].join(" "),
        );
    expect(told("a")).toEqual([
      "12-02T15:00 reminder free",
      "12-03T15:00 reminder free",
      "12-03T17:00 reminder free",
    ]);
    // Two free replies are left, and nobody answers.
    expect(told("b")).toEqual([
      "12-02T15:00 reminder free",
      "12-03T15:00 reminder free",
      "12-03T17:00 reminder free-replies-spent",
    ]);
    expect(new Set(told("c").map((line) => line.split(" ").at(-1)))).toEqual(new Set(["window-closed"]));
    expect(told("office")).toContain("12-03T17:00 digest free");
    expect(items.find(({ personId }) => personId === "a")).toMatchObject({
      personName: "Người a",
      topics: [{ line: "len-huyen", period: "2025-W49", unitCode: "xa-a", step: "day-before" }],
    });
  });

  test("a digest goes to the group of the office that receives it, and to no other", async () => {
    await db().update(persons).set({ lastInteractionAt: null }).where(eq(persons.id, "office"));
    // Staff of two offices: the other one's group is nothing to this digest.
    await db()
      .insert(memberships)
      .values({ personId: "office", unitCode: "xa-a", role: "staff", linkedAt: NOW - 1 });
    const digestOf = async () => {
      const items = await rehearse({ to: EVENING });
      const digest = items.find(({ personId, kind }) => personId === "office" && kind === "digest");
      return digest?.lane ?? digest?.reason;
    };
    const bind = (unitCode: string) =>
      db()
        .insert(officeGroups)
        .values({ groupId: `g-${unitCode}`, unitCode, boundBy: "a", boundAt: NOW });
    await bind("xa-a");
    expect(await digestOf()).toBe("window-closed");
    await bind("huyen");
    expect(await digestOf()).toBe("group");
  });

  test("only the part that was asked for, played from now", async () => {
    const items = await rehearse({ from: at("2025-12-03", "16:00"), to: EVENING });
    expect(new Set(items.map(({ at: when }) => toIso(when).slice(5, 16)))).toEqual(new Set(["12-03T17:00"]));
    expect(items.find(({ personId }) => personId === "b")?.reason).toBe("free-replies-spent");
  });

  test.each([
    [{ to: NOW }, "phải kết thúc sau"],
    [{ from: EVENING, to: EVENING - 1 }, "phải kết thúc sau"],
    [{ to: NOW + 32 * DAY_MS }, "Chỉ xem trước được 31 ngày"],
  ])("%j is refused", async (span, words) => {
    await expect(rehearse(span)).rejects.toThrow(words);
  });

  test("nothing is sent or written", async () => {
    await rehearse({});
    for (const table of [deliveries, inbox, marks, reminderSteps])
      expect(await db().select().from(table)).toEqual([]);
  });
});
