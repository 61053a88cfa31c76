import { describe, expect, test } from "@jest/globals";
import type { CardView } from "../../../src/conversation/context";
import { aPerson, aReport, OFFICE_STAFF, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const aCard = (over: Partial<CardView> = {}): CardView => ({
  unitName: "THPT Chu Văn An",
  lineName: null,
  owed: 4,
  onTime: 4,
  streak: 6,
  median: 3.5,
  ...over,
});
const reporter = aPerson({ memberships: [REPORTER] });

describe("a unit's own record", () => {
  test.each(["thẻ tháng", "Thành tích", "ket qua cua toi"])("comes for %s", (words) => {
    const talk = talkTo({ context: { person: reporter, cards: [aCard()] } }).says(words);
    expect(talk.text).toBe(
      [
        "Kết quả nộp báo cáo từ đầu đợt đến nay, chỉ anh/chị xem:",
        "• THPT Chu Văn An: đúng hạn 4/4 tuần, đang liền mạch 6 tuần đúng hạn. Mức giữa của các đơn vị cùng nhóm: 3,5 tuần.",
        "Tuần báo không phát sinh vẫn tính là đã nộp; tuần được miễn thì không tính.",
        "Cảm ơn anh/chị đã giữ nhịp, không lỡ tuần nào.",
      ].join("\n"),
    );
    expect(talk.effectsOf("say").map(({ kind }) => kind)).toEqual(["reply"]);
  });

  test("says so before the first deadline, and to whoever reports for nobody", () => {
    expect(talkTo({ context: { person: reporter } }).says("thẻ tháng").text).toContain(
      "chưa có kỳ báo cáo nào",
    );
    const officer = talkTo({ context: { person: aPerson({ memberships: [OFFICE_STAFF] }) } });
    expect(officer.says("thẻ tháng").titles).toEqual(["Liên kết đơn vị", "Menu"]);
  });

  test("does not disturb a report that is being written", () => {
    const context = { person: reporter, reports: [aReport()], cards: [aCard()] };
    const talk = talkTo({ context }).says("báo cáo").says("thành tích");
    expect(talk.text).toContain("đúng hạn 4/4 tuần");
    expect(talk.text).toContain("(1/5)");
  });

  test("is named in the menu when nothing is owed", () => {
    expect(talkTo({ context: { person: reporter } }).says("menu").text).toContain("Gõ “thẻ tháng”");
    const owing = talkTo({ context: { person: reporter, reports: [aReport()] } }).says("menu");
    expect(owing.text).not.toContain("thẻ tháng");
  });
});

describe("the card of the month", () => {
  const news = (cards: readonly CardView[]) => ({
    kind: "month-card" as const,
    month: "2025-12",
    cards: [...cards],
  });

  test("thanks, on a lane of its own, and leads to the whole record", () => {
    const talk = talkTo({ context: { person: reporter, cards: [aCard()] } }).meets(news([aCard()]));
    expect(talk.text).toMatch(
      /^Thẻ tháng 12\/2025, chỉ gửi riêng anh\/chị:\n• THPT Chu Văn An: đúng hạn 4\/4/,
    );
    expect(talk.effectsOf("say").map(({ kind }) => kind)).toEqual(["card"]);
    expect(talk.taps("Kết quả từ đầu đợt").text).toContain("từ đầu đợt đến nay");
  });

  test.each([
    [aCard({ onTime: 3, streak: 1, median: null }), "đúng hạn 3/4 tuần.\nCảm ơn anh/chị. Tuần nào bận"],
    [aCard({ onTime: 0, streak: 0, median: null }), "đúng hạn 0/4 tuần.\nNếu đang vướng gì"],
    [aCard({ lineName: "Báo cáo phường", median: null }), "THPT Chu Văn An (Báo cáo phường): đúng hạn"],
  ])("finds a word for every month", (given, words) => {
    expect(talkTo({ context: { person: reporter } }).meets(news([given])).text).toContain(words);
  });

  test("is not for whoever wants no messages", () => {
    const talk = talkTo({ context: { person: { ...reporter, optedOut: true } } });
    expect(talk.meets(news([aCard()])).effects).toEqual([]);
  });
});
