/** What kind of answer a question asks for, told by its cue words. */

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
] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** Over folded words joined by one space, with a space at both ends. */
const CUES: Readonly<Record<QuestionType, RegExp>> = {
  amount:
    / (?:bao nhieu|may|muc|so luong|ty le|phan tram|toi da|toi thieu|kinh phi|gia|lon co nao|nhieu khong) /,
  when: / (?:khi nao|bao gio|luc nao|chung nao|hom nao|ngay nao|ngay may|thang nao|thang may|nam nao|thoi diem|thoi han|han chot|han|deadline|truoc ngay|ke tu|tu ngay|bao lau|den het|den bao gio|thu may) /,
  who: / (?:ai|nguoi nao|co quan nao|don vi nao|so nao|ben nao|nha nao|doanh nghiep nao|cong ty nao|truong nao|to chuc nao|cap nao|nhung ai|phong nao|dau moi|chu tri|ong nao) /,
  where: / (?:o dau|dau|cho nao|noi nao|dia diem|dia chi|tru so|khu vuc nao|phuong nao) /,
  how: / (?:the nao|ra sao|lam sao|cach|cach nao|kieu gi|thu tuc|quy trinh|trinh tu|ho so|cac buoc|lam gi|nhu nao|giay to|bang cach) /,
  why: / (?:vi sao|tai sao|sao lai|ly do|de lam gi|nham|muc dich|co so|sao khong|sao phai) /,
  whether:
    / (?:co .{0,80}khong|phai khong|dung khong|duoc khong|chua|hay khong|co duoc|lieu|co phai|khong a) /,
  what: / (?:la gi|nhung gi|gom gi|cai gi|noi dung|gi|nao|gom nhung|bao gom) /,
  compare: / (?:khac nhau|khac gi|khac the nao|khac o|so sanh|phan biet|khac biet|giong|khac) /,
  paper:
    / (?:so hieu|van ban nao|quyet dinh nao|nghi quyet nao|luat nao|dieu nao|nghi dinh nao|dieu may|khoan nao|can cu|van ban|so may) /,
  contact: / (?:so dien thoai|dien thoai|email|lien he|duong day nong|website|hotline|gap ai|zalo|fanpage) /,
  result:
    / (?:ket qua|da co|da lam|den nay|hien nay|tien do|den dau roi|xong chua|duoc chua|roi chua|da duoc|tinh hinh) /,
};

/** The types a text shows, as bits in the order of `QUESTION_TYPES`. */
export function questionTypes(folded: readonly string[]): number {
  const text = ` ${folded.join(" ")} `;
  return QUESTION_TYPES.reduce((bits, type, i) => (CUES[type].test(text) ? bits | (1 << i) : bits), 0);
}

export const typeNames = (bits: number): QuestionType[] =>
  QUESTION_TYPES.filter((_, i) => (bits & (1 << i)) !== 0);
