/**
 * Text typed while the input method was off: Telex ("nghij quyeets") and VNI ("nghi5 quye61t"). A word is
 * decoded only when what comes out is a Vietnamese syllable and what went in is none.
 */
import { fold } from "../core/text";
import { isSyllable } from "./syllables";

const TONES: Readonly<Record<string, string>> = {
  s: "\u0301",
  f: "\u0300",
  r: "\u0309",
  x: "\u0303",
  j: "\u0323",
  "1": "\u0301",
  "2": "\u0300",
  "3": "\u0309",
  "4": "\u0303",
  "5": "\u0323",
};
const CIRCUMFLEX = "\u0302";
const HORN = "\u031b";
const BREVE = "\u0306";

const isVowel = (letter: string) => /[aeiouy]/.test(fold(letter));

/** The vowel that carries the tone: one with a hat or horn, else the second to last of a group that ends the word. */
function tonePlace(letters: readonly string[]): number {
  const vowels = letters.flatMap((letter, i) => (isVowel(letter) ? [i] : []));
  const qu = letters[0] === "q" && letters[1] === "u";
  const gi = letters[0] === "g" && letters[1] === "i" && vowels.length > 1;
  const places = qu || gi ? vowels.filter((i) => i !== 1) : vowels;
  const marked = places.filter((i) => letters[i]?.normalize("NFD").length === 2);
  const last = places.at(-1) ?? -1;
  if (marked.length > 0) return marked.at(-1) ?? last;
  if (places.length <= 1) return last;
  const closed = last < letters.length - 1;
  return (closed ? places.at(-1) : places.at(-2)) ?? last;
}

const withTone = (letters: readonly string[], tone: string): string => {
  const place = tone === "" ? -1 : tonePlace(letters);
  return letters
    .map((letter, i) => (i === place ? letter + tone : letter))
    .join("")
    .normalize("NFC");
};

/** Puts `mark` on the last plain letter of `on`; a horn over "uo" goes on both. */
function addMark(letters: string[], on: string, mark: string): boolean {
  for (let i = letters.length - 1; i >= 0; i--) {
    const letter = letters[i] ?? "";
    if (!on.includes(letter)) continue;
    letters[i] = (letter + (letter === "a" && mark === HORN ? BREVE : mark)).normalize("NFC");
    if (mark === HORN && letter === "o" && letters[i - 1] === "u") letters[i - 1] = "ư";
    return true;
  }
  return false;
}

/** One keystroke of Telex; false when it is an ordinary letter. */
function telexKey(key: string, letters: string[], state: { tone: string }): boolean {
  const tone = TONES[key];
  if (/[sfrxj]/.test(key) && tone !== undefined && letters.some(isVowel)) {
    state.tone = tone;
    return true;
  }
  if (key === "w") {
    if (addMark(letters, "uoa", HORN)) return true;
    letters.push("ư");
    return true;
  }
  if (key === "d" && letters[0] === "d") {
    letters[0] = "đ";
    return true;
  }
  return "aeo".includes(key) && letters.includes(key) && addMark(letters, key, CIRCUMFLEX);
}

/** One keystroke of VNI. */
function vniKey(key: string, letters: string[], state: { tone: string }): boolean {
  const tone = TONES[key];
  if (tone !== undefined) {
    state.tone = tone;
    return true;
  }
  if (key === "6") return addMark(letters, "aeo", CIRCUMFLEX);
  if (key === "7") return addMark(letters, "uo", HORN);
  if (key === "8") return addMark(letters, "a", BREVE);
  if (key === "9" && letters[0] === "d") {
    letters[0] = "đ";
    return true;
  }
  return false;
}

function typed(
  word: string,
  key: (key: string, letters: string[], state: { tone: string }) => boolean,
): string {
  const letters: string[] = [];
  const state = { tone: "" };
  for (const char of word) if (!key(char, letters, state)) letters.push(char);
  return withTone(letters, state.tone);
}

const LONGEST_WORD = 12;

/** The word that was meant by Telex or VNI keystrokes, or null when there is no sign of either. */
export function decodeSlip(word: string): string | null {
  if (word.length < 2 || word.length > LONGEST_WORD) return null;
  const isVni = /^[a-z]+[1-9][a-z0-9]*$/.test(word);
  if (!isVni && (!/^[a-z]+$/.test(word) || isSyllable(word))) return null;
  const decoded = typed(word, isVni ? vniKey : telexKey);
  return decoded !== word && /^\p{L}+$/u.test(decoded) && isSyllable(fold(decoded)) ? decoded : null;
}
