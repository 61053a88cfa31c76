/** A text cut into what numbers are made of: digits, words and signs. */
import { fold, normalise } from "./text";

export type Token = {
  readonly kind: "digits" | "word" | "sign";
  /** Lower case, with its marks. */
  readonly text: string;
  /** Nothing stands between this token and the one before it. */
  readonly tight: boolean;
  /** Where it stands in the prepared text. */
  readonly from: number;
  readonly to: number;
};

const FULL_WIDTH_ZERO = 0xff10;

/** Full-width digits and signs as plain ones, without what turns a digit into a picture of a key. */
export const preparedForNumbers = (text: string): string =>
  normalise(text)
    .replace(/[\uff10-\uff19]/g, (c) => String((c.codePointAt(0) ?? FULL_WIDTH_ZERO) - FULL_WIDTH_ZERO))
    .replace(/\uff0c/g, ",")
    .replace(/\uff0e/g, ".")
    .replace(/[\u2212\u2013\u2014\uff0d]/g, "-")
    .replace(/[\ufe0f\u20e3]/g, "")
    .toLowerCase();

/** Takes a prepared text. */
export function tokensOf(prepared: string): Token[] {
  const tokens: Token[] = [];
  for (const match of prepared.matchAll(/\d+(?:[.,]\d+)*|[\p{L}\p{M}]+|[^\s\d\p{L}\p{M}]/gu)) {
    const text = match[0];
    const kind = /^\d/.test(text) ? "digits" : /^[\p{L}\p{M}]/u.test(text) ? "word" : "sign";
    const to = match.index + text.length;
    tokens.push({
      kind,
      text,
      tight: match.index > 0 && tokens.at(-1)?.to === match.index,
      from: match.index,
      to,
    });
  }
  return tokens;
}

export interface Literal {
  readonly value: number;
  /** Cut into groups of three: next to "triệu" nobody knows whether the mark was a decimal one. */
  readonly grouped: boolean;
}

/** `1.250`, `1,250` and `1.250.000` are grouped; `1,25` and `0,250` have a fraction; null for anything else. */
export function literalOf(text: string): Literal | null {
  if (/^\d+$/.test(text)) return { value: Number(text), grouped: false };
  if (/^[1-9]\d{0,2}(?:\.\d{3})+$/.test(text) || /^[1-9]\d{0,2}(?:,\d{3})+$/.test(text)) {
    return { value: Number(text.replace(/[.,]/g, "")), grouped: true };
  }
  const mixed =
    /^([1-9]\d{0,2}(?:\.\d{3})+),(\d+)$/.exec(text) ?? /^([1-9]\d{0,2}(?:,\d{3})+)\.(\d+)$/.exec(text);
  const whole = mixed ?? /^(\d+)[.,](\d+)$/.exec(text);
  if (whole === null) return null;
  return {
    value: Number(`${(whole[1] ?? "").replace(/[.,]/g, "")}.${whole[2] ?? ""}`),
    grouped: mixed !== null,
  };
}

export type NumberWord =
  | { readonly kind: "digit"; readonly value: number; readonly afterTens: boolean }
  | { readonly kind: "ten" | "hundred" | "odd" | "half" }
  | { readonly kind: "scale"; readonly value: number };

const plain = (value: number): NumberWord => ({ kind: "digit", value, afterTens: false });
/** Forms that stand behind tens only, so "hai lăm" can be nothing but 25. */
const afterTens = (value: number): NumberWord => ({ kind: "digit", value, afterTens: true });
const scale = (value: number): NumberWord => ({ kind: "scale", value });

const WORDS: Readonly<Record<string, NumberWord>> = {
  không: plain(0),
  ko: plain(0),
  hông: plain(0),
  một: plain(1),
  mốt: afterTens(1),
  hai: plain(2),
  ba: plain(3),
  bốn: plain(4),
  tư: afterTens(4),
  năm: plain(5),
  lăm: afterTens(5),
  nhăm: afterTens(5),
  sáu: plain(6),
  bảy: plain(7),
  bẩy: plain(7),
  tám: plain(8),
  chín: plain(9),
  mười: { kind: "ten" },
  mươi: { kind: "ten" },
  chục: scale(10),
  trăm: { kind: "hundred" },
  linh: { kind: "odd" },
  lẻ: { kind: "odd" },
  rưỡi: { kind: "half" },
  nghìn: scale(1e3),
  ngàn: scale(1e3),
  k: scale(1e3),
  vạn: scale(1e4),
  triệu: scale(1e6),
  tr: scale(1e6),
  tỷ: scale(1e9),
  tỉ: scale(1e9),
};

/** Where two words fold alike, the one that stands alone: "mot" is 1 before it is the 1 of 21. */
const FOLDED: ReadonlyMap<string, NumberWord> = new Map(
  Object.entries(WORDS)
    .toReversed()
    .map(([word, meaning]) => [fold(word), meaning]),
);

/** What a word means in a number. A word with marks must have the right ones: "làm" and "bà" are none. */
export function numberWordOf(token: Token | undefined): NumberWord | null {
  if (token?.kind !== "word") return null;
  const spelt = Object.hasOwn(WORDS, token.text) ? WORDS[token.text] : undefined;
  return spelt ?? (/^[a-z]+$/.test(token.text) ? (FOLDED.get(token.text) ?? null) : null);
}
