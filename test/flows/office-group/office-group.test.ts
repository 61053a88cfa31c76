import { describe, expect, test } from "@jest/globals";
import { anInvitation, aPerson, REPORTER, STAFF } from "../../support/builders";
import { talkTo, type TalkOptions } from "../../support/talk-to";

const GROUP = "c4d18e20f7ab63915e0d";
const CODE = "7K2M9QXA";
const staffCode = anInvitation({ code: CODE, unitCode: "so-gddt", unitName: "Sở GD&ĐT", role: "staff" });
const BIND = { kind: "group-bind", groupId: GROUP, code: CODE } as const;
const END = { kind: "group-end", groupId: GROUP } as const;
const boundBy = (boundBy: string, unitCode = "so-gddt") =>
  new Map([[GROUP, { unitCode, unitName: unitCode === "so-gddt" ? "Sở GD&ĐT" : "Sở Y tế", boundBy }]]);
const talk = (context: TalkOptions["context"] = {}, invitation = staffCode) =>
  talkTo({ context, invitations: [invitation] });

describe("a chat group", () => {
  test("becomes the office's with its staff code, answered in the group", () => {
    const said = talk().meets(BIND);
    expect(said.effectsOf("bind-group")).toEqual([{ type: "bind-group", groupId: GROUP, code: CODE }]);
    expect(said.effectsOf("say")).toMatchObject([{ groupId: GROUP, kind: "reply" }]);
    expect(said.text).toMatch(/^✅ Nhóm này đã liên kết với Sở GD&ĐT\. /);
  });

  test.each([
    ["a reporter's code", {}, anInvitation({ code: CODE }), "mã cán bộ tổng hợp"],
    ["a used code", {}, { ...staffCode, state: "used" as const }, "đã được sử dụng"],
    ["an expired code", {}, { ...staffCode, state: "expired" as const }, "đã hết hạn"],
    ["its own group", { groups: boundBy("P9") }, staffCode, "từ trước"],
    ["another office's group", { groups: boundBy("P9", "so-yte") }, staffCode, "đang liên kết với Sở Y tế"],
  ])("does not with %s", (_what, context, invitation, words) => {
    const said = talk(context, invitation).meets(BIND);
    expect(said.text).toContain(words);
    expect(said.effectsOf("bind-group")).toEqual([]);
  });

  test("takes five guesses, then none for an hour", () => {
    const guesser = talk({}, anInvitation({ code: "AAAAAAA2" }));
    for (let left = 4; left > 0; left--) expect(guesser.meets(BIND).text).toContain(`còn ${left} lần thử`);
    expect(guesser.meets(BIND).text).toContain("Đã nhập sai mã nhiều lần.");
    expect(guesser.meets({ ...BIND, code: "AAAAAAA2" }).effectsOf("bind-group")).toEqual([]);
  });

  test("is given up by the office's staff or by whoever bound it, and by nobody else", () => {
    const ended = { type: "end-group", groupId: GROUP };
    const groups = boundBy("P9");
    expect(talk({ groups, person: aPerson({ memberships: [STAFF] }) }).meets(END).effects).toContainEqual(
      ended,
    );
    expect(talk({ groups: boundBy("P1") }).meets(END).effects).toContainEqual(ended);
    const other = talk({ groups, person: aPerson({ memberships: [REPORTER] }) }).meets(END);
    expect(other.text).toBe("Chỉ cán bộ của Sở GD&ĐT bỏ liên kết nhóm này được.");
    expect(other.effectsOf("end-group")).toEqual([]);
    expect(talk().meets(END).text).toBe("Nhóm này chưa liên kết với cơ quan nào.");
  });

  test("leaves the conversation in hand as it is", () => {
    const said = talk().says("liên kết");
    const before = said.session;
    expect(said.meets(BIND).session).toEqual(before);
  });
});
