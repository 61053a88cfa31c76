import { describe, expect, test } from "@jest/globals";
import { aPerson, REPORTER } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const linked = () => talkTo({ context: { person: aPerson({ memberships: [REPORTER], consented: true }) } });

describe("taking back an agreement", () => {
  test("asks once, says what ends and what stays, and gives a receipt", () => {
    const talk = linked().says("rut dong y");
    expect(talk.text).toContain("Anh/chị sẽ thôi báo cáo, tổng hợp cho THPT Chu Văn An tại đây");
    expect(talk.titles).toEqual(["Rút đồng ý", "Giữ nguyên"]);
    expect(talk.effectsOf("withdraw-consent")).toEqual([]);
    talk.taps("Rút đồng ý");
    expect(talk.effectsOf("withdraw-consent")).toHaveLength(1);
    expect(talk.text).toMatch(/Mã xác nhận: RD-[0-9A-Z]{7}\./);
  });

  test("is found from what is kept about a person", () => {
    expect(linked().says("dữ liệu của tôi").taps("Rút đồng ý").text).toContain("Rút đồng ý xử lý dữ liệu?");
  });

  test.each(["không", "thôi", "quay lại", "hủy"])("is left alone after %s", (words) => {
    const talk = linked().says("rút đồng ý").says(words);
    expect(talk.text).toContain("Đồng ý của anh/chị được giữ nguyên.");
    expect(talk.effectsOf("withdraw-consent")).toEqual([]);
  });

  test("is asked again by an old button, and by something unclear", () => {
    expect(linked().says("#consent.confirm").titles).toEqual(["Rút đồng ý", "Giữ nguyên"]);
    expect(linked().says("rút đồng ý").says("abc").text).toContain("Xin bấm Rút đồng ý, hoặc Giữ nguyên.");
  });

  test("has nothing to end for a person without a link", () => {
    expect(talkTo().says("rút đồng ý").text).toContain("không có đồng ý nào để rút");
  });
});
