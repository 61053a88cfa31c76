/** Papers are named by number in a dozen ways ("NQ30", "nghị quyết số 30", "30/2025/NQ-HĐND"): one token each. */

import { fold } from "../core/text";

interface PaperKind {
  readonly sign: string;
  readonly spoken: string;
}

const PAPERS = {
  nq: { sign: "nq", spoken: "nghị quyết" },
  kh: { sign: "kh", spoken: "kế hoạch" },
  nđ: { sign: "nđ", spoken: "nghị định" },
  qđ: { sign: "qđ", spoken: "quyết định" },
  luật: { sign: "luật", spoken: "luật" },
  /** A task of the plan's annex is told by its number alone, as a paper is. */
  nv: { sign: "nv", spoken: "nhiệm vụ" },
} as const satisfies Record<string, PaperKind>;

const NAMES: readonly (readonly [paper: PaperKind, pattern: RegExp])[] = [
  [PAPERS.nq, /^(?:ngh[iìíỉĩị] quy[eèéẻẽẹêềếểễệ]t|nqi?)/u],
  [PAPERS.kh, /^(?:k[ếêe] ho[ạa]ch|kh)/u],
  [PAPERS.nđ, /^(?:ngh[ịi] [đd][ịi]nh|nđ|nd)/u],
  [PAPERS.qđ, /^(?:quy[ếêe]t [đd][ịi]nh|qđ|qd)/u],
  [PAPERS.luật, /^(?:lu[ậâa]t|qh)/u],
  [PAPERS.nv, /^(?:nhi[ệêe]m v[ụu]|nv)/u],
];

/** Marks are left out one by one as well: "nghị quyêt 35". */
const NAME =
  "ngh[iìíỉĩị] quy[eèéẻẽẹêềếểễệ]t|nqi|nq|k[ếêe] ho[ạa]ch|kh|ngh[ịi] [đd][ịi]nh|nđ|nd|quy[ếêe]t [đd][ịi]nh|qđ|qd|lu[ậâa]t th[ủu] [đd][ôo]|lu[ậâa]t|nhi[ệêe]m v[ụu]|nv";
/** What stands behind the number of a paper: its year and the signs of kind and issuer. */
const SIGNS = "(?:nq|kh|nđ|nd|qđ|qd)(?:-[\\p{L}&]+|/tw)?|qh1\\d";
const NUMBER = new RegExp(
  `(?<![\\p{N}/.,])(\\d{1,4})(?:/20\\d\\d)?(?:[/-](${SIGNS})(?!\\p{L}))?(?![\\d/.,]*\\d| ?%)`,
  "gu",
);
const NAME_BEFORE = new RegExp(`(?<![\\p{L}\\p{N}])(${NAME})[ .:-]*(?:(?:số|so)[ .:]*)?$`, "u");
/** No name and what may stand between it and its number is longer. */
const LONGEST_NAME = 32;
/** "kế hoạch 90 ngày" counts days; "luật 2024" names a year. */
const COUNTED =
  /^ *(?:ngày|ngay|tuần|tháng|năm|nam|tỷ|ty|triệu|trieu|nhiệm|nhiem|điều|dieu|nghị quyết|nghi quyet)(?!\p{L})/u;
const FIRST_YEAR = 1900;

const paperOf = (word: string): PaperKind | null =>
  NAMES.find(([, pattern]) => pattern.test(word))?.[0] ?? null;

/** Resolutions whose number carries the year, so that "30/2025" cannot be a date; and those that cannot be anything else. */
const KNOWN_ALONE =
  /(?<![\p{L}\p{N}/.,])(?:(29|30|34|35)\/(?:2025|25)|(459|461))(?![\d/.,]*\d| ?%)(?! *(?:tỷ|ty|triệu|trieu|ngày|ngay))/gu;
const NAMED_TOKEN = /^(?:nq|kh|nđ|qđ|luật|nv)\d+$/u;

/** "luật thủ đô" says more than the kind, so it is kept. */
const inWords = ({ spoken, sign }: PaperKind, number: string, name = ""): string =>
  ` ${name.startsWith(fold(spoken)) || name.startsWith(spoken) ? name : spoken} ${sign}${Number(number)} `;

function namedPapers(text: string): string {
  let written = "";
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    const [whole, number = "", signs] = match;
    const before = text.slice(Math.max(from, match.index - LONGEST_NAME), match.index);
    const named = NAME_BEFORE.exec(before);
    const name = named?.[1];
    const paper = paperOf(signs ?? name ?? "");
    if (paper === null) continue;
    const end = match.index + whole.length;
    const isCounted = signs === undefined && COUNTED.test(text.slice(end, end + LONGEST_NAME));
    const isYear = signs === undefined && Number(number) > FIRST_YEAR;
    if (isCounted || isYear) continue;
    const start = match.index - (named?.[0].length ?? 0);
    written += text.slice(from, start) + inWords(paper, number, name);
    from = end;
  }
  return written + text.slice(from);
}

/** Resolutions are called by what they are about: "nghị quyết về quỹ". With a figure before it, several are meant. */
const SEVERAL = "\\d|các|cac|những|nhung|mấy|may|sáu|sau|bộ|bo|gói|goi|loạt|loat";
const CALLED =
  "(?:về|ve|quy định|quy dinh|hỗ trợ|ho tro|phát triển|phat trien|thành lập|thanh lap|lập|lap|liên quan đến|lien quan den)";
const SUBJECTS: readonly (readonly [paper: string, subject: string])[] = [
  ["nq29", "sandbox|thử nghiệm|thu nghiem"],
  ["nq30", "(?:quỹ|quy)(?! phát triển| phat trien| định| dinh)"],
  [
    "nq34",
    "(?:một số |mot so )?(?:chính sách|chinh sach) (?:phát triển |phat trien )?(?:khoa học|khoa hoc|khcn|kh&cn)",
  ],
  ["nq35", "hệ sinh thái|he sinh thai|khởi nghiệp|khoi nghiep|startup"],
  ["nq459", "(?:sàn|san)(?! xuất| xuat| phẩm| pham)"],
  ["nq461", "(?:trung tâm|trung tam) (?:đổi mới|doi moi|đmst|dmst)"],
];
const TITLED = SUBJECTS.map(
  ([paper, subject]) =>
    [
      paper,
      new RegExp(
        `(?<!(?:${SEVERAL}) )(?<!\\p{L})((?:nghị quyết|nghi quyet|nq)(?: ${CALLED})* (?:${subject})(?!\\p{L}))`,
        "gu",
      ),
    ] as const,
);

/** Nothing else is called so; without it there is nothing to look for. */
const RESOLUTION = /nghị quyết|nghi quyet|(?<!\p{L})nq(?!\p{L}|\d)/u;

/** Writes the number beside a resolution that is called by its subject. */
const numberTitled = (text: string): string =>
  !RESOLUTION.test(text)
    ? text
    : TITLED.reduce((said, [paper, title]) => said.replace(title, `$1 ${paper}`), text);

/** Numbered papers stand in figures. */
const HAS_FIGURES = /\d/;

/** Writes every paper named in the text (lower case, NFC) as its kind in words and one token: "nghị quyết nq30". */
export function nameReferences(text: string): string {
  const titled = numberTitled(text);
  if (!HAS_FIGURES.test(titled)) return titled;
  return namedPapers(titled).replace(KNOWN_ALONE, (_, dated: string | undefined, alone: string | undefined) =>
    inWords(PAPERS.nq, dated ?? alone ?? ""),
  );
}

/** Any of the words that patterns are made of, whole. */
const anyWordOf = (...patterns: readonly string[]): RegExp => {
  const words = patterns.flatMap(
    (pattern) => pattern.replace(/\\./g, " ").match(/(?:\p{L}|\[\p{L}+\])+/gu) ?? [],
  );
  return new RegExp(`(?<!\\p{L})(?:${[...new Set(words)].join("|")})(?!\\p{L})`, "u");
};
const NAME_WORD = anyWordOf(NAME, SIGNS);
const TITLE_WORD = anyWordOf("quy[ếêe]t", "nq");
const WORD_BESIDE = anyWordOf(COUNTED.source, SEVERAL, CALLED, ...SUBJECTS.map(([, subject]) => subject));

/** What follows is told of pieces in lower case, so that a text is looked at closely only where it may name a paper. */
export const holdsName = (piece: string): boolean => NAME_WORD.test(piece);
/** A paper may be called by its subject behind such a word. */
export const holdsTitle = (piece: string): boolean => TITLE_WORD.test(piece);
/** Stands before or behind names and numbers and tells what they mean. */
export const holdsWordBeside = (piece: string): boolean => WORD_BESIDE.test(piece);
/** Whether the text may hold a number that needs no name. */
export const isKnownAlone = (text: string): boolean => /459|461|(?:29|30|34|35)\/(?:2025|25)/.test(text);

export const isReference = (word: string): boolean => NAMED_TOKEN.test(word);

/** Bare numbers that may well mean a paper: "so sánh 34 với 35". */
export const MAYBE_REFERENCES: ReadonlyMap<string, string> = new Map([
  ["29", "nq29"],
  ["30", "nq30"],
  ["34", "nq34"],
  ["35", "nq35"],
  ["57", "nq57"],
  ["316", "kh316"],
  ["264", "nđ264"],
  ["271", "nđ271"],
  ["231", "nđ231"],
]);

const BETWEEN_PAPERS = new Set(["với", "voi", "và", "va", "hay", "hoặc", "hoac", "khác", "khac"]);
const COUNTED_WORDS = new Set(
  "ngày ngay tuần tuan tháng thang năm nam tuổi tuoi tỷ ty triệu trieu điều dieu phần phan".split(" "),
);

/** "34 với 35", "29 hay 30": two numbers of resolutions side by side are papers without any name. */
export function papersSideBySide(words: readonly string[]): string[] {
  return words.flatMap((between, i) => {
    const first = MAYBE_REFERENCES.get(words[i - 1] ?? "");
    const second = MAYBE_REFERENCES.get(words[i + 1] ?? "");
    const areTwo = first?.startsWith("nq") === true && second?.startsWith("nq") === true;
    const isCounted = COUNTED_WORDS.has(words[i + 2] ?? "");
    return areTwo && BETWEEN_PAPERS.has(between) && !isCounted ? [first, second] : [];
  });
}
