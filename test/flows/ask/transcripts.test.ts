/**
 * `docs/transcripts.md` is played anew from the bundled conversations and entries. After a change that is meant:
 * `WRITE_TRANSCRIPTS=1 npm test -- test/flows/ask/transcripts.test.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { frozenAt } from "../../../src/core/clock";
import type { Message } from "../../../src/conversation/message";
import { ROOT } from "../../../src/core/root";
import { loadKnowledge } from "../../../src/knowledge/entries";
import { createKnowledge } from "../../../src/knowledge/knowledge";
import { TUESDAY } from "../../support/builders";
import { talkTo, type Talk } from "../../support/talk-to";

const FILE = join(ROOT, "docs", "transcripts.md");
const knowledge = createKnowledge(loadKnowledge(join(ROOT, "config", "knowledge")), frozenAt(TUESDAY));

type Line = string | { readonly taps: string } | { readonly answeredBy: string; readonly text: string };

const TALKS: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: "Một học sinh, gõ không dấu",
    lines: [
      "chao ad",
      "ngan sach gop toi da bao nhieu vao quy mao hiem",
      "the con 49% la gi",
      { taps: "Hữu ích" },
    ],
  },
  {
    title: "Một cán bộ, câu hỏi dài và trang trọng",
    lines: [
      "Kính gửi quý cơ quan, để chuẩn bị nội dung tuyên truyền cho đơn vị, đề nghị cho biết ngân sách Thành phố được góp tối đa bao nhiêu vào Quỹ Đầu tư mạo hiểm theo Nghị quyết 30/2025/NQ-HĐND?",
    ],
  },
  {
    title: "Một người đang bực",
    lines: [
      "đồ ngu, hỏi mãi không trả lời",
      "bao giờ phường tôi được phát tài liệu giấy?",
      { taps: "Gửi câu hỏi cho cán bộ" },
      {
        answeredBy: "Sở Khoa học và Công nghệ",
        text: "Tài liệu giấy được phát tại nhà văn hóa từ tuần sau.",
      },
    ],
  },
];

const quoted = (text: string): string =>
  text
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");

const shown = ({ text, buttons = [] }: Message): string =>
  [
    quoted(text),
    ...(buttons.length === 0 ? [] : [">", `> ${buttons.map(({ title }) => `[${title}]`).join(" ")}`]),
  ].join("\n");

function play(talk: Talk, line: Line): string {
  if (typeof line === "string") {
    talk.says(line);
    return `**Người hỏi:** ${line}`;
  }
  if ("taps" in line) {
    talk.taps(line.taps);
    return `**Người hỏi bấm:** ${line.taps}`;
  }
  const ticketCode = talk.context.tickets[0]?.code ?? "";
  const from = { office: line.answeredBy, at: TUESDAY };
  talk.meets({ kind: "ticket-replied", ticketCode, text: line.text, from });
  return "**Cán bộ trả lời, và người hỏi nhận được:**";
}

function transcripts(): string {
  const talks = TALKS.map(({ title, lines }) => {
    const talk = talkTo({ context: { knowledge } });
    const told = lines.map((line) => [play(talk, line), ...talk.heard.map(shown)].join("\n\n"));
    return [`## ${title}`, ...told].join("\n\n");
  });
  return `${["# Ba cuộc trò chuyện", ...talks].join("\n\n")}\n`;
}

test("docs/transcripts.md says what people are told today", () => {
  const played = transcripts();
  if (process.env["WRITE_TRANSCRIPTS"] !== undefined) writeFileSync(FILE, played);
  expect(readFileSync(FILE, "utf8")).toBe(played);
});
