/** Codes of tickets as officers type them: `HD-7K2M9QX`, `hd 7k2m9qx`. */

const CODE = /(HD|VM)-?\s?([0-9A-Z]{7})(?![0-9A-Z])/i;
const AT_START = new RegExp(`^${CODE.source}`, "i");

export const beginsWithCode = (text: string): boolean => AT_START.test(text);

/** The first code of a text in its proper form, and what stands behind it; null where there is none. */
export function takeCode(text: string): { readonly code: string; readonly rest: string } | null {
  const match = CODE.exec(text);
  if (match === null) return null;
  const [whole, kind = "", chars = ""] = match;
  return {
    code: `${kind}-${chars}`.toUpperCase(),
    rest: text.slice(match.index + whole.length).replace(/^[\s:,.-]+/, ""),
  };
}
