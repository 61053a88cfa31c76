/** What may not be published in a question: anything by which its asker can be told. */

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\d._%+-]+@[\p{L}\d-]+\.\p{L}{2,}/u, "địa chỉ email"],
  // Phone numbers, identity cards, accounts: nine digits or more, however they are set apart.
  [/(?:\d[ .-]?){9,}/u, "số điện thoại hoặc số giấy tờ"],
  [
    /(?<!\p{L})(?:(?:tên|ten) (?:tôi|toi|em|mình|minh|con)|(?:tôi|toi|em|mình|minh) (?:tên|ten|là|la) \p{Lu})/iu,
    "tên người hỏi",
  ],
  [/(?<!\p{L})(?:số nhà|so nha|ngõ|ngách) \d/iu, "địa chỉ nhà"],
];

/** What personal data a text shows, in words; null when none was found. */
export const personalIn = (text: string): string | null =>
  SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null;
