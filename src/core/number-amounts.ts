/** One amount out of tokens: `1tr2`, `2 trăm rưỡi`, `mười lăm nghìn`, `1 250`. */
import { literalOf, numberWordOf, type Token } from "./number-tokens";

export type AmountFault = "not-a-number" | "fraction" | "unclear" | "too-large" | "date";

export interface Amount {
  /** First token, and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly outcome:
    { readonly ok: true; readonly value: number } | { readonly ok: false; readonly reason: AmountFault };
}

/** Every amount in a text, in order. */
export function amountsIn(tokens: readonly Token[]): Amount[] {
  const amounts: Amount[] = [];
  for (let i = 0; i < tokens.length;) {
    const amount = amountAt(tokens, i);
    if (amount === null) i++;
    else {
      amounts.push(amount);
      i = amount.end;
    }
  }
  return amounts;
}

interface Group {
  readonly value: number;
  readonly end: number;
  readonly grouped: boolean;
  /** A single digit with nothing around it: behind a scale it counts tenths of that scale. */
  readonly lone: boolean;
  /** Two digits behind "nghìn" are heard both ways; written in words they are not. */
  readonly literalDigits: number;
}

function amountAt(tokens: readonly Token[], start: number): Amount | null {
  const first = groupAt(tokens, start);
  if (first === null) return null;
  if (first === "unclear") return { start, end: start + 1, outcome: { ok: false, reason: "unclear" } };
  const summed = sum(tokens, first);
  const next = numberWordOf(tokens[summed.end]);
  // "1 nghìn triệu", "5 trăm trăm": number words that found no place.
  const left = next !== null && next.kind !== "digit" && next.kind !== "ten";
  return { start, ...(left ? fault(summed.end + 1, "unclear") : summed) };
}

type Sum = Pick<Amount, "end" | "outcome">;
const fault = (end: number, reason: AmountFault): Sum => ({ end, outcome: { ok: false, reason } });

/** Groups and their scales added up: "2 tỷ | 3 trăm triệu | 5". */
function sum(tokens: readonly Token[], first: Group): Sum {
  let total = 0;
  let lastScale = Infinity;
  let billions = false;
  let group = first;
  for (;;) {
    const scaleWord = numberWordOf(tokens[group.end]);
    if (scaleWord?.kind !== "scale") return whole(total + group.value, group.end);
    const scale = scaleWord.value;
    const outOfOrder = scale === BILLION ? billions : scale >= lastScale;
    if (group.grouped || outOfOrder) return fault(group.end + 1, "unclear");
    // "một nghìn hai trăm tỷ": the billions count everything said before them.
    total = scale === BILLION ? (total + group.value) * scale : total + group.value * scale;
    billions ||= scale === BILLION;
    lastScale = scale;
    const tail = tailAfter(tokens, group.end + 1, scale);
    if (tail === "unclear") return fault(group.end + 1, "unclear");
    if (tail === null) return whole(total, group.end + 1);
    // "2,5k1": tenths of tenths.
    if ("add" in tail && !Number.isInteger(group.value)) return fault(tail.end, "unclear");
    if ("add" in tail) return whole(total + tail.add, tail.end);
    group = tail.group;
  }
}

const THOUSAND = 1_000;
const BILLION = 1_000_000_000;

type Tail = { readonly add: number; readonly end: number } | { readonly group: Group } | "unclear" | null;

/** What follows a scale: "rưỡi", the tenths of `1tr2`, "linh năm", or a smaller group. */
function tailAfter(tokens: readonly Token[], start: number, scale: number): Tail {
  const word = numberWordOf(tokens[start]);
  // "một nghìn tỷ": nothing stands between the two scales.
  if (word?.kind === "scale" && word.value === BILLION && scale < BILLION)
    return { group: nothingBefore(start) };
  if (word?.kind === "half") return { add: scale / 2, end: start + 1 };
  if (word?.kind === "odd") {
    const ones = digitAt(tokens, start + 1);
    return ones === null ? "unclear" : { add: ones, end: start + 2 };
  }
  const group = groupAt(tokens, start);
  if (group === null || group === "unclear") return group;
  if (numberWordOf(tokens[group.end])?.kind === "scale") return { group };
  const token = tokens[start];
  if (token?.kind === "digits" && token.tight && /^\d+$/.test(token.text)) {
    return { add: (group.value * scale) / 10 ** token.text.length, end: group.end };
  }
  if (group.lone) return scale > 10 ? { add: (group.value * scale) / 10, end: group.end } : null;
  const plainThousands = scale === THOUSAND && group.value < THOUSAND && group.literalDigits !== 2;
  return plainThousands ? { add: group.value, end: group.end } : "unclear";
}

function whole(value: number, end: number): Sum {
  // Tenths of a million are not exact in binary: "1,1 triệu" is whole all the same.
  const rounded = Math.round(value);
  if (Math.abs(value - rounded) > 1e-6) return fault(end, "fraction");
  return rounded > Number.MAX_SAFE_INTEGER
    ? fault(end, "too-large")
    : { end, outcome: { ok: true, value: rounded } };
}

/** A digit as a word or as one figure. */
function digitAt(tokens: readonly Token[], i: number): number | null {
  const token = tokens[i];
  if (token?.kind === "digits") return /^\d$/.test(token.text) ? Number(token.text) : null;
  const word = numberWordOf(token);
  return word?.kind === "digit" ? word.value : null;
}

const kindAt = (tokens: readonly Token[], i: number) => numberWordOf(tokens[i])?.kind;

/** A group below a scale: a literal, or words up to 999. */
function groupAt(tokens: readonly Token[], start: number): Group | "unclear" | null {
  const ten = kindAt(tokens, start) === "ten";
  const digit = digitAt(tokens, start);
  if (ten)
    return inWordsGroup(
      10 + (digitAt(tokens, start + 1) ?? 0),
      start + (digitAt(tokens, start + 1) === null ? 1 : 2),
    );
  if (digit !== null) {
    const next = kindAt(tokens, start + 1);
    if (next === "hundred") return hundreds(tokens, start, digit);
    if (next === "ten") return tens(tokens, start);
    const second = numberWordOf(tokens[start + 1]);
    if (tokens[start]?.kind === "word" && second?.kind === "digit" && second.afterTens) {
      return inWordsGroup(digit * 10 + second.value, start + 2);
    }
  }
  if (tokens[start]?.kind === "digits") return literalGroup(tokens, start);
  if (digit === null) return null;
  return { value: digit, end: start + 1, grouped: false, lone: true, literalDigits: 0 };
}

const nothingBefore = (end: number): Group => ({
  value: 0,
  end,
  grouped: false,
  lone: false,
  literalDigits: 0,
});
const inWordsGroup = (value: number, end: number): Group => ({
  value,
  end,
  grouped: false,
  lone: false,
  literalDigits: 0,
});

function tens(tokens: readonly Token[], start: number): Group {
  const head = (digitAt(tokens, start) ?? 0) * 10;
  const ones = digitAt(tokens, start + 2);
  // "hai mươi 5 trăm" counts twenty and five hundred; the five is not its.
  const own = ones !== null && kindAt(tokens, start + 3) !== "hundred" && kindAt(tokens, start + 3) !== "ten";
  return inWordsGroup(head + (own ? ones : 0), start + (own ? 3 : 2));
}

function hundreds(tokens: readonly Token[], start: number, digit: number): Group | "unclear" {
  const head = digit * 100;
  const at = start + 2;
  const next = kindAt(tokens, at);
  if (next === "half") return inWordsGroup(head + 50, at + 1);
  if (next === "odd") {
    const ones = digitAt(tokens, at + 1);
    return ones === null ? "unclear" : inWordsGroup(head + ones, at + 2);
  }
  const rest = groupAt(tokens, at);
  if (rest === null || rest === "unclear") return rest ?? inWordsGroup(head, at);
  if (kindAt(tokens, rest.end) === "hundred") return inWordsGroup(head, at);
  if (!rest.lone) return rest.value < 100 ? inWordsGroup(head + rest.value, rest.end) : "unclear";
  // "một trăm hai" is 120; "một trăm hai nghìn" is heard both ways.
  return kindAt(tokens, rest.end) === "scale" ? "unclear" : inWordsGroup(head + rest.value * 10, rest.end);
}

/** Digits, where groups of three may stand apart: `1 250`. */
function literalGroup(tokens: readonly Token[], start: number): Group | "unclear" {
  const text = tokens[start]?.text ?? "";
  let end = start + 1;
  let joined = text;
  while (
    /^[1-9]\d{0,2}$/.test(text) &&
    /^\d{3}$/.test(tokens[end]?.text ?? "") &&
    tokens[end]?.tight === false
  ) {
    joined += tokens[end]?.text ?? "";
    end++;
  }
  const literal = literalOf(joined);
  if (literal === null) return "unclear";
  const lone = /^\d$/.test(joined);
  return {
    value: literal.value,
    end,
    grouped: literal.grouped || end > start + 1,
    lone,
    literalDigits: joined.length,
  };
}
