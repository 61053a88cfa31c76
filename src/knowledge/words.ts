/** Tokens → words: numbers, dates and letters, the same way for entries and for questions. */
import { fold, normalise } from "../core/text";
import { isReference } from "./references";

export interface Word {
  /** Lower case, NFC, marks placed the newer way. */
  readonly text: string;
  /** The same without marks. */
  readonly folded: string;
  /** A number, a date or a named paper: never misspelt, never a slip. */
  readonly isFixed: boolean;
}

const LONGEST_WORD = 40;
const TOKEN = /\d+(?:[.,/]\d+)*%?|\p{L}[\p{L}\p{M}]*(?:&\p{L}+)?[\p{L}\d]*/gu;

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

/** What the letters or figures between signs, in lower case, are read as. */
export function wordsOfToken(token: string): readonly Word[] {
  if (!/^\d/.test(token)) return [wordOf(normalise(withoutElongation(token.slice(0, LONGEST_WORD))))];
  const numbers = plainNumbers(token.replace("%", "")).map(wordOf);
  return token.endsWith("%") ? [...numbers, wordOf("phần"), wordOf("trăm")] : numbers;
}

export const tokensIn = (text: string): readonly string[] => text.match(TOKEN) ?? [];
