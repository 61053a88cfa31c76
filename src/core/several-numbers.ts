/** Several figures in one message: `5 tin, 2 hội nghị, 300 lượt người`, in any order. */
import { amountsIn, type Amount } from "./number-amounts";
import { preparedForNumbers, tokensOf, type Token } from "./number-tokens";
import { asksSomething } from "./question-words";
import { fold, foldedWords } from "./text";
import { isGlued, shapeFault } from "./vietnamese-number";

export interface NamedField {
  readonly id: string;
  readonly label: string;
  /** Folded words people use for the field. */
  readonly aliases: readonly string[];
}

export interface SeveralNumbers {
  readonly values: ReadonlyMap<string, number>;
  /** Parts with a figure that could not be told: no field, two fields, or a figure that is none. */
  readonly unclear: readonly string[];
}

/** Reads every figure that stands next to the name of a field. A text without names gives no values. */
export function readSeveral(text: string, fields: readonly NamedField[]): SeveralNumbers {
  const prepared = preparedForNumbers(text);
  const tokens = tokensOf(prepared);
  // "Nghị quyết 30 có mấy hội nghị?" holds a figure and a name, and reports neither.
  const amounts = asksSomething(text)
    ? []
    : amountsIn(tokens).filter((amount) => !isNameOfSomething(tokens, amount));
  const [first] = amounts;
  // Most answers are a figure and nothing else.
  const isBare = first?.start === 0 && first.end === tokens.length;
  if (first === undefined || isBare) return { values: new Map(), unclear: isBare ? [text.trim()] : [] };
  const names = fields.map(namesOf);
  const counts = amounts.map((amount): Amount =>
    isMarked(tokens, amount) ? { ...amount, outcome: { ok: false, reason: "not-a-number" } } : amount,
  );
  const readings = cutsOf(prepared, tokens, counts).map((segments) => readAll(prepared, segments, names));
  return readings.reduce((best, next) => (next.unclear.length < best.unclear.length ? next : best));
}

const NAMED_BY_NUMBER = /^(quyet|nq|dieu|khoan|hoach|kh|luat|tuan|thang|ngay)$/;

/** "tuần 49", "nghị quyết 30": the figure is a name, not a count. */
const isNameOfSomething = (tokens: readonly Token[], { start }: Amount): boolean =>
  NAMED_BY_NUMBER.test(fold(tokens[start - 1]?.text ?? ""));

/** `-2`, `âm 2`, `2/3`, `50%`: not a count, whichever words stand around it. */
function isMarked(tokens: readonly Token[], { start, end }: Amount): boolean {
  const before = fold(tokens[start - 1]?.text ?? "");
  const behind = tokens[end]?.text ?? "";
  return /^([-/~*×^]|am|tru)$/.test(before) || /^[-/%~*×^]$/.test(behind) || isGlued(tokens, start, end);
}

interface Names {
  readonly id: string;
  readonly phrases: readonly (readonly string[])[];
  readonly words: ReadonlySet<string>;
}

function namesOf({ id, label, aliases }: NamedField): Names {
  const withoutCount = (words: string) => words.replace(/^so /, "");
  const pieces = label.split(",").map((piece) => withoutCount(foldedWords(piece)));
  const phrases = [withoutCount(foldedWords(label)), ...pieces, ...aliases]
    .filter((phrase) => phrase !== "")
    .map((phrase) => phrase.split(" "));
  return { id, phrases, words: new Set(phrases.flat()) };
}

interface Segment {
  readonly tokens: readonly Token[];
  readonly amount: Amount;
}

/** Three ways of telling which words belong to which figure; the one that explains most is taken. */
function cutsOf(prepared: string, tokens: readonly Token[], amounts: readonly Amount[]): Segment[][] {
  const starts = amounts.map(({ start }) => start);
  const ends = amounts.map(({ end }) => end);
  const figureFirst = starts.map((_, i) => (i === 0 ? 0 : (starts[i] ?? 0)));
  const nameFirst = ends.map((_, i) => (i === 0 ? 0 : (ends[i - 1] ?? 0)));
  return [bySigns(prepared, tokens, amounts), figureFirst, nameFirst].map((cuts) =>
    amounts.map((amount, i) => {
      const from = cuts[i] ?? 0;
      const to = cuts[i + 1] ?? tokens.length;
      return {
        tokens: tokens.slice(from, to),
        amount: { ...amount, start: amount.start - from, end: amount.end - from },
      };
    }),
  );
}

/** Cuts at commas, semicolons, line ends and "và"; a part without a figure belongs to what follows it. */
function bySigns(prepared: string, tokens: readonly Token[], amounts: readonly Amount[]): number[] {
  const separates = (i: number): boolean => {
    const token = tokens[i];
    if (token === undefined) return false;
    const gap = prepared.slice(tokens[i - 1]?.to ?? 0, token.from);
    return /^[,;.]$/.test(token.text) || /^(và|va)$/.test(token.text) || gap.includes("\n");
  };
  return amounts.map(({ start }, i) => {
    if (i === 0) return 0;
    const previousEnd = amounts[i - 1]?.end ?? 0;
    for (let at = previousEnd; at <= start; at++) if (separates(at)) return at;
    return start;
  });
}

function readAll(prepared: string, segments: readonly Segment[], names: readonly Names[]): SeveralNumbers {
  const values = new Map<string, number>();
  const unclear: string[] = [];
  for (const segment of segments) {
    const [first, last] = [segment.tokens[0], segment.tokens.at(-1)];
    const said = first === undefined || last === undefined ? "" : prepared.slice(first.from, last.to);
    const field = fieldOf(segment, names);
    const { outcome } = segment.amount;
    if (field === null || !outcome.ok || shapeFault(said) !== null || values.has(field)) {
      unclear.push(said.replace(/^[\s,;.]+/, ""));
    } else values.set(field, outcome.value);
  }
  return { values, unclear };
}

/** Words that are neither a name nor small talk; more of them and the text speaks of something else. */
const MAX_STRANGE_WORDS = 2;
const SMALL_WORDS = new Set(
  "so co duoc la da a khoang chung tong cong gan hon tren tuan nay va voi cac luot don vi nguoi".split(" "),
);

/** The field whose longest name stands in the segment; the earliest where two are as long. */
function fieldOf({ tokens, amount }: Segment, names: readonly Names[]): string | null {
  const words = tokens
    .filter((token, i) => token.kind === "word" && (i < amount.start || i >= amount.end))
    .map(({ text }) => fold(text));
  if (tokens.some(({ text }) => text === "?")) return null;
  let best: { id: string; length: number; at: number; words: ReadonlySet<string> } | null = null;
  for (const { id, phrases, words: own } of names) {
    for (const phrase of phrases) {
      const at = words.findIndex((_, i) => phrase.every((word, j) => words[i + j] === word));
      if (at < 0) continue;
      const better =
        best === null || phrase.length > best.length || (phrase.length === best.length && at < best.at);
      if (better) best = { id, length: phrase.length, at, words: own };
    }
  }
  if (best === null) return null;
  const known = best.words;
  const strange = words.filter((word) => !known.has(word) && !SMALL_WORDS.has(word));
  return strange.length > MAX_STRANGE_WORDS ? null : best.id;
}
