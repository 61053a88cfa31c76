/** Draws an official report as a DOCX that an office can go on writing in. */
import {
  halfPoints,
  loadDocx,
  mm,
  penOf,
  SINGLE_SPACING,
  TEXT_WIDTH,
  twips,
  type Docx,
  type DocxTable,
  type Paragraph,
  type Pen,
} from "./docx-pen";
import {
  COUNTRY,
  FORMAT,
  MOTTO,
  type Annex,
  type Block,
  type OfficialReport,
  type Table,
} from "./official-report";

type Drawn = Paragraph | DocxTable;
type Section = ConstructorParameters<Docx["Document"]>[0]["sections"][number];

const FONT = "Times New Roman";
const A4 = { width: mm(210), height: mm(297) };
const WIDE_TEXT_WIDTH = A4.height - mm(FORMAT.marginLeftMm + FORMAT.marginRightMm);
/** The rule below the motto is as long as the motto, set bold in 13 points. */
const MOTTO_WIDTH_TWIPS = twips(168);
/** Room in which a signature and a seal are set by hand. */
const SIGNATURE_ROOM_PT = 70;

/** The document as bytes. */
export async function docxOf(report: OfficialReport): Promise<Buffer> {
  const docx = await loadDocx();
  const pen = penOf(docx);
  const document = new docx.Document({
    title: report.subject,
    creator: report.issuer,
    lastModifiedBy: report.issuer,
    styles: {
      default: {
        document: {
          run: { font: FONT, size: halfPoints(FORMAT.bodyPt), language: { value: "vi-VN" } },
          paragraph: { spacing: { line: SINGLE_SPACING, lineRule: "auto" } },
        },
      },
    },
    sections: [
      mainSection(docx, pen, report),
      ...report.annexes.map((annex) => annexSection(docx, pen, { annex, report })),
    ],
  });
  return docx.Packer.toBuffer(document);
}

function mainSection(docx: Docx, pen: Pen, report: OfficialReport): Section {
  return {
    ...sectionFrame(docx, false),
    children: [
      headOf(pen, report),
      pen.line(report.kind, { size: FORMAT.bodyPt, bold: true, before: 2 * FORMAT.paragraphGapPt }),
      pen.line(report.subject, { size: FORMAT.bodyPt, bold: true }),
      pen.rule(TEXT_WIDTH, TEXT_WIDTH / 4),
      pen.line(report.addressee, {
        size: FORMAT.bodyPt,
        before: 2 * FORMAT.paragraphGapPt,
        after: 2 * FORMAT.paragraphGapPt,
      }),
      ...report.body.slice(0, -1).map((block) => blockOf(docx, pen, block, { width: TEXT_WIDTH })),
      // A signature never stands on a page without words of its report.
      ...report.body
        .slice(-1)
        .map((block) => blockOf(docx, pen, block, { width: TEXT_WIDTH, keepNext: true })),
      closingOf(pen, report),
    ],
  };
}

function annexSection(
  docx: Docx,
  pen: Pen,
  { annex, report }: { readonly annex: Annex; readonly report: OfficialReport },
): Section {
  const width = annex.landscape ? WIDE_TEXT_WIDTH : TEXT_WIDTH;
  return {
    ...sectionFrame(docx, annex.landscape),
    children: [
      pen.line(annex.label, { size: FORMAT.bodyPt, bold: true }),
      pen.line(annex.title, { size: FORMAT.bodyPt, bold: true }),
      pen.line(report.annexReference, {
        size: FORMAT.bodyPt,
        italics: true,
        after: 2 * FORMAT.paragraphGapPt,
      }),
      ...annex.blocks.map((block) => blockOf(docx, pen, block, { width })),
    ],
  };
}

/** Margins of the decree; every part counts its own pages and hides the number of the first. */
function sectionFrame(docx: Docx, landscape: boolean): Pick<Section, "properties" | "headers"> {
  const { AlignmentType, Header, PageNumber, PageOrientation, Paragraph, TextRun } = docx;
  return {
    properties: {
      titlePage: true,
      page: {
        size: { ...A4, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: {
          top: mm(FORMAT.marginTopMm),
          bottom: mm(FORMAT.marginBottomMm),
          left: mm(FORMAT.marginLeftMm),
          right: mm(FORMAT.marginRightMm),
          header: mm(FORMAT.marginTopMm / 2),
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      first: new Header({ children: [new Paragraph({})] }),
      default: new Header({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [
              new TextRun({ children: [PageNumber.CURRENT], size: halfPoints(FORMAT.pageNumberPt) }),
            ],
          }),
        ],
      }),
    },
  };
}

function headOf(pen: Pen, report: OfficialReport): DocxTable {
  const left = TEXT_WIDTH * FORMAT.headLeft;
  const right = TEXT_WIDTH * FORMAT.headRight;
  return pen.beside([
    {
      width: left,
      children: [
        pen.line(report.above, { size: FORMAT.headPt }),
        pen.line(report.issuer, { size: FORMAT.headPt, bold: true }),
        pen.rule(left, left / 3),
        pen.line(report.number, { size: FORMAT.numberPt, before: FORMAT.paragraphGapPt }),
        pen.line(report.draftMark, { size: FORMAT.numberPt, bold: true }),
      ],
    },
    {
      width: right,
      children: [
        pen.line(COUNTRY, { size: FORMAT.headPt, bold: true }),
        pen.line(MOTTO, { size: FORMAT.mottoPt, bold: true }),
        pen.rule(right, MOTTO_WIDTH_TWIPS),
        pen.line(report.placeAndDate, { size: FORMAT.datePt, italics: true, before: FORMAT.paragraphGapPt }),
      ],
    },
  ]);
}

function closingOf(pen: Pen, report: OfficialReport): DocxTable {
  const left = pen.align.LEFT;
  return pen.beside([
    {
      width: TEXT_WIDTH * 0.45,
      children: [
        pen.line(report.recipientsTitle, {
          size: FORMAT.recipientsTitlePt,
          bold: true,
          italics: true,
          align: left,
        }),
        ...report.recipients.map((text) => pen.line(text, { size: FORMAT.recipientsPt, align: left })),
      ],
    },
    {
      width: TEXT_WIDTH * 0.55,
      children: [
        ...report.signer.map((text) => pen.line(text, { size: FORMAT.bodyPt, bold: true })),
        pen.line("", { size: FORMAT.bodyPt, after: SIGNATURE_ROOM_PT }),
      ],
    },
  ]);
}

interface Place {
  readonly width: number;
  /** Stays on the page of what follows. */
  readonly keepNext?: boolean;
}

function blockOf(docx: Docx, pen: Pen, block: Block, { width, keepNext = false }: Place): Drawn {
  const after = FORMAT.paragraphGapPt;
  const { JUSTIFIED, LEFT } = pen.align;
  switch (block.kind) {
    case "section":
    case "clause":
      return pen.line(block.text, {
        size: FORMAT.bodyPt,
        bold: true,
        align: LEFT,
        after,
        before: after,
        keepNext: true,
      });
    case "note":
      return pen.line(block.text, { size: FORMAT.tablePt, italics: true, align: LEFT, after, before: after });
    case "bullet":
    case "paragraph":
      return pen.line(block.text, {
        size: FORMAT.bodyPt,
        align: JUSTIFIED,
        after,
        lineSpacing: FORMAT.lineSpacing,
        indent: mm(FORMAT.firstLineMm),
        keepNext,
      });
    case "table":
      return tableOf(docx, pen, block, width);
  }
}

function tableOf(docx: Docx, pen: Pen, { columns, rows, hasSum, compact }: Table, width: number): DocxTable {
  const { Table, TableCell, TableRow, VerticalAlignTable, WidthType } = docx;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.round((width * share) / shares));
  const size = compact ? FORMAT.compactTablePt : FORMAT.tablePt;
  const aligned = { left: pen.align.LEFT, center: pen.align.CENTER, right: pen.align.RIGHT };
  const cell = (text: string, column: number, bold: boolean, header = false) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      margins: { left: twips(3), right: twips(3), top: twips(2), bottom: twips(2) },
      verticalAlign: header ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
      children: [
        pen.line(text, {
          size,
          bold,
          align: header ? aligned.center : aligned[columns[column]?.align ?? "left"],
        }),
      ],
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, column) => cell(title, column, true, true)),
      }),
      ...rows.map(
        (row, i) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, column) => cell(text, column, hasSum && i === rows.length - 1)),
          }),
      ),
    ],
  });
}
