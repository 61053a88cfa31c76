/** The text of a resolution comes in as passages that can be cited, whatever it was saved as. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Document, Packer, Paragraph } from "docx";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pdfmake from "pdfmake";
import { at, frozenAt } from "../../../src/core/clock";
import { LONGEST_ANSWER, LONGEST_MORE, loadKnowledge } from "../../../src/knowledge/entries";
import { approve } from "../../../src/knowledge/imports/approve";
import { approvedFolders } from "../../../src/knowledge/imports/folders";
import { importFile, type Imported } from "../../../src/knowledge/imports/import";
import { createKnowledge } from "../../../src/knowledge/knowledge";
import { serif } from "../../../src/reporting/documents/fonts";
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
const entriesOf = ({ folder, name }: Imported) =>
  loadKnowledge(knowledgeDir, [folder]).entries.filter(({ topic }) => topic === name);

function importText(text: string, order: { document?: string; date?: string } = {}): Promise<Imported> {
  writeFileSync(pathOf("nq-77.txt"), text);
  return importFile({ file: pathOf("nq-77.txt"), ...order }, rooms());
}

const SENTENCE = "Các cơ quan, đơn vị, cá nhân có liên quan thực hiện đúng quy định của Nghị quyết này. ";
const HEAD = [
  "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÀ NỘI",
  "Số: 77/2026/NQ-HĐND",
  "Hà Nội, ngày 10 tháng 3 năm 2026",
  "NGHỊ QUYẾT",
  "Căn cứ Luật số 39/2024/QH15 ngày 28 tháng 6 năm 2024;",
];
const RESOLUTION = [
  ...HEAD,
  "Chương I",
  "QUY ĐỊNH CHUNG",
  "Điều 1. Phạm vi điều chỉnh",
  "Nghị quyết này quy định mức hỗ trợ bàn hướng dẫn chuyển đổi số tại các xã, phường.",
  "Điều 2. Mức hỗ trợ",
  `1. Hỗ trợ một lần 50 triệu đồng cho mỗi bàn hướng dẫn. ${SENTENCE.repeat(3).trim()}`,
  `2. Hỗ trợ hằng tháng 2 triệu đồng theo Điều 1. ${SENTENCE.repeat(3).trim()}`,
  "Điều 3. Tổ chức thực hiện",
  "a) Ủy ban nhân dân các cấp thực hiện.",
  "b) Hội đồng nhân dân giám sát.",
  "Nơi nhận:",
  "- Lưu: VT.",
];
const CLAUSE_TWO = `2. Hỗ trợ hằng tháng 2 triệu đồng theo Điều 1. ${SENTENCE.repeat(3).trim()}`;

async function docxOf(lines: readonly string[]): Promise<void> {
  const sections = [{ children: lines.map((text) => new Paragraph({ text })) }];
  writeFileSync(pathOf("nq-77.docx"), await Packer.toBuffer(new Document({ sections })));
}

async function pdfOf(content: readonly string[]): Promise<void> {
  const faces = serif();
  pdfmake.setFonts({ Serif: faces });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => Object.values(faces).includes(path));
  const pdf = pdfmake.createPdf({
    content: [...content],
    defaultStyle: { font: "Serif" },
    footer: (page) => ({ text: String(page), alignment: "center" }),
  });
  writeFileSync(pathOf("nq-77.pdf"), await pdf.getBuffer());
}

describe.each([
  ["Word", "nq-77.docx", () => docxOf(RESOLUTION)],
  ["PDF", "nq-77.pdf", () => pdfOf(RESOLUTION)],
  ["text", "nq-77.txt", () => writeFile(pathOf("nq-77.txt"), RESOLUTION.join("\n\n"))],
])("a resolution as %s", (_, file, make) => {
  test("is quoted by article, a long one by clause, each with its place and day", async () => {
    await make();
    const imported = await importFile({ file: pathOf(file) }, rooms());
    expect(imported.refusals).toEqual([]);
    expect(entriesOf(imported)).toMatchObject([
      { id: "nq-77-dieu-1", clause: "Điều 1", keywords: ["Phạm vi điều chỉnh", "QUY ĐỊNH CHUNG"] },
      { id: "nq-77-dieu-2-khoan-1", clause: "Khoản 1 Điều 2" },
      {
        id: "nq-77-dieu-2-khoan-2",
        question: "Điều 2 khoản 2 của Nghị quyết 77/2026/NQ-HĐND quy định gì?",
        answer: `Điều 2. Mức hỗ trợ\n${CLAUSE_TWO}`,
        document: "Nghị quyết 77/2026/NQ-HĐND",
        clause: "Khoản 2 Điều 2",
        asOf: "2026-03-10",
        quoted: true,
      },
      { id: "nq-77-dieu-3", answer: expect.stringMatching(/^Điều 3[\s\S]*\na\) [\s\S]*giám sát\.$/) },
    ]);
    expect(imported.notes).toEqual([
      expect.stringMatching(/Dòng \d+: 2 đoạn từ đây \(nơi nhận/),
      expect.stringMatching(/\d đoạn trước Điều 1/),
    ]);
  });
});

describe("a document", () => {
  test("once approved, answers the question for its clause word for word and says where it stands", async () => {
    await importText(RESOLUTION.join("\n"));
    approve("nq-77", rooms());
    const knowledge = loadKnowledge(knowledgeDir, approvedFolders(dataDir));
    const engine = createKnowledge(knowledge, frozenAt(at(today, "08:00")));
    expect(engine.ask("khoản 2 điều 2 nghị quyết 77/2026/nq-hđnd", [])).toMatchObject({
      kind: "answer",
      entryIds: ["nq-77-dieu-2-khoan-2"],
      text: `Trích nguyên văn:\nĐiều 2. Mức hỗ trợ\n${CLAUSE_TWO}\nNguồn: Khoản 2 Điều 2 Nghị quyết 77/2026/NQ-HĐND.\nCập nhật đến 10/03/2026.`,
    });
    expect(engine.ask("điều 3 nghị quyết 77/2026 quy định gì", []).entryIds).toEqual(["nq-77-dieu-3"]);
  });

  test("loses no word of a long clause: by points, and in parts where a point is too long", async () => {
    const long = Array.from({ length: 60 }, (_, i) => `Câu thứ ${i + 1} của điểm này nói về việc thực hiện.`);
    const imported = await importText(
      [
        ...HEAD,
        "Điều 1. Nội dung",
        "1. Gồm các việc sau:",
        `a) ${SENTENCE.repeat(4).trim()}`,
        ...["b", "c", "d"].map((mark) => `${mark}) ${mark}. ${SENTENCE.repeat(5).trim()}`),
        `đ) ${long.join(" ")}`,
      ].join("\n\n"),
    );
    const entries = entriesOf(imported);
    expect(entries.map(({ id }) => id.replace("nq-77-dieu-1-khoan-1-", ""))).toEqual([
      "diem-a",
      "diem-b",
      "diem-c",
      "diem-d",
      "diem-dd",
      "diem-dd-phan-2",
    ]);
    const said = entries.slice(4).map(({ answer, more }) => `${answer} ${more ?? ""}`.trim());
    expect(said.join(" ").replace(/\s+/g, " ")).toBe(
      `Điều 1. Nội dung 1. Gồm các việc sau: đ) ${long.join(" ")}`,
    );
    for (const { answer, more } of entries) {
      expect(answer.length).toBeLessThanOrEqual(LONGEST_ANSWER);
      expect(more?.length ?? 0).toBeLessThanOrEqual(LONGEST_MORE);
    }
  });

  test("a reference at the head of a broken line begins no article, and a jump is told", async () => {
    const imported = await importText(
      [
        ...HEAD,
        "Điều 1. Áp dụng",
        "Việc hỗ trợ các bàn hướng dẫn chuyển đổi số cộng đồng thực hiện theo",
        "Điều 5 Luật Thủ đô và các văn bản hướng dẫn.",
        "Điều 3. Hiệu lực",
        "Từ ngày ký.",
      ].join("\n"),
    );
    expect(entriesOf(imported).map(({ answer }) => answer)).toEqual([
      "Điều 1. Áp dụng\nViệc hỗ trợ các bàn hướng dẫn chuyển đổi số cộng đồng thực hiện theo Điều 5 Luật Thủ đô và các văn bản hướng dẫn.",
      "Điều 3. Hiệu lực\nTừ ngày ký.",
    ]);
    expect(imported.notes.join("\n")).toContain("sau Điều 1 là Điều 3");
  });

  test("what was passed together with it begins anew and is cited so", async () => {
    const attached = [
      "QUY ĐỊNH",
      "(Kèm theo Nghị quyết)",
      "Điều 1. Đối tượng",
      "Các xã, phường.",
      "Điều 2. Mức",
      "50 triệu.",
    ];
    const imported = await importText(
      [...HEAD, "Điều 1. Ban hành kèm theo Quy định.", ...attached].join("\n"),
    );
    expect(entriesOf(imported)).toMatchObject([
      { id: "nq-77-dieu-1", document: "Nghị quyết 77/2026/NQ-HĐND" },
      { id: "nq-77-kem-1-dieu-1", document: "Nghị quyết 77/2026/NQ-HĐND (văn bản kèm theo)" },
      {
        id: "nq-77-kem-1-dieu-2",
        phrasings: expect.arrayContaining(["Điều 2 của Nghị quyết 77/2026/NQ-HĐND quy định gì?"]),
      },
    ]);
  });

  test("that does not say its number or day is taken when the order says them", async () => {
    const text = "Điều 1. Áp dụng\nTại các xã, phường.";
    expect(await importText(text)).toMatchObject({
      taken: 0,
      refusals: [expect.stringContaining("--document"), expect.stringContaining("--date")],
    });
    const imported = await importText(text, { document: "Quy chế chợ", date: "1/2/2026" });
    expect(entriesOf(imported)).toMatchObject([{ document: "Quy chế chợ", asOf: "2026-02-01" }]);
  });

  test("without articles, or a scan without text, is refused", async () => {
    expect(await importText(HEAD.join("\n"))).toMatchObject({
      taken: 0,
      refusals: [expect.stringContaining("không thấy điều nào")],
    });
    await pdfOf([]);
    await expect(importFile({ file: pathOf("nq-77.pdf") }, rooms())).rejects.toThrow(/không có chữ/);
  });
});
