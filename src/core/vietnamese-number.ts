/** Numbers as people type them on a phone: `1.250`, `15k`, `1tr2`, `hai muoi mot`, `khoảng 300`, `ko có`. */
import { amountsIn, type Amount, type AmountFault } from "./number-amounts";
import { numberWordOf, preparedForNumbers, tokensOf, type Token } from "./number-tokens";
import { asksSomething } from "./question-words";
import { fold } from "./text";

export type NumberFault = AmountFault | "empty" | "negative" | "range" | "several" | "phone";

export type NumberReading =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly reason: NumberFault };

/** Words around a figure that do not change it. */
const FILLERS = new Set(
  (
    "khoang chung tam uoc co duoc da a vang la tong cong so gan hon tren tuan nay truong em minh don vi toi chi " +
    "anh ben bao cao thi van nhap ghi dien sua thanh lai con moi dat u um cua"
  ).split(" "),
);
/** A figure with more than a short noun behind it stands in a sentence that is about something else. */
const MAX_WORDS_BEHIND = 6;
const PART_WORDS = /(^| )phan tram( |$)/;
const TIME_WORDS = /^(thang|gio|phut|giay)$/;

const faulty = (reason: NumberFault): NumberReading => ({ ok: false, reason });

/** The one whole number, from 0, that a text means; otherwise why it means none. */
export function readNumber(text: string): NumberReading {
  const prepared = preparedForNumbers(text);
  const tokens = tokensOf(prepared);
  if (tokens.length === 0) return faulty("empty");
  const notAFigure = shapeFault(prepared);
  if (notAFigure !== null) return faulty(notAFigure);
  if (meansNone(tokens)) return { ok: true, value: 0 };
  if (asksSomething(text)) return faulty("not-a-number");
  const amounts = amountsIn(tokens);
  const [amount, second] = amounts;
  if (amount === undefined) return faulty("not-a-number");
  if (second !== undefined) return faulty(joinedAsRange(tokens, amount, second) ? "range" : "several");
  return surroundingsFault(tokens, amount) ?? amount.outcome;
}

/** Figures that are something else: dates, hours, phone numbers, powers, negatives, ranges. */
export function shapeFault(prepared: string): NumberFault | null {
  if (/(?<!\d[\s.,]?)(?:\+84|0)[\s.-]?\d(?:[\s.-]?\d){7,9}(?!\d)/.test(prepared)) return "phone";
  if (/(^|\D)\d{1,2}\s*\/\s*\d{1,4}(?!\d)/.test(prepared)) return "date";
  if (/(^|\D)\d{1,2}([-.])\d{1,2}\2\d{2,4}(?!\d)/.test(prepared)) return "date";
  if (/\d\s*(tháng|thang)\s*\d|(^|\s)(ngày|ngay)\s+\d/.test(prepared)) return "date";
  if (/\d(h|g)(\d|\s|$)|\d:\d\d/.test(prepared)) return "date";
  if (/\d\s*[-~]\s*\d/.test(prepared)) return "range";
  if (/(^|[\s(:])-\s*\d/.test(prepared) || /(^|\s)(âm|trừ|am|tru)\s+\d/.test(prepared)) return "negative";
  if (/\d\s*(%|\^|\*|×|\/|\+\s*\d|x\s*\d)/.test(prepared)) return "not-a-number";
  return null;
}

const ZERO_WORDS = /^(khong|ko|k|hong|chua|chang)$/;
/** "không có số liệu" says that somebody does not know, not that there was nothing. */
const UNKNOWN = /(^| )(biet|ro|nho|so lieu|thong ke|thong tin|chac|xac)( |$)/;
const POLITE = /^(a|nhe|nha|dau|ca|het|em|chi|anh)$/;
/** "không có hội nghị nào": a few words are the noun, more are another sentence. */
const MAX_WORDS_OF_NONE = 6;

/** `không`, `ko có`, `chưa có`, `không có hội nghị nào`. */
function meansNone(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ kind }) => kind !== "sign");
  if (words.some(({ kind }) => kind === "digits") || tokens.some(({ text }) => text === "?")) return false;
  const spoken = words.map(({ text }) => fold(text)).filter((word) => !/^(da|vang|a)$/.test(word));
  const [first = "", ...rest] = spoken;
  if (!ZERO_WORDS.test(first) || rest.length > MAX_WORDS_OF_NONE) return false;
  if (UNKNOWN.test(rest.join(" "))) return false;
  if (words.slice(1).some((word) => isNumberOtherThanNone(word))) return false;
  return rest.every((word) => POLITE.test(word)) || rest[0] === "co" || /^(nao|gi)$/.test(rest.at(-1) ?? "");
}

function isNumberOtherThanNone(token: Token): boolean {
  const word = numberWordOf(token);
  return word !== null && !(word.kind === "digit" && word.value === 0) && fold(token.text) === token.text;
}

function joinedAsRange(tokens: readonly Token[], first: Amount, second: Amount): boolean {
  const between = tokens.slice(first.end, second.start).map(({ text }) => fold(text));
  return between.length > 0 && between.every((word) => /^(den|toi|hoac|hay|hay la|-|~|\.)$/.test(word));
}

function surroundingsFault(tokens: readonly Token[], { start, end }: Amount): NumberReading | null {
  const before = tokens.slice(0, start);
  const behind = tokens.slice(end);
  if (/^(am|tru)$/.test(fold(before.at(-1)?.text ?? ""))) return faulty("negative");
  if (isGlued(tokens, start, end)) return faulty("not-a-number");
  const wordsBefore = before.filter(({ kind }) => kind === "word").map(({ text }) => fold(text));
  if (!wordsBefore.every((word) => FILLERS.has(word))) return faulty("not-a-number");
  const wordsBehind = behind.filter(({ kind }) => kind === "word").map(({ text }) => fold(text));
  if (TIME_WORDS.test(wordsBehind[0] ?? "")) return faulty("date");
  if (wordsBehind.length > MAX_WORDS_BEHIND || PART_WORDS.test(wordsBehind.join(" "))) {
    return faulty("not-a-number");
  }
  // "không biết", "ba thì": a word that can be a number is one only when little else is said.
  const saidInDigits = tokens.slice(start, end).some(({ kind }) => kind === "digits");
  const isNone = end === start + 1 && ZERO_WORDS.test(fold(tokens[start]?.text ?? ""));
  const most = isNone ? 0 : MAX_WORDS_BEHIND_WORDS;
  return saidInDigits || wordsBehind.length <= most ? null : faulty("not-a-number");
}

/** "hai lượt người" is a figure with its noun; "ba thì không biết" is not. */
const MAX_WORDS_BEHIND_WORDS = 3;

/** `1e9`, `5a`, `nq30`: letters stuck to digits that are no unit. */
export function isGlued(tokens: readonly Token[], start: number, end: number): boolean {
  const first = tokens[start];
  const next = tokens[end];
  const stuckBefore = first?.kind === "digits" && first.tight && tokens[start - 1]?.kind === "word";
  const stuckBehind = next?.kind === "word" && next.tight && next.text.length <= MAX_GLUED_LETTERS;
  return stuckBefore || stuckBehind;
}

/** "300người" is a slip of the space bar; "1e" is not. */
const MAX_GLUED_LETTERS = 2;
