import { describe, expect, test } from "@jest/globals";
import { addDays, at, dayOf } from "../../../src/core/clock";
import { typedSpan } from "../../../flows/deputy/span";
import { anInvitation, aPerson, REPORTER, STAFF, TUESDAY } from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { DelegationView, MembershipView } from "../../../src/conversation/context";

const standing: DelegationView = {
  id: "D1",
  unitCode: REPORTER.unitCode,
  from: "2025-12-01",
  to: "2025-12-10",
  holder: "Cô Lan",
  used: true,
};
const head = (
  delegations: readonly DelegationView[] = [],
  memberships: readonly MembershipView[] = [REPORTER],
) => talkTo({ context: { person: aPerson({ memberships }), delegations } });

describe("letting somebody report in one's stead", () => {
  test("is one word and one tap; the code comes by itself", () => {
    const talk = head().says("uỷ quyền");
    expect(talk.text).toBe(
      "Anh/chị cho người khác báo cáo thay THPT Chu Văn An trong thời gian nào? Bấm chọn, hoặc gõ khoảng ngày, ví dụ: 05/12 đến 20/12.",
    );
    expect(talk.titles).toEqual([
      "7 ngày, đến hết 08/12/2025",
      "14 ngày, đến hết 15/12/2025",
      "Không thời hạn (cấp phó)",
    ]);
    talk.taps("7 ngày");
    expect(talk.effectsOf("delegate")).toEqual([
      { type: "delegate", unitCode: REPORTER.unitCode, from: "2025-12-02", to: "2025-12-08" },
    ]);
    expect(talk.text).toContain(
      "Đã ghi ủy quyền báo cáo của THPT Chu Văn An từ 02/12/2025 đến hết 08/12/2025.",
    );
    talk.meets({
      kind: "delegation-made",
      code: "7K2M9QXA",
      unitName: "THPT Chu Văn An",
      from: "2025-12-02",
      to: "2025-12-08",
      expiresAt: at("2025-12-09", "00:00"),
    });
    expect(talk.text).toContain("người đó nhắn tới đây: liên kết 7K2M9QXA");
  });

  test.each([
    ["5/12 đến 20/12", "2025-12-05", "2025-12-20"],
    ["tu 05/12 toi 20/12/2025", "2025-12-05", "2025-12-20"],
    ["28/12 - 4/1", "2025-12-28", "2026-01-04"],
    ["đến hết ngày 10/12", "2025-12-02", "2025-12-10"],
  ])("takes %s", (words, from, to) => {
    expect(head().says("ủy quyền").says(words).effectsOf("delegate")).toMatchObject([{ from, to }]);
  });

  test("a deputy stays until it is ended", () => {
    expect(head().says("ủy quyền").says("cấp phó").effectsOf("delegate")).toMatchObject([{ to: null }]);
  });

  test.each(["30/11 đến 20/12", "20/12 đến 5/12 đến 1/1", "2/12 đến 30/6", "tuần sau"])(
    "asks again after %s",
    (words) => {
      const talk = head().says("ủy quyền").says(words);
      expect(talk.effectsOf("delegate")).toEqual([]);
      expect(talk.text).toContain("Xin gõ khoảng ngày bắt đầu từ hôm nay trở đi");
    },
  );

  test("asks for which unit where there are several", () => {
    const other = { ...REPORTER, unitCode: "thpt-tay-ho", unitName: "THPT Tây Hồ" };
    const talk = head([], [REPORTER, other]).says("ủy quyền");
    expect(talk.titles).toEqual(["THPT Chu Văn An", "THPT Tây Hồ"]);
    talk.says("2").taps("14 ngày");
    expect(talk.effectsOf("delegate")[0]?.unitCode).toBe("thpt-tay-ho");
  });

  test("is ended with one tap, or by word", () => {
    const talk = head([standing]).says("ủy quyền");
    expect(talk.text).toContain("1. Cô Lan, từ 01/12/2025 đến hết 10/12/2025.");
    talk.taps("Kết thúc ủy quyền 1");
    expect(talk.effectsOf("end-delegation")).toEqual([{ type: "end-delegation", id: "D1" }]);
    expect(talk.text).toContain("Đã kết thúc ủy quyền báo cáo của THPT Chu Văn An.");
    expect(head([standing]).says("ủy quyền").says("kết thúc 1").effectsOf("end-delegation")).toHaveLength(1);
    expect(head().says("#deputy.end D1").text).toContain("Ủy quyền này đã kết thúc.");
  });

  test("an old button grants nothing for days that are over", () => {
    const talk = head().says(`#deputy.span ${REPORTER.unitCode} 2025-11-01 2025-12-20`);
    expect(talk.effectsOf("delegate")).toEqual([]);
    expect(talk.titles[0]).toContain("7 ngày");
  });

  test.each([
    ["nobody's reporter", []],
    ["an office", [STAFF]],
    ["who stands in already", [{ ...REPORTER, delegated: true }]],
  ])("is not for %s", (_who, memberships) => {
    expect(head([], memberships).says("ủy quyền").text).toContain("Ủy quyền dành cho đầu mối");
  });

  test("is left without a trace", () => {
    expect(head().says("ủy quyền").says("hủy").text).toBe("Đã dừng, chưa ủy quyền thêm cho ai.");
  });

  test("never spans what is over or endless", () => {
    for (let ahead = -3; ahead < 200; ahead += 7) {
      const day = addDays(dayOf(TUESDAY), ahead);
      const span = typedSpan(`${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`, TUESDAY);
      expect(span === null).toBe(ahead < 0 || ahead > 120);
    }
  });
});

describe("whoever stands in", () => {
  const invited = anInvitation({ delegated: true, fromDay: "2025-12-05", toDay: "2025-12-20" });

  test("reads for how long before agreeing", () => {
    const talk = talkTo({ invitations: [invited] }).says("liên kết 7K2M9QXA");
    expect(talk.text).toContain("vai trò báo cáo thay từ 05/12/2025 đến hết 20/12/2025.");
    talk.taps("Đồng ý");
    expect(talk.text).toContain("✅ Đã liên kết với THPT Chu Văn An, vai trò báo cáo thay từ 05/12/2025");
    expect(talk.text).not.toContain("gõ “ủy quyền”");
  });

  test("may later be linked of their own", () => {
    const person = aPerson({ memberships: [{ ...REPORTER, delegated: true }] });
    const talk = talkTo({ context: { person }, invitations: [anInvitation()] }).says("liên kết 7K2M9QXA");
    expect(talk.titles).toEqual(["Đồng ý", "Không"]);
  });

  test("is thanked at the end", () => {
    const talk = talkTo().meets({ kind: "delegation-ended", unitName: "THPT Chu Văn An" });
    expect(talk.text).toContain("Ủy quyền báo cáo của THPT Chu Văn An cho anh/chị đã kết thúc.");
  });
});
