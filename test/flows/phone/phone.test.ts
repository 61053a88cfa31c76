import { describe, expect, test } from "@jest/globals";
import { aPerson, anInvitation, CAMPAIGN, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const OFFER = "Nhận tin nhắc qua số điện thoại";
const campaign = { ...CAMPAIGN, phoneForm: "https://vidu.example/pictures/form.png" };
const reporter = (offered = true) =>
  talkTo({
    context: { person: aPerson({ memberships: [REPORTER] }), ...(offered ? { campaign } : {}) },
  });
const GIVEN = { kind: "shared-info", phoneSealed: "v1.sealed" } as const;

describe("reminders by phone number", () => {
  test("are offered on linking, agreed to by a tap, and the number shown with its last digits alone", () => {
    const talk = talkTo({ context: { campaign }, invitations: [anInvitation()] });
    talk.says("liên kết 7K2M9QXA").taps("Đồng ý");
    expect(talk.text).toContain("chỉ dùng để nhắc báo cáo");
    talk.context = { ...talk.context, person: { ...talk.context.person, memberships: [REPORTER] } };
    talk.taps(OFFER);
    expect(talk.effectsOf("agree-phone")).toHaveLength(1);
    expect(talk.heard[0]?.askInfo).toMatchObject({ imageUrl: campaign.phoneForm });
    expect(talk.heard[0]?.askInfo?.subtitle).toContain("chỉ dùng số này để nhắc báo cáo");
    talk.meets(GIVEN);
    expect(talk.effectsOf("save-phone")).toEqual([{ type: "save-phone", sealed: "v1.sealed" }]);
    expect(talk.says("dữ liệu của tôi").text).toContain("• Số điện thoại nhận tin nhắc: ********017.");
    expect(talk.titles).not.toContain(OFFER);
    expect(talk.taps("Bỏ số điện thoại").effectsOf("drop-phone")).toHaveLength(1);
    expect(talk.says("dữ liệu của tôi").text).not.toContain("Số điện thoại");
  });

  test("are not offered where no template is approved, nor to who is not reminded", () => {
    expect(reporter(false).says("dữ liệu của tôi").titles).not.toContain(OFFER);
    expect(talkTo({ context: { campaign } }).says("dữ liệu của tôi").titles).not.toContain(OFFER);
    const talk = reporter(false).says("#phone.give");
    expect([talk.text, talk.effects.length]).toEqual([expect.stringContaining("không cần cho số"), 1]);
  });

  test("a number nobody asked for is answered with nothing", () => {
    expect(reporter().meets(GIVEN).heard).toEqual([]);
  });
});
