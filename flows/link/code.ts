/** Invitation codes as people copy them off a letter. */
import { fold } from "../../src/core/text";

const CODE_CHARS = 8;
/** A slip in a code is still a try at a code; anything much shorter or longer is another word. */
const MIN_CHARS = 6;
const MAX_CHARS = 10;

/** The code in a text, upper case; null when the text looks like something else ("liên kết vùng là gì"). */
export function codeLikeIn(text: string): string | null {
  const words = fold(text)
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
  const [only, second] = words;
  if (only !== undefined && second === undefined) return isCodeLike(only) ? only : null;
  const whole = words.find((word) => word.length === CODE_CHARS && /\d/.test(word));
  if (whole !== undefined) return whole;
  const joined = words.join("");
  return joined.length === CODE_CHARS && /\d/.test(joined) ? joined : null;
}

const isCodeLike = (word: string): boolean => word.length >= MIN_CHARS && word.length <= MAX_CHARS;
