/** Draws an official report as a PDF with the fonts inside. */
import type {
  Content,
  ContentSection,
  DynamicContent,
  TableCell,
  TDocumentDefinitions,
} from "pdfmake/interfaces";
import { asDate, type Instant } from "../../core/clock";
import { serif } from "./fonts";
import {
  COUNTRY,
  FORMAT,
  mmToPt,
  MOTTO,
  type Annex,
  type Block,
  type OfficialReport,
  type Table,
} from "./official-report";

const A4_WIDTH_PT = mmToPt(210);
const A4_HEIGHT_PT = mmToPt(297);
const SIDE_MARGINS_PT = mmToPt(FORMAT.marginLeftMm + FORMAT.marginRightMm);
const TEXT_WIDTH_PT = A4_WIDTH_PT - SIDE_MARGINS_PT;
const WIDE_TEXT_WIDTH_PT = A4_HEIGHT_PT - SIDE_MARGINS_PT;
/** Room in which a signature and a seal are set by hand. */
const SIGNATURE_ROOM_PT = 70;
const RULE_PT = 0.75;
const CELL_PADDING_PT = 3;

/** `madeAt` stands in the file as its date: the same report and instant give the same bytes. */
export const pdfOf = (report: OfficialReport, madeAt: Instant): Promise<Buffer> =>
  printPdf(definitionOf(report, madeAt));

/** Prints in our one typeface, named `Serif`; nothing is fetched, and no other file is read. */
export async function printPdf(definition: TDocumentDefinitions): Promise<Buffer> {
  const { default: pdfmake } = await import("pdfmake");
  const faces = serif();
  pdfmake.setFonts({ Serif: faces });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => Object.values(faces).includes(path));
  return pdfmake.createPdf(definition).getBuffer();
}

function definitionOf(report: OfficialReport, madeAt: Instant): TDocumentDefinitions {
  return {
    pageSize: "A4",
    pageMargins: [FORMAT.marginLeftMm, FORMAT.marginTopMm, FORMAT.marginRightMm, FORMAT.marginBottomMm].map(
      mmToPt,
    ) as [number, number, number, number],
    defaultStyle: { font: "Serif", fontSize: FORMAT.bodyPt, lineHeight: FORMAT.lineSpacing },
    info: { title: report.subject, creationDate: asDate(madeAt), modDate: asDate(madeAt) },
    content: [
      { section: mainOf(report), header: numbered() },
      ...report.annexes.map((annex) => annexOf(annex, report.annexReference)),
    ],
  };
}

/** Numbers from 1, the first page bare; report and annexes are each counted by themselves, as the decree asks. */
function numbered(): DynamicContent {
  let first: number | null = null;
  return (page) => {
    first ??= page;
    return page === first
      ? null
      : {
          text: String(page - first + 1),
          alignment: "center",
          fontSize: FORMAT.pageNumberPt,
          margin: [0, mmToPt(FORMAT.marginTopMm / 2), 0, 0],
        };
  };
}

const mainOf = (report: OfficialReport): Content[] => [
  headOf(report),
  titleOf(report),
  ...report.body.slice(0, -1).map((block) => blockOf(block, TEXT_WIDTH_PT)),
  // A signature never stands on a page without words of its report.
  {
    unbreakable: true,
    stack: [...report.body.slice(-1).map((block) => blockOf(block, TEXT_WIDTH_PT)), closingOf(report)],
  },
];

function headOf(report: OfficialReport): Content {
  const left = TEXT_WIDTH_PT * FORMAT.headLeft;
  const right = TEXT_WIDTH_PT * FORMAT.headRight;
  return {
    columns: [
      {
        width: left,
        stack: [
          { text: report.above, fontSize: FORMAT.headPt },
          { text: report.issuer, fontSize: FORMAT.headPt, bold: true },
          rule(left / 3),
          { text: report.number, fontSize: FORMAT.numberPt, margin: [0, FORMAT.paragraphGapPt, 0, 0] },
          { text: report.draftMark, fontSize: FORMAT.numberPt, bold: true },
        ],
        alignment: "center",
      },
      {
        width: right,
        stack: [
          { text: COUNTRY, fontSize: FORMAT.headPt, bold: true },
          { text: MOTTO, fontSize: FORMAT.mottoPt, bold: true },
          rule(MOTTO_WIDTH_PT),
          {
            text: report.placeAndDate,
            fontSize: FORMAT.datePt,
            italics: true,
            margin: [0, FORMAT.paragraphGapPt, 0, 0],
          },
        ],
        alignment: "center",
      },
    ],
    lineHeight: 1.1,
    margin: [0, 0, 0, 2 * FORMAT.paragraphGapPt],
  };
}

/** The rule below the motto is as long as the motto, set bold in 13 points. */
const MOTTO_WIDTH_PT = 168;

const rule = (length: number): Content => ({
  canvas: [{ type: "line", x1: 0, x2: length, y1: 1, y2: 1, lineWidth: RULE_PT }],
  alignment: "center",
});

const titleOf = (report: OfficialReport): Content => ({
  stack: [
    { text: report.kind, bold: true, alignment: "center" },
    { text: report.subject, bold: true, alignment: "center" },
    rule(TEXT_WIDTH_PT / 4),
    { text: report.addressee, alignment: "center", margin: [0, 2 * FORMAT.paragraphGapPt, 0, 0] },
  ],
  margin: [0, FORMAT.paragraphGapPt, 0, 2 * FORMAT.paragraphGapPt],
});

function blockOf(block: Block, width: number): Content {
  const below: [number, number, number, number] = [0, 0, 0, FORMAT.paragraphGapPt];
  switch (block.kind) {
    case "section":
      return { text: block.text, bold: true, margin: below, headlineLevel: 1 };
    case "clause":
      return { text: block.text, bold: true, margin: below };
    case "note":
      return { text: block.text, italics: true, fontSize: FORMAT.tablePt, margin: below };
    case "bullet":
    case "paragraph":
      return {
        text: unbroken(block.text),
        alignment: "justify",
        leadingIndent: mmToPt(FORMAT.firstLineMm),
        margin: below,
      };
    case "table":
      return tableOf(block, width);
  }
}

/** Lines are not broken at the hyphen of a code, and justified text puts no room behind it. */
const unbroken = (text: string): string => text.replace(/(?<=\S)-(?=\S)/g, "\u2011");

function tableOf({ columns, rows, hasSum, compact }: Table, width: number): Content {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const inner = width - columns.length * (2 * CELL_PADDING_PT + RULE_PT) - RULE_PT;
  const cell = (text: string, column: number, bold: boolean): TableCell => ({
    text,
    bold,
    alignment: columns[column]?.align ?? "left",
  });
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: columns.map(({ share }) => (inner * share) / shares),
      body: [
        columns.map(({ title }): TableCell => ({ text: title, bold: true, alignment: "center" })),
        ...rows.map((row, i) => row.map((text, c) => cell(text, c, hasSum && i === rows.length - 1))),
      ],
    },
    layout: {
      hLineWidth: () => RULE_PT,
      vLineWidth: () => RULE_PT,
      paddingLeft: () => CELL_PADDING_PT,
      paddingRight: () => CELL_PADDING_PT,
      paddingTop: () => 2,
      paddingBottom: () => 2,
    },
    fontSize: compact ? FORMAT.compactTablePt : FORMAT.tablePt,
    lineHeight: 1.05,
    margin: [0, 0, 0, FORMAT.paragraphGapPt],
  };
}

const closingOf = (report: OfficialReport): Content => ({
  columns: [
    {
      width: "45%",
      stack: [
        { text: report.recipientsTitle, fontSize: FORMAT.recipientsTitlePt, bold: true, italics: true },
        ...report.recipients.map((text): Content => ({ text, fontSize: FORMAT.recipientsPt })),
      ],
    },
    {
      width: "55%",
      stack: [
        ...report.signer.map((text): Content => ({ text, bold: true })),
        { text: "", margin: [0, 0, 0, SIGNATURE_ROOM_PT] },
      ],
      alignment: "center",
    },
  ],
  margin: [0, FORMAT.paragraphGapPt, 0, 0],
});

function annexOf(annex: Annex, reference: string): ContentSection {
  const width = annex.landscape ? WIDE_TEXT_WIDTH_PT : TEXT_WIDTH_PT;
  return {
    pageOrientation: annex.landscape ? "landscape" : "portrait",
    header: numbered(),
    section: [
      {
        stack: [
          { text: annex.label, bold: true },
          { text: annex.title, bold: true },
          { text: reference, italics: true },
        ],
        alignment: "center",
        margin: [0, 0, 0, 2 * FORMAT.paragraphGapPt],
      },
      ...annex.blocks.map((block) => blockOf(block, width)),
    ],
  };
}
