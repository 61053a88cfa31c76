/**
 * An administrative report before it has a file format: what stands where, in the terms of Nghị định 30/2020.
 * The PDF and the DOCX are two drawings of the same report.
 */
export interface Column {
  readonly title: string;
  /** Share of the width of the table. */
  readonly share: number;
  readonly align: "left" | "center" | "right";
}

export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is a sum and stands out. */
  readonly hasSum: boolean;
  /** Many columns or very many rows: set smaller. */
  readonly compact: boolean;
}

export type Block =
  /** `I. TÌNH HÌNH CHUNG` */
  | { readonly kind: "section"; readonly text: string }
  /** `1. Số liệu` */
  | { readonly kind: "clause"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "bullet"; readonly text: string }
  | Table;

export interface Annex {
  readonly label: string;
  readonly title: string;
  readonly landscape: boolean;
  readonly blocks: readonly Block[];
}

export interface OfficialReport {
  readonly draftMark: string;
  readonly above: string;
  readonly issuer: string;
  /** Number and date are left open: an office gives them when it signs. */
  readonly number: string;
  readonly placeAndDate: string;
  readonly kind: string;
  readonly subject: string;
  readonly addressee: string;
  readonly body: readonly Block[];
  readonly recipientsTitle: string;
  readonly recipients: readonly string[];
  readonly signer: readonly string[];
  readonly annexes: readonly Annex[];
  /** `(Kèm theo Báo cáo số …)`: under the title of each annex. */
  readonly annexReference: string;
}

/** What a document says of the frozen record it was made from. */
export interface DocumentMeta {
  readonly sha256: string;
}

/** Longer lists are not read on paper and take seconds to lay out: with these a first PDF of 10,000 units needs 2.7 s of processor time; the spreadsheet holds all of them. */
export const MAX_PRINTED_LINES = 400;

export const COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
export const MOTTO = "Độc lập - Tự do - Hạnh phúc";

/** Sizes in points and distances of Nghị định 30/2020, Phụ lục I, each within the range that it allows. */
export const FORMAT = {
  marginTopMm: 20,
  marginBottomMm: 20,
  marginLeftMm: 30,
  marginRightMm: 20,
  bodyPt: 14,
  /** Decree: 12 to 13; at 12 the name of the country stands on one line beside the name of an office. */
  headPt: 12,
  mottoPt: 13,
  numberPt: 13,
  datePt: 13,
  recipientsTitlePt: 12,
  recipientsPt: 11,
  tablePt: 12,
  compactTablePt: 11,
  pageNumberPt: 13,
  firstLineMm: 12.7,
  lineSpacing: 1.15,
  paragraphGapPt: 6,
  /** Shares of the two columns of the head. */
  headLeft: 0.42,
  headRight: 0.58,
} as const;

const POINTS_PER_MM = 72 / 25.4;
export const mmToPt = (mm: number): number => mm * POINTS_PER_MM;
