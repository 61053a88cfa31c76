/** What the platform takes in one message. Reasons and doubts stand beside each number. */

/**
 * Characters of a text. Whether the platform counts code points or UTF-16 units is not documented; we count
 * UTF-16 units after NFC, which is never less, so an emoji costs two.
 */
export const MAX_TEXT_UNITS = 2000;
export const MAX_BUTTONS = 5;
export const MAX_TITLE_UNITS = 100;
export const MAX_PAYLOAD_UNITS = 1000;
export const MAX_SUBTITLE_UNITS = 500;
/** The largest documented size of a template's parameter; an account's own templates may allow less. */
export const MAX_TEMPLATE_VALUE_CHARS = 200;
/** The platform documents none; addresses longer than this break in chat clients. */
export const MAX_URL_UNITS = 2048;

export const MAX_IMAGE_BYTES = 1024 * 1024;
export const MAX_GIF_BYTES = 5 * 1024 * 1024;
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

const WORD_JOINER = "\u2060";

/** NFC, no half surrogate pairs, and `[@` opened by an invisible joiner so that it cannot be read as a mention. */
const neutral = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .normalize("NFC")
    .replace(/\[(?=@)/g, `[${WORD_JOINER}`);

/**
 * What goes over the wire for a text; the reader sees the same. A text without anything to see would be
 * refused: the joiner makes it valid, being no blank and yet invisible.
 */
export const wireText = (text: string): string => {
  const safe = neutral(text);
  return safe.trim() === "" ? safe + WORD_JOINER : safe;
};

/** How much of `MAX_TEXT_UNITS` a part of a text takes, wherever it stands. */
export const unitsOf = (part: string): number => neutral(part).length + (part.endsWith("[") ? 1 : 0);
