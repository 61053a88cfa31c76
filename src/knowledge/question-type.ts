/** What kind of answer a question asks for, told by its cue words. */
import { fold } from "../core/text";
import type { Word } from "./words";

/** Words between single spaces; what folding makes ambiguous is told apart by `FOLDED_EXCEPTIONS`. */
const CUES = {
  amount:
    "bao nhiêu|mấy|mức|số lượng|tỷ lệ|phần trăm|tối đa|tối thiểu|nhiều nhất|ít nhất|lớn cỡ nào|nhiều không",
  when: "khi nào|bao giờ|lúc nào|chừng nào|hôm nào|ngày nào|ngày mấy|tháng nào|tháng mấy|năm nào|thời điểm|thời hạn|hạn chót|hạn|trước ngày|kể từ|từ ngày|bao lâu|đến hết|thứ mấy|mấy năm|mấy tháng",
  who: "ai|người nào|cơ quan nào|đơn vị nào|sở nào|bên nào|nhà nào|doanh nghiệp nào|công ty nào|trường nào|tổ chức nào|cấp nào|những ai|phòng nào|đầu mối|chủ trì|ông nào|tập đoàn nào",
  where: "ở đâu|đâu|chỗ nào|nơi nào|địa điểm|địa chỉ|trụ sở|khu vực nào|phường nào",
  how: "thế nào|ra sao|làm sao|cách|kiểu gì|thủ tục|quy trình|trình tự|hồ sơ|các bước|làm gì|giấy tờ",
  why: "vì sao|tại sao|sao lại|sao|lý do|để làm gì|nhằm|mục đích|sao không|sao phải",
  whether: "phải không|đúng không|được không|chưa|hay không|có được|liệu|có phải|không",
  what: "là gì|những gì|gồm gì|cái gì|nội dung|gì|gồm những|bao gồm|những nào",
  compare: "khác nhau|khác gì|khác|so sánh|phân biệt|khác biệt|giống|hay là",
  paper:
    "số hiệu|văn bản nào|quyết định nào|nghị quyết nào|luật nào|điều nào|nghị định nào|điều mấy|khoản nào|căn cứ|công văn nào",
  contact: "số điện thoại|điện thoại|email|liên hệ|đường dây nóng|website|gặp ai|zalo|fanpage|trang điện tử",
  result:
    "kết quả|đã có|đã làm|đến nay|hiện nay|tiến độ|đến đâu rồi|xong chưa|được chưa|rồi chưa|chưa|tình hình|đã được",
} as const;

export type QuestionType = keyof typeof CUES;
export const QUESTION_TYPES = [
  "amount",
  "when",
  "who",
  "where",
  "how",
  "why",
  "whether",
  "what",
  "compare",
  "paper",
  "contact",
  "result",
] as const satisfies readonly QuestionType[];

/** Without marks "đâu" is "đầu" and "mấy" is "máy". */
const FOLDED_EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}])dau(?![\p{L}])/gu, "dau(?! tu | tien | thau | moi )"],
  [/(?<![\p{L}])may(?![\p{L}])/gu, "may(?! moc | bay | tinh )"],
  [/(?<![\p{L}])muc(?=\|)/gu, "muc (?:ho tro|gop|von|chi|phi|thuong|tran|nao)"],
];

const between = (cues: string): RegExp => new RegExp(` (?:${cues})(?= )`, "u");
const folded = (cues: string): string =>
  FOLDED_EXCEPTIONS.reduce((text, [from, to]) => text.replace(from, to), fold(cues));

const MARKED = QUESTION_TYPES.map((type) => between(CUES[type]));
const UNMARKED = QUESTION_TYPES.map((type) => between(folded(CUES[type])));

/** The types a text shows, as bits in the order of `QUESTION_TYPES`. */
export function questionTypes(words: readonly Word[], hasMarks: boolean): number {
  const text = ` ${words.map((word) => (hasMarks ? word.text : word.folded)).join(" ")} `;
  const cues = hasMarks ? MARKED : UNMARKED;
  return cues.reduce((bits, cue, i) => (cue.test(text) ? bits | (1 << i) : bits), 0);
}

export const typeNames = (bits: number): QuestionType[] =>
  QUESTION_TYPES.filter((_, i) => (bits & (1 << i)) !== 0);
