/** Sentences and names that only the documents of a digest use. */
import type { DigestContent } from "../digest-content";
import { periodText } from "../digest-wording.vi";
import { dayOf, spokenDay } from "../../core/clock";

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"] as const;
export const roman = (n: number): string => ROMAN[n - 1] ?? String(n);

export const upper = (text: string): string => text.toLocaleUpperCase("vi");

/** Room for a number or a date to be written by hand. */
const BLANK = "      ";

const PEOPLE = /^(?:UBND|Ủy ban nhân dân)\s+(.+)$/iu;

interface Issuer {
  readonly above: string;
  readonly name: string;
  readonly sign: string;
  readonly signer: readonly string[];
}

/** Who issues the document, in the two lines that head it, and who signs. */
export function issuerOf(content: DigestContent): Issuer {
  const { name } = content.receiver;
  const commune = PEOPLE.exec(name)?.[1];
  if (commune !== undefined)
    return {
      above: "ỦY BAN NHÂN DÂN",
      name: upper(commune),
      sign: "UBND",
      signer: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    };
  const above = upper(content.letterhead.above ?? "");
  if (/^Sở\s/u.test(name)) return { above, name: upper(name), sign: initialsOf(name), signer: ["GIÁM ĐỐC"] };
  return { above, name: upper(name), sign: BLANK, signer: ["THỦ TRƯỞNG CƠ QUAN"] };
}

/** "Sở Khoa học và Công nghệ" is written SKHCN. */
const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word.toLocaleLowerCase("vi") !== "và")
    .map((word) => upper(word.slice(0, 1)))
    .join("");

export const numberLine = (sign: string): string => `Số:${BLANK}/BC-${sign}`;

export const placeAndDate = (content: DigestContent): string =>
  `${content.letterhead.place ?? "………………"}, ngày${BLANK}tháng${BLANK}năm ${dayOf(content.frozenAt).slice(0, 4)}`;

export const spanText = ({ period }: DigestContent): string =>
  `từ ngày ${spokenDay(period.startsOn)} đến ngày ${spokenDay(period.endsOn)}`;

export const subjectText = (content: DigestContent): string =>
  `Kết quả triển khai ${content.campaign.document} trong ${periodText(content.period.id)} (${spanText(content)})`;

export const annexReference = (sign: string, office: string): string =>
  `(Kèm theo Báo cáo số${BLANK}/BC-${sign} ngày${BLANK}tháng${BLANK}năm${BLANK}của ${office})`;

export const NOTHING_SAID = "Các đơn vị không nêu nội dung này.";
export const TO_BE_WRITTEN = "……………………………………………………………";
export const END_MARK = "./.";
