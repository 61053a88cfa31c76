/** How people write figures: what the program has to read, and the recount reads by itself. */
import { chance, numberBelow, pick, type Dice } from "../dice";

/** Fields that are figures, as people call them. */
export const SPOKEN_NAMES: Readonly<Record<string, readonly string[]>> = {
  tin_bai: ["tin", "tin bài", "bài viết"],
  hoi_nghi: ["hội nghị", "hoi nghi", "buổi tuyên truyền"],
  luot_nguoi: ["lượt người", "luot nguoi", "lượt người tham dự"],
  luot_tiep_can: ["lượt tiếp cận", "luot tiep can"],
  dang_ky_moi: ["đăng ký mới", "dang ky moi"],
  hoan_thanh: ["hoàn thành", "hoan thanh"],
};
export const REQUIRED = ["tin_bai", "hoi_nghi", "luot_nguoi", "dang_ky_moi", "hoan_thanh"] as const;
export const OPTIONAL_FIGURE = "luot_tiep_can";

const NUMBER_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
const THOUSAND = 1_000;

/** `1250`, `1.250`, `15k`; alone also `ba` or `ko có`. */
export function written(value: number, dice: Dice, alone: boolean): string {
  const word = NUMBER_WORDS[value];
  if (alone && value === 0 && chance(dice, 0.5)) return "ko có";
  if (alone && word !== undefined && chance(dice, 0.3)) return word;
  if (value >= THOUSAND && value % THOUSAND === 0 && chance(dice, 0.5)) return `${value / THOUSAND}k`;
  return value >= THOUSAND && chance(dice, 0.5) ? dotted(value) : String(value);
}

const dotted = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ".");

/** `5 tin, 2 hoi nghi, 1.250 lượt người`, in any order. */
export function writtenTogether(figures: Readonly<Record<string, number>>, dice: Dice): string {
  const parts = Object.entries(figures).map(
    ([field, value]) => `${written(value, dice, false)} ${pick(dice, SPOKEN_NAMES[field] ?? [field])}`,
  );
  return parts.sort(() => dice() - 0.5).join(pick(dice, [", ", "; ", ", "]));
}

/** What a number on its own means to a reader of the chat; null when it is none. */
export function readAlone(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (plain === "ko có") return 0;
  const word = NUMBER_WORDS.indexOf(plain);
  if (word >= 0) return word;
  const thousands = /^(\d+)k$/.exec(plain);
  if (thousands?.[1] !== undefined) return Number(thousands[1]) * THOUSAND;
  return /^\d{1,3}(\.\d{3})+$|^\d+$/.test(plain) ? Number(plain.replaceAll(".", "")) : null;
}

/** Figures with their names; null when a part of the text is anything else. */
export function readTogether(text: string): Readonly<Record<string, number>> | null {
  const parts = text.split(/[,;] /).map((part) => /^(\S+) (.+)$/.exec(part.trim()));
  const figures = parts.map((part) => {
    const value = readAlone(part?.[1] ?? "");
    const field = Object.keys(SPOKEN_NAMES).find(
      (id) => SPOKEN_NAMES[id]?.includes(part?.[2] ?? "") === true,
    );
    return value === null || field === undefined ? null : ([field, value] as const);
  });
  const read = figures.filter((figure) => figure !== null);
  return read.length === figures.length ? Object.fromEntries(read) : null;
}

/** Mostly small, now and then far above what is usual. */
export function someFigures(dice: Dice): Record<string, number> {
  const far = chance(dice, 0.05) ? 20 : 1;
  const meetings = numberBelow(dice, 9);
  return {
    tin_bai: numberBelow(dice, 60) * far,
    hoi_nghi: meetings,
    luot_nguoi: meetings === 0 ? 0 : numberBelow(dice, 40) * 50 * far,
    dang_ky_moi: numberBelow(dice, 6),
    hoan_thanh: numberBelow(dice, 5),
    ...(chance(dice, 0.3) ? { [OPTIONAL_FIGURE]: numberBelow(dice, 300) * 100 } : {}),
  };
}
