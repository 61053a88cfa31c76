import { describe, expect, test } from "@jest/globals";
import { HOUR_MS } from "../../../src/core/clock";
import { aKnowledge, anInvitation, aPerson, REPORTER, TUESDAY } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const invited = () => talkTo({ invitations: [anInvitation()] });

describe("linking", () => {
  test("names the unit, asks once, and links", () => {
    const talk = invited().says("liên kết 7K2M9QXA");
    expect(talk.text).toBe(
      [
        "Mã này liên kết anh/chị với THPT Chu Văn An, vai trò đầu mối báo cáo. Trước khi liên kết, xin anh/chị đọc:",
        "• Bên quản lý dữ liệu: Sở KH&CN.",
        "• Dữ liệu: tên hiển thị và mã tài khoản Zalo, đơn vị, vai trò, tin nhắn và tệp gửi tại đây.",
        "• Mục đích: nhắc, nhận và tổng hợp báo cáo của Đợt cao điểm 90 ngày; chỉ các cơ quan nhận báo cáo được xem.",
        "• Thời hạn: đến khi anh/chị yêu cầu xóa; báo cáo đã nộp là hồ sơ của đơn vị, lưu theo quy định về lưu trữ.",
        "• Quyền: xem, sửa, xóa, rút đồng ý bằng cách gõ “dữ liệu của tôi”. Không đồng ý thì vẫn báo cáo được bằng văn bản.",
        "Anh/chị có đồng ý không?",
      ].join("\n"),
    );
    expect(talk.titles).toEqual(["Đồng ý", "Không"]);
    expect(talk.effectsOf("redeem-invitation")).toEqual([]);
    talk.taps("Đồng ý");
    expect(talk.effects.filter(({ type }) => type !== "say")).toEqual([
      { type: "consent", purpose: "zalo-reporting", wordingVersion: "v1", granted: true },
      { type: "redeem-invitation", code: "7K2M9QXA" },
    ]);
    expect(talk.text).toContain("✅ Đã liên kết với THPT Chu Văn An, vai trò đầu mối báo cáo.");
    expect(talk.session.frames).toEqual([]);
  });

  test.each(["lien ket 7k2m9qxa", "LIÊN KẾT: 7K2M9QXA", "mã liên kết 7K2M9QXA."])(
    "understands %s",
    (words) => {
      expect(invited().says(words).titles).toEqual(["Đồng ý", "Không"]);
    },
  );

  test("asks for the code when only the word came", () => {
    const talk = invited().says("liên kết");
    expect(talk.text).toContain("Anh/chị gõ mã liên kết gồm 8 chữ và số");
    expect(talk.says("7k2m9qxa").says("đồng ý").effectsOf("redeem-invitation")).toHaveLength(1);
  });

  test("links nobody who says no, or leaves", () => {
    const talk = invited().says("liên kết 7K2M9QXA").taps("Không");
    expect(talk.text).toContain("Chưa liên kết và không lưu gì thêm.");
    expect(talk.effects.map(({ type }) => type)).toEqual(["say"]);
    expect(invited().says("liên kết 7K2M9QXA").says("hủy").text).toBe("Đã dừng, chưa liên kết.");
  });

  test("of staff says what they will get", () => {
    const talk = talkTo({ invitations: [anInvitation({ role: "staff", unitName: "Sở GD&ĐT" })] });
    expect(talk.says("liên kết 7K2M9QXA").taps("Đồng ý").text).toContain(
      "vai trò cán bộ tổng hợp. Bản tổng hợp sẽ được gửi",
    );
  });

  test("a question about linking is a question", () => {
    const knowledge = aKnowledge({
      "liên kết vùng là gì": { kind: "smalltalk", text: "Một câu trả lời.", entryIds: [], score: 1 },
    });
    expect(talkTo({ context: { knowledge } }).says("liên kết vùng là gì").text).toBe("Một câu trả lời.");
  });

  test("a question asked before consenting is answered and the notice shown again", () => {
    const talk = invited().says("liên kết 7K2M9QXA").says("dữ liệu để làm gì?");
    expect(talk.titles).toEqual(["Gửi câu hỏi cho cán bộ", "Đồng ý", "Không"]);
  });
});

describe("a code that does not work", () => {
  test.each([
    ["used", "Mã này đã được sử dụng."],
    ["expired", "Mã này đã hết hạn."],
  ] as const)("%s is refused plainly", (state, words) => {
    const talk = talkTo({ invitations: [anInvitation({ state })] }).says("liên kết 7K2M9QXA");
    expect(talk.text).toContain(words);
    expect(talk.effectsOf("link-failed")).toEqual([]);
  });

  test("was used by somebody else between notice and consent", () => {
    const before = invited().says("liên kết 7K2M9QXA");
    const talk = talkTo({ session: before.session, invitations: [anInvitation({ state: "used" })] });
    expect(talk.says("#link.agree 7K2M9QXA").text).toContain("Mã này đã được sử dụng.");
    expect(talk.effectsOf("redeem-invitation")).toEqual([]);
  });

  test("of a unit one is linked to already is left for others", () => {
    const context = { person: aPerson({ memberships: [REPORTER] }) };
    const talk = talkTo({ context, invitations: [anInvitation()] }).says("liên kết 7K2M9QXA");
    expect(talk.text).toContain("Anh/chị đã liên kết với THPT Chu Văn An rồi.");
  });

  test("guessed five times blocks for an hour, also the right one", () => {
    const talk = invited();
    for (const left of [4, 3, 2, 1]) {
      talk.says("liên kết AAAA1111");
      expect(talk.text).toContain(
        `Mã liên kết không đúng. Anh/chị kiểm tra lại từng chữ, còn ${left} lần thử.`,
      );
    }
    talk.says("AAAA1111");
    expect(talk.effectsOf("link-failed")).toEqual([
      { type: "link-failed", tries: 5, blockedUntil: TUESDAY + HOUR_MS },
    ]);
    expect(talk.text).toContain("Xin thử lại sau 09:00 ngày 02/12/2025");
    expect(talk.says("liên kết 7K2M9QXA").text).toContain("Xin thử lại sau 09:00");
    talk.now = TUESDAY + HOUR_MS + 1;
    expect(talk.says("liên kết AAAA1111").text).toContain("còn 4 lần thử");
    expect(talk.says("liên kết 7K2M9QXA").titles).toEqual(["Đồng ý", "Không"]);
  });
});
