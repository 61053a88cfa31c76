/**
 * The digest as a chat message: figures first, then what units ask for in their own words, then whom to call.
 * What does not fit is named and left to the documents; no text is cut without saying so.
 */
import { shortInstant, spokenDay } from "../core/clock";
import { clip, lengthOf } from "../core/text";
import type { DigestContent, UnitRow } from "./digest-content";
import {
  callListOf,
  correctionsToTell,
  figuresOf,
  inFormOrder,
  labelOf,
  movedSince,
  textsOf,
  toCheckIn,
  type TextsOfField,
} from "./digest-views";
import {
  clarificationText,
  correctionText,
  extendedText,
  lateFreezeText,
  movedText,
  numberText,
  periodText,
  receivedText,
  TO_CHECK,
} from "./digest-wording.vi";
import { fitted, type ListPart } from "./fitted-parts.vi";

/** Leaves room in one message of the platform (2,000) for what is put around it. */
export const DIGEST_TEXT_MAX = 1_900;
const IN_FILE = "xem đầy đủ trong bản PDF hoặc Excel của bản tổng hợp";
const CLOSING = `Phần chưa nêu hết: ${IN_FILE}.`;
const BETWEEN_PARTS = "\n\n";

/** The message, at most `DIGEST_TEXT_MAX` characters long. */
export function digestText(content: DigestContent): string {
  const fixed = [headPart(content), figuresPart(content)].filter((text) => text !== "").join(BETWEEN_PARTS);
  const parts = listParts(content).filter(({ items }) => items.length > 0);
  const room = DIGEST_TEXT_MAX - lengthOf(fixed) - lengthOf(BETWEEN_PARTS + CLOSING);
  const texts = fitted(parts, room);
  const shortened = texts.some(({ whole }) => !whole);
  const all = [fixed, ...texts.map(({ text }) => text), ...(shortened ? [CLOSING] : [])];
  return clip(all.join(BETWEEN_PARTS), DIGEST_TEXT_MAX);
}

function headPart(content: DigestContent): string {
  const { counts, previous, period } = content;
  const before =
    previous === null ? "" : `; ${periodText(previous.period)}: ${receivedText(previous.counts)}`;
  const notReached = counts.notReached === 0 ? "" : `, không gửi được tin ${numberText(counts.notReached)}`;
  return [
    `📌 TỔNG HỢP ${periodText(period.id).toUpperCase()} (${spokenDay(period.startsOn)} - ${spokenDay(period.endsOn)})`,
    `${content.line.name}. Mã ${content.id}, chốt lúc ${shortInstant(content.frozenAt)}.`,
    ...(lateFreezeText(content) === null ? [] : [`⚠️ ${lateFreezeText(content) ?? ""}`]),
    "",
    `Đã nhận ${receivedText(counts)}${before}`,
    `Đúng hạn ${numberText(counts.onTime)}, muộn ${numberText(counts.late)}, không phát sinh ${numberText(counts.nil)}`,
    `Chưa nộp ${numberText(counts.missing)}${notReached}`,
  ].join("\n");
}

function figuresPart(content: DigestContent): string {
  const figures = figuresOf(content);
  if (figures.length === 0) return "";
  const lines = figures.map(({ id, label }) => {
    const moved = movedSince(content, id);
    const toCheck = toCheckIn(content, id);
    const notes = [
      moved === null ? null : movedText(moved),
      toCheck === 0 ? null : `${numberText(toCheck)} số ${TO_CHECK}`,
    ].filter((note) => note !== null);
    const total = numberText(content.totals[id] ?? 0);
    return `• ${label}: ${total}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
  });
  const evidence = content.measures.evidence;
  if (evidence > 0) lines.push(`• Tệp minh chứng: ${numberText(evidence)}`);
  return ["Số liệu:", ...lines].join("\n");
}

/** Names are short; what units ask for is what an office reads first. Everything else has a line a round. */
const NAMES_WEIGHT = 2;
const URGENT_WEIGHT = 2;

function listParts(content: DigestContent): ListPart[] {
  const texts = textsOf(content);
  const urgent = texts.filter(({ field }) => field.needsAction);
  const lines = (name: string, items: readonly string[], weight = 1): ListPart => ({
    title: `${name} (${numberText(items.length)})`,
    items: items.map((item) => `• ${item}`),
    as: "lines",
    weight,
  });
  const names = (
    name: string,
    units: readonly UnitRow[],
    nameOf = (unit: UnitRow) => unit.name,
  ): ListPart => ({
    title: `${name} (${numberText(units.length)})`,
    items: units.map(nameOf),
    as: "names",
    weight: NAMES_WEIGHT,
  });
  const quoted = ({ field, items }: TextsOfField) =>
    lines(
      field.label,
      items.map(({ unit, text }) => `${unit.name} (${unit.code}): ${text}`),
      field.needsAction ? URGENT_WEIGHT : 1,
    );
  const calls = callListOf(content);
  const reasons = [...new Set(calls.notReached.map(({ notReached }) => notReached ?? ""))];
  return [
    ...urgent.map(quoted),
    names("Chưa nộp, cần gọi", calls.missing, missingName),
    names("Hai kỳ liền chưa nộp", calls.missingTwice),
    ...reasons.map((reason) => {
      const units = calls.notReached.filter(({ notReached }) => notReached === reason);
      return { ...names("", units), title: `Không gửi được tin (${numberText(units.length)}). ${reason}` };
    }),
    lines(
      `Số liệu ${TO_CHECK}`,
      calls.toCheck.map((unit) => toCheckText(content, unit)),
    ),
    lines(
      "Điều chỉnh số liệu đã gửi",
      correctionsToTell(content).map((correction) => correctionText(correction, labelOf(content))),
    ),
    lines(
      "Điều chỉnh ở cấp dưới",
      content.below.map((row) => belowText(content, row)),
    ),
    lines(
      "Số liệu đã hỏi lại",
      (content.clarifications ?? []).map((asked) => clarificationText(asked, labelOf(content))),
    ),
    lines(
      "Vướng mắc chưa giải quyết xong",
      content.tickets.map(
        ({ code, unitName, text, isWith }) =>
          `${code}${unitName === null ? "" : `, ${unitName}`}${isWith === undefined ? "" : ` (đang ở ${isWith})`}: ${text}`,
      ),
    ),
    ...texts.filter(({ field }) => !field.needsAction).map(quoted),
  ];
}

const missingName = ({ name, extendedUntil }: UnitRow): string =>
  extendedUntil === null ? name : `${name} (${extendedText(extendedUntil)})`;

function toCheckText(content: DigestContent, unit: UnitRow): string {
  const label = labelOf(content);
  const figures = unit.marks.map((field) => {
    const value = unit.values[field];
    return `${label(field)}${typeof value === "number" ? ` ${numberText(value)}` : ""}`;
  });
  return `${unit.name}: ${figures.join("; ")}`;
}

function belowText(content: DigestContent, row: DigestContent["below"][number]): string {
  const moved = inFormOrder(
    content,
    Object.entries(row.moved).map(([field, by]) => ({ field, from: null, to: by })),
  ).map(({ field, to }) => `${labelOf(content)(field)} ${movedText(Number(to))}`);
  const units = [
    row.amended === 0 ? null : `${numberText(row.amended)} đơn vị điều chỉnh`,
    row.late === 0 ? null : `${numberText(row.late)} đơn vị nộp sau khi chốt`,
  ].filter((text) => text !== null);
  const figures = moved.length === 0 ? "" : `: ${moved.join("; ")}`;
  return `${row.unitName}, ${periodText(row.period)}, ${units.join(", ")}${figures} (${row.digestId})`;
}
