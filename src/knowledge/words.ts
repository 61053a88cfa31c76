/** Text → words, the same way for entries and for questions. */
import { fold, normalise } from "../core/text";
import { isReference, nameReferences } from "./references";

export interface Word {
  /** Lower case, NFC, marks placed the newer way. */
  readonly text: string;
  /** The same without marks. */
  readonly folded: string;
  /** A number, a date or a named paper: never misspelt, never a slip. */
  readonly isFixed: boolean;
}

/** Longer texts are cut: nobody asks in more words, and the time to answer stays bounded. */
const LONGEST_TEXT = 4_000;
/** A letter and its marks, taken apart. */
const LONGEST_LETTER = 3;
const LONGEST_WORD = 40;

const TOKEN = /\d+(?:[.,/]\d+)*%?|\p{L}[\p{L}\p{M}]*(?:&\p{L}+)?[\p{L}\d]*/gu;
const DATE_IN_WORDS = /(?<!\d)(\d{1,2}) (?:tháng|thang) (\d{1,2})(?: (?:năm|nam) (\d{4}))?(?!\d)/gu;
const DATE_WITH_DASHES = /(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\d-])/gu;

/** Dates are kept as "day/month" and year apart, so that a date named without its year is still found. */
function plainNumbers(token: string): string[] {
  const parts = token.split("/").map((part) => String(Number(part)));
  const [first, second, year] = parts;
  if (parts.length === 3 && first !== undefined && second !== undefined && year !== undefined)
    return [`${first}/${second}`, year.length === 2 ? `20${year}` : year];
  if (parts.length === 2) return second?.length === 4 ? parts : [parts.join("/")];
  return [plainNumber(token)];
}

/** Three digits behind a dot or comma are thousands; anything else behind one is a fraction. */
function plainNumber(token: string): string {
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(token)) return token.replace(/[.,]/g, "");
  if (/^\d+,\d+$/.test(token)) return token.replace(",", ".");
  return token.replace(/^0+(?=\d)/, "");
}

/** "nhiềuuuu" → "nhiều"; Vietnamese doubles no letter but o, and never thrice. */
const withoutElongation = (word: string): string => word.replace(/(\p{L})\1{2,}/gu, "$1");

export const wordOf = (text: string): Word => ({
  text,
  folded: fold(text),
  isFixed: /^\d/.test(text) || isReference(text),
});

function wordsOfToken(token: string): readonly Word[] {
  if (!/^\d/.test(token)) return [wordOf(normalise(withoutElongation(token.slice(0, LONGEST_WORD))))];
  const numbers = plainNumbers(token.replace("%", "")).map(wordOf);
  return token.endsWith("%") ? [...numbers, wordOf("phần"), wordOf("trăm")] : numbers;
}

/** Upper case tells artificial intelligence from "who". */
const spellOutAi = (text: string): string =>
  text.includes("A") && /\p{Ll}/u.test(text)
    ? text.replace(/(?<!\p{L})A\.?I(?!\p{L})/gu, " trí tuệ nhân tạo ")
    : text;

const withPlainDates = (text: string): string =>
  text
    .replace(DATE_WITH_DASHES, "$1/$2/$3")
    .replace(DATE_IN_WORDS, (_, day: string, month: string, year: string | undefined) =>
      [day, month, year].filter((part) => part !== undefined).join("/"),
    );

/**
 * The pieces between spaces of a text in lower case, with papers and dates written in one way; words never
 * reach beyond a piece, so that `wordsIn` may be remembered for each.
 */
export function piecesOf(raw: string): string[] {
  const start = normalise(raw.slice(0, LONGEST_TEXT * LONGEST_LETTER)).slice(0, LONGEST_TEXT);
  const text = spellOutAi(start).toLowerCase().normalize("NFC");
  return nameReferences(/\d/.test(text) ? withPlainDates(text) : text).split(" ");
}

export const wordsIn = (piece: string): Word[] => (piece.match(TOKEN) ?? []).flatMap(wordsOfToken);

/** Pieces that have been taken apart before. */
export type KnownPieces = ReadonlyMap<string, readonly Word[]>;

/** The words of a text in order, before anything is known about slips and short forms. */
export const splitWords = (raw: string, known?: KnownPieces): Word[] =>
  piecesOf(raw).flatMap((piece) => known?.get(piece) ?? wordsIn(piece));
