/** The report that an office can number, sign and send on as it stands, made from one frozen digest. */
import { shortInstant } from "../../core/clock";
import type { DigestContent } from "../digest-content";
import {
  correctionsToTell,
  figuresOf,
  labelOf,
  movedSince,
  textsOf,
  toCheckIn,
  type TextsOfField,
} from "../digest-views";
import {
  clarificationText,
  correctionText,
  lateFreezeText,
  movedText,
  numberText,
  periodText,
  receivedText,
  shareText,
  signedText,
  TO_CHECK,
} from "../digest-wording.vi";
import { annexesOf } from "./annexes.vi";
import { MAX_PRINTED_LINES, type Block, type DocumentMeta, type OfficialReport } from "./official-report";
import {
  annexReference,
  END_MARK,
  issuerOf,
  NOTHING_SAID,
  numberLine,
  placeAndDate,
  roman,
  spanText,
  subjectText,
  TO_BE_WRITTEN,
  upper,
} from "./report-wording.vi";

/** The whole report; the same digest always gives the same one. */
export function reportOf(content: DigestContent, meta: DocumentMeta): OfficialReport {
  const issuer = issuerOf(content);
  return {
    draftMark: "DỰ THẢO",
    above: issuer.above,
    issuer: issuer.name,
    number: numberLine(issuer.sign),
    placeAndDate: placeAndDate(content),
    kind: "BÁO CÁO",
    subject: subjectText(content),
    addressee: `Kính gửi: ${content.letterhead.addressee ?? "………………………………………"}`,
    body: bodyOf(content),
    recipientsTitle: "Nơi nhận:",
    recipients: ["- Như trên;", "- Lãnh đạo cơ quan (để b/c);", "- Lưu: VT,      ."],
    signer: issuer.signer,
    annexes: annexesOf(content, meta),
    annexReference: annexReference(issuer.sign, content.receiver.name),
  };
}

function bodyOf(content: DigestContent): Block[] {
  const texts = textsOf(content);
  const sections: [title: string, blocks: readonly Block[]][] = [
    ["Tình hình chung và chế độ báo cáo", situation(content)],
    ["Kết quả thực hiện trong tuần và lũy kế", results(content, texts)],
    ...texts
      .filter(({ field }) => field.needsAction)
      .map((text): [string, Block[]] => [text.field.label, said(text)]),
    ["Vướng mắc đang theo dõi", openTickets(content)],
    ["Điều chỉnh số liệu đã gửi", corrections(content)],
    ["Số liệu đã hỏi lại", clarified(content)],
    ["Nhiệm vụ trọng tâm tuần tới", [{ kind: "paragraph", text: TO_BE_WRITTEN }]],
  ];
  const kept = sections.filter(([, blocks]) => blocks.length > 0);
  const { campaign, receiver } = content;
  return [
    {
      kind: "paragraph",
      text: `Thực hiện ${campaign.document}, ${receiver.name} báo cáo kết quả ${periodText(content.period.id)} (${spanText(content)}) như sau:`,
    },
    ...kept.flatMap(([title, blocks], i): Block[] => [
      { kind: "section", text: `${roman(i + 1)}. ${upper(title)}` },
      ...blocks,
    ]),
    {
      kind: "paragraph",
      text: `Trên đây là báo cáo của ${receiver.name}, số liệu chi tiết tại các phụ lục kèm theo${END_MARK}`,
    },
  ];
}

function situation(content: DigestContent): Block[] {
  const { counts, measures, previous } = content;
  const exempt = content.units.filter(({ state }) => state === "exempt").length;
  const late = lateFreezeText(content);
  const paragraphs = [
    `Tính đến ${shortInstant(content.frozenAt)}, đã nhận ${receivedText(counts)} báo cáo` +
      (previous === null ? "" : `; ${periodText(previous.period)} là ${receivedText(previous.counts)}`) +
      `. Trong đó: đúng hạn ${numberText(counts.onTime)}, nộp muộn ${numberText(counts.late)}; không phát sinh ${numberText(counts.nil)}.`,
    `Chưa nộp ${numberText(counts.missing)} đơn vị` +
      (counts.notReached === 0
        ? ""
        : `, trong đó ${numberText(counts.notReached)} đơn vị không gửi được tin nhắc`) +
      (exempt === 0 ? "." : `; ${numberText(exempt)} đơn vị được miễn báo cáo.`),
    `Báo cáo đầy đủ: ${shareText(measures.complete, counts.received)}; báo cáo không có số liệu ${TO_CHECK}: ${shareText(measures.plausible, counts.received)}; tệp minh chứng: ${numberText(measures.evidence)}.`,
    ...(late === null ? [] : [late]),
  ];
  return paragraphs.map((text) => ({ kind: "paragraph", text }));
}

function results(content: DigestContent, texts: readonly TextsOfField[]): Block[] {
  const figures = figuresOf(content);
  const doubtful = figures.filter(({ id }) => toCheckIn(content, id) > 0);
  const highlights = texts.filter(({ field, items }) => !field.needsAction && items.length > 0);
  const blocks: Block[] = [
    {
      kind: "table",
      columns: [
        { title: "TT", share: 6, align: "center" },
        { title: "Chỉ tiêu", share: 42, align: "left" },
        { title: "Trong tuần", share: 13, align: "right" },
        { title: "Tuần trước", share: 13, align: "right" },
        { title: "Tăng, giảm", share: 13, align: "right" },
        { title: "Lũy kế", share: 13, align: "right" },
      ],
      rows: figures.map(({ id, label }, i) => {
        const before = content.previous?.totals[id];
        const moved = movedSince(content, id);
        return [
          String(i + 1),
          label,
          numberText(content.totals[id] ?? 0),
          before === undefined ? "" : numberText(before),
          moved === null ? "" : signedText(moved),
          numberText(content.cumulative[id] ?? 0),
        ];
      }),
      hasSum: false,
      compact: false,
    },
    ...(doubtful.length === 0
      ? []
      : [
          {
            kind: "note" as const,
            text: `Trong các số trên có số liệu ${TO_CHECK}: ${doubtful.map(({ id, label }) => `${label} (${numberText(toCheckIn(content, id))} đơn vị)`).join("; ")}.`,
          },
        ]),
  ];
  for (const text of highlights) blocks.push({ kind: "clause", text: text.field.label }, ...said(text));
  return blocks;
}

/** What units wrote, word for word, each with its name and code. */
function said({ items }: TextsOfField): Block[] {
  if (items.length === 0) return [{ kind: "paragraph", text: NOTHING_SAID }];
  return printed(
    items.map(({ unit, text }) => `- ${unit.name} (${unit.code}): ${text.replace(/\s*\n\s*/g, " ")}`),
  );
}

function printed(lines: readonly string[]): Block[] {
  const shown = lines.slice(0, MAX_PRINTED_LINES).map((text): Block => ({ kind: "bullet", text }));
  const left = lines.length - shown.length;
  return left === 0
    ? shown
    : [
        ...shown,
        { kind: "note", text: `Còn ${numberText(left)} nội dung nữa trong tệp bảng tính kèm theo.` },
      ];
}

const openTickets = ({ tickets }: DigestContent): Block[] =>
  printed(
    tickets.map(
      ({ code, unitName, text, createdAt, answered, isWith }) =>
        `- ${code}${unitName === null ? "" : `, ${unitName}`} (${shortInstant(createdAt)}${answered ? ", đã trả lời" : ""}${isWith === undefined ? "" : `, đang ở ${isWith}`}): ${text.replace(/\s*\n\s*/g, " ")}`,
    ),
  );

function corrections(content: DigestContent): Block[] {
  const label = labelOf(content);
  const own = correctionsToTell(content).map((correction) => `- ${correctionText(correction, label)}.`);
  const below = content.below.map(({ unitName, period, moved, late, amended, digestId }) => {
    const figures = Object.entries(moved).map(([field, by]) => `${label(field)} ${movedText(by)}`);
    return `- ${unitName}, ${periodText(period)}: ${numberText(amended)} đơn vị cấp dưới điều chỉnh, ${numberText(late)} đơn vị nộp sau khi chốt${figures.length === 0 ? "" : `; ${figures.join("; ")}`} (bản tổng hợp ${digestId}).`;
  });
  return printed([...own, ...below]);
}

const clarified = (content: DigestContent): Block[] =>
  printed((content.clarifications ?? []).map((asked) => `- ${clarificationText(asked, labelOf(content))}`));
