/** An office's own list of units: read as people write it, and what it would change. */
import { describe, expect, test } from "@jest/globals";
import { Workbook } from "exceljs";
import { join } from "node:path";
import { loadCampaign } from "../../../src/reporting/load-campaign";
import { planImport } from "../../../src/reporting/roster-import/plan-import";
import { readSheet } from "../../../src/reporting/roster-import/read-sheet";
import { aCampaign, aUnit } from "../../support/a-campaign";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sheetOf = (text: string) => readSheet(bytesOf(text));
const campaign = aCampaign();
const planOf = async (text: string, of = campaign) => planImport(of, await sheetOf(text));
const told = async (text: string) =>
  (await planOf(text)).changes.map(({ row, kind, text: words }) => `${row} ${kind}: ${words}`);
const faults = async (text: string) =>
  (await planOf(text)).faults.map(({ row, reason }) => `${row ?? "-"}: ${reason}`);

describe("reading", () => {
  test("headings in Vietnamese or as in the campaign's files, in any order, below a title", async () => {
    const { rows, ignored } = await sheetOf(
      "UBND xã,,,\nSTT,TÊN,Mã,Trực thuộc\n1,Thôn 1,thon-1,huyen\n2,Thôn 2,thon-2,\n",
    );
    expect(rows).toEqual([
      { row: 3, cells: { name: "Thôn 1", code: "thon-1", parent: "huyen" } },
      { row: 4, cells: { name: "Thôn 2", code: "thon-2", parent: "" } },
    ]);
    expect(ignored).toEqual(["STT"]);
  });

  test("semicolons, tabs and UTF-16, as spreadsheets save in Việt Nam", async () => {
    const text = "mã\ttên\nthon-1\tThôn 1, xóm 2\n";
    const expected = [{ row: 2, cells: { code: "thon-1", name: "Thôn 1, xóm 2" } }];
    expect((await sheetOf(text)).rows).toEqual(expected);
    expect((await sheetOf(text.replaceAll("\t", ";"))).rows).toEqual(expected);
    const unicode = Buffer.from(`\ufeff${text}`, "utf16le");
    expect((await readSheet(unicode)).rows).toEqual(expected);
  });

  test("a spreadsheet with numbers, days and formatted text", async () => {
    const book = new Workbook();
    const sheet = book.addWorksheet("DS");
    sheet.addRow(["Mã", "Tên", "Từ ngày"]);
    sheet.addRow([]);
    sheet.addRow([10237, { richText: [{ text: "Xã " }, { text: "Mới" }] }, new Date("2026-02-05T00:00:00Z")]);
    const { rows } = await readSheet(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(rows).toEqual([{ row: 3, cells: { code: "10237", name: "Xã Mới", validFrom: "2026-02-05" } }]);
  });

  test.each([
    ["no table", bytesOf("Kính gửi Sở\n"), "Không thấy dòng tiêu đề"],
    ["a heading alone", bytesOf("mã,tên\n"), "chưa có đơn vị nào"],
    ["one column twice", bytesOf("mã,tên,Tên đơn vị\na,b,c\n"), 'Cột "Tên đơn vị" có hai lần.'],
    ["another encoding", new Uint8Array([0x6d, 0xe3, 0x2c]), "mã UTF-8"],
    ["a broken spreadsheet", new Uint8Array([0x50, 0x4b, 3, 4, 0]), "Không mở được bảng tính"],
  ])("refuses %s", async (_name, bytes, words) => {
    await expect(readSheet(bytes)).rejects.toMatchObject({
      code: "bad-roster",
      message: expect.stringContaining(words),
    });
  });
});

describe("the preview", () => {
  test("says what is new, renamed, moved, ended and merged", async () => {
    expect(
      await told(
        "mã,tên,tên ngắn,nhóm,trực thuộc,đến ngày,đơn vị kế thừa\n" +
          "xa-d,UBND xã D,,Xã,Đơn vị huyen,,\n" +
          "xa-a,UBND xã A,xa-a,Huyện,tinh,,\n" +
          "xa-b,Đơn vị xa-b,xa-b,Xã,huyen,05/02/2026,xa-d\n" +
          "xa-c,,,,huyen,5.2.2026,\n" +
          "tinh,,,,,,\n",
      ),
    ).toEqual([
      '2 new: Thêm UBND xã D, nhóm "Xã", trực thuộc Đơn vị huyen.',
      '3 renamed: Tên đổi từ "Đơn vị xa-a" thành "UBND xã A".',
      '3 moved: Chuyển từ nhóm "Xã" sang nhóm "Huyện".',
      "3 moved: Trực thuộc Đơn vị tinh, trước là Đơn vị huyen.",
      "4 merged: Sáp nhập vào UBND xã D, hoạt động đến hết 05/02/2026.",
      "5 ended: Hoạt động đến hết 05/02/2026.",
    ]);
  });

  test("leaves what a file does not speak of as it is", async () => {
    const { units, unchanged } = await planOf("mã,tên\nxa-a,Xã A\nxa-b,Đơn vị xa-b\n");
    expect(units).toEqual([aUnit("xa-a", { name: "Xã A", parentCode: "huyen" })]);
    expect(unchanged).toBe(1);
  });

  test("names every bad row with its number and reason", async () => {
    expect(
      await faults(
        "mã,tên,nhóm,trực thuộc,từ ngày,đến ngày,kế thừa\n" +
          ",Thôn 1,Xã,,,,\n" +
          "Thôn 2,Thôn 2,Xã,,,,\n" +
          "thon-3,,Xa lạ,khong-co,,,\n" +
          "thon-4,Thôn 4,,,31/02/2026,,\n" +
          "thon-5,Thôn 5,Xã,,05/02/2026,04/02/2026,thon-5\n" +
          "thon-6,Thôn 6,Xã,,,,xa-a\n" +
          "thon-6,Thôn 6,Xã,,,,\n" +
          "huyen,,,xa-a,,,\n",
      ),
    ).toEqual([
      "2: Còn thiếu mã.",
      '3: Mã "thôn 2" chỉ được có chữ thường không dấu, chữ số, dấu - và _.',
      "4: Còn thiếu tên.",
      "4: Còn thiếu tên ngắn.",
      '4: Không có đơn vị cấp trên "khong-co".',
      '4: Chiến dịch chưa có nhóm "Xa lạ". Xin ghi đúng tên nhóm đang dùng.',
      "5: Còn thiếu nhóm.",
      '5: "2026-02-31" không phải ngày. Xin ghi như 05/02/2026.',
      "6: Đến ngày lại trước từ ngày.",
      "6: Đơn vị thành đơn vị kế thừa của chính mình.",
      "7: Có đơn vị kế thừa thì cần ghi đến ngày nào.",
      '8: Mã "thon-6" đã có ở dòng 7.',
      "9: Đơn vị thành cấp trên của chính mình.",
    ]);
  });

  test("asks for the code where several units have the name", async () => {
    const twins = aCampaign({
      units: [...campaign.units, aUnit("thon-a", { name: "Thôn 1" }), aUnit("thon-b", { name: "Thôn 1" })],
    });
    const { faults: found } = await planOf("mã,trực thuộc\nxa-a,thôn 1\n", twins);
    expect(found).toEqual([{ row: 2, reason: 'Có nhiều đơn vị tên "thôn 1". Xin ghi mã của đơn vị.' }]);
  });

  test("does not let a line lose its way: a receiver that would report to itself", async () => {
    expect(await faults("mã,nhóm\nhuyen,Xã\n")).toEqual([
      expect.stringContaining('-: Với danh sách này, báo cáo "Báo cáo tuần" không còn đủ'),
    ]);
  });

  test("takes a village of Chương Dương, and codes whose zeros a spreadsheet dropped", async () => {
    const bundled = loadCampaign(join(__dirname, "..", "..", "..", "config"), "kh-316");
    const plan = await planOf(
      "mã,tên,nhóm,trực thuộc\nchuong-duong-thon-1,Thôn 1 xã Chương Dương,Đơn vị của xã Chương Dương,10237\n4,,,\n",
      bundled,
    );
    expect(plan.faults).toEqual([]);
    expect(plan.changes).toMatchObject([
      { row: 2, kind: "new" },
      { row: 3, code: "00004", kind: "moved" },
    ]);
  });
});
