/**
 * The digest as a chat message: figures first, then what units ask for in their own words, then whom to call.
 * What does not fit is named and left to the documents; no text is cut without saying so.
 */
import { shortInstant, spokenDay } from "../core/clock";
import { clip, lengthOf } from "../core/text";
import type { DigestContent, UnitRow } from "./digest-content";
import { callListOf, figuresOf, inFormOrder, labelOf, movedSince, textsOf, toCheckIn } from "./digest-views";
import {
  correctionText,
  extendedText,
  lateFreezeText,
  movedText,
  numberText,
  periodText,
  receivedText,
  TO_CHECK,
} from "./digest-wording.vi";

/** Leaves room in one message of the platform (2,000) for what is put around it. */
export const DIGEST_TEXT_MAX = 1_900;
const IN_FILE = "xem đầy đủ trong tệp đính kèm";
/** What the later parts may count on, so that a long list before them does not take everything. */
const RESERVED_PER_PART = 170;

/** The message, at most `DIGEST_TEXT_MAX` characters long. */
export function digestText(content: DigestContent): string {
  const fixed = [headPart(content), figuresPart(content)].join("\n\n");
  const parts = listParts(content).filter(({ items }) => items.length > 0);
  let room = DIGEST_TEXT_MAX - lengthOf(fixed);
  const texts = parts.map((part, i) => {
    const reserved = RESERVED_PER_PART * (parts.length - i - 1);
    const text = fitted(
      part,
      Math.max(room - reserved, Math.min(room, RESERVED_PER_PART)) - SEPARATOR_LENGTH,
    );
    room -= lengthOf(text) + SEPARATOR_LENGTH;
    return text;
  });
  return clip([fixed, ...texts].filter((text) => text !== "").join("\n\n"), DIGEST_TEXT_MAX);
}

const SEPARATOR_LENGTH = 2;

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

/** A part that may be long: whole items, as many as there is room for. */
interface ListPart {
  readonly title: string;
  readonly items: readonly string[];
  /** `lines`: one item a line, kept whole; `names`: all on one line. */
  readonly as: "lines" | "names";
}

function listParts(content: DigestContent): ListPart[] {
  const texts = textsOf(content);
  const urgent = texts.filter(({ field }) => field.needsAction);
  const quoted = urgent.length > 0 ? urgent : texts;
  const calls = callListOf(content);
  const title = (name: string, items: readonly unknown[]) => `${name} (${numberText(items.length)})`;
  const corrections = content.corrections.map(
    (c) => `• ${correctionText({ ...c, changes: [...inFormOrder(content, c.changes)] }, labelOf(content))}`,
  );
  return [
    ...quoted.map(({ field, items }) => ({
      title: title(field.label, items),
      items: items.map(({ unit, text }) => `• ${unit.name} (${unit.code}): ${text}`),
      as: "lines" as const,
    })),
    { title: title("Chưa nộp, cần gọi", calls.missing), items: calls.missing.map(missingName), as: "names" },
    {
      title: title("Hai kỳ liền chưa nộp", calls.missingTwice),
      items: calls.missingTwice.map(({ name }) => name),
      as: "names",
    },
    {
      title: title("Không gửi được tin", calls.notReached),
      items: calls.notReached.map(({ name, notReached }) => `${name} (${notReached ?? ""})`),
      as: "names",
    },
    {
      title: title(`Số liệu ${TO_CHECK}`, calls.toCheck),
      items: calls.toCheck.map((unit) => toCheckText(content, unit)),
      as: "lines",
    },
    { title: title("Điều chỉnh số liệu đã gửi", corrections), items: corrections, as: "lines" },
    {
      title: title("Điều chỉnh ở cấp dưới", content.below),
      items: content.below.map((row) => `• ${belowText(content, row)}`),
      as: "lines",
    },
    {
      title: title("Vướng mắc chưa giải quyết xong", content.tickets),
      items: content.tickets.map(
        ({ code, unitName, text }) => `• ${code}${unitName === null ? "" : `, ${unitName}`}: ${text}`,
      ),
      as: "lines",
    },
    ...texts
      .filter((text) => !quoted.includes(text))
      .map(({ field, items }) => ({
        title: field.label,
        items: items.length === 0 ? [] : [`${numberText(items.length)} đơn vị nêu, ${IN_FILE}.`],
        as: "names" as const,
      })),
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
  return `• ${unit.name}: ${figures.join("; ")}`;
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

function fitted(part: ListPart, room: number): string {
  const { title, items, as } = part;
  const between = as === "lines" ? "\n" : ", ";
  const head = as === "lines" ? `${title}:\n` : `${title}: `;
  let best = "";
  let length = lengthOf(head) - between.length;
  for (const [i, item] of items.entries()) {
    length += between.length + lengthOf(item);
    if (length > room) break;
    const rest = restText(items.length - i - 1, as);
    if (length + lengthOf(rest) <= room) best = items.slice(0, i + 1).join(between) + rest;
  }
  return best === "" ? cutOpen(part, head, room) : head + best;
}

function restText(left: number, as: ListPart["as"]): string {
  if (left === 0) return "";
  return as === "lines"
    ? `\n… và ${numberText(left)} mục nữa, ${IN_FILE}.`
    : ` và ${numberText(left)} đơn vị nữa, ${IN_FILE}.`;
}

/** Less of an item than this tells nothing; the part is then only named. */
const LEAST_QUOTE = 60;

/** Not even the first item fits: its beginning with a word that it goes on elsewhere, or the title alone. */
function cutOpen({ title, items, as }: ListPart, head: string, room: number): string {
  const closing = `\n(còn tiếp, ${IN_FILE})`;
  const quote = room - lengthOf(head) - lengthOf(closing);
  const [first] = items;
  if (as === "lines" && first !== undefined && quote >= LEAST_QUOTE)
    return head + clip(first, quote) + closing;
  const named = `${title}: ${IN_FILE}.`;
  return lengthOf(named) <= room ? named : "";
}
