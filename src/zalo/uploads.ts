/** Pictures that the program made, on the platform: uploaded once, known by their content for most of a week. */
import { DAY_MS, type Clock, type Instant } from "../core/clock";
import { sha256Hex } from "../core/ids";
import type { Reply, UploadFile, UploadKind, ZaloClient } from "./client";
import { MAX_FILE_BYTES, MAX_GIF_BYTES, MAX_IMAGE_BYTES } from "./limits";
import type { Tokens } from "./tokens";
import { withToken } from "./with-token";

/** The platform keeps uploads for 7 days; a day is left for messages that wait. */
const KEEP_MS = 6 * DAY_MS;
/** One digest picture per line and week, with room for many lines. */
const MAX_REMEMBERED = 500;

const MAX_BYTES: Readonly<Record<UploadKind, number>> = {
  image: MAX_IMAGE_BYTES,
  gif: MAX_GIF_BYTES,
  file: MAX_FILE_BYTES,
};

export interface Uploads {
  /** The platform's id of this content, uploaded now where necessary. */
  idOf(kind: UploadKind, file: UploadFile): Promise<Reply<string>>;
  /** The platform no longer knows this id: the next `idOf` uploads again. */
  forget(uploadId: string): void;
}

export function createUploads(parts: {
  client: Pick<ZaloClient, "upload">;
  tokens: Tokens;
  clock: Clock;
}): Uploads {
  const { client, tokens, clock } = parts;
  const known = new Map<string, { uploadId: string; until: Instant }>();
  return {
    async idOf(kind, file) {
      if (file.bytes.length > MAX_BYTES[kind]) return { kind: "not-sent", reason: `${kind} too large` };
      const key = `${kind}:${sha256Hex(file.bytes)}`;
      const found = known.get(key);
      if (found !== undefined && clock.now() < found.until)
        return { kind: "ok", value: found.uploadId, callsLeft: null };
      const reply = await withToken(tokens, (token) => client.upload(token, kind, file));
      if (reply.kind !== "ok") return reply;
      const oldest = known.keys().next();
      if (known.size >= MAX_REMEMBERED && oldest.done !== true) known.delete(oldest.value);
      known.set(key, { uploadId: reply.value.uploadId, until: clock.now() + KEEP_MS });
      return { ...reply, value: reply.value.uploadId };
    },
    forget(uploadId) {
      for (const [key, value] of known) if (value.uploadId === uploadId) known.delete(key);
    },
  };
}
