/** The bundled campaign is what the plan, its letters and the rosters say. */
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { toIso } from "../../../src/core/clock";
import { loadCampaign } from "../../../src/reporting/load-campaign";
import { lineOf, periodsOf } from "../../../src/reporting/periods";
import { searchUnits, unitsByCode, unitsOwing } from "../../../src/reporting/roster";

const campaign = loadCampaign(join(__dirname, "..", "..", "..", "config"), "kh-316");
const owing = (line: string, day = "2025-12-03") => unitsOwing(campaign, lineOf(campaign, line), day);

describe("the rosters", () => {
  test("have the 126 communes under their official codes", () => {
    const communes = campaign.units.filter(({ code }) => /^\d{5}$/.test(code));
    expect(communes).toHaveLength(126);
    expect(communes.filter(({ group }) => group === "Phường")).toHaveLength(51);
    expect(unitsByCode(campaign).get("10237")?.name).toBe("UBND xã Chương Dương");
    expect(unitsByCode(campaign).get("00004")?.name).toBe("UBND phường Ba Đình");
  });

  test("give every line the units that owe it", () => {
    expect(owing("so-gddt")).toHaveLength(166);
    expect(owing("xa-chuong-duong")).toHaveLength(5);
    expect(owing("thanh-pho")).toHaveLength(184);
    expect(owing("ubnd-tp").map(({ code }) => code)).toEqual(["so-khcn"]);
  });

  test("let the offices that receive on one line report on the next", () => {
    const codes = owing("thanh-pho").map(({ code }) => code);
    expect(codes).toContain("so-gddt");
    expect(codes).toContain("10237");
    expect(codes).not.toContain("so-khcn");
  });

  test("know when units come and go", () => {
    const before = owing("thanh-pho", "2026-02-04").map(({ code }) => code);
    const after = owing("thanh-pho", "2026-02-05").map(({ code }) => code);
    expect(before).toContain("bao-hanoimoi");
    expect(before).not.toContain("bao-va-ptth-ha-noi");
    expect(after).not.toContain("bao-hanoimoi");
    expect(after).toContain("bao-va-ptth-ha-noi");
    expect(owing("so-gddt").map(({ code }) => code)).not.toContain("thpt-viet-hung");
  });
});

describe("the deadlines", () => {
  const dueOf = (line: string) =>
    periodsOf(campaign, line).map(({ id, dueAt }) => [id, toIso(dueAt).slice(0, 16)]);

  test("of the schools and the commune are Wednesdays at 17:00", () => {
    const wednesdays = [
      ["2025-W49", "2025-12-03T17:00"],
      ["2025-W50", "2025-12-10T17:00"],
      ["2025-W51", "2025-12-17T17:00"],
      ["2025-W52", "2025-12-24T17:00"],
      ["2026-W01", "2025-12-31T17:00"],
      ["2026-W02", "2026-01-07T17:00"],
      ["2026-W03", "2026-01-14T17:00"],
      ["2026-W04", "2026-01-21T17:00"],
      ["2026-W05", "2026-01-28T17:00"],
    ];
    expect(dueOf("so-gddt")).toEqual(wednesdays);
    expect(dueOf("xa-chuong-duong")).toEqual(wednesdays);
  });

  test("of the city are Thursdays, New Year's moved to Monday", () => {
    const due = dueOf("thanh-pho");
    expect(due).toHaveLength(10);
    expect(due[0]).toEqual(["2025-W48", "2025-11-27T17:00"]);
    expect(due).toContainEqual(["2026-W01", "2026-01-05T17:00"]);
    expect(due.at(-1)).toEqual(["2026-W05", "2026-01-29T17:00"]);
  });

  test("of the standing agency are Fridays, always after the city's", () => {
    const due = dueOf("ubnd-tp");
    expect(due).toContainEqual(["2025-W49", "2025-12-05T17:00"]);
    expect(due).toContainEqual(["2026-W01", "2026-01-06T17:00"]);
  });
});

test("the template asks in the order and in the words of the contract", () => {
  expect(
    campaign.templates
      .get("bao-cao-tuan")
      ?.fields.map(({ id, label, type, required }) => [id, label, type, required]),
  ).toEqual([
    ["tin_bai", "Số tin, bài đăng", "integer", true],
    ["hoi_nghi", "Số hội nghị, buổi tuyên truyền", "integer", true],
    ["luot_nguoi", "Số lượt người tham dự", "integer", true],
    ["luot_tiep_can", "Số lượt tiếp cận trên nền tảng số", "integer", false],
    ["dang_ky_moi", "Số sản phẩm, mô hình, nhiệm vụ đăng ký mới", "integer", true],
    ["hoan_thanh", "Số nhiệm vụ hoàn thành", "integer", true],
    ["ket_qua", "Kết quả nổi bật", "text", false],
    ["kho_khan", "Khó khăn, vướng mắc", "text", false],
    ["kien_nghi", "Kiến nghị, đề xuất", "text", false],
    ["minh_chung", "Tài liệu, hình ảnh minh chứng", "files", false],
  ]);
});

describe("a unit is found", () => {
  test.each([
    ["chu van an", "thpt-chu-van-an"],
    ["THPT CVA", "thpt-chu-van-an"],
    ["P. Ba Đình", "00004"],
    ["P. Ngọc Hà", "00008"],
    ["pnh", "00008"],
    ["THPT NT - Thường Tín", "thpt-nguyen-trai-thuong-tin"],
    ["xã chương dương", "10237"],
    ["10237", "10237"],
    ["so gd&dt", "so-gddt"],
    ["Sở KHCN", "so-khcn"],
    ["Dân Hoà", "10180"],
    ["bách khoa", "dh-bach-khoa"],
  ])("as %s", (query, code) => {
    expect(searchUnits(campaign, { query })[0]?.code).toBe(code);
  });

  test("as one of several, where initials are shared", () => {
    const found = searchUnits(campaign, { query: "THPT NT" }).map(({ code }) => code);
    expect(found).toEqual(
      expect.arrayContaining(["thpt-nguyen-trai-ba-dinh", "thpt-nguyen-trai-thuong-tin"]),
    );
  });

  test("by group and parent, marks or not", () => {
    expect(searchUnits(campaign, { group: "phuong" })).toHaveLength(51);
    expect(searchUnits(campaign, { parent: "10237" })).toHaveLength(5);
    expect(searchUnits(campaign, { query: "ba dinh", group: "Phường" }).map(({ code }) => code)).toEqual([
      "00004",
    ]);
  });

  test("not at all where nothing matches", () => {
    expect(searchUnits(campaign, { query: "không có đơn vị này" })).toEqual([]);
  });
});
