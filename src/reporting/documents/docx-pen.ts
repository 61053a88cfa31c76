/** The few strokes that every part of a DOCX is made of. */
import { FORMAT, mmToPt } from "./official-report";

/** Loaded when the first document is asked for. */
export const loadDocx = () => import("docx");
export type Docx = Awaited<ReturnType<typeof loadDocx>>;
export type Paragraph = InstanceType<Docx["Paragraph"]>;
export type DocxTable = InstanceType<Docx["Table"]>;
type Run = Exclude<ConstructorParameters<Docx["TextRun"]>[0], string>;
type Alignment = Docx["AlignmentType"][keyof Docx["AlignmentType"]];

const TWIPS_PER_PT = 20;
/** Lengths in the file are twentieths of a point. */
export const twips = (pt: number): number => Math.round(pt * TWIPS_PER_PT);
export const mm = (value: number): number => twips(mmToPt(value));
/** Font sizes are half points. */
export const halfPoints = (pt: number): number => pt * 2;
/** What the file calls single spacing. */
export const SINGLE_SPACING = 240;
/** Line widths are eighths of a point. */
const RULE_EIGHTHS = 6;
/** An empty line just high enough to carry a border. */
const RULE_LINE_TWIPS = 40;

const A4_WIDTH_MM = 210;
/** Between the margins of an upright page. */
export const TEXT_WIDTH = mm(A4_WIDTH_MM) - mm(FORMAT.marginLeftMm + FORMAT.marginRightMm);

/** One line of text: sizes and distances in points, the indent in twips. */
export interface LineStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly align?: Alignment;
  readonly before?: number;
  readonly after?: number;
  readonly indent?: number;
  readonly keepNext?: boolean;
  readonly lineSpacing?: number;
}

interface Cell {
  readonly width: number;
  readonly children: Paragraph[];
}

export interface Pen {
  readonly align: Docx["AlignmentType"];
  /** A paragraph, in the middle unless the style says otherwise. */
  line(text: string, style: LineStyle): Paragraph;
  /** A rule of `length` twips in the middle of `width`, as the border of an empty line. */
  rule(width: number, length: number): Paragraph;
  /** Cells side by side without any line. */
  beside(cells: readonly Cell[]): DocxTable;
}

export const penOf = (docx: Docx): Pen => ({
  align: docx.AlignmentType,
  line: (text, style) => lineOf(docx, text, style),
  rule: (width, length) => ruleOf(docx, width, length),
  beside: (cells) => besideOf(docx, cells),
});

function lineOf(docx: Docx, text: string, style: LineStyle): Paragraph {
  const { size, bold = false, italics = false, before = 0, after = 0, lineSpacing = 1 } = style;
  const run: Run = { text, size: halfPoints(size), bold, italics };
  return new docx.Paragraph({
    alignment: style.align ?? docx.AlignmentType.CENTER,
    spacing: {
      before: twips(before),
      after: twips(after),
      line: Math.round(SINGLE_SPACING * lineSpacing),
      lineRule: "auto",
    },
    ...(style.indent === undefined ? {} : { indent: { firstLine: style.indent } }),
    keepNext: style.keepNext ?? false,
    children: [new docx.TextRun(run)],
  });
}

function ruleOf(docx: Docx, width: number, length: number): Paragraph {
  const side = Math.round((width - length) / 2);
  return new docx.Paragraph({
    indent: { left: side, right: side },
    spacing: { before: RULE_LINE_TWIPS, after: 0, line: RULE_LINE_TWIPS, lineRule: "exact" },
    border: { top: { style: docx.BorderStyle.SINGLE, size: RULE_EIGHTHS, color: "000000", space: 1 } },
    children: [],
  });
}

function besideOf(docx: Docx, cells: readonly Cell[]): DocxTable {
  const { BorderStyle, Table, TableCell, TableRow, WidthType } = docx;
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: cells.map(({ width }) => Math.round(width)),
    borders: {
      top: none,
      bottom: none,
      left: none,
      right: none,
      insideHorizontal: none,
      insideVertical: none,
    },
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          ({ width, children }) =>
            new TableCell({
              width: { size: Math.round(width), type: WidthType.DXA },
              margins: { left: 0, right: 0 },
              children,
            }),
        ),
      }),
    ],
  });
}
