/** An office's own questions and answers come in: what is taken, what is refused and in which words. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import exceljs from "exceljs";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, frozenAt } from "../../../src/core/clock";
import { loadKnowledge } from "../../../src/knowledge/entries";
import { approve } from "../../../src/knowledge/imports/approve";
import { approvedFolders } from "../../../src/knowledge/imports/folders";
import { importFile, type Imported } from "../../../src/knowledge/imports/import";
import { createKnowledge } from "../../../src/knowledge/knowledge";
import { smallKnowledge } from "../../support/small-knowledge";

const today = "2026-04-01";
let dataDir = "";
let knowledgeDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "imports-"));
  knowledgeDir = smallKnowledge(dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const rooms = () => ({ knowledgeDir, dataDir, today });
const pathOf = (name: string): string => join(dataDir, name);

function importCsv(text: string, name = "hoi-dap"): Promise<Imported> {
  writeFileSync(pathOf("Hỏi đáp.csv"), text);
  return importFile({ file: pathOf("Hỏi đáp.csv"), name }, rooms());
}

type Cells = readonly (exceljs.CellValue | undefined)[];

async function importSheets(sheets: Readonly<Record<string, readonly Cells[]>>): Promise<Imported> {
  const book = new exceljs.Workbook();
  for (const [name, rows] of Object.entries(sheets))
    book.addWorksheet(name).addRows(rows.map((row) => [...row]));
  await book.xlsx.writeFile(pathOf("bo-hoi-dap.xlsx"));
  return importFile({ file: pathOf("bo-hoi-dap.xlsx") }, rooms());
}

const draftEntries = ({ folder, name }: Imported) =>
  loadKnowledge(knowledgeDir, [folder]).entries.filter(({ topic }) => topic === name);

const HEAD = "Câu hỏi,Trả lời,Nguồn/Căn cứ,Ngày";
const DESK_ROW =
  "Bàn hỗ trợ chuyển đổi số của phường mở mấy giờ?,Từ 8 giờ đến 17 giờ.,Thông báo 12/TB-UBND,5/3/2026";

describe("a CSV file", () => {
  test("a good row becomes an entry with its source and day", async () => {
    const imported = await importCsv(`${HEAD}\n${DESK_ROW}\n`);
    expect(imported).toMatchObject({ taken: 1, refusals: [], notes: [] });
    expect(draftEntries(imported)).toMatchObject([
      {
        id: "hoi-dap-2",
        question: "Bàn hỗ trợ chuyển đổi số của phường mở mấy giờ?",
        answer: "Từ 8 giờ đến 17 giờ.",
        document: "Thông báo 12/TB-UBND",
        asOf: "2026-03-05",
      },
    ]);
  });

  test("every broken row is named with its number and what is wrong, and the others are taken", async () => {
    const imported = await importCsv(
      [
        HEAD,
        DESK_ROW,
        "Bàn hỗ trợ có mất phí không?,,Thông báo 12/TB-UBND,5/3/2026",
        "Bàn hỗ trợ có mở thứ Bảy không?,Có.,,5/3/2026",
        "Bàn hỗ trợ đặt ở đâu?,Ở nhà văn hóa.,Thông báo 12/TB-UBND,31/2/2026",
        "Bàn hỗ trợ do ai trực?,Do Đoàn Thanh niên.,Thông báo 12/TB-UBND,1/1/2206",
        "ban ho tro chuyen doi so cua phuong mo may gio,Lại hỏi.,Thông báo 12/TB-UBND,5/3/2026",
        "Nghị quyết 30/2025/NQ-HĐND quy định về vấn đề gì?,Về quỹ.,Thông báo 12/TB-UBND,5/3/2026",
        ",,,x",
        "Bàn hỗ trợ có điện thoại không?,Có, gọi số của phường.,Thông báo 12/TB-UBND,5/3/2026",
        `Bàn hỗ trợ làm những gì?,${"Hướng dẫn. ".repeat(200)},Thông báo 12/TB-UBND,5/3/2026`,
      ].join("\n"),
    );
    expect(imported.taken).toBe(1);
    expect(imported.refusals).toEqual([
      "Dòng 3: thiếu câu trả lời",
      "Dòng 4: thiếu nguồn (căn cứ)",
      'Dòng 5: không đọc được ngày "31/2/2026"; xin ghi như 29/9/2025',
      'Dòng 6: ngày "1/1/2206" chưa tới',
      "Dòng 7: câu hỏi trùng với dòng 2",
      "Dòng 8: câu hỏi đã có trong bộ hỏi đáp (mục nq30-la-gi)",
      expect.stringMatching(
        /^Dòng 9: thiếu câu hỏi; thiếu câu trả lời; thiếu nguồn \(căn cứ\); không đọc được ngày/,
      ),
      expect.stringMatching(/^Dòng 10: có nhiều ô hơn dòng tiêu đề/),
      expect.stringMatching(/^Dòng 11: câu trả lời dài 2199 ký tự/),
    ]);
  });

  test("separated by semicolons, with other headings, a title above and a column nobody uses", async () => {
    const imported = await importCsv(
      [
        "BỘ HỎI ĐÁP CỦA PHƯỜNG",
        "STT;Nội dung hỏi;Đáp;Cơ sở pháp lý;Thời điểm;Cách hỏi khác",
        '1;Bàn hỗ trợ mở mấy giờ?;"Từ 8 giờ; nghỉ trưa.";Thông báo 12;ngày 5 tháng 3 năm 2026;giờ mở bàn hỗ trợ | bàn hỗ trợ mở mấy giờ',
      ].join("\n"),
    );
    expect(draftEntries(imported)).toMatchObject([
      { answer: "Từ 8 giờ; nghỉ trưa.", phrasings: ["Bàn hỗ trợ mở mấy giờ?", "giờ mở bàn hỗ trợ"] },
    ]);
    expect(imported.notes).toEqual([
      "Dòng 1: đứng trên dòng tiêu đề, không lấy",
      'Dòng 2: cột "STT" không dùng đến',
      'Dòng 3: bỏ cách hỏi khác "bàn hỗ trợ mở mấy giờ": câu hỏi trùng với dòng 3',
    ]);
  });

  test.each([
    ["without columns", "a,b\n1,2\n", "Dòng 1: chưa thấy dòng tiêu đề có hai cột câu hỏi và câu trả lời"],
    ["without source and date", "Câu hỏi,Trả lời\nA?,B\n", "Dòng 1: thiếu cột nguồn, ngày"],
  ])("%s: nothing is taken or written", async (_, text, refusal) => {
    const imported = await importCsv(text);
    expect(imported).toMatchObject({ taken: 0, refusals: [refusal] });
    expect(existsSync(imported.folder)).toBe(false);
  });

  test("in another encoding is refused with the way out", async () => {
    writeFileSync(pathOf("cu.csv"), Buffer.from([0x43, 0xe2, 0x75, 0x20]));
    await expect(importFile({ file: pathOf("cu.csv") }, rooms())).rejects.toThrow(/UTF-8/);
  });
});

describe("a spreadsheet", () => {
  const HEADER = ["Câu hỏi", "Câu trả lời", "Căn cứ", "Ngày cập nhật"];
  const SOURCE = "Thông báo 12/TB-UBND";
  const day = new Date("2026-03-05T00:00:00Z");

  test("formulas count by their saved value; one without is refused, as is an error", async () => {
    const imported = await importSheets({
      "Bộ 1": [
        HEADER,
        ["Bàn hỗ trợ mở mấy giờ?", { formula: 'A1&"x"', result: "Từ 8 giờ." }, SOURCE, day],
        ["Bàn hỗ trợ ở đâu?", { formula: "B9" }, SOURCE, day],
        ["Bàn hỗ trợ do ai trực?", { formula: "1/0", result: { error: "#DIV/0!" } }, SOURCE, day],
        [
          { richText: [{ text: "Bàn hỗ trợ " }, { text: "có mất phí không?" }] },
          "Không.",
          SOURCE,
          "5.3.2026",
        ],
      ],
    });
    expect(draftEntries(imported)).toMatchObject([
      { answer: "Từ 8 giờ.", asOf: "2026-03-05" },
      { question: "Bàn hỗ trợ có mất phí không?", asOf: "2026-03-05" },
    ]);
    expect(imported.refusals).toEqual([
      'Dòng 3: ô "trả lời" là công thức chưa có giá trị hoặc báo lỗi; xin dán lại dạng giá trị',
      'Dòng 4: ô "trả lời" là công thức chưa có giá trị hoặc báo lỗi; xin dán lại dạng giá trị',
    ]);
  });

  test("every sheet is read, and one without the columns is named", async () => {
    const imported = await importSheets({
      "Phường A": [HEADER, ["Bàn hỗ trợ mở mấy giờ?", "Từ 8 giờ.", SOURCE, day]],
      "Phường B": [HEADER, ["Bàn hỗ trợ mở mấy giờ?", "Từ 9 giờ.", SOURCE, day]],
      "Ghi chú": [["Người lập: phòng Văn hóa"]],
    });
    expect(imported.taken).toBe(1);
    expect(imported.refusals).toEqual([
      'Trang "Phường B", dòng 2: câu hỏi trùng với trang "Phường A", dòng 2',
      expect.stringMatching(/^Trang "Ghi chú", dòng 1: chưa thấy dòng tiêu đề/),
    ]);
  });

  test("that is none is refused by name", async () => {
    writeFileSync(pathOf("hong.xlsx"), "not a spreadsheet");
    await expect(importFile({ file: pathOf("hong.xlsx") }, rooms())).rejects.toThrow(
      /Không đọc được tệp hong.xlsx/,
    );
    await expect(importFile({ file: pathOf("anh.png") }, rooms())).rejects.toThrow(
      /Chưa nhận được tệp anh.png/,
    );
  });
});

describe("approval", () => {
  const engine = () =>
    createKnowledge(loadKnowledge(knowledgeDir, approvedFolders(dataDir)), frozenAt(at(today, "08:00")));
  const QUESTION = "ban ho tro chuyen doi so cua phuong mo may gio vay";

  test("nobody is answered from a draft; from the next start on after approval everybody is", async () => {
    await importCsv(`${HEAD}\n${DESK_ROW}\n`);
    expect(engine().ask(QUESTION, []).entryIds).not.toContain("hoi-dap-2");
    expect(approve("hoi-dap", rooms())).toMatchObject({ count: 1 });
    expect(engine().ask(QUESTION, [])).toMatchObject({
      kind: "answer",
      entryIds: ["hoi-dap-2"],
      text: "Từ 8 giờ đến 17 giờ.\nNguồn: Thông báo 12/TB-UBND.\nCập nhật đến 05/03/2026.",
    });
    expect(readdirSync(join(dataDir, "imports"))).toEqual([]);
  });

  test("a draft that an edit has broken stays a draft and says where", async () => {
    const { folder } = await importCsv(`${HEAD}\n${DESK_ROW}\n`);
    const file = join(folder, "general.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("asOf: 2026-03-05", "asOf: hôm qua"));
    expect(() => approve(folder, rooms())).toThrow(/hoi-dap\/general.yaml:\d+: entries.0.asOf/);
    writeFileSync(file, text.replace(/ {4}document:.*\n/, ""));
    expect(() => approve(folder, rooms())).toThrow(/hoi-dap-2: has neither facts nor a document/);
    expect(approvedFolders(dataDir)).toEqual([]);
  });

  test("drafts under review and what is in use are never overwritten", async () => {
    await importCsv(`${HEAD}\n${DESK_ROW}\n`);
    await expect(importCsv(`${HEAD}\n${DESK_ROW}\n`)).rejects.toThrow(/Đã có thư mục .*imports/);
    approve("hoi-dap", rooms());
    await expect(importCsv(`${HEAD}\n${DESK_ROW}\n`)).rejects.toThrow(/Đã có thư mục .*knowledge/);
    expect(await importCsv(`${HEAD}\n${DESK_ROW}\n`, "lan-hai")).toMatchObject({
      taken: 0,
      refusals: ["Dòng 2: câu hỏi đã có trong bộ hỏi đáp (mục hoi-dap-2)"],
    });
  });

  test("only drafts can be approved", () => {
    mkdirSync(pathOf("other"));
    expect(() => approve(pathOf("other"), rooms())).toThrow(/Không có bản nháp/);
    expect(() => approve("..", rooms())).toThrow(/Không có bản nháp/);
  });
});
