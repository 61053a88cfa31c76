import { describe, expect, test } from "@jest/globals";
import { readSeveral } from "../../../src/core/several-numbers";
import { FIELDS } from "../../support/builders";

const figures = FIELDS.filter(({ type }) => type === "integer");
const read = (text: string) => {
  const { values, unclear } = readSeveral(text, figures);
  return { values: Object.fromEntries(values), unclear };
};

describe("several figures in one message", () => {
  test.each<[string, Record<string, number>]>([
    ["5 tin, 2 hội nghị, 300 lượt người", { tin_bai: 5, hoi_nghi: 2, luot_nguoi: 300 }],
    ["300 luot nguoi 2 hoi nghi 5 tin", { tin_bai: 5, hoi_nghi: 2, luot_nguoi: 300 }],
    ["tin: 5; hội nghị: 2", { tin_bai: 5, hoi_nghi: 2 }],
    ["tin bài 5, hội nghị 2", { tin_bai: 5, hoi_nghi: 2 }],
    ["5 tin, hội nghị 2", { tin_bai: 5, hoi_nghi: 2 }],
    ["Số tin, bài đăng: 5\nSố hội nghị, buổi tuyên truyền: 2", { tin_bai: 5, hoi_nghi: 2 }],
    ["năm tin, hai hội nghị và ba trăm lượt người", { tin_bai: 5, hoi_nghi: 2, luot_nguoi: 300 }],
    ["1,250 lượt xem, 3 buổi", { luot_tiep_can: 1250, hoi_nghi: 3 }],
    ["300 người dự 2 hội nghị", { luot_nguoi: 300, hoi_nghi: 2 }],
    ["2 đăng ký mới, 1 nhiệm vụ hoàn thành", { dang_ky_moi: 2, hoan_thanh: 1 }],
    ["tuần 49 có 5 tin, không có hội nghị nào", { tin_bai: 5, hoi_nghi: 0 }],
    ["15k lượt tiếp cận", { luot_tiep_can: 15_000 }],
  ])("%s", (text, values) => {
    expect(read(text)).toEqual({ values, unclear: [] });
  });

  test.each<[string, Record<string, number>, string[]]>([
    ["5 tin, 7 bánh", { tin_bai: 5 }, ["7 bánh"]],
    ["5 tin, -2 hội nghị", { tin_bai: 5 }, ["-2 hội nghị"]],
    ["5 tin, 1,5 hội nghị", { tin_bai: 5 }, ["1,5 hội nghị"]],
    ["5 tin, 50% hoàn thành", { tin_bai: 5 }, ["50% hoàn thành"]],
    ["5 tin, 6 bài", { tin_bai: 5 }, ["6 bài"]],
    ["5", {}, ["5"]],
  ])("%s names what it could not tell", (text, values, unclear) => {
    expect(read(text)).toEqual({ values, unclear });
  });

  test.each([
    "nghị quyết 30 có mấy hội nghị",
    "5 tin được không?",
    "sản phẩm của nghị quyết 30",
    "xin chào",
    "",
  ])("%s reports nothing", (text) => {
    expect(read(text).values).toEqual({});
  });
});
