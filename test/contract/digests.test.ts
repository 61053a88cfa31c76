/** Freezing, correcting and rolling up, on each kind of database. */
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { eq, sql } from "drizzle-orm";
import { HOUR_MS, MINUTE_MS } from "../../src/core/clock";
import { sha256Hex } from "../../src/core/ids";
import { escalateTicket } from "../../src/knowledge/escalate-ticket";
import { correctionsAfter } from "../../src/reporting/corrections";
import {
  answerClarification,
  askClarification,
  loadClarificationViews,
} from "../../src/reporting/clarifications";
import { acknowledgeDigest } from "../../src/reporting/digest-receipts";
import { loadDigestUnits } from "../../src/reporting/digest-units";
import { loadDigestViews } from "../../src/reporting/digest-office";
import { officeAbove } from "../../src/reporting/office-above";
import { freezeDueDigests, listDigests, loadDigest } from "../../src/reporting/digests";
import { prefillFor } from "../../src/reporting/rollup";
import type { Db } from "../../src/store/database";
import {
  attachments,
  digests,
  memberships,
  obligations,
  persons,
  tickets,
  units,
} from "../../src/store/tables";
import { CAMPAIGN, dueOf, handIn, idOf, openPeriod } from "../support/digest-campaign";
import { eachStore } from "../support/stores";

const [W49, W50, W51] = ["2025-W49", "2025-W50", "2025-W51"] as const;

const freeze = (db: Db, now: number) => freezeDueDigests(db, CAMPAIGN, { dueBy: now, now });

async function clear(db: Db): Promise<void> {
  await db.execute(
    sql`truncate digests, digest_receipts, clarifications, reports, attachments, obligations, periods, tickets cascade`,
  );
}

const report = (
  db: Db,
  unit: { period: string; code: string },
  values: Record<string, number | string>,
  at = dueOf("so-gd", unit.period) - HOUR_MS,
) => {
  const dueAt = dueOf("so-gd", unit.period);
  return handIn(db, { id: idOf("so-gd", unit.period, unit.code), at, dueAt, values });
};

async function storedOf(db: Db, line: string, period: string) {
  const [row] = await listDigests(db, { line, period });
  const stored = await loadDigest(db, row?.id ?? "");
  if (stored === null) throw new Error(`no digest of ${line} ${period}`);
  return stored;
}

const contentOf = async (db: Db, line: string, period: string) => (await storedOf(db, line, period)).content;

eachStore((store) => {
  let db: Db;
  beforeAll(() => {
    db = store().db;
  });
  beforeEach(() => clear(db));

  describe("freezing", () => {
    test("waits for the due instant, happens once, and tells who is in it", async () => {
      await openPeriod(db, "so-gd", W49);
      await report(
        db,
        { period: W49, code: "thpt-a" },
        { tin_bai: 5, luot_nguoi: 30, kho_khan: "Thiếu máy." },
      );
      await report(db, { period: W49, code: "thpt-b" }, {}, dueOf("so-gd", W49));
      await db.insert(attachments).values({
        id: "f1",
        obligationId: idOf("so-gd", W49, "thpt-a"),
        personId: "p1",
        url: "u",
        name: "n",
        state: "stored",
        at: 1,
      });
      await db
        .update(obligations)
        .set({ exemptReason: "sáp nhập" })
        .where(eq(obligations.id, idOf("so-gd", W49, "thpt-c")));
      expect(await freeze(db, dueOf("so-gd", W49) - 1)).toEqual([]);

      const [frozen, ...more] = await freeze(db, dueOf("so-gd", W49));
      expect(more).toEqual([]);
      expect(frozen).toMatchObject({ line: "so-gd", period: W49, receiverUnitCode: "so-gd" });
      expect(frozen?.id).toMatch(/^TH-[0-9A-Z]{7}$/);
      expect(frozen?.forwardedUnitCodes).toEqual(["thpt-a", "thpt-b"]);

      const [listed] = await listDigests(db, { line: "so-gd", period: W49 });
      expect(listed?.counts).toEqual({
        expected: 3,
        received: 2,
        onTime: 1,
        late: 1,
        nil: 1,
        missing: 1,
        notReached: 0,
      });
      expect(listed?.totals).toEqual({ tin_bai: 5, luot_nguoi: 30 });
      expect((await contentOf(db, "so-gd", W49)).measures.evidence).toBe(1);
    });

    test("keeps the same bytes and hash, whatever is handed in later", async () => {
      await openPeriod(db, "so-gd", W49);
      await freeze(db, dueOf("so-gd", W49));
      const [before] = await db.select().from(digests);
      await report(
        db,
        { period: W49, code: "thpt-a" },
        { tin_bai: 5, luot_nguoi: 30 },
        dueOf("so-gd", W49) + HOUR_MS,
      );
      expect(await freeze(db, dueOf("so-gd", W49) + 2 * HOUR_MS)).toEqual([]);
      const [after] = await db.select().from(digests);
      expect(after).toEqual(before);
      expect(sha256Hex(after?.canonical ?? "")).toBe(after?.sha256);
    });

    test("two at once freeze once", async () => {
      await openPeriod(db, "so-gd", W49);
      await openPeriod(db, "thanh-pho", W49);
      const now = dueOf("thanh-pho", W49);
      const both = await Promise.all([
        store().transaction((tx) => freeze(tx, now)),
        store().transaction((tx) => freeze(tx, now)),
      ]);
      expect(both.flat().map(({ line }) => line)).toEqual(["so-gd", "thanh-pho"]);
      expect(await db.select().from(digests)).toHaveLength(2);
    });

    test("compares with the week before and finds who has missed both", async () => {
      for (const period of [W49, W50]) await openPeriod(db, "so-gd", period);
      await report(db, { period: W49, code: "thpt-a" }, { tin_bai: 5, luot_nguoi: 30 });
      await freeze(db, dueOf("so-gd", W49));
      await report(
        db,
        { period: W49, code: "thpt-b" },
        { tin_bai: 1, luot_nguoi: 1 },
        dueOf("so-gd", W49) + HOUR_MS,
      );
      await report(db, { period: W50, code: "thpt-a" }, { tin_bai: 9, luot_nguoi: 30 });
      await freeze(db, dueOf("so-gd", W50));
      const content = await contentOf(db, "so-gd", W50);
      expect(content.previous?.totals).toEqual({ tin_bai: 5, luot_nguoi: 30 });
      expect(content.cumulative).toEqual({ tin_bai: 15, luot_nguoi: 61 });
      expect(content.units.filter((u) => u.missingTwice).map(({ code }) => code)).toEqual([
        "thpt-c",
        "thpt-d",
      ]);
      expect(content.trend.map(({ period, received }) => [period, received])).toEqual([
        [W49, 1],
        [W50, 1],
      ]);
    });

    test("open difficulties of the line stand in it until they are closed", async () => {
      await openPeriod(db, "so-gd", W49);
      const ticket = {
        kind: "difficulty",
        text: "Chưa có tài liệu",
        createdAt: 1,
        unitCode: "thpt-a",
      } as const;
      await db.insert(tickets).values([
        { ...ticket, code: "VM-1", status: "open", receiverUnitCode: "so-gd", line: "so-gd" },
        { ...ticket, code: "VM-2", status: "closed", receiverUnitCode: "so-gd", line: "so-gd" },
        {
          ...ticket,
          code: "VM-3",
          unitCode: "so-y",
          status: "open",
          receiverUnitCode: "so-kh",
          line: "thanh-pho",
        },
        { ...ticket, code: "VM-4", status: "answered", receiverUnitCode: "so-gd", line: null },
      ]);
      await freeze(db, dueOf("so-gd", W49));
      const { tickets: told } = await contentOf(db, "so-gd", W49);
      expect(told.map(({ code, answered }) => [code, answered])).toEqual([
        ["VM-1", false],
        ["VM-4", true],
      ]);
    });
  });

  test("a difficulty passed on stays in sight below and stands in the digest above", async () => {
    await openPeriod(db, "so-gd", W49);
    await openPeriod(db, "thanh-pho", W49);
    await db.insert(tickets).values({
      ...{ code: "VM-1", kind: "difficulty", status: "open", text: "Chưa có tài liệu", createdAt: 1 },
      ...{ unitCode: "thpt-a", receiverUnitCode: "so-gd", line: "so-gd" },
    });
    expect(officeAbove(CAMPAIGN, "so-gd")).toMatchObject({ unitCode: "so-kh", line: "thanh-pho" });
    expect(officeAbove(CAMPAIGN, "so-kh")).toBeNull();
    const up = { code: "VM-1", from: "so-gd", to: "so-kh", line: "thanh-pho" };
    expect(await escalateTicket(db, up)).toBe(true);
    expect(await escalateTicket(db, up)).toBe(false);
    await freeze(db, dueOf("thanh-pho", W49));
    const below = await storedOf(db, "so-gd", W49);
    expect(below.content.tickets).toMatchObject([{ code: "VM-1", isWith: "Sở Khoa học và Công nghệ" }]);
    expect(below.text).toContain("VM-1, THPT A (đang ở Sở Khoa học và Công nghệ): Chưa có tài liệu");
    const [above] = (await contentOf(db, "thanh-pho", W49)).tickets;
    expect(above).toMatchObject({ code: "VM-1", answered: false });
    expect(above).not.toHaveProperty("isWith");
  });

  describe("corrections", () => {
    const late = dueOf("so-gd", W49) + HOUR_MS;
    const a = idOf("so-gd", W49, "thpt-a");
    const dueAt = dueOf("so-gd", W49);

    beforeEach(async () => {
      for (const period of [W49, W50, W51]) await openPeriod(db, "so-gd", period);
      await report(db, { period: W49, code: "thpt-a" }, { tin_bai: 41, luot_nguoi: 30 });
    });

    test("are told to the office at once, and not before it has seen anything", async () => {
      expect(await correctionsAfter(db, CAMPAIGN, { obligationId: a, version: 1 })).toBeNull();
      await freeze(db, dueAt);
      await handIn(db, { id: a, version: 2, at: late, dueAt, values: { tin_bai: 14, luot_nguoi: 30 } });
      const amended = await correctionsAfter(db, CAMPAIGN, { obligationId: a, version: 2 });
      expect(amended).toMatchObject({ receiverUnitCode: "so-gd", key: `correction:${a}:2` });
      expect(amended?.text).toContain("Số tin, bài đăng: đã điều chỉnh 41 → 14");
      expect(amended?.text).not.toContain("Số lượt người");

      await report(db, { period: W49, code: "thpt-b" }, { tin_bai: 2, luot_nguoi: 0 }, late);
      const first = await correctionsAfter(db, CAMPAIGN, {
        obligationId: idOf("so-gd", W49, "thpt-b"),
        version: 1,
      });
      expect(first?.text).toContain("THPT B vừa nộp muộn báo cáo tuần 49/2025");
      expect(first?.text).toContain("đã nhận 2/4 (50%)");
    });

    test("of nothing are not told", async () => {
      await freeze(db, dueAt);
      await handIn(db, { id: a, version: 2, at: late, dueAt, values: { tin_bai: 41, luot_nguoi: 30 } });
      expect(await correctionsAfter(db, CAMPAIGN, { obligationId: a, version: 2 })).toBeNull();
    });

    test("stand in the next digest, once", async () => {
      await freeze(db, dueAt);
      await handIn(db, { id: a, version: 2, at: late, dueAt, values: { tin_bai: 20, luot_nguoi: 30 } });
      await handIn(db, { id: a, version: 3, at: late + 1, dueAt, values: { tin_bai: 14, luot_nguoi: 30 } });
      await report(db, { period: W49, code: "thpt-b" }, { tin_bai: 2, luot_nguoi: 0 }, late);
      await freeze(db, dueOf("so-gd", W50));
      await freeze(db, dueOf("so-gd", W51));
      const { corrections } = await contentOf(db, "so-gd", W50);
      expect(corrections).toMatchObject([
        {
          unitCode: "thpt-a",
          kind: "amended",
          version: 3,
          changes: [{ field: "tin_bai", from: 41, to: 14 }],
        },
        { unitCode: "thpt-b", kind: "late", version: 1 },
      ]);
      expect((await contentOf(db, "so-gd", W51)).corrections).toEqual([]);
    });

    test("that were being written while the digest was frozen are found by the next one", async () => {
      await freeze(db, dueAt);
      // Its instant lies before the digest, its landing after.
      await report(db, { period: W49, code: "thpt-b" }, { tin_bai: 2, luot_nguoi: 0 }, dueAt - MINUTE_MS);
      await freeze(db, dueOf("so-gd", W50));
      expect((await contentOf(db, "so-gd", W50)).corrections).toMatchObject([
        { unitCode: "thpt-b", kind: "late" },
      ]);
    });

    test("show once in the digest above", async () => {
      for (const period of [W49, W50, W51]) await openPeriod(db, "thanh-pho", period);
      await freeze(db, dueOf("thanh-pho", W49));
      await handIn(db, {
        id: a,
        version: 2,
        at: dueOf("thanh-pho", W49) + 1,
        dueAt,
        values: { tin_bai: 14, luot_nguoi: 30 },
      });
      await freeze(db, dueOf("thanh-pho", W50));
      await freeze(db, dueOf("thanh-pho", W51));
      const { below } = await contentOf(db, "thanh-pho", W50);
      expect(below).toMatchObject([
        { unitCode: "so-gd", period: W49, late: 0, amended: 1, moved: { tin_bai: -27 } },
      ]);
      expect((await contentOf(db, "thanh-pho", W51)).below).toEqual([]);
    });

    test("that have passed through are not told again when the office amends its own report", async () => {
      for (const period of [W49, W50, W51]) await openPeriod(db, "thanh-pho", period);
      const upDueAt = dueOf("thanh-pho", W49);
      const up = { id: idOf("thanh-pho", W49, "so-gd"), dueAt: upDueAt };
      await freeze(db, dueAt);
      await handIn(db, { ...up, at: upDueAt - HOUR_MS, values: { tin_bai: 41, luot_nguoi: 30 } });
      await freeze(db, upDueAt);
      await handIn(db, {
        id: a,
        version: 2,
        at: upDueAt + 1,
        dueAt,
        values: { tin_bai: 14, luot_nguoi: 30 },
      });
      await freeze(db, dueOf("thanh-pho", W50));
      expect((await contentOf(db, "thanh-pho", W50)).below).toMatchObject([{ moved: { tin_bai: -27 } }]);

      const later = dueOf("thanh-pho", W50) + HOUR_MS;
      await handIn(db, { ...up, version: 2, at: later, values: { tin_bai: 14, luot_nguoi: 30 } });
      expect(await correctionsAfter(db, CAMPAIGN, { obligationId: up.id, version: 2 })).toBeNull();
      await freeze(db, dueOf("thanh-pho", W51));
      const { content, text } = await storedOf(db, "thanh-pho", W51);
      expect(content.corrections).toMatchObject([{ unitCode: "so-gd", toldBelow: { tin_bai: -27 } }]);
      expect(content.cumulative["tin_bai"]).toBe(14);
      expect(text).not.toContain("Điều chỉnh");
    });
  });

  describe("figures to be made clear", () => {
    const ask = (code: string, unitCode: string, digestId: string) =>
      askClarification(db, {
        ...{ code, unitCode, digestId, field: "tin_bai", question: "Có nhầm không?" },
        personId: "officer",
        at: dueOf("so-gd", W49) + HOUR_MS,
      });
    const answer = (code: string, text: string) =>
      answerClarification(db, { code, text, personId: "p1", at: dueOf("so-gd", W49) + 2 * HOUR_MS });
    let digestId: string;

    beforeEach(async () => {
      for (const period of [W49, W50, W51]) await openPeriod(db, "so-gd", period);
      await report(db, { period: W49, code: "thpt-a" }, { tin_bai: 41, luot_nguoi: 30 });
      await freeze(db, dueOf("so-gd", W49));
      digestId = (await contentOf(db, "so-gd", W49)).id;
    });

    test("keep question, figure and answer together; the next digest tells them once", async () => {
      await ask("LR-1", "thpt-a", digestId);
      await ask("LR-1", "thpt-a", digestId);
      expect(await answer("LR-1", "Đúng là 14.")).toEqual({ askedBy: "officer" });
      expect(await answer("LR-1", "Không, 15.")).toBeNull();
      for (const period of [W50, W51]) await freeze(db, dueOf("so-gd", period));
      const { content, text } = await storedOf(db, "so-gd", W50);
      expect(content.clarifications).toMatchObject([
        { code: "LR-1", unitCode: "thpt-a", field: "tin_bai", value: 41, version: 1, answer: "Đúng là 14." },
      ]);
      expect(text).toContain(
        "THPT A, tuần 49/2025, Số tin, bài đăng 41: “Có nhầm không?” Trả lời: “Đúng là 14.”",
      );
      expect((await contentOf(db, "so-gd", W51)).clarifications).toEqual([]);
    });

    test("stand in every digest until they are answered", async () => {
      await ask("LR-2", "thpt-a", digestId);
      for (const period of [W50, W51]) await freeze(db, dueOf("so-gd", period));
      for (const period of [W50, W51])
        expect((await storedOf(db, "so-gd", period)).text).toContain("Đơn vị chưa trả lời.");
    });

    test("are those of reports that the digest holds", async () => {
      await expect(ask("LR-3", "thpt-b", digestId)).rejects.toMatchObject({ code: "digest-figure-gone" });
      const units = await loadDigestUnits(db, [digestId], ["so-gd"]);
      expect(units.get(digestId)?.units).toMatchObject([{ code: "thpt-a", values: { tin_bai: 41 } }]);
      expect(await loadDigestUnits(db, [digestId], ["so-kh"])).toEqual(new Map());
    });

    test("are seen by the unit and by whoever asked", async () => {
      await ask("LR-4", "thpt-a", digestId);
      const seen = (of: { unitCodes: string[]; personIds: string[] }) =>
        loadClarificationViews(db, CAMPAIGN, of);
      for (const of of [
        { unitCodes: ["thpt-a"], personIds: ["p1"] },
        { unitCodes: ["so-gd"], personIds: ["officer"] },
      ])
        expect(await seen(of)).toMatchObject([
          { code: "LR-4", label: "Số tin, bài đăng", value: 41, obligationId: idOf("so-gd", W49, "thpt-a") },
        ]);
      expect(await seen({ unitCodes: ["thpt-b"], personIds: ["p2"] })).toEqual([]);
    });

    test("and digests read are remembered by the first time", async () => {
      expect(await acknowledgeDigest(db, { digestId, personId: "officer", at: 5 })).toBe(true);
      expect(await acknowledgeDigest(db, { digestId, personId: "officer", at: 9 })).toBe(false);
      const views = await loadDigestViews(db, CAMPAIGN, ["so-gd"], dueOf("so-gd", W49));
      expect(views.get("so-gd")?.[0]?.readBy).toEqual(["officer"]);
    });
  });

  describe("the report upward", () => {
    const key = (period: string) => ({
      obligationId: idOf("thanh-pho", period, "so-gd"),
      line: "thanh-pho",
      period,
      unitCode: "so-gd",
    });
    const upward = async (period: string) =>
      (await prefillFor(db, CAMPAIGN, [key(period)])).get(key(period).obligationId) ?? null;

    beforeEach(async () => {
      for (const period of [W49, W50]) {
        await openPeriod(db, "so-gd", period);
        await openPeriod(db, "thanh-pho", period);
      }
      await report(
        db,
        { period: W49, code: "thpt-a" },
        { tin_bai: 5, luot_nguoi: 30, kho_khan: "Thiếu máy." },
      );
      await report(
        db,
        { period: W49, code: "thpt-b" },
        { tin_bai: 7, luot_nguoi: 0, kho_khan: "Thiếu người." },
      );
    });

    test("begins with the sums and words of its own week's digest", async () => {
      expect(await upward(W49)).toBeNull();
      await freeze(db, dueOf("so-gd", W49));
      expect(await upward(W49)).toEqual({
        values: {
          tin_bai: 12,
          luot_nguoi: 30,
          kho_khan: "THPT A: Thiếu máy.\nTHPT B: Thiếu người.",
        },
        texts: [
          { field: "kho_khan", text: "THPT A: Thiếu máy." },
          { field: "kho_khan", text: "THPT B: Thiếu người." },
        ],
      });
    });

    test("takes the digest before when it was not used, and never twice", async () => {
      await freeze(db, dueOf("so-gd", W49));
      expect((await upward(W50))?.values["tin_bai"]).toBe(12);
      const id = idOf("thanh-pho", W49, "so-gd");
      const dueAt = dueOf("thanh-pho", W49);
      await handIn(db, { id, at: dueAt - HOUR_MS, dueAt, values: { tin_bai: 12 } });
      expect(await upward(W50)).toBeNull();
    });

    test("is offered under the digest until it is handed in", async () => {
      const now = dueOf("so-gd", W49);
      await freeze(db, now);
      // Of the two that are missing one has somebody who takes messages.
      await db
        .insert(units)
        .values({ code: "thpt-c", name: "THPT C", shortName: "THPT C", group: "Trường" })
        .onConflictDoNothing();
      await db.insert(persons).values({ id: "p-c", address: "p-c", createdAt: now });
      await db
        .insert(memberships)
        .values({ personId: "p-c", unitCode: "thpt-c", role: "reporter", linkedAt: now });
      const [view] = (await loadDigestViews(db, CAMPAIGN, ["so-gd", "so-kh"], now)).get("so-gd") ?? [];
      expect(view).toMatchObject({
        period: W49,
        missing: 1,
        upwardObligationId: idOf("thanh-pho", W49, "so-gd"),
        upwardName: "Sở Khoa học và Công nghệ",
      });
      await report(db, { period: W49, code: "thpt-c" }, { tin_bai: 1 }, now + 1);
      const dueAt = dueOf("thanh-pho", W49);
      await handIn(db, { id: idOf("thanh-pho", W49, "so-gd"), at: now + 2, dueAt, values: { tin_bai: 12 } });
      const [later] = (await loadDigestViews(db, CAMPAIGN, ["so-gd"], now + 3)).get("so-gd") ?? [];
      expect(later).toMatchObject({ missing: 0, upwardObligationId: null });
    });
  });
});
