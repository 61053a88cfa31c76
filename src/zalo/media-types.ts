/** What a file is, by its first bytes: names and headers can say anything. */

interface Kind {
  readonly mime: string;
  readonly matches: (bytes: Buffer) => boolean;
}

const begins =
  (signature: readonly number[], offset = 0) =>
  (bytes: Buffer): boolean =>
    bytes.subarray(offset, offset + signature.length).equals(Buffer.from(signature));

const says =
  (text: string, offset = 0) =>
  (bytes: Buffer): boolean =>
    bytes.toString("latin1", offset, offset + text.length) === text;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** An office document is a zip that holds this part; any other archive may hold anything and is refused. */
const office =
  (part: string) =>
  (bytes: Buffer): boolean =>
    begins(ZIP)(bytes) && bytes.includes(part);

const brand =
  (...brands: string[]) =>
  (bytes: Buffer): boolean =>
    says("ftyp", 4)(bytes) && brands.some((name) => says(name, 8)(bytes));

/** Text has no signature: it is valid UTF-8 without control characters. */
function isText(bytes: Buffer): boolean {
  try {
    return (
      bytes.length > 0 &&
      !/[\u0000-\u0008\u000e-\u001f]/.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
    );
  } catch {
    return false;
  }
}

/** A page shown from our address could act in the reader's name. */
const isMarkup = (bytes: Buffer): boolean => /^\s*</.test(bytes.toString("latin1", 0, 64));

/** How a frame of MPEG sound goes on after its first byte. */
const MPEG_FRAMES: ReadonlySet<number> = new Set([0xfb, 0xf3, 0xf2]);

const KINDS: readonly Kind[] = [
  { mime: "image/jpeg", matches: begins([0xff, 0xd8, 0xff]) },
  { mime: "image/png", matches: begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { mime: "image/gif", matches: says("GIF8") },
  { mime: "image/webp", matches: (bytes) => says("RIFF")(bytes) && says("WEBP", 8)(bytes) },
  { mime: "image/heic", matches: brand("heic", "heix", "mif1", "msf1") },
  { mime: "application/pdf", matches: says("%PDF-") },
  {
    mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    matches: office("word/document"),
  },
  {
    mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    matches: office("xl/workbook"),
  },
  {
    mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    matches: office("ppt/presentation"),
  },
  // Word, Excel and PowerPoint before 2007 share one container.
  { mime: "application/x-ole-storage", matches: begins(OLE) },
  { mime: "audio/amr", matches: says("#!AMR") },
  { mime: "audio/mp4", matches: brand("M4A ", "M4B ") },
  {
    mime: "audio/mpeg",
    matches: (bytes) => says("ID3")(bytes) || (bytes[0] === 0xff && MPEG_FRAMES.has(bytes[1] ?? 0)),
  },
  { mime: "video/mp4", matches: says("ftyp", 4) },
  { mime: "text/plain", matches: (bytes) => !isMarkup(bytes) && isText(bytes) },
];

/** The type of a file that may be kept; null for everything else. */
export const typeOf = (bytes: Buffer): string | null =>
  KINDS.find((kind) => kind.matches(bytes))?.mime ?? null;
