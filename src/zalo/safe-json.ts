/** JSON whose long whole numbers stay exact: the platform's ids exceed what a JavaScript number can hold. */

/** From 16 digits on, a whole number may lie above 2^53. */
const EXACT_DIGITS = 15;
/** Where there is none of these, there is nothing to quote: most events write their ids as strings. */
const MAYBE_LONG = /[:[,\s-]\d{16}/;
const NUMBER = /-?\d[\d.eE+-]*/y;
const WHOLE = /^-?\d+$/;

/** The index just behind the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i + 1;
}

function quoteLongNumbers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let i = 0;
  while (i < text.length) {
    if (text[i] === '"') {
      i = endOfString(text, i);
      continue;
    }
    NUMBER.lastIndex = i;
    const number = NUMBER.exec(text)?.[0];
    if (number === undefined) {
      i++;
      continue;
    }
    if (number.length > EXACT_DIGITS && WHOLE.test(number)) {
      parts.push(text.slice(copied, i), `"${number}"`);
      copied = i + number.length;
    }
    i += number.length;
  }
  return parts.join("") + text.slice(copied);
}

/** Reads JSON with long whole numbers as strings; undefined when it is none. */
export function parseSafely(text: string): unknown {
  try {
    const value: unknown = JSON.parse(MAYBE_LONG.test(text) ? quoteLongNumbers(text) : text);
    return value;
  } catch {
    return undefined;
  }
}
