/** Tickets, groups of like questions, and answers approved for everybody, as the database keeps them. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { frozenAt } from "../../src/core/clock";
import { countFeedback, recordFeedback } from "../../src/knowledge/feedback";
import {
  approveAnswer,
  generalAnswersVersion,
  listGeneralAnswers,
  withdrawAnswer,
} from "../../src/knowledge/general-answers";
import { createLiveKnowledge } from "../../src/knowledge/live-knowledge";
import { findLead, mergeTickets } from "../../src/knowledge/ticket-groups";
import { loadTicketViews } from "../../src/knowledge/ticket-views";
import { askersOf, closeTicket, listTickets, openTicket, replyTicket } from "../../src/knowledge/tickets";
import { NOON } from "../support/messaging";
import { aKnowledgeBase, anEntry } from "../support/knowledge-base";
import { eachStore } from "../support/stores";

const OFFICE = "so-khcn";
const same = (text: string, others: readonly string[]): number | null => {
  const place = others.indexOf(text);
  return place < 0 ? null : place;
};

eachStore((store) => {
  beforeEach(async () => {
    await store().db.execute(
      sql`truncate general_answers, ticket_replies, tickets, feedback, marks restart identity cascade`,
    );
  });
  const opens = (
    code: string,
    personId: string,
    over: { text?: string; leadCode?: string; at?: number } = {},
  ) =>
    openTicket(store().db, {
      code,
      kind: "question",
      text: over.text ?? `câu ${code}`,
      personId,
      unitCode: null,
      line: null,
      receiverUnitCode: OFFICE,
      leadCode: over.leadCode ?? null,
      at: over.at ?? NOON,
    });
  const replies = (code: string, text = "Tuần sau.") =>
    replyTicket(store().db, { code, text, by: "officer", at: NOON });
  const approves = (code: string, question: string, fills: string | null = null) =>
    approveAnswer(store().db, { code, question, fills, by: "officer", at: NOON });
  const statuses = async () =>
    Object.fromEntries((await listTickets(store().db, {})).map(({ code, status }) => [code, status]));

  describe("a group of like questions", () => {
    test("is found by what waits at the same office, and not by what was answered", async () => {
      await opens("HD-A", "p1", { text: "Bao giờ có mẫu?" });
      const wanted = { text: "Bao giờ có mẫu?", receiverUnitCode: OFFICE };
      const find = (of: typeof wanted) => store().transaction((tx) => findLead(tx, of, same));
      expect(await find(wanted)).toBe("HD-A");
      expect(await find({ ...wanted, receiverUnitCode: "so-gddt" })).toBeNull();
      await replies("HD-A");
      expect(await find(wanted)).toBeNull();
    });

    test("asked by two at once is one group", async () => {
      const ask = (code: string, personId: string) =>
        store().transaction(async (tx) => {
          const text = "Bao giờ có mẫu?";
          const leadCode = await findLead(tx, { text, receiverUnitCode: OFFICE }, same);
          const ticket = { code, text, personId, receiverUnitCode: OFFICE, leadCode, at: NOON };
          await openTicket(tx, { ...ticket, kind: "question", unitCode: null, line: null });
        });
      await Promise.all(["HD-A", "HD-B", "HD-C", "HD-D"].map((code, i) => ask(code, `p${i}`)));
      const leads = (await listTickets(store().db, {})).filter(({ leadCode }) => leadCode === undefined);
      expect(leads).toHaveLength(1);
    });

    test("is answered and closed as one, whichever ticket is named", async () => {
      await opens("HD-A", "p1");
      await opens("HD-B", "p2", { leadCode: "HD-A" });
      await opens("HD-C", "p3");
      expect((await replies("HD-B")).code).toBe("HD-A");
      expect(await statuses()).toEqual({ "HD-A": "answered", "HD-B": "answered", "HD-C": "open" });
      const listed = await listTickets(store().db, { status: "answered" });
      expect(listed.map(({ replies: given }) => given.map(({ text }) => text))).toEqual([
        ["Tuần sau."],
        ["Tuần sau."],
      ]);
      await closeTicket(store().db, "HD-B");
      expect(await statuses()).toEqual({ "HD-A": "closed", "HD-B": "closed", "HD-C": "open" });
      await expect(replies("HD-A")).rejects.toMatchObject({ code: "ticket-closed" });
      await expect(replies("HD-Z")).rejects.toMatchObject({ code: "unknown-ticket" });
    });

    test("names each asker once, by their first question, and nobody who was forgotten", async () => {
      await opens("HD-B", "p1", { at: NOON + 1 });
      await opens("HD-A", "p1", { leadCode: "HD-B", at: NOON });
      await opens("HD-C", "p2", { leadCode: "HD-B", at: NOON + 2 });
      await opens("HD-D", "p3", { leadCode: "HD-B", at: NOON + 3 });
      await store().db.execute(sql`update tickets set person_id = null where code = 'HD-D'`);
      expect(await askersOf(store().db, "HD-B")).toEqual([
        { personId: "p1", ticketCode: "HD-A" },
        { personId: "p2", ticketCode: "HD-C" },
      ]);
    });
  });

  describe("merging", () => {
    const merge = (code: string, into: string) =>
      store().transaction((tx) => mergeTickets(tx, { code, into }));

    test("moves a question with all it speaks for", async () => {
      await opens("HD-A", "p1");
      await opens("HD-B", "p2");
      await opens("HD-C", "p3", { leadCode: "HD-B" });
      await merge("HD-C", "HD-A");
      expect((await askersOf(store().db, "HD-A")).map(({ personId }) => personId)).toEqual([
        "p1",
        "p2",
        "p3",
      ]);
      const [lead] = await loadTicketViews(store().db, { personIds: [], offices: [OFFICE], codes: [] });
      expect(lead).toMatchObject({ code: "HD-A", askers: 3, leadCode: null });
    });

    test("is refused with itself, with what is not open, and across offices", async () => {
      await opens("HD-A", "p1");
      await opens("HD-B", "p2", { leadCode: "HD-A" });
      await opens("HD-C", "p3");
      await opens("HD-D", "p4");
      await store().db.execute(sql`update tickets set receiver_unit_code = 'so-gddt' where code = 'HD-D'`);
      await expect(merge("HD-A", "HD-B")).rejects.toMatchObject({ code: "same-ticket" });
      await expect(merge("HD-A", "HD-A")).rejects.toMatchObject({ code: "same-ticket" });
      await expect(merge("HD-A", "HD-D")).rejects.toMatchObject({ code: "other-office" });
      await expect(merge("HD-A", "HD-Z")).rejects.toMatchObject({ code: "unknown-ticket" });
      await replies("HD-C");
      await expect(merge("HD-A", "HD-C")).rejects.toMatchObject({ code: "ticket-not-open" });
      await store().db.execute(
        sql`update tickets set kind = 'difficulty', status = 'open' where code = 'HD-C'`,
      );
      await expect(merge("HD-A", "HD-C")).rejects.toMatchObject({ code: "not-a-question" });
    });

    test("crosswise at the same time ends with one lead", async () => {
      await opens("HD-A", "p1");
      await opens("HD-B", "p2");
      const ended = await Promise.allSettled([merge("HD-A", "HD-B"), merge("HD-B", "HD-A")]);
      expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const leads = (await listTickets(store().db, {})).filter(({ leadCode }) => leadCode === undefined);
      expect(leads).toHaveLength(1);
    });
  });

  test("a desk sees what is not closed, what it published, and what somebody named", async () => {
    for (const code of ["HD-A", "HD-B", "HD-C"]) await opens(code, "p1");
    await replies("HD-B");
    await approves("HD-B", "Khi nào có mẫu?");
    await closeTicket(store().db, "HD-B");
    await closeTicket(store().db, "HD-C");
    const seen = (codes: string[]) =>
      loadTicketViews(store().db, { personIds: [], offices: [OFFICE], codes });
    expect((await seen([])).map(({ code }) => code)).toEqual(["HD-A", "HD-B"]);
    expect((await seen([]))[1]).toMatchObject({ reply: "Tuần sau.", generalQuestion: "Khi nào có mẫu?" });
    expect((await seen(["HD-C"])).map(({ code }) => code)).toEqual(["HD-C", "HD-A", "HD-B"]);
  });

  describe("an answer for everybody", () => {
    const base = aKnowledgeBase([
      anEntry("quy", "Quỹ góp tối đa bao nhiêu?"),
      { ...anEntry("mau", "Mẫu đăng ký lấy ở đâu?", ["mẫu đăng ký", "xin mẫu"]), kind: "gap" as const },
      { ...anEntry("khac", "Hội chợ họp ở đâu?"), related: ["mau"] },
    ]);
    const live = () => createLiveKnowledge(base, frozenAt(NOON), (code) => `Cơ quan ${code}`);

    test("reaches every replica, with its office and date, and goes when it is withdrawn", async () => {
      const replicas = [live(), live()];
      const answers = async (text: string) => {
        for (const replica of replicas) await replica.refresh(store().db);
        return replicas.map((replica) => replica.ask(text, []).text);
      };
      await opens("HD-A", "p1");
      await replies("HD-A", "Tài liệu giấy được phát tuần sau.");
      const question = "Bao giờ phát tài liệu giấy?";
      await approves("HD-A", question);
      const told =
        "Tài liệu giấy được phát tuần sau.\nNguồn: Trả lời của Cơ quan so-khcn.\nCập nhật đến 02/12/2025.";
      expect(await answers(question)).toEqual([told, told]);
      expect(await answers("bao gio phat tai lieu giay a")).toEqual([told, told]);
      const topics = replicas[0]?.topics("general") ?? [];
      expect(topics.map(({ title }) => title)).toContain("Trả lời của cán bộ");

      await withdrawAnswer(store().db, "HD-A", NOON);
      expect((await answers(question)).some((text) => text.includes("tuần sau"))).toBe(false);
      expect(await listGeneralAnswers(store().db)).toEqual([]);
      await expect(withdrawAnswer(store().db, "HD-A", NOON)).rejects.toMatchObject({ code: "not-published" });
      await approves("HD-A", question);
      expect(await answers(question)).toEqual([told, told]);
    });

    test("takes the place of the gap it fills, with its ways of asking, links and buttons", async () => {
      await opens("HD-A", "p1");
      await replies("HD-A", "Mẫu ở trang của Sở.");
      await approves("HD-A", "Lấy mẫu đăng ký ở đâu?", "mau");
      const knowledge = live();
      await knowledge.refresh(store().db);
      expect(knowledge.ask("xin mẫu", [])).toMatchObject({ kind: "answer", entryIds: ["tra-loi-hd-a"] });
      expect(knowledge.entry("mau")?.text).toContain("Mẫu ở trang của Sở.");
      expect(knowledge.entry("khac")?.related).toEqual([
        { id: "tra-loi-hd-a", question: "Lấy mẫu đăng ký ở đâu?" },
      ]);
    });

    test("in many words shows its beginning, and the rest behind a button", async () => {
      await opens("HD-A", "p1");
      await replies("HD-A", `${"Một câu vừa phải. ".repeat(40)}Hết.`);
      await approves("HD-A", "Có câu dài không?");
      const knowledge = live();
      await knowledge.refresh(store().db);
      const entry = knowledge.entry("tra-loi-hd-a");
      expect(entry?.text.split("\n")[0]).toMatch(/^(Một câu vừa phải\. ?)+$/);
      expect(entry?.more).toMatch(/^Một câu vừa phải\. .*Hết\.$/);
    });

    test("needs an answer first, and is counted so that nobody reads it in vain", async () => {
      await opens("HD-A", "p1");
      await expect(approves("HD-A", "Khi nào?")).rejects.toMatchObject({ code: "not-answered" });
      expect(await generalAnswersVersion(store().db)).toBe(0);
      await replies("HD-A");
      await approves("HD-A", "Khi nào?");
      await approves("HD-A", "Khi nào có?");
      expect(await generalAnswersVersion(store().db)).toBe(2);
      expect((await listGeneralAnswers(store().db)).map(({ question }) => question)).toEqual(["Khi nào có?"]);
    });
  });

  test("opinions: one a person and entry, the last counts, the worst entry first", async () => {
    const votes: [string, string, boolean][] = [
      ["p1", "a", true],
      ["p1", "b", false],
      ["p2", "b", false],
      ["p1", "c", false],
      ["p2", "c", true],
      ["p3", "c", false],
      ["p1", "a", false],
    ];
    for (const [personId, entryId, helpful] of votes)
      await recordFeedback(store().db, { personId, entryId, helpful, at: NOON });
    expect(await countFeedback(store().db)).toEqual([
      { entryId: "b", helpful: 0, wrong: 2 },
      { entryId: "c", helpful: 1, wrong: 2 },
      { entryId: "a", helpful: 0, wrong: 1 },
    ]);
  });
});
