/** What kind of answer a question asks for, told by its cue words. */
import { fold } from "../core/text";
import type { Word } from "./words";

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

/** Without marks "đâu" is "đầu" and "mấy" is "máy": not a cue when one of these comes next. */
const UNMARKED_NOT_BEFORE: Readonly<Record<string, readonly string[]>> = {
  dau: ["tu", "tien", "thau", "moi"],
  may: ["moc", "bay", "tinh"],
};
/** Without marks "mức" is "mục", unless it is said of what. */
const UNMARKED_INSTEAD: Readonly<Record<string, readonly string[]>> = {
  muc: ["muc ho tro", "muc gop", "muc von", "muc chi", "muc phi", "muc thuong", "muc tran", "muc nao"],
};

export interface Cue {
  readonly bit: number;
  /** The words behind the first one. */
  readonly rest: readonly string[];
  readonly notBefore: readonly string[];
}
/** By first word. */
type CueBook = ReadonlyMap<string, readonly Cue[]>;

function cueBook(hasMarks: boolean): CueBook {
  const book = new Map<string, Cue[]>();
  QUESTION_TYPES.forEach((type, i) => {
    const cues = CUES[type].split("|");
    const written = hasMarks ? cues : cues.map(fold).flatMap((cue) => UNMARKED_INSTEAD[cue] ?? [cue]);
    for (const cue of written) {
      const [first = "", ...rest] = cue.split(" ");
      const notBefore = hasMarks ? [] : (UNMARKED_NOT_BEFORE[rest.at(-1) ?? first] ?? []);
      book.set(first, [...(book.get(first) ?? []), { bit: 1 << i, rest, notBefore }]);
    }
  });
  return book;
}

const MARKED = cueBook(true);
const UNMARKED = cueBook(false);

/** What may begin with a word; none for most. */
export const cuesAt = (text: string, hasMarks: boolean): readonly Cue[] | undefined =>
  (hasMarks ? MARKED : UNMARKED).get(text);

/** The types that the cues of a word show before what stands behind it: `behind(0)` is the next word. */
export function shownBy(cues: readonly Cue[], behind: (i: number) => string): number {
  let bits = 0;
  for (const { bit, rest, notBefore } of cues)
    if (rest.every((word, i) => behind(i) === word) && !notBefore.includes(behind(rest.length))) bits |= bit;
  return bits;
}

/** The types a text shows, as bits in the order of `QUESTION_TYPES`. */
export function questionTypes(words: readonly Word[], hasMarks: boolean): number {
  const textAt = (i: number) => (hasMarks ? words[i]?.text : words[i]?.folded) ?? "";
  let bits = 0;
  for (let i = 0; i < words.length; i++) {
    const cues = cuesAt(textAt(i), hasMarks);
    if (cues !== undefined) bits |= shownBy(cues, (next) => textAt(i + 1 + next));
  }
  return bits;
}

export const typeNames = (bits: number): QuestionType[] =>
  QUESTION_TYPES.filter((_, i) => (bits & (1 << i)) !== 0);
