/** The one source of ids and randomness; both can be replaced in tests. */
import { createHash, randomBytes } from "node:crypto";

export interface Ids {
  /** A new id that sorts by time of making: 10 characters of time, 16 of chance (ULID). */
  next(nowMs: number): string;
  /** A number in [0, 1). */
  random(): number;
  /** An unguessable code of `length` letters and digits that cannot be mistaken for each other. */
  secretCode(length: number): string;
}

/** Crockford's alphabet: no I, L, O, U, so a code can be read out on the phone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_CHARS = 10;
const CHANCE_CHARS = 16;

function encodeTime(ms: number): string {
  let rest = ms;
  let text = "";
  for (let i = 0; i < TIME_CHARS; i++) {
    text = (ALPHABET[rest % ALPHABET.length] ?? "0") + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

function encodeBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += ALPHABET.charAt(byte % ALPHABET.length);
  return text;
}

/** Chance is asked for in stretches: asking costs more than what comes. */
const STRETCH_BYTES = 4_096;
let stretch = Buffer.alloc(0);
function chance(length: number): Buffer {
  if (stretch.length < length) stretch = randomBytes(STRETCH_BYTES);
  const taken = stretch.subarray(0, length);
  stretch = stretch.subarray(length);
  return taken;
}

export const systemIds: Ids = {
  next: (nowMs) => encodeTime(nowMs) + encodeBytes(chance(CHANCE_CHARS)),
  random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
  secretCode: (length) => encodeBytes(randomBytes(length)),
};

/** Repeatable ids for tests: a counter in place of chance. */
export function seededIds(seed = 1): Ids {
  let counter = seed;
  const nextBytes = (length: number) =>
    createHash("sha512").update(String(counter++)).digest().subarray(0, length);
  return {
    next: (nowMs) => encodeTime(nowMs) + encodeBytes(nextBytes(CHANCE_CHARS)),
    random: () => nextBytes(4).readUInt32BE() / 2 ** 32,
    secretCode: (length) => encodeBytes(nextBytes(length)),
  };
}

const CODE_CHARS = 7;

/**
 * The code a person is given for something that an event brought about (`BC-7K2M9QX`). It follows from the
 * event alone, so handling the event again after a crash gives the same code.
 */
export const codeFrom = (prefix: string, ...parts: string[]): string =>
  `${prefix}-${encodeBytes(createHash("sha256").update(parts.join("\u0000")).digest().subarray(0, CODE_CHARS))}`;

export const sha256Hex = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("hex");
