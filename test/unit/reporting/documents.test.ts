import { describe, expect, test } from "@jest/globals";
import { Workbook } from "exceljs";
import { extractText, getDocumentProxy } from "unpdf";
import { compileDigest, type ObligationRow } from "../../../src/reporting/digest";
import type { DigestContent } from "../../../src/reporting/digest-content";
import { headingOf } from "../../../src/reporting/digest-heading";
import { digestChartSvg } from "../../../src/reporting/chart";
import { renderDigest, type DigestFormat } from "../../../src/reporting/documents/render";
import { reportOf } from "../../../src/reporting/documents/report.vi";
import { MAX_PRINTED_LINES, type Block } from "../../../src/reporting/documents/official-report";
import { inert } from "../../../src/reporting/documents/xlsx";
import { aRow, CAMPAIGN, dueOf, missing, TEMPLATE } from "../../support/digest-campaign";
import { zipEntry } from "../../support/zip-entry";

const DUE = dueOf("so-gd", "2025-W49");
const SHA256 = "ab".repeat(32);

function digestOf(rows: readonly ObligationRow[], previous: DigestContent | null = null): DigestContent {
  return compileDigest({
    heading: {
      ...headingOf(CAMPAIGN, CAMPAIGN.lines[0]!, "2025-W49"),
      period: {
        id: "2025-W49",
        startsOn: "2025-11-27",
        endsOn: "2025-12-03",
        dueAt: DUE,
        rule: "Hạn: thứ Tư.",
      },
    },
    template: TEMPLATE,
    frozenAt: DUE,
    obligations: rows,
    earlier: {},
    previous,
    corrections: [
      {
        period: "2025-W48",
        unitCode: "a",
        unitName: "Trường a",
        kind: "amended",
        version: 2,
        changes: [{ field: "tin_bai", from: 41, to: 14 }],
      },
    ],
    below: [],
    tickets: [],
  });
}

const ROWS = [
  aRow("a", { values: { tin_bai: 1250, luot_nguoi: 30, kho_khan: "Thiếu máy chiếu ở các điểm trường lẻ." } }),
  aRow("b", { position: 1, values: { tin_bai: 5, luot_nguoi: 0, kho_khan: '=HYPERLINK("http://x","y")' } }),
  missing("c", { position: 2, owesBefore: true }),
  missing("d", { position: 3, exemptReason: "đang sáp nhập" }),
];
const CONTENT = digestOf(ROWS, digestOf([aRow("a"), missing("b")]));

const bytesOf = async (format: DigestFormat, content = CONTENT) =>
  (await renderDigest({ content, sha256: SHA256 }, format)).bytes;

const textsIn = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.kind === "table" ? block.rows.map((row) => row.join(" | ")) : [block.text],
  );

describe("the administrative report", () => {
  const report = reportOf(CONTENT, { sha256: SHA256 });

  test("heads as the decree asks and leaves number, date and signature open", () => {
    expect(report).toMatchObject({
      draftMark: "DỰ THẢO",
      above: "UBND THÀNH PHỐ HÀ NỘI",
      issuer: "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
      addressee: "Kính gửi: Sở Khoa học và Công nghệ",
      signer: ["GIÁM ĐỐC"],
    });
    expect(report.number).toMatch(/^Số: +\/BC-SGDĐT$/);
    expect(report.placeAndDate).toMatch(/^Hà Nội, ngày +tháng +năm 2025$/);
    expect(report.body.at(-1)).toMatchObject({ text: expect.stringMatching(/\.\/\.$/) });
  });

  test("of a commune is signed for its People's Committee and written in the commune", () => {
    const content: DigestContent = {
      ...CONTENT,
      receiver: { code: "10237", name: "UBND xã Chương Dương", desk: "Phòng VH-XH" },
      letterhead: { ...CONTENT.letterhead, place: "Chương Dương" },
    };
    expect(reportOf(content, { sha256: SHA256 })).toMatchObject({
      above: "ỦY BAN NHÂN DÂN",
      issuer: "XÃ CHƯƠNG DƯƠNG",
      signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
      placeAndDate: expect.stringMatching(/^Chương Dương, ngày/),
    });
  });

  test("holds figures against the week before, words as written, and corrections", () => {
    const texts = textsIn(report.body);
    expect(texts).toContain("1 | Số tin, bài đăng | 1.255 | 1 | +1.254 | 1.255");
    expect(texts).toContain("III. KHÓ KHĂN, VƯỚNG MẮC");
    expect(texts).toContain("- Trường a (a): Thiếu máy chiếu ở các điểm trường lẻ.");
    expect(texts).toContain("- Trường a, tuần 48/2025: Số tin, bài đăng: đã điều chỉnh 41 → 14.");
  });

  test("lists every unit in an annex, those to call first, and the hash it was made from", () => {
    const [, units, sources] = report.annexes.map(({ blocks }) => textsIn(blocks));
    expect(units?.map((row) => row.split(" | ").slice(1, 3).join(": "))).toEqual([
      "Trường c: Chưa nộp",
      "Trường d: Được miễn",
      "Trường a: Đúng hạn, 16:00 03/12",
      "Trường b: Đúng hạn, 16:00 03/12",
    ]);
    expect(sources?.at(-1)).toContain(SHA256);
  });

  test("says beside each unit why it has to be called", () => {
    const notes = digestOf([
      aRow("a", { marks: ["tin_bai"] }),
      missing("b", { position: 1, owesBefore: true, reached: false, notReachedReason: "đã tắt tin nhắc" }),
    ]);
    const blocks = reportOf(notes, { sha256: SHA256 }).annexes[1]?.blocks ?? [];
    expect(textsIn(blocks)).toEqual([
      "1 | Trường b | Chưa nộp | hai kỳ liền chưa nộp; không gửi được tin (đã tắt tin nhắc)",
      "2 | Trường a | Đúng hạn, 16:00 03/12 | cần kiểm tra: Số tin, bài đăng",
    ]);
  });

  test("says what it leaves to the spreadsheet", () => {
    const many = digestOf(
      Array.from({ length: MAX_PRINTED_LINES + 7 }, (_, i) => missing(`m${i}`, { position: i })),
    );
    const blocks = reportOf(many, { sha256: SHA256 }).annexes[1]?.blocks ?? [];
    expect(textsIn(blocks).at(-1)).toBe("Còn 7 đơn vị nữa trong tệp bảng tính kèm theo.");
  });
});

test("the PDF counts the pages of each annex by themselves and leaves the first ones bare", async () => {
  const many = Array.from({ length: 90 }, (_, i) => missing(`m${i}`, { position: i }));
  const pdf = await getDocumentProxy(new Uint8Array(await bytesOf("pdf", digestOf(many))));
  const { text } = await extractText(pdf);
  const numbers = text.map((page) => /\n(\d+)\s*$/.exec(page)?.[1] ?? "bare");
  const annexes = text.flatMap((page, i) => (/^Phụ lục I+\s/.test(page) ? [i] : []));
  expect(annexes).toHaveLength(3);
  expect(numbers.slice(annexes[1], annexes[2])).toEqual(["bare", "2", "3"]);
  expect([0, ...annexes].map((page) => numbers[page])).toEqual(["bare", "bare", "bare", "bare"]);
  expect(numbers[1]).toBe("2");
});

test("the PDF embeds its fonts and is the same bytes each time", async () => {
  const [one, two] = [await bytesOf("pdf"), await bytesOf("pdf")];
  const raw = Buffer.from(one).toString("latin1");
  expect(raw.slice(0, 5)).toBe("%PDF-");
  expect(raw).toMatch(/FontFile2/);
  expect(raw).toMatch(/\/FontName \/[A-Z]+\+Tinos-Bold/);
  expect(Buffer.compare(one, two)).toBe(0);
});

test("the DOCX holds the head, the words and real table headers", async () => {
  const xml = zipEntry(await bytesOf("docx"), "word/document.xml");
  for (const text of [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "DỰ THẢO",
    "Thiếu máy chiếu ở các điểm trường lẻ.",
    "Nơi nhận:",
  ])
    expect(xml).toContain(text);
  expect(xml).toContain("<w:tblHeader/>");
  expect(xml).toMatch(/w:top="1134".*w:left="1701"|w:left="1701"/);
});

describe("the spreadsheet", () => {
  const open = async (content = CONTENT) => {
    const book = new Workbook();
    await book.xlsx.load(Buffer.from(await bytesOf("xlsx", content)).buffer);
    return book;
  };

  test("has one row per unit, the sums and the definitions", async () => {
    const book = await open();
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      "Đơn vị",
      "Tổng hợp",
      "Điều chỉnh",
      "Định nghĩa",
    ]);
    const units = book.getWorksheet("Đơn vị");
    expect(units?.actualRowCount).toBe(1 + ROWS.length);
    expect(units?.getRow(2).getCell(2).value).toBe("a");
    expect(units?.getRow(2).getCell(8).value).toBe(1250);
    const sums = book.getWorksheet("Tổng hợp");
    expect(sums?.getRow(3).getCell(1).value).toBe("Tổng cộng");
    expect(sums?.getRow(3).getCell(10).value).toBe(1255);
  });

  test("runs nothing that a unit wrote", async () => {
    const book = await open();
    const cells: unknown[] = [];
    book.eachSheet((sheet) => {
      sheet.eachRow((row) => {
        row.eachCell((cell) => cells.push(cell.value));
      });
    });
    expect(cells).toContain('\'=HYPERLINK("http://x","y")');
    expect(cells.filter((value) => typeof value === "string" && /^[=+\-@\t\r]/.test(value))).toEqual([]);
    expect(["=1", "+1", "-1", "@x", "\tx", "\rx", "a=1"].map(inert)).toEqual([
      "'=1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      "'\rx",
      "a=1",
    ]);
  });
});

describe("the picture", () => {
  const MAX_BYTES = 1_000_000;
  const ENOUGH_PX = 1000;

  test("is a PNG that a chat takes, drawn with letters and the same each time", async () => {
    const [one, two] = [await bytesOf("png"), await bytesOf("png")];
    const renamed = await bytesOf("png", { ...CONTENT, line: { ...CONTENT.line, name: "Ờ" } });
    const png = Buffer.from(one);
    expect(png.toString("latin1", 1, 4)).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(ENOUGH_PX);
    expect(png.length).toBeLessThan(MAX_BYTES);
    expect(Buffer.compare(one, two)).toBe(0);
    expect(Buffer.compare(one, renamed)).not.toBe(0);
  });

  test("shows each group and, from the second week on, the weeks", async () => {
    const svg = await digestChartSvg(CONTENT, "Roboto");
    expect(svg).toContain("Qua các tuần");
    expect(svg).toContain("2/3");
    expect(await digestChartSvg(digestOf(ROWS), "Roboto")).not.toContain("Qua các tuần");
  });
});
