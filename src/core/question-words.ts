/** Whether a text asks something, told by its sign or its words; with marks "máy" is no "mấy". */
import { foldedWords, normalise } from "./text";

const MARKED =
  /(?<!\p{L})(?:gì|sao|thế nào|như nào|nào|bao nhiêu|bao giờ|đâu|ai|mấy|phải không|đúng không|được không|có không|hay không|chưa nhỉ|cho hỏi|xin hỏi|muốn hỏi)(?!\p{L})/u;
const UNMARKED =
  /(?:^| )(?:gi|sao|the nao|nhu nao|ra sao|bao nhieu|bao gio|khi nao|luc nao|o dau|cho nao|nao|la ai|nhung ai|phai khong|dung khong|duoc khong|duoc ko|dc ko|co khong|hay khong|cho hoi|xin hoi|muon hoi)(?: |$)/;

/** "không có hội nghị nào" denies; everything else with these words asks. */
const DENIES = /(?:^| )(?:khong|ko|chua|chang)(?: \S+)* (?:nao|gi)$/;

export function asksSomething(text: string): boolean {
  if (text.includes("?")) return true;
  const folded = foldedWords(text);
  if (DENIES.test(folded)) return false;
  // Capital letters: artificial intelligence, not a person.
  const spelt = normalise(text).replace(/(?<!\p{L})AI(?!\p{L})/gu, "");
  const marked = /[\u00c0-\u024f\u1ea0-\u1ef9]/.test(spelt);
  return marked ? MARKED.test(spelt.toLowerCase()) : UNMARKED.test(folded);
}
