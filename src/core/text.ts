/**
 * Vietnamese text, once. Stored and compared in NFC with the tone mark on the vowel where the newer style
 * puts it ("hòa" and "hoà" are one word); matched in a folded form without marks.
 */

/** `oà oè uỳ` (old) against `òa òe ùy` (new): the mark moves to the first vowel only where no letter follows. */
const OLD_STYLE = /(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![\p{L}])/giu;
const OLD_TO_NEW: Readonly<Record<string, string>> = {
  oà: "òa",
  oá: "óa",
  oả: "ỏa",
  oã: "õa",
  oạ: "ọa",
  oè: "òe",
  oé: "óe",
  oẻ: "ỏe",
  oẽ: "õe",
  oẹ: "ọe",
  uỳ: "ùy",
  uý: "úy",
  uỷ: "ủy",
  uỹ: "ũy",
  uỵ: "ụy",
};

function newStyle(pair: string, offset: number, whole: string): string {
  // "quý": the u belongs to the consonant, the mark stays on y.
  if (/[qQ]/.test(whole[offset - 1] ?? "")) return pair;
  const moved = OLD_TO_NEW[pair.toLowerCase()];
  if (moved === undefined) return pair;
  return Array.from(moved, (c, i) => (pair[i] === pair[i]?.toUpperCase() ? c.toUpperCase() : c)).join("");
}

/** NFC, tone marks placed the newer way, no control characters; line breaks kept. */
export const normalise = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\ufeff]/g, (c) =>
      c === "\r" ? "\n" : "",
    )
    .replace(OLD_STYLE, newStyle);

/** Letters without marks, lower case; `đ` does not decompose and has its own rule. */
export const fold = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

/** Folded words joined by one space: the form in which commands, names and phrasings are compared. */
export const foldedWords = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Length as people and Zalo's page count it: code points after NFC. */
export const lengthOf = (text: string): number => Array.from(text.normalize("NFC")).length;

/** The first `max` code points, never cutting inside a letter and its marks; "…" where something was cut. */
export function clip(text: string, max: number): string {
  const chars = Array.from(text.normalize("NFC"));
  if (chars.length <= max) return chars.join("");
  let end = max - 1;
  while (end > 0 && /\p{M}/u.test(chars[end] ?? "")) end--;
  return `${chars.slice(0, end).join("").trimEnd()}…`;
}
