/** Whether a name is meant by what somebody typed: words in any order, beginnings of words, initials. */

/**
 * 3: one of the names itself; 2: it stands in a name as it is, or reads as the end of one with some words as initials
 * (`thpt ntt`, `p ngoc ha`); 1: it reads so as another part of one (`thpt nt` of `thpt nguyen trai ba dinh`), or each
 * of its words begins some word of the names; 0: not meant. All folded.
 */
export function meantBy(names: readonly string[], wanted: string): 0 | 1 | 2 | 3 {
  if (wanted === "") return 0;
  if (names.includes(wanted)) return 3;
  if (names.some((name) => ` ${name} `.includes(` ${wanted} `))) return 2;
  const parts = wanted.split(" ");
  const left = names.flatMap((name) => leftOver(name.split(" "), parts));
  if (left.includes(0)) return 2;
  const words = names.flatMap((name) => name.split(" "));
  const begun = parts.every((part) => words.some((word) => word.startsWith(part)));
  return begun || left.length > 0 ? 1 : 0;
}

/** How many words follow wherever the parts read as a run of the words. */
const leftOver = (words: readonly string[], parts: readonly string[]): readonly number[] =>
  words.flatMap((_, from) => afterRun(words.slice(from), parts));

/** Each part is a word, or the initials of as many words as it has letters. */
function afterRun(words: readonly string[], [part, ...more]: readonly string[]): readonly number[] {
  if (part === undefined) return [words.length];
  const whole = words[0] === part ? afterRun(words.slice(1), more) : [];
  const covered = words.slice(0, part.length);
  const initials = covered.map((word) => word.charAt(0)).join("");
  return initials === part ? [...whole, ...afterRun(words.slice(part.length), more)] : whole;
}
