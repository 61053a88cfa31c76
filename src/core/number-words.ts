/** Whole numbers as Vietnamese people read them out: a slip of one zero is heard before it is seen. */

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const THOUSAND = 1_000;
/** Every third place has a name, up to the thousand millions; beyond them the names begin again. */
const SCALES = ["", "nghìn", "triệu"] as const;
const BILLION = THOUSAND ** SCALES.length;

const digit = (value: number): string => DIGITS[value] ?? "";

/** `1250` → "một nghìn hai trăm năm mươi". Takes safe whole numbers from 0. */
export function inWords(value: number): string {
  if (value === 0) return digit(0);
  const billions = Math.floor(value / BILLION);
  const rest = value % BILLION;
  if (billions === 0) return belowBillion(rest, false);
  const head = `${inWords(billions)} tỷ`;
  return rest === 0 ? head : `${head} ${belowBillion(rest, true)}`;
}

/** `continued`: something was said before, so that empty places up to the next digit are said too. */
function belowBillion(value: number, continued: boolean): string {
  const parts: string[] = [];
  for (let place = SCALES.length - 1; place >= 0; place--) {
    const unit = THOUSAND ** place;
    const group = Math.floor(value / unit) % THOUSAND;
    const said = continued || parts.length > 0;
    const more = value % unit > 0;
    // "một triệu không nghìn năm trăm": without the empty place the last group would be heard as thousands.
    if (group === 0 && !(said && more && place > 0)) continue;
    const words = group === 0 ? digit(0) : belowThousand(group, said);
    parts.push([words, SCALES[place] ?? ""].filter((word) => word !== "").join(" "));
  }
  return parts.join(" ");
}

function belowThousand(value: number, continued: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const words: string[] = [];
  if (hundreds > 0 || continued) words.push(digit(hundreds), "trăm");
  if (rest > 0) words.push(rest < 10 && words.length > 0 ? `linh ${digit(rest)}` : belowHundred(rest));
  return words.join(" ");
}

function belowHundred(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) return digit(ones);
  const head = tens === 1 ? "mười" : `${digit(tens)} mươi`;
  return ones === 0 ? head : `${head} ${afterTens(tens, ones)}`;
}

function afterTens(tens: number, ones: number): string {
  if (ones === 5) return "lăm";
  return ones === 1 && tens > 1 ? "mốt" : digit(ones);
}

const GROUPING = new Intl.NumberFormat("vi-VN");

/** `1.250`: digits in groups of three, the Vietnamese way. */
export const inDigits = (value: number): string => GROUPING.format(value);
