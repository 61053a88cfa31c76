/** Whether a question asks for what is hardly ever published: papers to hand in, fees, names, results so far. */
import { fold } from "../core/text";
import type { Word } from "./words";

/** Who was chosen, what has come of it. */
const OUTCOMES = [
  "danh sách|danh mục|tên gì|tên những|kể tên|là những cái nào|là những ai|cuối cùng là|cuối cùng có|còn những ai|còn ai|được lựa chọn|gần nhất|vừa rồi|đợt vừa|những dự án nào|dự án nào|công ty nào|doanh nghiệp nào|đơn vị nào đã|ngân hàng nào|nhà đầu tư nào|cho ai rồi|trao cho ai|cho những ai|còn những gì|còn lại là|nhiệm kỳ",
  "đến nay|đến giờ|tới giờ|tới nay|hiện giờ|kết quả|đã có|đã được|đã chọn|đã tuyển|trúng tuyển|đạt giải|được giải|giải ngân|rồi chưa|bao giờ xong|khi nào xong|xây xong|khánh thành|xong chưa|được chưa|đâu rồi|mấy rồi",
].flatMap((group) => group.split("|"));
const CUES = [
  "mẫu đơn|mẫu đăng ký|mẫu báo cáo|biểu mẫu|tờ khai|form|giấy tờ|hồ sơ gồm|nộp hồ sơ|nộp đơn|nộp ở đâu|xin ở đâu|thủ tục chi tiết|tải ở đâu|đăng ký ở đâu",
  "số điện thoại|hotline|đường dây nóng|email|gọi số|liên hệ ai|gặp ai|giờ tiếp|giờ làm việc",
  "mất phí|thu phí|biểu phí|phí bao nhiêu|phí dịch vụ|phí quản lý|phí niêm yết|giá thuê|thuê chỗ|lương|thù lao|mức thưởng|thưởng bao nhiêu|mức phạt|bị phạt|xử phạt|chế tài|xử lý thế nào|trả lại bao nhiêu|hoàn lại bao nhiêu|doanh thu|lợi nhuận",
  "bao nhiêu ngày|mấy ngày|ngày làm việc|bao lâu thì|bao lâu có|trong bao lâu|hạn nộp|hết hạn nộp|đợt tiếp|đợt sau|đợt tới|kỳ tới|lịch|mở đợt|nhận đến",
  "bao nhiêu tiền|bao nhiêu tỷ|bao nhiêu triệu|mấy tỷ|mấy triệu|mức cụ thể|cụ thể là bao nhiêu|tối thiểu bao nhiêu",
  "quyết định số|số quyết định|mã số|toàn văn",
].flatMap((group) => group.split("|"));

/** First word → the words behind it of every cue that begins with it. */
type Book = ReadonlyMap<string, readonly (readonly string[])[]>;

function bookOf(cues: readonly string[]): Book {
  const book = new Map<string, (readonly string[])[]>();
  for (const cue of cues) {
    const [first = "", ...rest] = cue.split(" ");
    book.set(first, [...(book.get(first) ?? []), rest]);
  }
  return book;
}

interface Books {
  readonly marked: Book;
  readonly unmarked: Book;
}

/** Without marks "phí" is "phi" and "lịch" is "du lịch": one word is too little. */
const booksOf = (cues: readonly string[]): Books => ({
  marked: bookOf(cues),
  unmarked: bookOf(cues.filter((cue) => cue.includes(" ") || cue === fold(cue)).map(fold)),
});

const ALL = booksOf([...OUTCOMES, ...CUES]);
const OF_OUTCOMES = booksOf(OUTCOMES);
/** "đã rót vốn cho ai chưa", "chọn được mấy đề tài rồi". */
const SO_FAR = / (?:đã|da) .*(?:chưa|chua|nào|nao|bao nhiêu|bao nhieu|mấy|ai|rồi|roi) /u;

/** "loại doanh nghiệp nào" asks for a rule, "doanh nghiệp nào" for a name. */
const KINDS = new Set(["loại", "loai", "kiểu", "kieu", "nhóm", "nhom", "dạng", "dang"]);

function isCued(words: readonly Word[], hasMarks: boolean, { marked, unmarked }: Books): boolean {
  const texts = words.map(({ text, folded }) => (hasMarks ? text : folded));
  const book = hasMarks ? marked : unmarked;
  return (
    texts.some(
      (first, i) =>
        !KINDS.has(texts[i - 1] ?? "") &&
        book.get(first)?.some((rest) => rest.every((word, at) => texts[i + 1 + at] === word)),
    ) || SO_FAR.test(` ${texts.join(" ")} `)
  );
}

export const asksUnpublished = (words: readonly Word[], hasMarks: boolean): boolean =>
  isCued(words, hasMarks, ALL);

/** Whether it asks how something came out, which a fact about the rule does not answer. */
export const asksOutcome = (words: readonly Word[], hasMarks: boolean): boolean =>
  isCued(words, hasMarks, OF_OUTCOMES);
