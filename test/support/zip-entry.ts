/** Reads one file out of a zip archive, as far as the documents of this program use the format. */
import { inflateRawSync } from "node:zlib";

const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_HEADER_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;

export function zipEntry(bytes: Uint8Array, name: string): string {
  const zip = Buffer.from(bytes);
  for (let at = 0; at < zip.length - CENTRAL_HEADER_BYTES; at++) {
    if (zip.readUInt32LE(at) !== CENTRAL_HEADER) continue;
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString("utf8", at + CENTRAL_HEADER_BYTES, at + CENTRAL_HEADER_BYTES + nameLength) !== name)
      continue;
    const size = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    const start = local + LOCAL_HEADER_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    return (zip.readUInt16LE(at + 10) === STORED ? data : inflateRawSync(data)).toString("utf8");
  }
  throw new Error(`the archive has no ${name}`);
}
